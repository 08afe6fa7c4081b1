"""Login accounts are found by their exact user name only, and trouble is not the same as none."""

from dataclasses import replace

import pytest

from deskterm.accounts.model import (
    AccountError,
    BadAnswer,
    NoProvider,
    NotAuthorised,
    Rejected,
    Unavailable,
)
from deskterm.services import login_accounts
from deskterm.services.errors import (
    AccountsRefused,
    AccountsUnavailable,
    DeskError,
    NoAccounts,
    NotAllowed,
    NotFound,
    NotSignedIn,
)
from deskterm.store import tables
from deskterm.views.accounts import AccountView, FoundAccount, found_from
from tests.services.fake_accounts import FakeAccounts
from tests.services.library import Library


@pytest.fixture
def provider(library: Library) -> FakeAccounts:
    """The account server of the library."""
    assert isinstance(library.accounts, FakeAccounts)
    return library.accounts


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Testklant", True),
        ("  Testklant ", True),
        ("testklant", False),
        ("Testklan", False),
        ("Testklant%", False),
        ('Testklant" or userName pr or userName eq "', False),
        ("Test klant", False),
        ("T" * 500, False),
        ("", False),
    ],
)
def test_capitals_count_and_part_of_a_name_is_no_name(
    library: Library, provider: FakeAccounts, typed: str, found: bool
) -> None:
    there = provider.put("Testklant", email="")
    known = FoundAccount(there.ref, "Testklant", "", active=True)
    assert login_accounts.find(library.desk(), typed) == (known if found else None)


def test_a_server_that_answers_another_name_has_not_found_it(
    library: Library, provider: FakeAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = provider.put("beheerder")
    monkeypatch.setattr(provider, "find", lambda _name: other)
    assert login_accounts.find(library.desk(), "Testklant") is None


def test_nothing_that_cannot_be_a_name_is_asked_for(
    library: Library, provider: FakeAccounts
) -> None:
    for typed in ("", "   ", "\x1b", "x" * 500):
        assert login_accounts.find(library.desk(), typed) is None
    assert provider.asked == []


@pytest.mark.parametrize("by_import", [False, True])
def test_who_has_the_account_already_is_told(
    library: Library, provider: FakeAccounts, by_import: bool
) -> None:
    there = provider.put("Testklant")
    library.customer(username="Testklant" if by_import else "Oudenaam")
    if not by_import:
        library.add(
            tables.LoginAccount(
                customer_id=413700,
                provider="fake",
                ref=there.ref,
                username="Oudenaam",
                state="active",
            )
        )
    found = login_accounts.find(library.desk(), "Testklant")
    assert found is not None
    assert found.linked_to == (413700, "Testabo, T.")
    own = login_accounts.find(library.desk(), "Testklant", 413700)
    assert own == replace(found, linked_to=None)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (Unavailable(), AccountsUnavailable),
        (BadAnswer(), AccountsUnavailable),
        (NotAuthorised(), AccountsRefused),
        (Rejected(), DeskError),
        (NoProvider(), NoAccounts),
    ],
)
def test_trouble_is_never_shown_as_not_found(
    library: Library, provider: FakeAccounts, trouble: AccountError, expected: type[DeskError]
) -> None:
    provider.trouble = trouble
    with pytest.raises(expected) as raised:
        login_accounts.find(library.desk(), "Testklant")
    assert type(raised.value) is expected
    assert "Testklant" not in raised.value.sentence + raised.value.hint
    assert raised.value.hint


def test_a_library_without_accounts_says_so(library: Library) -> None:
    library.accounts = None
    library.customer(email="t@example.org")
    with pytest.raises(NoAccounts):
        login_accounts.find(library.desk(), "Testklant")
    with pytest.raises(NoAccounts):
        login_accounts.generate(library.desk(), 413700)


def test_nobody_looks_accounts_up_without_signing_in(library: Library) -> None:
    library.customer()
    with pytest.raises(NotSignedIn):
        login_accounts.find(library.desk(None), "Testklant")
    with pytest.raises(NotAllowed):
        login_accounts.forget(library.desk(None), 413700)
    with pytest.raises(NotFound):
        login_accounts.account_of(library.desk(), 1)


def test_a_name_of_an_import_is_not_known_to_the_provider(library: Library) -> None:
    library.customer(username="Testklant")
    assert login_accounts.account_of(library.desk(), 413700) == AccountView(
        "unknown", username="Testklant"
    )


@pytest.mark.parametrize("kept", [None, "Testklant", {}, {"ref": 3, "username": "x"}, {"ref": "a"}])
def test_a_draft_that_was_tampered_with_keeps_no_account(kept: object) -> None:
    assert found_from(kept) is None


def test_a_draft_keeps_what_ties_an_account() -> None:
    found = FoundAccount("ref-1", "Testklant", "", active=True, linked_to=(1, "Iemand"))
    assert found_from(found.kept()) == replace(found, linked_to=None)
