"""Who may be in the file twice: candidates for one customer, and pairs of the whole file."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from deskterm.services import merging
from deskterm.services.errors import Merged, NotFound
from deskterm.store import tables
from deskterm.views.merging import FoundPair
from tests.services.library import Library
from tests.services.merging import KEEPER, LOSER, add_two, merge_two

ONE = {"surname": "Pietersen", "first_name": "Anna", "initials": "A.", "sex": "V"}
ELSEWHERE = {"born": date(1970, 2, 3)}


def add_pair(library: Library, **other: Any) -> None:
    """Anna Pietersen, and somebody who may be her; she has a contact of every kind."""
    contact = {"email": "A.P@example.org", "mobile": "06-12345678", "external_number": "EXT-1"}
    library.customer(KEEPER, **ONE, **ELSEWHERE, **contact)
    library.customer(LOSER, **{**ONE, **ELSEWHERE, **other})


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, {"naam", "geboortedatum", "adres"}),
        ({"surname": "Pieterse"}, {"naam", "geboortedatum", "adres"}),
        ({"surname": "Bakker", "email": "a.p@example.org"}, {"geboortedatum", "e-mail"}),
        ({"surname": "Zwart"}, {"geboortedatum", "adres"}),
        ({"born": date(1970, 3, 2)}, {"naam", "geboortedatum bijna", "adres"}),
        ({"born": None, "mobile": "+31612345678"}, {"naam", "telefoon"}),
        ({"born": None, "external_number2": "EXT-1"}, {"naam", "extern nummer"}),
    ],
)
def test_a_candidate_says_what_is_the_same(
    library: Library, other: dict[str, Any], why: set[str]
) -> None:
    add_pair(library, **other)
    (one,) = merging.candidates(library.desk(), KEEPER)
    assert one.actor_id == LOSER
    assert set(one.why) >= why
    assert one.address == "Kruisakkers 41"


def test_the_likeliest_comes_first(library: Library) -> None:
    add_pair(library, surname="Pieterse")
    library.customer(500, **ONE, **ELSEWHERE, email="A.P@example.org")
    library.customer(501, surname="Bakker", born=date(1970, 2, 3))
    found = merging.candidates(library.desk(), KEEPER)
    assert [one.actor_id for one in found] == [500, LOSER]
    assert found[0].score > found[1].score


def test_a_number_in_another_street_of_a_belgian_town_is_another_door(library: Library) -> None:
    add_pair(library, surname="Zwart")
    with library.store.write() as session:
        for address in session.exec(select(tables.Address)):
            address.country, address.postcode_key = "BE", "2630 41"
            address.street_key = f"{address.street} 41 aartselaar"
            session.add(address)
    assert merging.candidates(library.desk(), KEEPER)
    with library.store.write() as session:
        address = session.exec(
            select(tables.Address).where(tables.Address.customer_id == LOSER)
        ).one()
        address.street_key = "acacialaan 41 aartselaar"
        session.add(address)
    assert merging.candidates(library.desk(), KEEPER) == ()


def test_a_sister_of_the_same_house_is_no_candidate(library: Library) -> None:
    add_pair(
        library, first_name="Bea", initials="B.", born=date(1972, 5, 6), email="A.P@example.org"
    )
    assert merging.candidates(library.desk(), KEEPER) == ()


def test_who_was_merged_is_no_candidate_and_has_none(library: Library) -> None:
    add_two(library)
    assert [one.actor_id for one in merging.candidates(library.desk(), KEEPER)] == [LOSER]
    merge_two(library)
    assert merging.candidates(library.desk(), KEEPER) == ()
    with pytest.raises(Merged):
        merging.candidates(library.desk(), LOSER)
    with pytest.raises(NotFound):
        merging.candidates(library.desk(), 999)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"surname": "Pieterse"},
        {"surname": "Bietersen"},
        {"born": date(1970, 3, 2), "email": "A.P@example.org"},
        {"born": date(1970, 2, 8), "mobile": "0612345678"},
    ],
)
def test_a_pair_is_found_in_the_whole_file(library: Library, other: dict[str, Any]) -> None:
    add_pair(library, **other)
    library.customer(500, surname="Bakker", born=date(1970, 2, 3))
    steps: list[tuple[int, int]] = []
    found = merging.pairs(library.desk(), progress=lambda *step: steps.append(step))
    assert [(one.one_id, one.other_id) for one in found] == [(KEEPER, LOSER)]
    assert steps[-1][0] == steps[-1][1]
    (row,) = merging.pair_rows(library.desk(), found)
    assert (row.one.actor_id, row.other.actor_id) == (KEEPER, LOSER)
    assert row.why[0] == "naam"


def test_pairs_of_another_branch_are_left_out_unless_asked_for(library: Library) -> None:
    add_pair(library, branch_code="5280")
    with library.store.write() as session:
        from deskterm.store.tables import Customer

        session.get_one(Customer, KEEPER).branch_code = "5280"
    assert merging.pairs(library.desk()) == ()
    assert len(merging.pairs(library.desk(), everywhere=True)) == 1


def test_who_was_merged_is_in_no_pair(library: Library) -> None:
    add_two(library)
    found = merging.pairs(library.desk())
    assert isinstance(found[0], FoundPair)
    merge_two(library)
    assert merging.pair_rows(library.desk(), found) == ()
    assert merging.pairs(library.desk()) == ()


def test_an_empty_library_has_no_pairs(library: Library) -> None:
    assert merging.pairs(library.desk()) == ()
    assert merging.pair_rows(library.desk(), ()) == ()
