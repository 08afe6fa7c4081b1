"""Two desks, one customer: who saves second is told what differs, and nothing of it is written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from deskterm.services import cards, editing, opening, roles
from deskterm.services.desk import Desk
from deskterm.services.errors import Conflict
from tests.services.library import Library


def test_the_second_save_is_told_what_the_first_changed(library: Library) -> None:
    library.customer(phone="0592111111")
    desk_a, desk_b = library.desk("BALIEBHR"), library.desk("ADMIN")
    editing.save(desk_a, 413700, 1, {"phone": "0592222222", "no_mail": "1", "message.1": "Bel"})

    with pytest.raises(Conflict) as refused:
        editing.save(desk_b, 413700, 1, {"phone": "0592333333", "surname": "Mijn", "no_mail": ""})

    assert refused.value.changed_by == "Baliebhr"
    assert set(refused.value.differences) == {
        ("Achternaam", "Testabo", "Mijn"),
        ("Telefoon", "0592222222", "0592333333"),
        ("Niet per post", "Ja", "Nee"),
        ("Melding 1", "Bel", ""),
    }
    now = opening.refresh(desk_b, 413700)
    assert (now.version, now.person.surname, now.person.phone) == (2, "Testabo", "0592222222")


def test_of_desks_that_save_at_once_one_wins_and_the_others_are_told(library: Library) -> None:
    library.customer()

    def save(name: str) -> str:
        try:
            return editing.save(library.desk(), 413700, 1, {"surname": name}).person.surname
        except Conflict:
            return ""

    with ThreadPoolExecutor(4) as desks:
        kept = list(filter(None, desks.map(save, ("Een", "Twee", "Drie", "Vier"))))

    assert len(kept) == 1
    assert opening.refresh(library.desk(), 413700).person.surname == kept[0]
    assert [line[3] for line in library.log()] == kept


def test_only_the_saves_since_the_screen_was_read_count(library: Library) -> None:
    library.customer()
    desk = library.desk()
    editing.save(desk, 413700, 1, {"initials": "A."})
    editing.save(desk, 413700, 2, {"initials": "B."})
    editing.save(desk, 413700, 3, {"tag": "zorg"})
    with pytest.raises(Conflict) as refused:
        editing.save(desk, 413700, 3, {"prefix": "van"})
    assert set(refused.value.differences) == {
        ("Tussenvoegsel", "", "van"),
        ("Zoekwoord", "zorg", ""),
    }


def test_the_same_change_twice_leaves_only_what_else_differs(library: Library) -> None:
    library.customer()
    desk = library.desk()
    editing.save(desk, 413700, 1, {"surname": "Zelfde", "suffix": "jr."})
    with pytest.raises(Conflict) as refused:
        editing.save(desk, 413700, 1, {"surname": "Zelfde"})
    labels = [difference[0] for difference in refused.value.differences]
    assert "Achtervoegsel" in labels


def test_a_conflict_goes_before_the_faults_of_the_form(library: Library) -> None:
    library.customer()
    editing.save(library.desk(), 413700, 1, {"surname": "Eerder"})
    with pytest.raises(Conflict):
        editing.save(library.desk(), 413700, 1, {"surname": "", "born": "30-02-1985"})


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: cards.block(desk, 413700, 1, 1),
        lambda desk: cards.unblock(desk, 413700, 1, 1),
        lambda desk: roles.start(desk, 413700, 1, "ABO"),
        lambda desk: roles.end(desk, 413700, 1, 1),
    ],
)
def test_acts_on_rows_see_the_conflict_too(library: Library, act: Callable[[Desk], object]) -> None:
    library.customer()
    library.card()
    editing.save(library.desk(), 413700, 1, {"surname": "Eerder"})
    with pytest.raises(Conflict) as refused:
        act(library.desk())
    assert refused.value.differences == (("Achternaam", "Eerder", "Testabo"),)
    assert opening.refresh(library.desk(), 413700).cards[0].status == "active"
