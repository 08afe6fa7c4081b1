"""The same use cases where the library is its own account server."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from deskterm.accounts.local import LocalProvider
from deskterm.services import login_accounts
from deskterm.services.errors import DeskError
from deskterm.store import tables
from deskterm.views.accounts import AccountView
from tests.services.library import SEED_CARD, Library


@pytest.fixture
def local(library: Library) -> LocalProvider:
    """The local provider of a library that has one customer, for whom an account is made."""
    provider = LocalProvider(library.store, library.clock, library.account_options)
    library.accounts = provider
    library.customer(email="t@example.org")
    library.card()
    desk = library.desk()
    outcome = login_accounts.attempt(desk, login_accounts.generate(desk, 413700))
    assert (outcome.state, outcome.username) == ("made", SEED_CARD)
    return provider


def code_in_the_mail(library: Library) -> str:
    with library.store.write() as session:
        (mail,) = session.exec(select(tables.MailJob)).all()
    return str(json.loads(mail.contents)["code"])


def test_what_its_customer_activated_stays_after_forgetting(
    library: Library, local: LocalProvider
) -> None:
    desk = library.desk()
    assert local.activate(code_in_the_mail(library)) is not None
    assert login_accounts.refresh(desk, 413700).state == "active"
    with pytest.raises(DeskError):
        login_accounts.generate(desk, 413700)
    assert login_accounts.forget(desk, 413700) == AccountView()
    found = login_accounts.find(desk, SEED_CARD)
    assert found is not None
    assert (found.active, found.linked_to) == (True, None)
    assert login_accounts.link(desk, 413700, found).state == "active"


def test_what_waits_is_gone_after_forgetting(library: Library, local: LocalProvider) -> None:
    assert login_accounts.forget(library.desk(), 413700) == AccountView()
    assert local.find(SEED_CARD) is None


def test_one_that_was_activated_as_it_was_forgotten_stays(
    library: Library, local: LocalProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, status = code_in_the_mail(library), local.status

    def activated_after(ref: str) -> object:
        answer = status(ref)
        assert local.activate(code) is not None
        return answer

    monkeypatch.setattr(local, "status", activated_after)
    assert login_accounts.forget(library.desk(), 413700).error
    assert local.find(SEED_CARD) is not None


def test_a_customer_who_shows_the_code_has_an_active_account(
    library: Library, local: LocalProvider
) -> None:
    code = code_in_the_mail(library)
    typed = code.lower().replace("-", " ")
    assert login_accounts.account_of(library.desk(), 413700).takes_code
    view = login_accounts.activate(library.desk(), 413700, typed)
    assert (view.state, view.takes_code) == ("active", False)
    assert library.log()[-1] == ("account.active", "username", "", SEED_CARD)
    with pytest.raises(DeskError, match="al gebruikt"):
        login_accounts.activate(library.desk(), 413700, typed)


def test_a_code_of_another_customer_activates_nothing(
    library: Library, local: LocalProvider
) -> None:
    other = library.customer(413701, email="u@example.org")
    desk = library.desk()
    assert login_accounts.attempt(desk, login_accounts.generate(desk, 413701)).state == "made"
    with library.store.write() as session:
        mails = session.exec(select(tables.MailJob)).all()
        (code,) = [json.loads(one.contents)["code"] for one in mails if one.customer_id == 413701]
    with pytest.raises(DeskError, match="hoort niet bij"):
        login_accounts.activate(desk, 413700, code)
    assert login_accounts.account_of(desk, 413701).state == "pending"
    assert login_accounts.activate(desk, 413701, code).state == "active"
    assert other


def test_an_account_of_a_server_takes_no_code(library: Library, local: LocalProvider) -> None:
    with library.store.write() as session:
        link = session.get(tables.LoginAccount, 413700)
        assert link is not None
        link.provider = "scim"
        session.add(link)
    desk = library.desk()
    assert not login_accounts.account_of(desk, 413700).takes_code
    with pytest.raises(DeskError, match="niet met een code"):
        login_accounts.activate(desk, 413700, code_in_the_mail(library))


@pytest.mark.parametrize(("hours", "state"), [(23, "pending"), (24, "expired")])
def test_the_customer_has_a_day(
    library: Library, local: LocalProvider, hours: int, state: str
) -> None:
    library.clock.at += timedelta(hours=hours)
    assert login_accounts.refresh(library.desk(), 413700).state == state
    assert (local.find(SEED_CARD) is None) is (state == "expired")


def test_after_that_day_another_is_made(library: Library, local: LocalProvider) -> None:
    library.clock.at += timedelta(hours=25)
    desk = library.desk()
    assert login_accounts.account_of(desk, 413700).state == "expired"
    outcome = login_accounts.attempt(desk, login_accounts.generate(desk, 413700))
    assert (outcome.state, outcome.username) == ("made", SEED_CARD)
    assert local.find(SEED_CARD) is not None
