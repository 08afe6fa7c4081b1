"""The family that stayed on the old address is found, however the move was written down."""

from datetime import timedelta

import pytest
from sqlmodel import select as select_rows

from deskterm.services import editing, finding, opening, series
from deskterm.services.errors import DeskError
from deskterm.store.search import index_customer
from deskterm.store.tables import Address, Customer
from deskterm.views.forms import SearchForm
from deskterm.views.series import Wanted
from tests.services.household import FIELDS, ONE, THREE, TWO, family_in, rows_of, wanted
from tests.services.library import TODAY, Library


@pytest.fixture
def family(library: Library) -> Library:
    """Three customers behind one door."""
    return family_in(library)


def _new_home(library: Library) -> None:
    version = opening.refresh(library.desk(), ONE).version
    changes = {"address.1.street": "Brink", "address.1.house_number": "1",
               "address.1.postcode": "9401 AB", "address.1.place": "Assen"}  # fmt: skip
    editing.save(library.desk(), ONE, version, changes)


def test_a_move_that_was_typed_over(family: Library) -> None:
    _new_home(family)
    home = series.on_address(family.desk(), ONE)
    assert [(one.actor_id, one.stayed) for one in home.others] == [(TWO, True), (THREE, True)]
    field = FIELDS["address"]
    assert series.shown_texts(field, home.others[0].texts) == "Kruisakkers 41, 9468 BG Annen"
    people = [
        Wanted(
            one.actor_id,
            one.version,
            series.changes_to(field, home.customer.texts, one.address_number),
        )
        for one in home.others
    ]
    series.save(family.desk(), people, "k")
    others = series.on_address(family.desk(), ONE).others
    assert [one.stayed for one in others] == [False, False]
    new, left = opening.refresh(family.desk(), TWO).addresses
    assert (new.street, new.from_on, new.until_on) == ("Brink", TODAY, None)
    assert (left.street, left.until_on) == ("Kruisakkers", TODAY - timedelta(days=1))
    assert finding.search(family.desk(), SearchForm(postcode="9401AB", street="Brink")).rows


def test_a_move_that_was_corrected(family: Library) -> None:
    _new_home(family)
    editing.save(family.desk(), ONE, 2, {"address.1.house_number": "2"})
    assert len(series.on_address(family.desk(), ONE).others) == 2


NEW_DOOR = {"address.street": "Brink", "address.house_number": "1", "address.postcode": "9401 AB",
            "address.place": "Assen", "address.country": "NL"}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"address.street": "Kruisakker"}, {"address.postcode": "9468 BH"}, {"address.place": "ANNEN"}],
)
def test_the_same_door_written_otherwise_is_corrected(
    family: Library, changes: dict[str, str]
) -> None:
    series.save(family.desk(), wanted(family, changes, TWO), "k")
    (home,) = opening.refresh(family.desk(), TWO).addresses
    assert (home.from_on, home.until_on) == (None, None)


def test_who_moved_today_is_corrected_the_second_time(family: Library) -> None:
    series.save(family.desk(), wanted(family, NEW_DOOR, TWO), "k")
    series.save(family.desk(), wanted(family, {"address.house_number": "3"}, TWO), "l")
    home, left = opening.refresh(family.desk(), TWO).addresses
    assert (home.house_number, left.street) == ("3", "Kruisakkers")


def test_who_had_no_address_moves_from_nowhere(family: Library) -> None:
    with family.store.write() as session:
        session.delete(session.exec(select_rows(Address).where(Address.customer_id == TWO)).one())
    series.save(family.desk(), wanted(family, NEW_DOOR, TWO), "k")
    (home,) = opening.refresh(family.desk(), TWO).addresses
    assert (home.street, home.from_on) == ("Brink", None)


def test_herstel_gives_the_old_home_back_but_for_whom_the_new_one_was_changed(
    family: Library,
) -> None:
    desk = family.desk()
    before = rows_of(family)["address"]
    saved = series.save(desk, wanted(family, NEW_DOOR, TWO, THREE), "k")
    editing.save(desk, TWO, 2, {"address.1.house_number": "3"})
    (told,) = series.left_of(desk, saved.deed_id)
    assert told == "Dhr. B. Testabo: Adres is intussen gewijzigd en blijft zo."
    assert "bleef zo" in series.take_back(desk, saved.deed_id)
    home, left = opening.refresh(desk, TWO).addresses
    assert (home.house_number, left.until_on) == ("3", TODAY - timedelta(days=1))
    assert finding.search(desk, SearchForm(postcode="9401AB", street="Brink")).rows
    assert not any(action == "series.undo" for action, *_rest in family.log(TWO))
    kept = [row for row in rows_of(family)["address"] if '"customer_id": 413701' not in row]
    assert kept == [row for row in before if '"customer_id": 413701' not in row]


def test_herstel_puts_several_addresses_back_in_their_order(family: Library) -> None:
    desk = family.desk()
    post = {"address.2.street": "Postbus 1", "address.2.place": "Annen"}
    editing.save(desk, TWO, 1, {**post, "address.2.kind": "post"})
    before = rows_of(family)
    saved = series.save(desk, wanted(family, NEW_DOOR, TWO, THREE), "k")
    streets = [one.street for one in opening.refresh(desk, TWO).addresses]
    assert streets == ["Brink", "Kruisakkers", "Postbus 1"]
    series.take_back(desk, saved.deed_id)
    assert rows_of(family) == before


@pytest.mark.parametrize(("days", "found"), [(1, True), (400, False)])
def test_a_move_that_ended_the_old_address(family: Library, days: int, found: bool) -> None:
    with family.store.write() as session:
        query = select_rows(Address).where(Address.customer_id == ONE)
        session.exec(query).one().until_on = TODAY - timedelta(days=days)
        new = Address(customer_id=ONE, position=2, street="Brink", house_number="1")
        index_customer(session.get_one(Customer, ONE), [new])
        session.add(new)
    if found:
        others = series.on_address(family.desk(), ONE).others
        assert {one.actor_id for one in others if one.stayed} == {TWO, THREE}
    else:
        with pytest.raises(DeskError, match="geen andere klant"):
            series.on_address(family.desk(), ONE)


def test_who_left_the_old_address_too_is_not_meant(family: Library) -> None:
    with family.store.write() as session:
        query = select_rows(Address).where(Address.customer_id == TWO)
        session.exec(query).one().until_on = TODAY - timedelta(days=1)
    _new_home(family)
    assert [one.actor_id for one in series.on_address(family.desk(), ONE).others] == [THREE]
