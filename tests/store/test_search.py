"""Finding customers: by name, by the fields of the Search screen, and those at one address."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from deskterm.store.engine import Store
from deskterm.store.search import SearchTerms, family, find, index_customer, search
from deskterm.store.tables import (
    Address,
    Branch,
    Card,
    Customer,
    Institution,
    Item,
    Loan,
    MembershipPeriod,
    MembershipType,
    Relation,
    Title,
)

TODAY = date(2026, 3, 15)

# first name, initials, prefix, surname, born, street, number, addition, postcode, place
PEOPLE: dict[int, tuple[str, str, str, str, str, str, str, str, str, str]] = {
    1: ("Jan", "J.", "de", "Vries", "1985-01-01", "Kruisakkers", "41", "", "9468 BG", "Annen"),
    2: ("Ayşe", "A.", "", "Yılmaz", "1990-05-04", "Kruisakkers", "41", "", "9468 BG", "Annen"),
    3: ("Johanna", "J.C.", "van der", "Berg", "1941-02-03", "Brink", "7", "a", "9461 AR", "Gieten"),
    4: ("Piet", "P.", "", "Devriese", "2010-12-31", "Brink", "71", "", "3550", "Zolder"),
    5: ("Zoë", "Z.", "", "*Overleden", "1950-06-06", "Brink", "9", "", "9461 AR", "Gieten"),
    6: ("O'Neill", "O.", "", "100%_zeker", "1999-09-09", "", "", "", "", ""),
    7: ("Vries", "V.", "", "Aalbers", "2001-01-01", "Esweg", "12", "", "9468 XX", "Annen"),
}


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    with store.write() as session:
        session.add(Institution(code="1001", name="Drenthe"))
        session.flush()
        session.add(Branch(code="9401", institution_code="1001", name="Annen"))
        session.add(Branch(code="9402", institution_code="1001", name="Gieten"))
        session.add(MembershipType(code="53", name="Compleet"))
        session.add(Title(id=1, name="Turks fruit"))
        session.flush()
        session.add(Item(id=1, number="30000000000001", title_id=1, branch_code="9401"))
        for actor_id, fields in PEOPLE.items():
            customer, address = _customer(actor_id, *fields)
            index_customer(customer, [address])
            session.add(customer)
            session.flush()
            session.add(address)
            session.add(_period(actor_id))
        session.add(
            Card(number="29401000075868", customer_id=1, branch_code="9401", issued_on=TODAY)
        )
        session.add(Loan(customer_id=2, item_id=1, branch_code="9401", lent_on=TODAY, due_on=TODAY))
        session.add(Relation(customer_id=4, other_id=3, kind="parent"))


def _customer(
    actor_id: int, first: str, initials: str, prefix: str, surname: str, born: str,
    street: str, number: str, addition: str, postcode: str, place: str,
) -> tuple[Customer, Address]:  # fmt: skip
    customer = Customer(
        actor_id=actor_id,
        branch_code="9402" if place == "Gieten" else "9401",
        registered_on=TODAY,
        changed_at=datetime(2026, 3, 15, tzinfo=UTC),
        first_name=first,
        initials=initials,
        prefix=prefix,
        surname=surname,
        born=date.fromisoformat(born),
        phone="0592-271234" if actor_id == 3 else "",
        mobile="06 12345678" if actor_id == 2 else "",
        email="Ayse@Example.org" if actor_id == 2 else "",
        tag="Dekelhem" if actor_id == 3 else "",
        external_number="KOHA-00012" if actor_id == 7 else "",
    )
    address = Address(
        customer_id=actor_id, street=street, house_number=number, house_addition=addition,
        postcode=postcode, place=place,
    )  # fmt: skip
    return customer, address


def _period(actor_id: int) -> MembershipPeriod:
    ended = actor_id == 4
    return MembershipPeriod(
        customer_id=actor_id,
        branch_code="9401",
        membership_code="53",
        begin_on=date(2025, 4, 1),
        end_on=date(2026, 3, 31),
        status=9 if ended else 5,
    )


def found(store: Store, typed: str, *, include_ended: bool = True, branch: str = "") -> list[int]:
    with store.read() as connection:
        rows, _ = find(connection, typed, today=TODAY, include_ended=include_ended, branch=branch)
    return [row.actor_id for row in rows]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("vries", [1, 7, 4]),
        ("VRIES", [1, 7, 4]),
        ("de vries", [1, 4]),
        ("vries, de", [1, 4]),
        ("vries jan", [1]),
        ("jan vries", [1]),
        ("rie", [7, 4, 1]),
        ("yilmaz", [2]),
        ("Yılmaz", [2]),
        ("ayse", [2]),
        ("zoe", [5]),
        ("jc berg", [3]),
        ("dekelhem", [3]),
        ("*", [5]),
        ("*over", [5]),
        ("overl", [5]),
        ("ov", [5]),
        ("vries 9468 41", [1]),
        ("9468bg", [1, 2]),
        ("9468 BG 41", [1, 2]),
        ("vries 41", [1]),
        ("brink", []),
        ("7", [3]),
        ("7a", [3]),
        ("01-01-1985", [1]),
        ("1/1/1985", [1]),
        ("01011985", [1]),
        ("010185", [1]),
        ("vries 01-01-1985", [1]),
        ("3550", [4]),
        ("oneill", [6]),
        ("100%", [6]),
        ("%", []),
        ("_", []),
        ("", []),
        (" ,; ", []),
        ("xyz", []),
        ('vri" OR "ber', []),
        ("vries NOT jan", []),
        ("name_text:vries*", []),
        ("'; DROP TABLE customer; --", []),
    ],
)
def test_the_desk_line_finds(store: Store, typed: str, expected: list[int]) -> None:
    assert found(store, typed) == expected


def test_ended_memberships_and_other_branches_can_be_left_out(store: Store) -> None:
    assert found(store, "vries", include_ended=False) == [1, 7]
    assert found(store, "e", branch="9402") == []
    assert found(store, "ber", branch="9402") == [3]


@pytest.mark.parametrize("few", [0, 3000])
@pytest.mark.parametrize("typed", ["vri", "de vries", "j", "9468"])
def test_pages_add_up_to_the_whole_list(
    store: Store, monkeypatch: pytest.MonkeyPatch, typed: str, few: int
) -> None:
    whole = found(store, typed)
    monkeypatch.setattr("deskterm.store.search.names.MANY", few)
    paged: list[int] = []
    after: str | None = None
    with store.read() as connection:
        while not paged or after:
            rows, after = find(connection, typed, today=TODAY, after=after, limit=1)
            paged += [row.actor_id for row in rows]
    assert paged == whole


def test_a_row_says_what_staff_choose_by(store: Store) -> None:
    with store.read() as connection:
        (row,), following = find(connection, "vries jan", today=TODAY)
    assert (row.card_number, row.name, row.born) == (
        "29401000075868", "Vries, J. de", date(1985, 1, 1),
    )  # fmt: skip
    assert (row.address, row.postcode, row.place) == ("Kruisakkers 41", "9468 BG", "Annen")
    assert (row.branch_code, row.membership_name, row.status, row.valid) == (
        "9401", "Compleet", 5, True,
    )  # fmt: skip
    assert following is None


@pytest.mark.parametrize("few", [0, 3000])
@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (SearchTerms(), []),
        (SearchTerms(include_ended=False), []),
        (SearchTerms(number="29401000075868"), [1]),
        (SearchTerms(number="3"), [3]),
        (SearchTerms(number="KOHA-00012"), [7]),
        (SearchTerms(number="9" * 30), []),
        (SearchTerms(external_number="KOHA-00012"), [7]),
        (SearchTerms(name="vries"), [7, 4, 1]),
        (SearchTerms(name="vries", include_ended=False), [7, 1]),
        (SearchTerms(name="vries", place="annen"), [7, 1]),
        (SearchTerms(given_name="jan"), [1]),
        (SearchTerms(given_name="j"), [3, 1]),
        (SearchTerms(given_name="jc"), [3]),
        (SearchTerms(given_name="vries"), [7]),
        (SearchTerms(born=date(1985, 1, 1)), [1]),
        (SearchTerms(postcode="9468"), [7, 1, 2]),
        (SearchTerms(postcode="9468bg", house_number="41"), [1, 2]),
        (SearchTerms(postcode="9461", house_number="7"), [3]),
        (SearchTerms(postcode="9461 AR", house_number="7A"), [3]),
        (SearchTerms(house_number="7a"), [3]),
        (SearchTerms(house_number="41", name="yil"), [2]),
        (SearchTerms(street="kruis"), [1, 2]),
        (SearchTerms(street="brink", postcode="9468"), []),
        (SearchTerms(place="Giet"), [3, 5]),
        (SearchTerms(phone="0612345678"), [2]),
        (SearchTerms(phone="+31 6 12345678"), [2]),
        (SearchTerms(phone="271234"), [3]),
        (SearchTerms(email="ayse@EXAMPLE"), [2]),
        (SearchTerms(item_number="30000000000001"), [2]),
        (SearchTerms(item_number="30000000000001", name="vries"), []),
        (SearchTerms(branch_code="9402"), [3, 5]),
        (SearchTerms(email="%"), []),
        (SearchTerms(name="%"), []),
        (SearchTerms(given_name="%", place="annen"), []),
        (SearchTerms(street="%"), []),
        (SearchTerms(place=" ! "), []),
        (SearchTerms(place="  "), []),
    ],
)
def test_every_field_of_the_search_screen(
    store: Store, monkeypatch: pytest.MonkeyPatch, terms: SearchTerms, expected: list[int], few: int
) -> None:
    monkeypatch.setattr("deskterm.store.search.fields.MANY", few)
    with store.read() as connection:
        rows, _ = search(connection, terms, today=TODAY)
    assert [row.actor_id for row in rows] == expected


def test_family_lives_behind_the_same_door_or_is_related(store: Store) -> None:
    def of(actor_id: int) -> Iterable[int]:
        with store.read() as connection:
            rows, _ = family(connection, actor_id, today=TODAY)
        return [row.actor_id for row in rows]

    assert of(1) == [2]
    assert of(3) == [4]
    assert of(4) == [3]
    assert of(5) == []
    assert of(6) == []


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    with store.write() as session:
        customer = session.get_one(Customer, 1)
        customer.surname, customer.prefix = "Hoekstra", ""
        index_customer(customer, [])
    assert found(store, "hoek") == [1]
    assert found(store, "vries jan") == []
    with store.write() as session:
        session.connection().execute(text("DELETE FROM address WHERE customer_id = 6"))
        session.connection().execute(text("DELETE FROM membership_period WHERE customer_id = 6"))
        session.delete(session.get_one(Customer, 6))
    assert found(store, "oneill") == []
