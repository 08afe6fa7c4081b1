"""The queue of login accounts, when all goes well and when the provider does not play along."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from deskterm.accounts.model import (
    AccountError,
    BadAnswer,
    Conflict,
    NotAuthorised,
    ProviderAccount,
    Rejected,
    Unavailable,
    UsernameTaken,
)
from deskterm.store.leases import GIVE_UP_AFTER, LEASE, LONGEST_WAIT_SECONDS
from deskterm.store.tables import Customer
from tests.accounts.hall import CARD, EMAIL, TESTABO, Hall, wanted
from tests.accounts.providers import Answering, Troubled

LATER = [Unavailable(), BadAnswer(), NotAuthorised("401")]


def test_a_job_gives_its_customer_an_account(hall: Hall) -> None:
    job_id = hall.job()
    result = hall.made()
    assert (result.job_id, result.customer_id, result.state) == (job_id, TESTABO, "made")
    assert (result.username, result.email, result.error) == (CARD, EMAIL, "")
    assert result.expires_at == hall.clock.now() + timedelta(hours=24)
    link = hall.link()
    assert link is not None
    assert (link.provider, link.username, link.email, link.state) == (
        "local", CARD, EMAIL, "pending",
    )  # fmt: skip
    assert (link.made_here, link.expires_at, link.checked_at) == (
        True, result.expires_at, hall.clock.now(),
    )  # fmt: skip
    assert [row.ref for row in hall.accounts()] == [link.ref]
    assert hall.username() == CARD
    assert hall.log() == [("account.made", "username", "", CARD)]


def test_a_job_that_is_done_keeps_nothing_personal_and_is_not_done_again(hall: Hall) -> None:
    job_id = hall.job()
    hall.run()
    job = hall.the_job(job_id)
    assert (job.state, job.email, job.error, job.worker) == ("done", "", "", "")
    assert (job.done_at, job.lease_until, job.username) == (hall.clock.now(), None, CARD)
    assert hall.run() is None
    assert hall.made(job_id=job_id).username == CARD
    assert len(hall.accounts()) == 1


def test_a_desk_that_is_editing_has_no_conflict_with_it(hall: Hall) -> None:
    (before,) = hall.rows(Customer)
    hall.job()
    hall.run()
    (after,) = hall.rows(Customer)
    assert after.username == CARD
    assert (after.version, after.changed_at) == (before.version, before.changed_at)


def test_there_is_nothing_to_do_without_a_job(hall: Hall) -> None:
    assert hall.run() is None
    assert hall.run(job_id=1) is None


def test_jobs_are_done_in_turn_or_by_their_number(hall: Hall) -> None:
    other = hall.customer(2, surname="Smit")
    later = hall.clock.now() + timedelta(minutes=1)
    first, second = hall.job(), hall.job(other, next_at=later)
    assert hall.made(job_id=second).username == "tsmit"
    assert hall.made().job_id == first


def test_a_taken_name_gives_the_next_its_turn(hall: Hall) -> None:
    hall.job()
    provider = Troubled(hall, [UsernameTaken(), UsernameTaken()])
    assert hall.made(provider).username == "ttestabo2"
    assert provider.names == [CARD, "ttestabo", "ttestabo2"]


def test_a_name_of_another_customer_here_is_not_even_asked_for(hall: Hall) -> None:
    hall.customer(2, username=CARD)
    hall.job()
    provider = Troubled(hall)
    hall.run(provider)
    assert provider.names == ["ttestabo"]


def test_when_all_names_are_taken_somebody_has_to_look(hall: Hall) -> None:
    hall.job()
    result = hall.made(Troubled(hall, [UsernameTaken()] * 200))
    assert (result.state, result.error) == ("failed", "username_taken")
    assert hall.log() == [("account.failed", "username", "", "")]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([Conflict()] * 200, 3),
        ([UsernameTaken(), Conflict(), UsernameTaken(), *[Conflict()] * 9], 5),
    ],
)
def test_what_is_not_about_the_name_is_not_tried_with_every_name(
    answers: list[AccountError], asked: int, hall: Hall
) -> None:
    hall.job()
    provider = Troubled(hall, list(answers))
    result = hall.made(provider)
    assert (result.state, result.error) == ("failed", "conflict")
    assert len(provider.names) == asked


def test_a_long_search_for_a_name_keeps_the_job(hall: Hall) -> None:
    job_id = hall.job()
    provider = Troubled(hall, [UsernameTaken()] * 8)
    found = []

    def dawdle() -> None:
        hall.clock.pass_by(seconds=LEASE.total_seconds() / 3)
        found.append(hall.run(worker="other"))

    provider.before = dawdle
    assert hall.made(provider, job_id).state == "made"
    assert found == [None] * 9


def test_a_search_for_a_name_ends_when_another_worker_has_the_job(hall: Hall) -> None:
    job_id = hall.job()
    provider = Troubled(hall, [UsernameTaken()] * 8)

    def stall() -> None:
        hall.clock.pass_by(seconds=LEASE.total_seconds())
        other = hall.run(worker="other")
        assert other is not None
        assert other.state == "made"

    provider.before = stall
    assert hall.made(provider, job_id).state == "made"
    assert provider.names == [CARD]


@pytest.mark.parametrize("trouble", LATER, ids=lambda error: error.code)
def test_trouble_that_may_pass_puts_the_job_off(hall: Hall, trouble: AccountError) -> None:
    job_id = hall.job()
    result = hall.made(Troubled(hall, [trouble]))
    assert (result.state, result.error, result.email) == ("queued", trouble.code, EMAIL)
    job = hall.the_job(job_id)
    assert (job.state, job.error, job.worker, job.lease_until) == (
        "queued", trouble.code, "", None,
    )  # fmt: skip
    assert hall.run() is None
    hall.clock.pass_by(seconds=7)
    assert hall.made().state == "made"


@pytest.mark.parametrize("trouble", LATER, ids=lambda error: error.code)
def test_after_a_week_of_it_the_job_is_given_up(hall: Hall, trouble: AccountError) -> None:
    job_id = hall.job()
    while hall.clock.now() - hall.the_job(job_id).at < GIVE_UP_AFTER:
        assert hall.made(Troubled(hall, [trouble])).state == "queued"
        hall.clock.pass_by(seconds=LONGEST_WAIT_SECONDS * 1.2)
    result = hall.made(Troubled(hall, [trouble]))
    assert (result.state, result.error) == ("failed", trouble.code)
    job = hall.the_job(job_id)
    assert (job.state, job.email, job.done_at) == ("failed", "", hall.clock.now())
    assert hall.log() == [("account.failed", "username", "", "")]
    assert hall.run() is None


def test_a_wait_that_the_server_asks_for_is_kept(hall: Hall) -> None:
    hall.job()
    hall.run(Troubled(hall, [Unavailable(retry_after=600)]))
    hall.clock.pass_by(seconds=599)
    assert hall.run() is None
    hall.clock.pass_by(seconds=1)
    assert hall.made().state == "made"


def test_what_the_server_refuses_for_good_is_given_up_at_once(hall: Hall) -> None:
    job_id = hall.job()
    result = hall.made(Troubled(hall, [Rejected("400")]))
    assert (result.state, result.error) == ("failed", "rejected")
    assert hall.the_job(job_id).email == ""
    assert (hall.link(), hall.username()) == (None, "")


def test_a_lost_answer_makes_one_account(hall: Hall) -> None:
    hall.job()
    assert hall.made(Troubled(hall, [Unavailable()], swallows=True)).state == "queued"
    (lost,) = hall.accounts()
    hall.clock.pass_by(seconds=7)
    assert hall.made().state == "made"
    link = hall.link()
    assert link is not None
    assert link.ref == lost.ref
    assert (len(hall.accounts()), len(hall.mails())) == (1, 1)


def test_a_lost_answer_of_a_later_name_is_found_again_too(hall: Hall) -> None:
    hall.provider.create(wanted(CARD, key="somebody else"))
    hall.job()
    hall.run(Troubled(hall, [Unavailable()], swallows=True))
    hall.clock.pass_by(seconds=7)
    assert hall.made().username == "ttestabo"
    assert len(hall.accounts()) == 2


def test_an_account_that_was_activated_before_it_was_written_down_is_active(hall: Hall) -> None:
    hall.job()
    made = hall.provider.create(wanted(CARD, key=f"key-{TESTABO}"))
    active = replace(made, active=True, expires_at=None)
    result = hall.made(Answering(active))
    link = hall.link()
    assert link is not None
    assert (link.state, link.expires_at, result.expires_at) == ("active", None, None)


def test_a_provider_that_tells_little_is_filled_in(hall: Hall) -> None:
    hall.job()
    result = hall.made(Answering(ProviderAccount("r1", CARD, "", active=False)))
    assert result.email == EMAIL
    assert result.expires_at == hall.clock.now() + timedelta(hours=24)


def test_an_account_of_another_customer_is_nobody_elses(hall: Hall) -> None:
    """Of a family with one address, at a server that does not keep our key."""
    account = ProviderAccount("r1", "tsmit", EMAIL, active=False)
    hall.job(hall.customer(2, surname="Smit"))
    hall.job()
    assert hall.made(Answering(account)).state == "made"
    result = hall.made(Answering(account))
    assert (result.state, result.error) == ("failed", "username_taken")
    assert hall.link() is None


def test_another_worker_leaves_a_job_alone_until_its_lease_ends(hall: Hall) -> None:
    job_id = hall.job()
    found = []
    provider = Troubled(hall)
    provider.before = lambda: found.extend(
        [hall.run(worker="other"), hall.run(worker="other", job_id=job_id)]
    )
    assert hall.made(provider).state == "made"
    assert [result and result.state for result in found] == [None, "queued"]


def test_a_job_does_not_wait_for_a_clock_that_was_ahead(hall: Hall) -> None:
    hall.clock.pass_by(days=400)
    hall.job()
    assert hall.made(Troubled(hall, [Unavailable()])).state == "queued"
    hall.clock.pass_by(days=-400)
    assert hall.made().state == "made"


def test_a_worker_lost_while_the_clock_was_ahead_keeps_no_job(hall: Hall) -> None:
    hall.clock.pass_by(days=400)
    hall.job()
    found = []

    def stall() -> None:
        hall.clock.pass_by(days=-400)
        found.append(hall.run(worker="other"))

    hall.run(Troubled(hall, after=stall))
    assert [result and result.state for result in found] == ["made"]
    assert len(hall.accounts()) == 1


def test_who_comes_back_after_its_lease_finds_it_done_by_another(hall: Hall) -> None:
    job_id = hall.job()
    found = []

    def stall() -> None:
        hall.clock.pass_by(seconds=LEASE.total_seconds())
        found.append(hall.run(worker="other"))

    late = hall.made(Troubled(hall, after=stall), job_id)
    assert [result and result.state for result in found] == ["made"]
    assert (late.state, late.username) == ("made", CARD)
    assert (len(hall.accounts()), len(hall.log())) == (1, 1)


def test_who_comes_back_while_another_still_tries_undoes_nothing(hall: Hall) -> None:
    job_id = hall.job()

    def stall() -> None:
        hall.clock.pass_by(seconds=LEASE.total_seconds())
        hall.run(Troubled(hall, [Unavailable()]), worker="other")

    assert hall.made(Troubled(hall, after=stall), job_id).state == "queued"
    (account,) = hall.accounts()
    assert hall.made(job_id=job_id).state == "made"
    assert [row.ref for row in hall.accounts()] == [account.ref]


@pytest.mark.usefixtures("patient")
def test_three_workers_make_twenty_accounts_of_twenty_jobs(hall: Hall) -> None:
    for number in range(1, 21):
        hall.job(hall.customer(number, surname="Smit"))

    def work(worker: str) -> int:
        done = 0
        while (result := hall.run(worker=worker)) is not None:
            assert result.state == "made"
            done += 1
        return done

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(work, ("one", "two", "three"))) == 20
    names = {row.username for row in hall.accounts()}
    assert names == {hall.username(number) for number in range(1, 21)}
    assert len(names) == len(hall.mails()) == 20
