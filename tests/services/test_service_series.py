"""Seriemutatie: all customers of a series change or none, and Herstel takes all of them back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select as select_rows

from deskterm.services import editing, finding, opening, series
from deskterm.services.errors import DeskError, NotAllowed, NotFound
from deskterm.services.series import SeriesRefused
from deskterm.store.chain import broken_links
from deskterm.store.tables import Customer, Deed
from deskterm.views.forms import SearchForm
from deskterm.views.series import SeriesField, Wanted
from tests.services.household import FIELDS, ONE, THREE, TWO, family_in, rows_of, wanted
from tests.services.library import TODAY, Library


@pytest.fixture
def family(library: Library) -> Library:
    """Three customers behind one door."""
    return family_in(library)


def test_who_lives_there_is_shown_with_what_can_be_copied(family: Library) -> None:
    home = series.on_address(family.desk(), ONE)
    assert [one.actor_id for one in home.others] == [TWO, THREE]
    assert not any(one.stayed for one in home.others)
    texts = home.customer.texts
    assert texts["phone"] == "0592-271234"
    assert (texts["block.public"], texts["block.public.note"]) == ("1", "Pas kwijt")
    assert series.shown_texts(FIELDS["address"], texts) == "Kruisakkers 41, 9468 BG Annen"
    assert series.shown_texts(FIELDS["block.public"], texts) == "Ja Pas kwijt"
    assert series.shown_texts(FIELDS["stop"], texts) == "-"


def test_nobody_else_on_the_address_is_said(library: Library) -> None:
    library.customer(ONE)
    with pytest.raises(DeskError, match="geen andere klant op hetzelfde adres"):
        series.on_address(library.desk(), ONE)
    with pytest.raises(NotFound):
        series.on_address(library.desk(), TWO)


def test_the_ticked_fields_are_copied_in_one_go(family: Library) -> None:
    desk = family.desk("BALIEBHR")
    home = series.on_address(desk, ONE)
    people = [
        Wanted(one.actor_id, one.version, _copied(home.customer.texts, one.address_number))
        for one in home.others
    ]
    saved = series.save(desk, people, "k")
    assert (saved.people, saved.until_on) == (2, TODAY + timedelta(days=30))
    with family.store.write() as session:
        for actor_id in (TWO, THREE):
            customer = session.get_one(Customer, actor_id)
            assert (customer.phone, customer.iban) == ("0592-271234", "NL91ABNA0417164300")
            assert (customer.version, customer.changed_by) == (2, 9001)
    assert family.log(TWO) == [
        ("series", "phone", "", "0592-271234"),
        ("series", "iban", "", "NL91ABNA0417164300"),
        ("series", "block.public", "", "1"),
        ("series", "block.public.note", "", "Pas kwijt"),
    ]
    with family.store.look() as connection:
        assert list(broken_links(connection)) == []
    found = finding.search(desk, SearchForm(phone="0592-271234"))
    assert {one.actor_id for one in found.rows} == {ONE, TWO, THREE}


def _copied(texts: Mapping[str, str], address_number: int) -> dict[str, str]:
    changes: dict[str, str] = {}
    for code in ("phone", "iban", "block.public"):
        changes |= series.changes_to(FIELDS[code], texts, address_number)
    return changes


@pytest.mark.parametrize("moved", [{"address.1.house_number": "43"}, {}])
def test_herstel_leaves_every_row_as_it_was(family: Library, moved: dict[str, str]) -> None:
    desk, before = family.desk(), rows_of(family)
    changes = {
        "phone": "0592-271235", "mobile": "06-12345678", "branch_code": "5280",
        "block.general": "1", "block.public": "", "direct_debit": "1",
        "mandate_given_on": "01-02-2026", "iban": "NL91ABNA0417164300", **moved,
    }  # fmt: skip
    saved = series.save(desk, wanted(family, changes, ONE, TWO, THREE), "k")
    after = rows_of(family)
    assert {name for name in before if after[name] != before[name]} == {
        "customer", "block", *(["address"] if moved else [])
    }  # fmt: skip
    assert series.left_of(desk, saved.deed_id) == ()
    assert "van 3 klanten teruggedraaid" in series.take_back(desk, saved.deed_id)
    assert rows_of(family) == before
    done = [line for line in family.log(TWO) if line[0] == "series"]
    undone = [line for line in family.log(TWO) if line[0] == "series.undo"]
    assert [(field, new, old) for _action, field, old, new in done] == [
        (field, old, new) for _action, field, old, new in undone
    ]
    with family.store.look() as connection:
        assert list(broken_links(connection)) == []
    with pytest.raises(DeskError, match="al hersteld"):
        series.take_back(desk, saved.deed_id)


def test_what_was_changed_since_stays_and_is_told(family: Library) -> None:
    desk = family.desk()
    changes = {"phone": "0592-271235", "email": "allen@voorbeeld.nl", "block.general": "1"}
    saved = series.save(desk, wanted(family, changes, TWO, THREE), "k")
    editing.save(desk, TWO, 2, {"phone": "0592-555555", "block.general": ""})
    left = series.left_of(desk, saved.deed_id)
    assert set(left) == {
        "Dhr. B. Testabo: Blokkade is intussen gewijzigd en blijft zo.",
        "Dhr. B. Testabo: Telefoon is intussen 0592-555555 en blijft zo.",
    }
    assert "bleef zo" in series.take_back(desk, saved.deed_id)
    view = opening.refresh(desk, TWO)
    assert (view.person.phone, view.person.email) == ("0592-555555", "")
    assert opening.refresh(desk, THREE).person.phone == ""
    undone = [field for action, field, *_rest in family.log(TWO) if action == "series.undo"]
    assert undone == ["email"]
    assert not finding.search(desk, SearchForm(email="allen@voorbeeld.nl")).rows
    assert finding.search(desk, SearchForm(phone="0592-555555")).rows


def test_after_its_days_or_for_another_deed_herstel_refuses(family: Library) -> None:
    desk = family.desk()
    saved = series.save(desk, wanted(family, {"phone": "0592-271235"}, TWO), "k")
    with family.store.write() as session:
        session.exec(select_rows(Deed)).one().until_on = TODAY - timedelta(days=1)
    with pytest.raises(DeskError, match="tot en met 14-03-2026"):
        series.take_back(desk, saved.deed_id)
    with pytest.raises(NotFound):
        series.left_of(desk, saved.deed_id + 1)


def test_the_same_key_does_nothing_more(family: Library) -> None:
    desk, people = family.desk(), wanted(family, {"phone": "0592-271235"}, TWO, THREE)
    saved = series.save(desk, people, "k")
    assert series.save(desk, people, "k") == saved
    assert len(family.log(TWO)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "bel maar"}, "Dhr. B. Testabo [413701]"),
        ({"iban": "NL00ABNA0417164300"}, "controlegetal"),
        ({"direct_debit": "1"}, "Voor incasso is een IBAN nodig."),
        ({"branch_code": "9999"}, "Vestiging 9999 bestaat niet."),
        ({"address.1.postcode": "94"}, "postcode"),
    ],
)
def test_a_wrong_value_is_told_by_name_and_nothing_is_written(
    family: Library, changes: dict[str, str], said: str
) -> None:
    before, people = rows_of(family), wanted(family, changes, TWO, THREE)
    for attempt in (series.look, lambda desk, people: series.save(desk, people, "k")):
        with pytest.raises(SeriesRefused) as refused:
            attempt(family.desk(), people)
        assert any(said in line for line in refused.value.lines)
        assert len(refused.value.lines) == 2
    assert rows_of(family) == before
    assert family.log(TWO) == []


def test_who_was_changed_since_is_named_and_the_others_are_not_saved_either(
    family: Library,
) -> None:
    desk, people = family.desk(), wanted(family, {"phone": "0592-271235"}, TWO, THREE)
    editing.save(desk, THREE, 1, {"mobile": "06-12345678"})
    with pytest.raises(SeriesRefused) as refused:
        series.save(desk, people, "k")
    assert refused.value.lines == ("Dhr. C. Jansen [413702]",)
    assert family.log(TWO) == []


def test_a_merged_or_missing_customer_stops_the_series(family: Library) -> None:
    people = wanted(family, {"phone": "0592-271235"}, TWO, THREE)
    with family.store.write() as session:
        session.get_one(Customer, THREE).merged_into_id = ONE
    missing = replace(people[0], actor_id=7)
    with pytest.raises(SeriesRefused) as refused:
        series.save(family.desk(), [*people, missing], "k")
    assert refused.value.lines == (
        "Actor-id 413702 is er niet meer.",
        "Actor-id 7 is er niet meer.",
    )


def test_a_series_that_changes_nothing_says_so(family: Library) -> None:
    with pytest.raises(DeskError, match="alles staat al zo"):
        series.save(family.desk(), wanted(family, {"phone": ""}, TWO), "k")
    with family.store.write() as session:
        assert session.exec(select_rows(Deed)).all() == []


def test_nobody_too_many_and_everybody_are_refused(
    family: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = wanted(family, {"no_mail": "1"}, ONE, TWO, THREE)
    with pytest.raises(DeskError, match="niemand gekozen"):
        series.save(family.desk(), [], "k")
    monkeypatch.setattr(series, "A_FEW", 2)
    for attempt in (series.look, lambda desk, people: series.save(desk, people, "k", 3)):
        with pytest.raises(NotAllowed):
            attempt(family.desk("BESTELBHR"), people)
    assert series.look(family.desk(), people).asks_count
    for counted in (0, 2):
        with pytest.raises(DeskError, match="3 klanten gekozen"):
            series.save(family.desk(), people, "k", counted)
    monkeypatch.setattr(series, "MOST", 2)
    with pytest.raises(DeskError, match="te veel"):
        series.save(family.desk(), people, "k", 3)
    monkeypatch.setattr(series, "MOST", 3)
    assert series.save(family.desk(), people, "k", 3).people == 3


def test_more_than_a_hundred_are_counted_out_loud(library: Library) -> None:
    ids = range(1000, 1101)
    for actor_id in ids:
        library.customer(actor_id)
    library.customer(ONE)
    people = wanted(library, {"no_mail": "1"}, *ids)
    assert series.look(library.desk(), people).asks_count
    with pytest.raises(DeskError, match="101 klanten gekozen"):
        series.save(library.desk(), people, "k")
    assert not series.look(library.desk(), people[:100]).asks_count
    told: list[tuple[int, int]] = []
    saved = series.save(library.desk(), people, "k", 101, lambda *how_far: told.append(how_far))
    assert saved.people == 101
    assert told[-1] == (101, 101)


def test_what_stops_the_progress_stops_all_of_it(family: Library) -> None:
    before, people = rows_of(family), wanted(family, {"no_mail": "1"}, TWO, THREE)

    def stop(_done: int, _total: int) -> None:
        raise DeskError("Gestopt.")

    with pytest.raises(DeskError, match="Gestopt"):
        series.save(family.desk(), people, "k", progress=stop)
    assert rows_of(family) == before
    assert family.log(TWO) == []


def test_looking_counts_what_would_change(family: Library) -> None:
    people = wanted(family, {"phone": "0592-271234", "no_mail": "1"}, ONE, TWO)
    outlook = series.look(family.desk(), people)
    assert outlook.people == 2
    assert dict(outlook.counts) == {"phone": 1, "no_mail": 2}
    assert family.log(TWO) == []


def test_every_field_can_be_saved(family: Library) -> None:
    """No name that the screen sends is unknown to the service that saves it."""
    for field in series.OF_SELECTION:
        changes = series.changes_to(field, {}, 1)
        _names_are_known(family, field, changes)


def _names_are_known(library: Library, field: SeriesField, changes: Mapping[str, str]) -> None:
    assert series.field_label(field) != field.code
    with suppress(SeriesRefused):  # A branch cannot be empty.
        series.look(library.desk(), wanted(library, changes, TWO))
