"""Names, secrets and what errors say of them stay out of logs, tracebacks and last words."""

import asyncio
import io
import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from textual.worker import WorkerFailed

from deskterm import bootstrap, demo, logs, paths
from deskterm.accounts.token import Token
from deskterm.app import DesktermApp
from deskterm.cli import main
from deskterm.services import opening, staff
from deskterm.services.staff import SignInRefused
from deskterm.store.engine import Store, open_store
from tests.journeys.steps import SEED_DAY
from tests.security.corpus import HOSTILE, dangers
from tests.services.library import Library

SECRET = "Geheimenaar-4711"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_handlers: None) -> Path:
    """The file that the program's log goes to."""
    file = tmp_path / "log" / "deskterm.log"
    monkeypatch.setattr(paths, "log_file", lambda: file)
    return file


def written(log: Path) -> str:
    return log.read_text(encoding="utf-8") if log.exists() else ""


def fails(*_args: object, **_more: object) -> None:
    pin, token, customer = SECRET, SECRET, {"surname": SECRET}
    raise RuntimeError(f"{pin} {token} {customer}")


def test_a_command_that_fails_tells_where_and_never_whose(
    log: Path,
    sqlite_library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = sqlite_library.store.file
    monkeypatch.setattr(opening, "open_text", fails)
    assert main(["customer", "show", "413700", "--store", str(store)]) == 1
    said = capsys.readouterr()
    assert "RuntimeError" in said.err
    assert str(log) in said.err
    assert "Traceback" not in said.err
    assert "in fails" in written(log)
    for place in (said.out, said.err, written(log)):
        assert SECRET not in place


async def failing_worker() -> None:
    fails()


async def until_it_fails(app: DesktermApp, *, in_worker: bool) -> None:
    async with app.run_test(size=(80, 24)), asyncio.timeout(120):
        while not app.ready:
            await asyncio.sleep(0.01)
        if in_worker:
            app.run_worker(failing_worker())
        else:
            app.call_later(fails)
        while app.is_running:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("in_worker", [False, True])
async def test_screens_that_fail_end_with_a_sentence(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], in_worker: bool
) -> None:
    file = tmp_path / "practice.db"
    store = open_store(str(file))
    demo.build(store, SEED_DAY, 60)
    store.close()
    config = tmp_path / "config.toml"
    config.touch()
    options = bootstrap.Options(store=str(file), day=SEED_DAY, practice=True, config=config)
    app = DesktermApp(bootstrap.build(options))
    logs.log_to_file()
    with pytest.raises((RuntimeError, WorkerFailed)):
        await until_it_fails(app, in_worker=in_worker)
    said = capsys.readouterr()
    assert "gestopt door een fout" in said.err
    assert "in fails" in written(log)
    for place in (said.out, said.err, written(log)):
        assert SECRET not in place
        assert "Traceback" not in place


def test_an_error_of_the_database_holds_no_values(store: Store) -> None:
    with pytest.raises(SQLAlchemyError) as error, store.write_plain() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": SECRET})
    assert SECRET not in str(error.value)
    assert SECRET not in repr(error.value)


def test_no_pin_or_typed_name_is_kept_of_signing_in(
    sqlite_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SignInRefused) as refused:
        staff.sign_in(sqlite_library.desk(None), SECRET, SECRET)
    assert SECRET not in str(refused.value) + refused.value.hint + caplog.text
    assert SECRET not in repr(sqlite_library.log(None))


def test_a_token_shows_itself_to_nobody() -> None:
    token = Token("abc.def")
    assert "abc" not in f"{token!r} {token} {[token]}"
    with pytest.raises(TypeError):
        token.__reduce__()


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_is_logged_is_one_harmless_line(hostile: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.OneLine("%(levelname)s %(name)s %(message)s"))
    logger = logging.Logger("deskterm.test")
    logger.addHandler(handler)
    logger.warning("server: %s", hostile)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    assert len(lines) == 1
    assert lines[0].startswith("WARNING deskterm.test server:")
    assert dangers(lines[0]) == ""


def test_a_traceback_in_the_log_says_where_and_not_what() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.OneLine("%(message)s"))
    logger = logging.Logger("deskterm.test")
    logger.addHandler(handler)
    try:
        fails()
    except RuntimeError:
        logger.exception("failed")
    assert "in fails" in stream.getvalue()
    assert "RuntimeError" in stream.getvalue()
    assert SECRET not in stream.getvalue()
