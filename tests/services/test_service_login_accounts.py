"""Login accounts are found by their exact user name only."""

import pytest

from deskterm.services import login_accounts
from deskterm.services.errors import NotSignedIn
from deskterm.views.enrolment import KnownAccount
from tests.services.library import Library


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Testklant", True),
        ("  Testklant ", True),
        ("testklant", False),
        ("Testklan", False),
        ("Testklant%", False),
        ("", False),
    ],
)
def test_capitals_count_and_part_of_a_name_is_no_name(
    library: Library, typed: str, found: bool
) -> None:
    actor_id = library.customer(surname="Testabo", username="Testklant", email="t@example.org")
    known = KnownAccount("Testklant", "t@example.org", actor_id)
    assert login_accounts.find(library.desk(), typed) == (known if found else None)


def test_nobody_looks_accounts_up_without_signing_in(library: Library) -> None:
    with pytest.raises(NotSignedIn):
        login_accounts.find(library.desk().signed_in_as(None), "Testklant")
