"""Accounts are asked for once, made at once when that goes, and never two for one customer."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event
from types import SimpleNamespace

import pytest

from deskterm.accounts.model import NotAuthorised, Rejected, Unavailable
from deskterm.accounts.options import AccountOptions
from deskterm.services import editing, login_accounts, opening
from deskterm.services.accounts import making
from deskterm.services.errors import Conflict, DeskError, FormFaults, NotFound
from deskterm.store import tables
from tests.services.fake_accounts import FakeAccounts
from tests.services.library import SEED_CARD, Library


@pytest.fixture
def customer(library: Library) -> Library:
    """A library with one customer who has a card and an e-mail address."""
    library.customer(email="t@example.org")
    library.card()
    return library


def server(library: Library) -> FakeAccounts:
    assert isinstance(library.accounts, FakeAccounts)
    return library.accounts


def make(library: Library) -> str:
    """Have an account made; the answer is its name at the provider."""
    desk = library.desk()
    assert login_accounts.attempt(desk, login_accounts.generate(desk, 413700)).state == "made"
    with library.store.write() as session:
        link = session.get(tables.LoginAccount, 413700)
        assert link is not None
        return link.ref


def expire(library: Library, at: datetime) -> None:
    with library.store.write() as session:
        link = session.get(tables.LoginAccount, 413700)
        assert link is not None
        link.expires_at = at
        session.add(link)


def test_an_account_is_made_at_once(customer: Library) -> None:
    desk = customer.desk()
    job_id = login_accounts.generate(desk, 413700)
    assert login_accounts.account_of(desk, 413700).state == "queued"
    outcome = login_accounts.attempt(desk, job_id)
    assert (outcome.state, outcome.username, outcome.email, outcome.why) == (
        "made", SEED_CARD, "t@example.org", "",
    )  # fmt: skip
    view = login_accounts.account_of(desk, 413700)
    assert (view.state, view.username, view.made_here) == ("pending", SEED_CARD, True)
    assert view.expires_at == outcome.expires_at is not None
    assert opening.refresh(desk, 413700).account == view
    assert [line[0] for line in customer.log()] == ["account.create", "account.made"]
    # Asking again tells the same and makes nothing.
    assert login_accounts.attempt(desk, job_id) == outcome
    assert server(customer).asked == ["create"]


def test_an_account_that_is_made_meanwhile_does_not_keep_a_desk_from_saving(
    customer: Library,
) -> None:
    desk = customer.desk()
    before = opening.refresh(desk, 413700).version
    editing.save(desk, 413700, before, {"tag": "zorg"})
    make(customer)
    with pytest.raises(Conflict) as refused:
        editing.save(desk, 413700, before, {"suffix": "jr."})
    assert set(refused.value.differences) == {
        ("Achtervoegsel", "", "jr."),
        ("Zoekwoord", "zorg", ""),
    }
    saved = editing.save(desk, 413700, before + 1, {"suffix": "jr."})
    assert (saved.person.suffix, saved.account.username) == ("jr.", SEED_CARD)
    with pytest.raises(FormFaults):
        editing.save(desk, 413700, before + 2, {"username": "Anderenaam"})


@pytest.mark.parametrize(
    ("trouble", "state", "stuck"),
    [(Unavailable(), "queued", 0), (NotAuthorised(), "queued", 1), (Rejected(), "failed", 1)],
)
def test_trouble_of_the_provider_is_an_answer(
    customer: Library, trouble: Exception, state: str, stuck: int
) -> None:
    server(customer).trouble = trouble  # type: ignore[assignment]
    desk = customer.desk()
    job_id = login_accounts.generate(desk, 413700)
    outcome = login_accounts.attempt(desk, job_id)
    assert (outcome.state, outcome.username, bool(outcome.why)) == (state, "", True)
    view = login_accounts.account_of(desk, 413700)
    assert (view.state, view.job_id, view.error) == (state, job_id, outcome.why)
    (job,) = login_accounts.jobs(desk)
    assert (job.id, job.actor_id, job.name, job.state) == (job_id, 413700, "Testabo, T.", state)
    assert job.error == outcome.why
    assert len(login_accounts.work_list(desk)) == stuck
    # The manager put it right: trying again makes it, and the list is empty.
    server(customer).trouble = None
    login_accounts.retry(desk, job_id)
    assert login_accounts.attempt(desk, job_id).state == "made"
    assert login_accounts.work_list(desk) == ()
    assert [job.state for job in login_accounts.jobs(desk, "done")] == ["done"]
    assert login_accounts.jobs(desk, "queued") == ()


@pytest.mark.parametrize("email", ["", "  ", "a@b@c", "geen adres"])
def test_without_a_right_address_nothing_is_asked_for(library: Library, email: str) -> None:
    library.customer(email=email)
    with pytest.raises(DeskError) as raised:
        login_accounts.generate(library.desk(), 413700)
    assert not email.strip() or email not in raised.value.sentence
    assert login_accounts.jobs(library.desk()) == ()


def test_who_has_an_account_gets_no_other(customer: Library) -> None:
    make(customer)
    with pytest.raises(DeskError):
        login_accounts.generate(customer.desk(), 413700)
    assert len(login_accounts.jobs(customer.desk())) == 1


def test_who_has_a_name_of_an_import_gets_no_other(library: Library) -> None:
    library.customer(email="t@example.org", username="Testklant")
    with pytest.raises(DeskError):
        login_accounts.generate(library.desk(), 413700)


def test_an_expired_account_makes_room(customer: Library) -> None:
    old = make(customer)
    desk = customer.desk()
    now = customer.clock.at
    expire(customer, now - timedelta(minutes=59))
    assert login_accounts.account_of(desk, 413700).state == "pending"
    with pytest.raises(DeskError):
        login_accounts.generate(desk, 413700)
    expire(customer, now - timedelta(minutes=61))
    assert login_accounts.account_of(desk, 413700).state == "expired"
    del server(customer).accounts[old]
    assert make(customer) is not None
    assert login_accounts.account_of(desk, 413700).state == "pending"
    assert ("account.forget", "username", SEED_CARD, "") in customer.log()


def test_two_desks_that_ask_at_once_get_one_job(customer: Library) -> None:
    ready = Barrier(2)

    def ask() -> int | None:
        desk = customer.desk()
        ready.wait()
        try:
            return login_accounts.generate(desk, 413700)
        except DeskError:
            return None

    with ThreadPoolExecutor(2) as desks:
        asked = [desks.submit(ask) for _ in range(2)]
        answers = [one.result() for one in asked]
    assert answers.count(None) == 1
    assert len(login_accounts.jobs(customer.desk())) == 1


def test_a_job_that_a_worker_has_is_waited_for(
    customer: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer.account_options = AccountOptions(interactive_budget_s=30)
    begun, go_on = Event(), Event()

    def hold(_verb: str) -> None:
        begun.set()
        assert go_on.wait(30)

    server(customer).meanwhile = hold
    desk = customer.desk()
    job_id = login_accounts.generate(desk, 413700)
    with ThreadPoolExecutor(1) as workers:
        first = workers.submit(login_accounts.attempt, desk, job_id)
        assert begun.wait(30)

        def sleep(_seconds: float) -> None:
            """The worker does not go on before the desk is seen to wait for it."""
            go_on.set()
            first.result(30)

        waiting = SimpleNamespace(monotonic=time.monotonic, sleep=sleep)
        monkeypatch.setattr(making, "time", waiting)
        second = login_accounts.attempt(desk, job_id)
        go_on.set()
        assert first.result() == second
    assert second.state == "made"
    assert server(customer).asked == ["create"]


def test_a_worker_that_does_not_end_is_not_waited_for(customer: Library) -> None:
    customer.account_options = AccountOptions(interactive_budget_s=0)
    desk = customer.desk()
    job_id = login_accounts.generate(desk, 413700)
    hold(customer, job_id, customer.clock.at + timedelta(minutes=1))
    assert login_accounts.attempt(desk, job_id).state == "queued"
    assert server(customer).asked == []


def test_a_job_that_is_not_there(library: Library) -> None:
    for act in (login_accounts.attempt, login_accounts.outcome, login_accounts.retry):
        with pytest.raises(NotFound):
            act(library.desk(), 12)


def test_what_is_made_is_not_made_again(customer: Library) -> None:
    make(customer)
    (job,) = login_accounts.jobs(customer.desk())
    with pytest.raises(DeskError):
        login_accounts.retry(customer.desk(), job.id)


def test_a_failed_job_is_not_tried_beside_another(customer: Library) -> None:
    desk = customer.desk()
    server(customer).trouble = Rejected()
    failed = login_accounts.generate(desk, 413700)
    login_accounts.attempt(desk, failed)
    server(customer).trouble = None
    login_accounts.generate(desk, 413700)
    with pytest.raises(DeskError):
        login_accounts.retry(desk, failed)
    # Only the last job of a customer is work.
    assert login_accounts.work_list(desk) == ()


def hold(library: Library, job_id: int, until: datetime) -> None:
    """Let a worker have a job for itself."""
    with library.store.write() as session:
        job = session.get(tables.AccountJob, job_id)
        assert job is not None
        job.worker, job.lease_until = "other", until
        session.add(job)
