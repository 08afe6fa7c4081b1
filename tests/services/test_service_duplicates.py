"""The duplicate check: who is found by what, told apart from twins and family."""

from collections.abc import Mapping

import pytest

from deskterm.services import enrolment
from deskterm.store import tables
from deskterm.views.enrolment import Candidate
from tests.services.enrolling import add_prices, new_form
from tests.services.library import SEED_CARD, TODAY, Library

SAME = {"surname": "Testabo", "initials": "T.", "born": "01-01-1985"}
ELSEWHERE = {"address.1.postcode": "1234 AB", "address.1.house_number": "1"}


@pytest.fixture(autouse=True)
def known(library: Library) -> Library:
    add_prices(library)
    library.customer(
        first_name="Tom", email="t.testabo@example.org", mobile="06-12345678", phone="0592-123456"
    )
    library.card()
    library.period()
    library.add(tables.CustomerRole(customer_id=413700, code="ABO", begin_on=TODAY))
    return library


def found(library: Library, values: Mapping[str, str]) -> list[Candidate]:
    return list(enrolment.duplicates(library.desk(), new_form({**ELSEWHERE, **values})))


def test_a_candidate_shows_who_it_is_and_what_the_customer_has(library: Library) -> None:
    (one,) = found(library, SAME)
    assert (one.actor_id, one.name, one.card_number) == (413700, "Testabo, T.", SEED_CARD)
    assert (one.address, one.place) == ("Kruisakkers 41", "9468 BG Annen")
    assert (one.likeness, set(one.matches)) == ("same", {"name_born"})
    assert (one.roles, one.membership_name, one.valid) == (("Abonnementhouder",), "Compleet", True)


@pytest.mark.parametrize(
    ("values", "likeness", "matches"),
    [
        ({"surname": "TESTABÓ"}, "same", {"name_born"}),
        ({"first_name": "Tim"}, "twin", {"name_born"}),
        ({"initials": "J."}, "twin", {"name_born"}),
        ({"born": "10-01-1985", "email": "T.Testabo@example.org"}, "maybe", {"email"}),
        ({"born": "", "mobile": "+31 6 1234 5678"}, "maybe", {"phone"}),
        ({"born": "", "phone": "0592123456"}, "maybe", {"phone"}),
        (
            {"born": "", "address.1.postcode": "9468bg", "address.1.house_number": "41"},
            "maybe",
            {"address"},
        ),
        (
            {
                "born": "",
                "address.1.street": "kruisakkers",
                "address.1.house_number": "41",
                "address.1.place": "Annen",
            },
            "maybe",
            {"address"},
        ),
        (
            {
                "born": "",
                "address.1.country": "BE",
                "address.1.postcode": "9468BG",
                "address.1.house_number": "41",
            },
            None,
            set(),
        ),
        ({"born": ""}, None, set()),
        ({"born": "10-01-1985"}, None, set()),
        ({"surname": "Anders", "email": "t.testabo@example.org"}, None, set()),
        ({"surname": "Test"}, None, set()),
        ({"surname": "%"}, None, set()),
        ({"surname": "", "born": ""}, None, set()),
    ],
)
def test_who_is_found_by_what(
    library: Library, values: dict[str, str], likeness: str | None, matches: set[str]
) -> None:
    candidates = found(library, {**SAME, **values})
    assert [(one.likeness, set(one.matches)) for one in candidates] == (
        [(likeness, matches)] if likeness else []
    )


def test_family_at_the_same_address_is_no_duplicate(library: Library) -> None:
    child = {
        "surname": "Testabo", "initials": "", "first_name": "Jip", "born": "01-05-2018",
        "address.1.postcode": "9468 BG", "address.1.house_number": "41",
        "mobile": "06-12345678", "email": "t.testabo@example.org",
    }  # fmt: skip
    assert found(library, child) == []


def test_the_surest_come_first_and_oneself_never(library: Library) -> None:
    library.customer(5, first_name="Tim", initials="T.")
    library.customer(6, first_name="Tom", born=None, email="t.testabo@example.org")
    form = {**SAME, "first_name": "Tom", "email": "t.testabo@example.org"}
    assert [(one.actor_id, one.likeness) for one in found(library, form)] == [
        (413700, "same"), (6, "maybe"), (5, "twin"),
    ]  # fmt: skip
    again = new_form(form, actor_id=413700)
    assert [c.actor_id for c in enrolment.duplicates(library.desk(), again)] == [6, 5]


def test_the_deceased_are_found_too(library: Library) -> None:
    library.customer(7, surname="*Wijlen", born=None, email="w@example.org")
    values = {**SAME, "surname": "Wijlen", "born": "", "email": "w@example.org"}
    assert [one.actor_id for one in found(library, values)] == [7]
