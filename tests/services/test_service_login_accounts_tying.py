"""Tying, asking after and forgetting an account: what is the customer's is never deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from deskterm.accounts.model import Rejected, Unavailable
from deskterm.accounts.options import AccountOptions
from deskterm.services import editing, login_accounts, opening
from deskterm.services.errors import AccountsUnavailable, DeskError, FormFaults
from deskterm.store import tables
from deskterm.views.accounts import AccountView, FoundAccount
from tests.services.library import Library
from tests.services.test_service_login_accounts_making import hold, make, server


@pytest.fixture
def customer(library: Library) -> Library:
    """A library with one customer who has an e-mail address."""
    library.customer(email="t@example.org")
    return library


def found(library: Library, username: str = "Testklant", *, active: bool = True) -> FoundAccount:
    server(library).put(username, active=active, email="eigen@example.org")
    answer = login_accounts.find(library.desk(), username)
    assert answer is not None
    return answer


def test_an_account_that_is_there_is_tied(customer: Library) -> None:
    view = login_accounts.link(customer.desk(), 413700, found(customer))
    assert view == AccountView(
        "active", username="Testklant", email="eigen@example.org", provider="fake"
    )
    person = opening.refresh(customer.desk(), 413700).person
    assert (person.username, person.email) == ("Testklant", "t@example.org")
    assert customer.log() == [("account.link", "username", "", "Testklant")]


def test_a_name_of_an_import_is_found_at_the_provider(library: Library) -> None:
    library.customer(username="Testklant")
    assert login_accounts.link(library.desk(), 413700, found(library)).state == "active"


def test_another_account_is_not_taken_by_the_way(customer: Library) -> None:
    login_accounts.link(customer.desk(), 413700, found(customer))
    with pytest.raises(DeskError):
        login_accounts.link(customer.desk(), 413700, found(customer, "Ander"))
    assert login_accounts.account_of(customer.desk(), 413700).username == "Testklant"


def test_tying_calls_off_what_waited_to_be_made(customer: Library) -> None:
    desk = customer.desk()
    job_id = login_accounts.generate(desk, 413700)
    assert login_accounts.link(desk, 413700, found(customer)).state == "active"
    assert login_accounts.outcome(desk, job_id).state == "failed"
    assert login_accounts.work_list(desk) == ()
    login_accounts.forget(desk, 413700)
    assert login_accounts.account_of(desk, 413700) == AccountView()


def test_who_got_an_account_after_all_is_no_work(customer: Library) -> None:
    desk = customer.desk()
    server(customer).trouble = Rejected()
    login_accounts.attempt(desk, login_accounts.generate(desk, 413700))
    server(customer).trouble = None
    assert len(login_accounts.work_list(desk)) == 1
    login_accounts.link(desk, 413700, found(customer))
    assert login_accounts.work_list(desk) == ()


def test_what_is_being_made_now_is_not_called_off(customer: Library) -> None:
    desk = customer.desk()
    said: list[str] = []

    def forget(_verb: str) -> None:
        with pytest.raises(DeskError) as raised:
            login_accounts.forget(desk, 413700)
        said.append(raised.value.hint)

    server(customer).meanwhile = forget
    job_id = login_accounts.generate(desk, 413700)
    hold(customer, job_id, customer.clock.at + timedelta(minutes=1))
    with pytest.raises(DeskError):
        login_accounts.link(desk, 413700, FoundAccount("r", "Testklant", "", active=True))
    hold(customer, job_id, customer.clock.at - timedelta(minutes=1))
    assert login_accounts.attempt(desk, job_id).state == "made"
    assert len(said) == 1
    assert said[0]
    assert login_accounts.account_of(desk, 413700).state == "pending"


def test_the_provider_tells_that_it_was_activated(customer: Library) -> None:
    ref = make(customer)
    desk = customer.desk()
    assert login_accounts.refresh(desk, 413700).state == "pending"
    server(customer).activate(ref)
    view = login_accounts.refresh(desk, 413700)
    assert (view.state, view.expires_at) == ("active", None)
    del server(customer).accounts[ref]
    assert login_accounts.refresh(desk, 413700).state == "expired"
    server(customer).trouble = Unavailable()
    with pytest.raises(AccountsUnavailable):
        login_accounts.refresh(desk, 413700)


def test_a_new_name_at_the_provider_is_taken_over(customer: Library) -> None:
    desk, there = customer.desk(), found(customer)
    login_accounts.link(desk, 413700, there)
    account = server(customer).accounts[there.ref]
    server(customer).accounts[there.ref] = replace(account, username="Nieuwenaam")
    assert login_accounts.refresh(desk, 413700).username == "Nieuwenaam"
    assert opening.refresh(desk, 413700).person.username == "Nieuwenaam"


def test_nobody_asks_a_provider_about_the_account_of_another(customer: Library) -> None:
    login_accounts.link(customer.desk(), 413700, found(customer))
    server(customer).name = "scim"
    server(customer).asked.clear()
    with pytest.raises(DeskError):
        login_accounts.refresh(customer.desk(), 413700)
    assert login_accounts.forget(customer.desk(), 413700) == AccountView()
    assert server(customer).asked == []


def test_an_answer_that_comes_too_late_is_not_written(customer: Library) -> None:
    """The customer is tied to another account while the provider is asked after the first."""
    ref = make(customer)
    desk, other = customer.desk(), found(customer, "Ander")

    def tie(verb: str) -> None:
        if verb == "status":
            server(customer).meanwhile = None
            login_accounts.forget(desk, 413700)
            login_accounts.link(desk, 413700, other)

    server(customer).meanwhile = tie
    assert login_accounts.refresh(desk, 413700).username == "Ander"
    assert ref not in server(customer).accounts


@pytest.mark.parametrize("wanted", [True, False])
def test_only_what_was_made_here_and_waits_is_deleted(customer: Library, wanted: bool) -> None:
    ref = make(customer)
    customer.account_options = AccountOptions(delete_pending_on_forget=wanted)
    assert login_accounts.forget(customer.desk(), 413700) == AccountView()
    assert (ref in server(customer).accounts) is not wanted
    assert opening.refresh(customer.desk(), 413700).person.username == ""
    assert customer.log()[-1][0] == "account.forget"


def test_one_that_was_tied_is_never_deleted(customer: Library) -> None:
    for active in (True, False):
        there = found(customer, f"Testklant{active}", active=active)
        login_accounts.link(customer.desk(), 413700, there)
        login_accounts.forget(customer.desk(), 413700)
        assert there.ref in server(customer).accounts
    assert "forget" not in server(customer).asked


@pytest.mark.parametrize("when", ["before", "status", "forget"])
def test_an_activated_account_is_never_deleted(customer: Library, when: str) -> None:
    """Also when its customer activates it at the very moment that staff forget it."""
    ref = make(customer)
    if when == "before":
        server(customer).activate(ref)
    else:
        server(customer).meanwhile = lambda verb: (
            server(customer).activate(ref) if verb == when else None
        )
    view = login_accounts.forget(customer.desk(), 413700)
    assert (view.state, bool(view.error)) == ("none", True)
    assert server(customer).accounts[ref].active
    assert login_accounts.account_of(customer.desk(), 413700) == AccountView()


def test_the_tie_is_cut_while_the_provider_is_down(customer: Library) -> None:
    make(customer)
    server(customer).trouble = Unavailable()
    view = login_accounts.forget(customer.desk(), 413700)
    assert (view.state, bool(view.error)) == ("none", True)
    assert login_accounts.account_of(customer.desk(), 413700) == AccountView()


def test_an_account_of_two_customers_stays(customer: Library) -> None:
    ref = make(customer)
    customer.customer(413701)
    there = server(customer).accounts[ref]
    again = login_accounts.find(customer.desk(), there.username)
    assert again is not None
    assert again.linked_to is not None
    login_accounts.link(customer.desk(), 413701, again)
    login_accounts.forget(customer.desk(), 413700)
    assert ref in server(customer).accounts


def test_what_another_desk_tied_meanwhile_is_not_forgotten(customer: Library) -> None:
    make(customer)
    desk, other = customer.desk(), found(customer, "Ander")

    def tie(verb: str) -> None:
        if verb == "status":
            server(customer).meanwhile = None
            login_accounts.forget(desk, 413700)
            login_accounts.link(desk, 413700, other)

    server(customer).meanwhile = tie
    with pytest.raises(DeskError):
        login_accounts.forget(desk, 413700)
    assert login_accounts.account_of(desk, 413700).username == "Ander"
    assert other.ref in server(customer).accounts


def test_there_must_be_something_to_forget(library: Library) -> None:
    library.customer()
    with pytest.raises(DeskError):
        login_accounts.forget(library.desk(), 413700)
    library.customer(413701, username="Testklant")
    login_accounts.forget(library.desk(), 413701)
    assert opening.refresh(library.desk(), 413701).person.username == ""


def test_what_waits_or_failed_is_called_off(customer: Library) -> None:
    desk = customer.desk()
    login_accounts.generate(desk, 413700)
    assert login_accounts.forget(desk, 413700) == AccountView()
    assert login_accounts.account_of(desk, 413700) == AccountView()
    with customer.store.write() as session:
        (job,) = session.exec(select(tables.AccountJob)).all()
        assert (job.state, job.email) == ("failed", "")
    with pytest.raises(DeskError):
        login_accounts.forget(desk, 413700)


@pytest.mark.parametrize("typed", ["Anderenaam", ""])
def test_the_name_of_a_tied_account_is_not_edited_by_hand(customer: Library, typed: str) -> None:
    login_accounts.link(customer.desk(), 413700, found(customer))
    view = opening.refresh(customer.desk(), 413700)
    with pytest.raises(FormFaults) as raised:
        editing.save(customer.desk(), 413700, view.version, {"username": typed})
    assert [name for name, _sentence in raised.value.faults] == ["username"]
    # A form that sends it as it is changes nothing.
    saved = editing.save(
        customer.desk(), 413700, view.version, {"username": "Testklant", "tag": "x"}
    )
    assert (saved.person.username, saved.person.tag) == ("Testklant", "x")
    login_accounts.forget(customer.desk(), 413700)
    version = opening.refresh(customer.desk(), 413700).version
    saved = editing.save(customer.desk(), 413700, version, {"username": "Anderenaam"})
    assert saved.person.username == "Anderenaam"
