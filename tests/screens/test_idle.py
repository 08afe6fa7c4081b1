"""A desk that nobody touches: it locks, and ends in time."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from deskterm import services
from deskterm.app import DesktermApp
from deskterm.screens import idle
from deskterm.screens.enrolment import keeping
from deskterm.screens.enrolment.walk import Walk
from deskterm.services.desk import Desk
from deskterm.services.errors import StoreTrouble
from tests.screens.apps import left, opened, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the settings of the tests stand."""
    words = "idle_lock_minutes = 10\nidle_end_minutes = 480\n"
    (tmp_path / "config.toml").write_text(words, encoding="utf-8")
    return tmp_path


def leave_alone(app: DesktermApp, minutes: float) -> None:
    """Look at a desk that nobody has touched for so long."""
    app.pump.last_key_at = monotonic() - minutes * 60
    idle.look(app)


async def locked(app: DesktermApp) -> None:
    """Wait until the PIN is asked for."""
    await until(lambda: app.locked and app.question is not None and not app.work.busy)


async def enrolling(app: DesktermApp) -> None:
    """The form of a new customer, with a name in it that was not left yet."""
    begun = await app.work.call(lambda: services.enrolment.begin(app.desk, None, "00"))
    await keeping.show(app, Walk(begun))
    place = app.main.enrol_place
    assert place is not None
    place.form.set_value("surname", "Halfweg")


def drafts(folder: Path) -> list[str]:
    """What is kept of forms that were not finished."""
    with closing(sqlite3.connect(folder / "practice.db")) as store:
        return [row[0] for row in store.execute("SELECT payload FROM draft")]


async def test_a_desk_locks_and_only_much_later_ends(small_library: Path, folder: Path) -> None:
    async with opened(small_library, folder) as app:
        leave_alone(app, 9)
        assert not app.work.busy
        leave_alone(app, 11)
        await locked(app)
        leave_alone(app, 479)
        assert not app.work.busy
        assert app.is_running


async def test_a_locked_desk_ends_and_keeps_the_enrolment(
    small_library: Path, folder: Path
) -> None:
    async with left(small_library, folder) as app:
        await enrolling(app)
        leave_alone(app, 11)
        await locked(app)
        assert drafts(folder) == []
        leave_alone(app, 481)
    assert app.return_code == 0
    (kept,) = drafts(folder)
    assert "Halfweg" in kept


async def test_a_store_that_is_away_keeps_no_desk_open(
    small_library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_desk: Desk, *_form: object) -> None:
        raise StoreTrouble("De databank van Testabo is niet bereikbaar")

    async with left(small_library, folder) as app:
        await enrolling(app)
        monkeypatch.setattr(services.drafts, "keep", away)
        leave_alone(app, 481)
    assert app.return_code == 0


async def test_a_desk_at_which_nobody_has_signed_in_ends_too(
    small_library: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with left(small_library, folder) as app:
        app.desk = app.desk.signed_in_as(None)
        leave_alone(app, 481)
    assert app.return_code == 0
    assert "Deze balie is gesloten" in capsys.readouterr().err


async def test_what_is_being_carried_out_is_finished_first(
    small_library: Path, folder: Path
) -> None:
    async with opened(small_library, folder) as app:
        app.work.resume()
        leave_alone(app, 481)
        assert app.return_code is None
        app.work.pause()


async def test_without_the_setting_a_desk_stays(small_library: Path, tmp_path: Path) -> None:
    async with opened(small_library, tmp_path) as app:
        leave_alone(app, 100_000)
        await locked(app)
        leave_alone(app, 100_000)
        assert not app.work.busy
