"""Asking after accounts that wait for their customers."""

from datetime import timedelta

import pytest

from deskterm.accounts.model import AccountError, BadAnswer, NotAuthorised, Unavailable
from deskterm.accounts.refreshing import ASK_EVERY, refresh_due, refresh_ref
from deskterm.store.tables import LoginAccount
from tests.accounts.hall import CARD, TESTABO, Hall, code_of
from tests.accounts.providers import Troubled


def ask(hall: Hall, provider: Troubled | None = None, limit: int = 20) -> int:
    return refresh_due(hall.store, provider or Troubled(hall), hall.clock, limit)


def link_of(hall: Hall) -> LoginAccount:
    link = hall.link()
    assert link is not None
    return link


@pytest.fixture
def waiting(hall: Hall) -> Hall:
    """A customer whose account waits to be activated."""
    hall.job()
    hall.run()
    return hall


def test_a_pending_account_is_asked_for_every_quarter(waiting: Hall) -> None:
    waiting.clock.pass_by(seconds=ASK_EVERY.total_seconds() - 1)
    assert ask(waiting) == 0
    waiting.clock.pass_by(seconds=1)
    assert ask(waiting) == 1
    assert ask(waiting) == 0
    link = link_of(waiting)
    assert (link.state, link.checked_at) == ("pending", waiting.clock.now())


def test_one_that_was_asked_for_while_the_clock_was_ahead_is_asked_for_again(
    waiting: Hall,
) -> None:
    waiting.clock.pass_by(hours=20)
    assert ask(waiting) == 1
    waiting.clock.pass_by(hours=-20)
    assert ask(waiting) == 1
    assert ask(waiting) == 0


def test_an_activated_account_is_active_and_asked_for_no_more(waiting: Hall) -> None:
    waiting.provider.activate(code_of(waiting))
    waiting.clock.pass_by(minutes=15)
    assert ask(waiting) == 1
    link = link_of(waiting)
    assert (link.state, link.expires_at, link.etag) == ("active", None, "active")
    assert waiting.log()[-1] == ("account.active", "username", "", CARD)
    waiting.clock.pass_by(days=2)
    assert ask(waiting) == 0
    assert link_of(waiting).state == "active"


def test_it_is_asked_for_as_soon_as_its_deadline_has_passed(waiting: Hall) -> None:
    waiting.clock.pass_by(hours=23, minutes=59)
    assert ask(waiting) == 1
    assert link_of(waiting).state == "pending"
    waiting.clock.pass_by(minutes=1)
    assert ask(waiting) == 1
    assert (link_of(waiting).state, waiting.accounts()) == ("expired", [])
    assert waiting.username() == CARD
    assert waiting.log()[-1] == ("account.expired", "username", CARD, "")


@pytest.mark.parametrize(
    "trouble", [Unavailable(), NotAuthorised(), BadAnswer()], ids=lambda error: error.code
)
def test_one_that_nobody_can_ask_for_expires_an_hour_later(
    waiting: Hall, trouble: AccountError
) -> None:
    waiting.clock.pass_by(hours=25, seconds=-1)
    assert ask(waiting, Troubled(waiting, [trouble])) == 0
    assert link_of(waiting).state == "pending"
    waiting.clock.pass_by(seconds=1)
    assert ask(waiting, Troubled(waiting, [trouble])) == 0
    link = link_of(waiting)
    assert (link.state, link.checked_at) == (
        "expired", waiting.clock.now() - timedelta(hours=25),
    )  # fmt: skip


def test_a_provider_that_is_down_is_asked_once(hall: Hall) -> None:
    for number in range(1, 4):
        hall.job(hall.customer(number, surname="Smit"))
        hall.run()
    hall.clock.pass_by(minutes=15)
    down, confused = (Troubled(hall, [error()] * 9) for error in (Unavailable, BadAnswer))
    assert (ask(hall, down), down.asked) == (0, 1)
    assert (ask(hall, confused), confused.asked) == (0, 3)


def test_no_more_are_asked_for_than_the_limit_and_the_longest_unasked_first(hall: Hall) -> None:
    for number in range(1, 4):
        hall.job(hall.customer(number, surname="Smit"))
        hall.run()
        hall.clock.pass_by(minutes=1)
    hall.clock.pass_by(minutes=15)
    assert [ask(hall, limit=2) for _ in range(3)] == [2, 1, 0]


def test_accounts_of_another_provider_are_not_asked_for(waiting: Hall) -> None:
    waiting.change(LoginAccount, TESTABO, provider="scim")
    waiting.clock.pass_by(minutes=15)
    assert ask(waiting) == 0


def test_an_answer_about_an_account_that_was_forgotten_is_dropped(waiting: Hall) -> None:
    class Slow(Troubled):
        def status(self, ref: str) -> None:
            waiting.change(LoginAccount, TESTABO, ref="another")

    waiting.clock.pass_by(minutes=15)
    ask(waiting, Slow(waiting))
    assert link_of(waiting).state == "pending"


def test_a_name_that_was_changed_at_the_provider_is_taken_over(waiting: Hall) -> None:
    (account,) = waiting.accounts()
    waiting.change(type(account), account.ref, username="thea", folded="thea")
    waiting.clock.pass_by(minutes=15)
    ask(waiting)
    assert (link_of(waiting).username, waiting.username()) == ("thea", "thea")
    assert waiting.log()[-1] == ("account.renamed", "username", CARD, "thea")


def test_one_account_can_be_asked_for_at_once(waiting: Hall) -> None:
    active = waiting.provider.activate(code_of(waiting))
    assert active is not None
    asked = refresh_ref(waiting.store, waiting.provider, waiting.clock, active.ref)
    assert (asked, link_of(waiting).state) == (TESTABO, "active")
    assert refresh_ref(waiting.store, waiting.provider, waiting.clock, "nobody's") is None
