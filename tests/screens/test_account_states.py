"""What is said of a login account, and what can be done with it in each state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from deskterm.screens.accounts.menu import choices, told
from deskterm.screens.accounts.states import (
    account_rows,
    advice,
    later_reminder,
    reminder,
    state_text,
)
from deskterm.views.accounts import AccountOutcome, AccountState, AccountView
from tests.screens.samples import SEED

UNTIL = datetime(2025, 11, 22, 19, 40, tzinfo=UTC)
"""A Saturday; in Amsterdam it is an hour later."""
REASON = "De accountdienst is niet bereikbaar; er wordt vanzelf opnieuw geprobeerd."
PENDING = AccountView("pending", "Testklant", "t@example.org", UNTIL, made_here=True)


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (AccountView(), "geen"),
        (PENDING, "wacht op activatie, verloopt za 22-11 20:40"),
        (replace(PENDING, expires_at=None), "wacht op activatie"),
        (AccountView("active", "Testklant"), "actief"),
        (AccountView("expired", "Testklant", expires_at=UNTIL), "verlopen"),
        (AccountView("queued"), "in de wachtrij"),
        (AccountView("queued", error=REASON), f"in de wachtrij. {REASON}"),
        (AccountView("failed", error=REASON), f"mislukt. {REASON}"),
        (AccountView("unknown", "Testklant"), "niet gecontroleerd"),
    ],
)
def test_a_state_is_told_with_its_deadline_or_its_reason(account: AccountView, words: str) -> None:
    assert state_text(account) == words


def test_an_expired_account_says_to_forget_it_first_and_then_to_make_a_new_one() -> None:
    assert advice(AccountView("expired")).startswith("Vergeet inlogaccount")
    assert advice(AccountView("active")) == ""


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_rows_on_the_tab_fit_and_say_everything(width: int) -> None:
    rows = account_rows(AccountView("failed", error=REASON), width)
    assert all(cell_len(row.text) <= width for row in rows)
    said = " ".join(" ".join(row.text for row in rows).split())
    assert f"Inlogaccount mislukt. {REASON}" in said


def test_a_name_is_data_on_every_row() -> None:
    hostile = AccountView("active", "[red]\x1b]0;x\x07", "\x1b[2Ja@example.org")
    assert "\x1b" not in "".join(row.text for row in account_rows(hostile, 80))
    assert "Gebruikersnaam [red]\x1b]0;x\x07" in told(hostile)


@pytest.mark.parametrize(
    ("state", "email", "possible"),
    [
        ("none", "t@example.org", ["generate", "link"]),
        ("none", "", ["link"]),
        ("queued", "t@example.org", ["retry", "link", "forget"]),
        ("pending", "t@example.org", ["refresh", "forget"]),
        ("active", "t@example.org", ["refresh", "forget"]),
        ("expired", "t@example.org", ["refresh", "generate", "link", "forget"]),
        ("failed", "t@example.org", ["retry", "generate", "link", "forget"]),
        ("unknown", "t@example.org", ["refresh", "forget"]),
    ],
)
def test_only_what_makes_sense_can_be_chosen_and_the_rest_says_why(
    state: AccountState, email: str, possible: list[str]
) -> None:
    view = replace(
        SEED, person=replace(SEED.person, email=email), account=AccountView(state, job_id=1)
    )
    offered = choices(view)
    assert [choice.code for choice in offered if not choice.why_not] == possible
    assert len({choice.letter for choice in offered}) == len(offered)


def test_a_code_can_be_typed_over_where_the_mail_has_one() -> None:
    local = replace(SEED, account=AccountView("pending", "Testklant", provider="local"))
    assert [one.code for one in choices(local) if not one.why_not] == [
        "refresh", "activate", "forget",
    ]  # fmt: skip
    made = AccountOutcome("made", "Testklant", "t@example.org", UNTIL, "")
    said = reminder(made, UNTIL - timedelta(hours=24), 24, by_code=True)
    assert "mail met een code" in said
    assert "binnen 24 uur gebruiken, tot za 22-11 20:40: bij de zelfservice" in said
    assert "code in die mail" in later_reminder(24, by_code=True)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=24), "binnen 24 uur doen, tot za 22-11 20:40."),
        (timedelta(hours=23, minutes=58), "binnen 24 uur doen, tot za 22-11 20:40."),
        (timedelta(hours=48), "binnen 48 uur doen, tot za 22-11 20:40."),
    ],
)
def test_the_reminder_says_how_long_the_link_is_good_and_till_when(
    left: timedelta, words: str
) -> None:
    made = AccountOutcome("made", "Testklant", "t@example.org", UNTIL, "")
    assert words in reminder(made, UNTIL - left, 24)


@pytest.mark.parametrize("left", [timedelta(days=900), timedelta(), timedelta(hours=-5)])
def test_the_reminder_does_not_repeat_a_deadline_of_another_clock(left: timedelta) -> None:
    made = AccountOutcome("made", "Testklant", "t@example.org", UNTIL, "")
    assert "binnen 24 uur doen." in reminder(made, UNTIL - left, 24)


def test_the_reminder_keeps_to_the_24_hours_of_the_seed_when_the_provider_says_nothing() -> None:
    made = AccountOutcome("made", "Testklant", "t@example.org", None, "")
    assert "binnen 24 uur doen." in reminder(made, UNTIL, 24)
