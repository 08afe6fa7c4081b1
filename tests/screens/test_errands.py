"""The app looks after what waits beside the desk, and says nothing about it."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deskterm import bootstrap
from deskterm.app import DesktermApp
from deskterm.services.desk import DayClock
from deskterm.store import workers
from deskterm.store.engine import Store
from deskterm.store.tables import MailJob
from tests.rows_store import add_library
from tests.services.library import staff_of


@pytest.fixture
def app(sqlite_store: Store, sqlite_file: Path) -> DesktermApp:
    """The screens of a library with one desk, where a mail waits."""
    add_library(sqlite_store)
    now = datetime.now(UTC)
    with sqlite_store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO desk (name, branch_code) VALUES ('balie1', '9401')"
        )
        session.add(MailJob(key="mail-1", kind="account_made", at=now, next_at=now))
    return DesktermApp(bootstrap.build(bootstrap.Options(store=str(sqlite_file), sign_in=False)))


@pytest.fixture
def started(app: DesktermApp) -> list[str]:
    """The workers that the app had started."""
    names: list[str] = []
    app.start_worker = lambda: names.append("one")
    return names


async def test_a_worker_is_started_when_something_waits_and_none_lives(
    app: DesktermApp, started: list[str]
) -> None:
    async with app.run_test():
        await app.errands.look_after()
        assert started == ["one"]
        with app.desk.store.jot() as connection:
            workers.beat(connection, "here:1", datetime.now(UTC))
        await app.errands.look_after()
        assert started == ["one"]


async def test_it_is_looked_after_by_itself_once_the_desk_is_quiet(
    app: DesktermApp, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskterm.app.REST_SECONDS", 0.01)
    monkeypatch.setattr("deskterm.screens.errands.ERRANDS_SECONDS", 0.01)
    monkeypatch.setattr("deskterm.process.is_swamped", lambda: False)
    async with app.run_test():
        async with asyncio.timeout(120):
            while len(started) < 2:
                await asyncio.sleep(0.01)


async def test_a_worker_that_cannot_be_started_disturbs_nobody(
    app: DesktermApp, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError

    said: list[str] = []
    app.start_worker = fail
    async with app.run_test():
        monkeypatch.setattr(app, "say", lambda words, **_: said.append(words))
        await app.errands.look_after()
    assert "OSError" in caplog.text
    assert not any(said)


async def test_what_herstel_kept_too_long_is_let_go_of_once_a_day_after_a_sign_in(
    app: DesktermApp, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied: list[object] = []
    monkeypatch.setattr("deskterm.services.tidying.tidy", tidied.append)
    async with app.run_test():
        await app.work.look_up(lambda: None)  # the store is open
        nobody = app.desk.signed_in_as(None)
        app.desk = nobody
        await app.errands.look_after()
        assert tidied == []
        app.desk = nobody.signed_in_as(staff_of("BALIEBHR"))
        await app.errands.look_after()
        await app.errands.look_after()
        assert tidied == [app.desk]
        app.desk = replace(app.desk, clock=DayClock(date(2026, 3, 16)))
        await app.errands.look_after()
        assert len(tidied) == 2
    assert started
