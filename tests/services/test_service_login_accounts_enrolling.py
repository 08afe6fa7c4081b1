"""Enrolling writes what becomes of the login account in its own transaction, and asks nobody."""

import pytest

from deskterm.accounts.model import Unavailable
from deskterm.services import enrolment, login_accounts
from deskterm.services.errors import FormFaults, NoAccounts
from deskterm.views.accounts import FoundAccount
from tests.services.enrolling import add_prices, enrol, form_for, new_form
from tests.services.library import SEED_CARD, Library
from tests.services.test_service_login_accounts_making import hold, make, server


@pytest.fixture
def lapsed(library: Library) -> Library:
    """A library with the seed's customer, whose membership is over."""
    add_prices(library)
    library.customer(email="t@example.org")
    library.card()
    return library


TESTKLANT = FoundAccount("ref-77", "Testklant", "", active=True)


def test_a_new_account_is_queued(lapsed: Library) -> None:
    server(lapsed).trouble = Unavailable()
    done = enrol(lapsed, form_for(lapsed, use_account=True, account="new"))
    assert done.account_job_id is not None
    assert server(lapsed).asked == []
    (job,) = login_accounts.jobs(lapsed.desk())
    assert (job.id, job.email, job.state) == (done.account_job_id, "t@example.org", "queued")
    assert done.customer.account.state == "queued"
    again = enrol(lapsed, form_for(lapsed, use_account=True, account="new"))
    assert (again.repeated, again.account_job_id) == (True, done.account_job_id)


def test_an_account_that_was_found_is_tied(lapsed: Library) -> None:
    form = form_for(lapsed, use_account=True, account="existing", found=TESTKLANT)
    done = enrol(lapsed, form)
    assert done.account_job_id is None
    assert (done.customer.account.state, done.customer.account.username) == ("active", "Testklant")
    assert (done.customer.person.username, done.customer.person.email) == (
        "Testklant", "t@example.org",
    )  # fmt: skip
    assert server(lapsed).asked == []
    assert ("account.link", "username", "", "Testklant") in lapsed.log()


def test_an_existing_account_needs_no_mail_address(lapsed: Library) -> None:
    form = new_form(use_account=True, account="existing", found=TESTKLANT)
    done = enrol(lapsed, form)
    assert (done.customer.person.username, done.customer.person.email) == ("Testklant", "")


@pytest.mark.parametrize("email", ["", "a@b@c"])
def test_a_new_account_needs_a_right_address(lapsed: Library, email: str) -> None:
    lapsed.customer(413701, email=email)
    form = form_for(lapsed, 413701, use_account=True, account="new")
    with pytest.raises(FormFaults) as raised:
        enrol(lapsed, form)
    assert [name for name, _sentence in raised.value.faults] == ["email"]


def test_an_account_must_have_been_looked_up(lapsed: Library) -> None:
    for account in ("existing", "existing:Testklant"):
        with pytest.raises(FormFaults):
            enrol(lapsed, form_for(lapsed, use_account=True, account=account))


def test_a_library_without_accounts_offers_none(lapsed: Library) -> None:
    assert enrolment.begin(lapsed.desk(), 413700, "00").use_account
    lapsed.accounts = None
    assert not enrolment.begin(lapsed.desk(), 413700, "00").use_account
    with pytest.raises((FormFaults, NoAccounts)):
        enrol(lapsed, form_for(lapsed, use_account=True, account="new"))
    assert enrol(lapsed, form_for(lapsed)).account_job_id is None


@pytest.mark.parametrize("account", ["", "new"])
def test_an_account_that_lives_is_kept(lapsed: Library, account: str) -> None:
    make(lapsed)
    start = enrolment.begin(lapsed.desk(), 413700, "00")
    assert (start.use_account, start.account.state) == (False, "pending")
    done = enrol(lapsed, form_for(lapsed, use_account=True, account=account))
    assert (done.account_job_id, done.customer.account) == (None, start.account)


def test_another_account_may_be_chosen(lapsed: Library) -> None:
    ref = make(lapsed)
    form = form_for(lapsed, use_account=True, account="existing", found=TESTKLANT)
    done = enrol(lapsed, form)
    assert done.customer.account.username == "Testklant"
    # What the other one was for is not known here, so it is let be.
    assert ref in server(lapsed).accounts
    assert ("account.link", "username", SEED_CARD, "Testklant") in lapsed.log()


def test_an_open_job_is_not_asked_for_twice(lapsed: Library) -> None:
    job_id = login_accounts.generate(lapsed.desk(), 413700)
    done = enrol(lapsed, form_for(lapsed, use_account=True, account="new"))
    assert done.account_job_id == job_id
    assert len(login_accounts.jobs(lapsed.desk())) == 1


def test_a_job_that_a_worker_has_is_let_be(lapsed: Library) -> None:
    job_id = login_accounts.generate(lapsed.desk(), 413700)
    hold(lapsed, job_id, lapsed.clock.at.replace(year=2027))
    values = {"email": "ander@example.org"}
    enrol(lapsed, form_for(lapsed, use_account=True, account="new", values=values))
    (job,) = login_accounts.jobs(lapsed.desk())
    assert (job.id, job.email) == (job_id, "t@example.org")
