"""An account that was queued is shown once it was made, without anybody asking for it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from deskterm import bootstrap, demo, services
from deskterm.app import DesktermApp
from deskterm.screens import flows
from deskterm.services.errors import DeskError
from deskterm.store.engine import open_store
from deskterm.views.accounts import AccountView
from tests.journeys.steps import SEED_DAY

ACTOR_ID = 413701
"""The customer without pop-ups."""
QUEUED = """
    INSERT INTO account_job (kind, customer_id, key, email, state, attempts, at, next_at, error,
                             worker, username)
    VALUES ('create', 413701, 'key-1', 'a@example.org', 'queued', 0, '2024-05-15 10:00:00.000000',
            '2999-01-01 10:00:00.000000', '', '', '')
"""
MADE = (
    "UPDATE account_job SET state = 'done', next_at = NULL",
    """
    INSERT INTO login_account (customer_id, provider, ref, username, email, state, made_here, etag)
    VALUES (413701, 'local', 'ref-1', 'jvries', 'a@example.org', 'pending', 1, '')
    """,
)


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library where an account waits, which nobody makes, and an app that looks often."""
    monkeypatch.setattr("deskterm.screens.errands.ERRANDS_SECONDS", 3600)
    monkeypatch.setattr("deskterm.app.REST_SECONDS", 0.01)
    monkeypatch.setattr("deskterm.screens.errands.FOLLOW_SECONDS", 0.01)
    monkeypatch.setattr("deskterm.process.is_swamped", lambda: False)
    file = tmp_path / "practice.db"
    store = open_store(str(file))
    demo.build(store, SEED_DAY, 60)
    store.close()
    execute(file, QUEUED)
    return file


def execute(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def app_of(file: Path) -> DesktermApp:
    options = bootstrap.Options(store=str(file), day=SEED_DAY, practice=True)
    return DesktermApp(bootstrap.build(options))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not holds():
            await asyncio.sleep(0.01)


async def opened(app: DesktermApp, tab: str = "7") -> None:
    """Open the customer at a tab."""
    await until(lambda: app.ready)
    await flows.open_customer(app, ACTOR_ID)
    await app.main.customer_place.open_tab(tab)
    assert account(app).state == "queued"


def account(app: DesktermApp) -> AccountView:
    session = app.sessions.of(ACTOR_ID)
    assert session is not None
    return session.view.account


def drawn(app: DesktermApp) -> str:
    rows = app.main.customer_place.body.rows
    return "\n".join("".join(span.text for span in row.spans) for row in rows)


async def test_it_is_drawn_where_the_customer_stands_open(practice: Path) -> None:
    app = app_of(practice)
    async with app.run_test(size=(80, 24)):
        await opened(app)
        assert "in de wachtrij" in drawn(app)
        execute(practice, *MADE)
        await until(lambda: "wacht op activatie" in drawn(app))
        assert "jvries" in drawn(app)


async def test_a_customer_behind_another_is_right_when_staff_come_back(practice: Path) -> None:
    app = app_of(practice)
    async with app.run_test(size=(80, 24)):
        await opened(app)
        await flows.open_customer(app, ACTOR_ID + 1)
        execute(practice, *MADE)
        await until(lambda: account(app).state == "pending")
        assert "jvries" not in drawn(app)


async def test_what_staff_did_meanwhile_is_not_drawn_over(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, asked, answered = app_of(practice), Event(), Event()
    stale = AccountView("pending", username="jvries")

    def read(*_args: object) -> AccountView:
        asked.set()
        answered.wait(120)
        return stale

    async with app.run_test(size=(80, 24)):
        monkeypatch.setattr(services.login_accounts, "account_of", read)
        await opened(app)
        await until(asked.is_set)
        session = app.sessions.of(ACTOR_ID)
        assert session is not None
        execute(practice, "UPDATE account_job SET state = 'failed', error = 'dismissed'")
        session.view = services.opening.refresh(app.desk, ACTOR_ID)
        answered.set()
        await app.work.look_up(lambda: None)
        assert account(app).state == "unknown"


async def test_trouble_with_it_disturbs_nobody(
    practice: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object) -> AccountView:
        raise DeskError("weg")

    app, said = app_of(practice), list[str]()
    async with app.run_test(size=(80, 24)):
        await opened(app)
        monkeypatch.setattr(app, "say", lambda words, **_: said.append(words))
        monkeypatch.setattr(services.login_accounts, "account_of", fail)
        await until(lambda: "DeskError" in caplog.text)
        assert account(app).state == "queued"
    assert not any(said)
