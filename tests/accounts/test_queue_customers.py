"""Jobs whose customers changed, went away or got an account while they were queued."""

from collections.abc import Callable

import pytest
from sqlmodel import delete

from deskterm.accounts.options import AccountOptions
from deskterm.store.tables import (
    AccountJob,
    Card,
    Customer,
    LoginAccount,
    MailJob,
)
from tests.accounts.hall import CARD, EMAIL, TESTABO, Hall, code_of
from tests.accounts.providers import Troubled


def link_row(state: str = "active", ref: str = "r1") -> LoginAccount:
    return LoginAccount(
        customer_id=TESTABO, provider="local", ref=ref, username="anders", state=state
    )


def remove_customer(hall: Hall) -> None:
    with hall.store.write() as session:
        for table in (AccountJob, MailJob, Card, Customer):
            session.exec(delete(table))


def test_a_customer_without_an_address_any_more_gets_no_account(hall: Hall) -> None:
    hall.job()
    hall.change(Customer, TESTABO, email="")
    assert (hall.made().error, hall.accounts()) == ("no_email", [])


@pytest.mark.parametrize("email", ["a@b@c", "geen adres", "a@b", "a\nb@example.org"])
def test_an_address_that_is_none_is_told_of(sqlite_hall: Hall, email: str) -> None:
    job_id = sqlite_hall.job(email=email)
    sqlite_hall.change(Customer, TESTABO, email=email)
    result = sqlite_hall.made()
    assert (result.state, result.error) == ("failed", "bad_email")
    assert sqlite_hall.the_job(job_id).email == ""


def test_an_address_that_was_corrected_meanwhile_counts(hall: Hall) -> None:
    hall.job(email="fout@example.org")
    assert hall.made().email == EMAIL
    assert [mail.recipient for mail in hall.mails()] == [EMAIL]


def test_a_customer_of_whom_no_name_can_be_made_is_told_of(hall: Hall) -> None:
    hall.job(hall.customer(2, surname="Иванов", initials=""))
    assert hall.made().error == "no_username"


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("nl_NL", "nl"), ("fy_NL", "nl"), ("nl_BE", "nl"), ("", "nl"), ("en_GB", "en"), ("de", "en")],
)
def test_the_mail_is_in_a_language_we_have(sqlite_hall: Hall, language: str, spoken: str) -> None:
    sqlite_hall.job()
    sqlite_hall.change(Customer, TESTABO, language=language)
    sqlite_hall.run()
    assert [mail.language for mail in sqlite_hall.mails()] == [spoken]


@pytest.mark.parametrize("state", ["pending", "active"])
def test_a_customer_who_has_an_account_by_now_gets_no_other(hall: Hall, state: str) -> None:
    job_id = hall.job()
    hall.add(link_row(state))
    result = hall.made()
    assert (result.state, result.username) == ("linked", "anders")
    assert hall.made(job_id=job_id) == result
    assert (hall.the_job(job_id).state, hall.the_job(job_id).email) == ("done", "")
    assert (hall.accounts(), hall.log()) == ([], [])


def test_an_expired_account_makes_place(hall: Hall) -> None:
    hall.job()
    hall.add(link_row("expired"))
    hall.change(Customer, TESTABO, username="anders")
    assert hall.made().state == "made"
    link = hall.link()
    assert link is not None
    assert (link.username, link.state, hall.username()) == (CARD, "pending", CARD)
    assert hall.log() == [("account.made", "username", "anders", CARD)]


def test_an_account_made_while_another_was_tied_is_undone(hall: Hall) -> None:
    hall.job()
    result = hall.made(Troubled(hall, after=lambda: hall.add(link_row())))
    assert (result.state, result.username) == ("linked", "anders")
    assert hall.accounts() == []
    link = hall.link()
    assert link is not None
    assert link.ref == "r1"


def test_where_pending_accounts_are_left_alone_it_is_not_undone(hall: Hall) -> None:
    hall.options = AccountOptions(delete_pending_on_forget=False)
    hall.job()
    hall.run(Troubled(hall, after=lambda: hall.add(link_row())))
    assert len(hall.accounts()) == 1


def test_an_account_that_cannot_be_undone_is_left_to_expire(hall: Hall) -> None:
    hall.job()
    provider = Troubled(hall, after=lambda: hall.add(link_row()), unforgetting=True)
    assert hall.made(provider).state == "linked"
    assert len(hall.accounts()) == 1


def test_the_very_account_that_staff_tied_meanwhile_is_kept(hall: Hall) -> None:
    hall.job()

    def tie() -> None:
        (made,) = hall.accounts()
        hall.add(link_row("pending", made.ref))

    assert hall.made(Troubled(hall, after=tie)).state == "made"
    assert len(hall.accounts()) == 1


def test_a_customer_who_was_removed_meanwhile_leaves_no_account(hall: Hall) -> None:
    hall.job()
    result = hall.made(Troubled(hall, after=lambda: remove_customer(hall)))
    assert (result.state, result.error) == ("failed", "customer_gone")
    assert hall.accounts() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_job_that_was_withdrawn_meanwhile_stays_so(hall: Hall, moment: str) -> None:
    job_id = hall.job()
    provider = Troubled(hall)
    withdraw: Callable[[], None] = lambda: hall.change(  # noqa: E731
        AccountJob, job_id, state="failed", error="forgotten"
    )
    setattr(provider, moment, withdraw)
    result = hall.made(provider)
    assert (result.state, result.error) == ("failed", "forgotten")
    assert (hall.link(), hall.accounts()) == (None, [])


def test_an_account_that_its_customer_uses_is_not_undone(hall: Hall) -> None:
    hall.job()

    def tie_and_activate() -> None:
        hall.add(link_row())
        hall.provider.activate(code_of(hall))

    provider = Troubled(hall, after=tie_and_activate)
    assert hall.made(provider).state == "linked"
    assert (provider.forgot, len(hall.accounts())) == ([], 1)


def test_a_job_to_tie_an_account_is_for_staff(hall: Hall) -> None:
    hall.job(kind="link", username="anders")
    result = hall.made()
    assert (result.state, result.error) == ("failed", "link")
    assert hall.accounts() == []
