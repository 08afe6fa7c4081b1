"""Herstel, the one place: what can go back now, for whom, by whom, and that it goes."""

from dataclasses import replace

import pytest

from deskterm.services import cards, opening, settling, undoing
from deskterm.services.errors import DeskError, NotAllowed
from deskterm.store import tables
from deskterm.views.desk import DeskView
from deskterm.views.series import Wanted
from deskterm.views.undoing import Undoable
from tests.services.library import ANNEN, SEED_CARD, TODAY, Library
from tests.services.removals import ACTOR, PARENT, somebody
from tests.services.test_service_removing import on_day, remove

NEW_CARD = "29401000075876"


@pytest.fixture
def ready(library: Library) -> Library:
    """A library with a customer, a parent and a second desk."""
    somebody(library)
    library.add(
        tables.Desk(branch_code="9401", name="balie2"),
        tables.Word(kind="booking_code", code="2101", nl="Boete"),
    )
    return library


def listed(library: Library, actor_id: int | None = ACTOR, role: str = "ADMIN") -> list[Undoable]:
    return list(undoing.undoable(library.desk(role), actor_id))


def pay(library: Library, cents: int = 500) -> int:
    """Book costs and have them paid; the answer is the charge."""
    settling.charge(library.desk(), ACTOR, "kosten", "2101", cents)
    (line,) = settling.open_lines(library.desk(), ACTOR).lines
    settling.pay(library.desk(), ACTOR, "betaald", (line.charge_id,), "K000", cents)
    return line.charge_id


def test_nothing_was_done_so_nothing_goes_back(ready: Library) -> None:
    assert listed(ready) == []
    assert listed(ready, None) == []


def test_a_removed_customer_stands_in_the_list_of_the_branch_by_name(ready: Library) -> None:
    remove(ready)
    (done,) = listed(ready, None)
    assert done.what == "Verwijderd: Dhr. T. Testabo (413700)"
    assert (done.kind, done.staff, done.until_on, done.why_not) == ("remove", "Admin", TODAY, "")
    assert undoing.left_of(ready.desk(), done) == ()
    assert "413700 is er weer" in undoing.take_back(ready.desk(), done)
    assert opening.open_customer(ready.desk(), ACTOR).customer.person.surname == "Testabo"
    assert listed(ready, None) == []


def test_two_desks_take_back_the_same_and_the_second_is_told(ready: Library) -> None:
    remove(ready)
    (done,) = listed(ready, None)
    undoing.take_back(ready.desk(), done)
    with pytest.raises(DeskError, match="al hersteld"):
        undoing.take_back(ready.desk(), done)


def test_after_midnight_it_is_listed_no_more_and_refused(ready: Library) -> None:
    remove(ready)
    (done,) = listed(ready, None)
    tomorrow = on_day(ready, TODAY.replace(day=TODAY.day + 1))
    assert undoing.undoable(tomorrow, None) == ()
    with pytest.raises(DeskError, match="Herstel kon tot en met 15-03-2026"):
        undoing.take_back(tomorrow, done)


def test_who_may_not_remove_sees_it_greyed_and_is_refused(ready: Library) -> None:
    remove(ready)
    (done,) = listed(ready, None, "BALIEBHR")
    assert done.why_not == "hiervoor heeft u geen recht"
    with pytest.raises(NotAllowed):
        undoing.take_back(ready.desk("BALIEBHR"), done)


def test_a_card_of_today_goes_back(ready: Library) -> None:
    cards.replace(ready.desk(), ACTOR, 1, 1, NEW_CARD, "vervangen")
    (done,) = listed(ready)
    assert done.what == f"Pas {SEED_CARD} vervangen door {NEW_CARD} (Dhr. T. Testabo)"
    assert SEED_CARD in undoing.take_back(ready.desk(), done)
    assert listed(ready) == []
    assert opening.open_customer(ready.desk(), ACTOR).customer.block.card_number == SEED_CARD


def test_a_payment_goes_back_before_what_it_paid(ready: Library) -> None:
    pay(ready)
    paid, charged = listed(ready)
    assert paid.what == "Betaald, 5,00: Boete (Dhr. T. Testabo)"
    assert charged.what == "Kosten geboekt, 5,00: Boete (Dhr. T. Testabo)"
    assert charged.why_not == "herstel eerst wat erop geboekt is"
    assert "Terug aan de klant: 5,00" in undoing.take_back(ready.desk(), paid)
    (charged,) = listed(ready)
    assert charged.why_not == ""
    undoing.take_back(ready.desk(), charged)
    assert listed(ready) == []


def test_what_another_desk_booked_goes_back_there(ready: Library) -> None:
    pay(ready)
    there = replace(ready.desk(), place=DeskView(2, "balie2", ANNEN))
    paid, _charged = undoing.undoable(there, ACTOR)
    assert paid.why_not == "aan een andere balie geboekt"
    assert undoing.undoable(there, None) == ()
    with pytest.raises(DeskError, match="andere balie"):
        undoing.take_back(there, paid)


def test_another_customers_deeds_are_not_listed(ready: Library) -> None:
    pay(ready)
    assert listed(ready, PARENT) == []
    assert len(listed(ready, None)) == 2


def test_a_series_is_listed_with_everybody_it_changed(ready: Library) -> None:
    from deskterm.services import series

    wanted = Wanted(PARENT, 1, {"phone": "0592 999999"})
    series.save(ready.desk(), (wanted,), "reeks")
    (done,) = listed(ready, PARENT)
    assert (done.what, done.actor_id) == ("Seriemutatie, 1 klant", None)
    assert listed(ready) == []
    assert listed(ready, None) == [done]
    assert undoing.left_of(ready.desk(), done) == ()
    assert undoing.take_back(ready.desk(), done)
    assert opening.open_customer(ready.desk(), PARENT).customer.person.phone == ""
    assert listed(ready, None) == []


def test_a_merge_is_listed_with_both_and_taken_apart(ready: Library) -> None:
    from deskterm.services import merging

    ready.customer(600, surname="Testabo", phone="0592 000600")
    desk = ready.desk()
    merging.merge(desk, ACTOR, 600, (1, 1), "ontdubbel", {}, {}, sure=True)
    for actor_id in (ACTOR, None):
        (done,) = listed(ready, actor_id)
        assert done.what == "Ontdubbeld: Dhr. T. Testabo (413700), met 600"
    assert listed(ready, ACTOR, "BALIEBHR")[0].why_not == "hiervoor heeft u geen recht"
    assert undoing.left_of(desk, done) == ()
    assert undoing.take_back(desk, done) == "Weer twee klanten: 413700 en 600."
    assert opening.open_customer(desk, 600).customer.person.phone == "0592 000600"
    assert listed(ready) == []


def test_what_somebody_changed_since_is_told_before_a_merge_is_taken_apart(
    ready: Library,
) -> None:
    from deskterm.services import editing, merging

    ready.customer(600, surname="Testabo", mobile="0600")
    desk = ready.desk()
    merged = merging.merge(
        desk, ACTOR, 600, (1, 1), "ontdubbel", {"mobile": "loser"}, {}, sure=True
    )
    editing.save(desk, ACTOR, merged.customer.version, {"mobile": "06 12345678"})
    (done,) = listed(ready)
    (left,) = undoing.left_of(desk, done)
    assert "Mobiel" in left
    undoing.take_back(desk, done)
    assert opening.open_customer(desk, ACTOR).customer.person.mobile == "06 12345678"
