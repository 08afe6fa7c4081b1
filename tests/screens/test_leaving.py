"""Leaving the program: it ends well whatever comes up while the screens are taken down."""

import asyncio
import logging
from pathlib import Path

import pytest
from textual.worker import Worker, WorkerState

from tests.screens.apps import LONG, left


async def test_an_error_in_what_goes_on_as_staff_leave_does_not_change_how_it_ends(
    small_library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with left(small_library, tmp_path) as app:
        begun = asyncio.Event()

        async def goes_on() -> None:
            """As what takes its being cancelled for the end of what it waited for."""
            begun.set()
            try:
                await asyncio.sleep(LONG)
            except asyncio.CancelledError:
                raise RuntimeError("Mevr. Testabo") from None

        worker: Worker[None] = app.run_worker(goes_on)
        await begun.wait()
        app.exit()
    assert app.return_code == 0
    assert worker.state is WorkerState.ERROR
    assert "RuntimeError" in caplog.text
    assert "Testabo" not in caplog.text


async def test_an_error_before_staff_leave_ends_the_program_as_failed(
    small_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with left(small_library, tmp_path) as app:

        def fail() -> None:
            raise RuntimeError("Mevr. Testabo")

        app.call_later(fail)
    assert app.return_code == 1
    said = capsys.readouterr()
    assert "gestopt door een fout" in said.err
    assert "Testabo" not in said.out + said.err


async def test_what_nobody_foresaw_in_writing_down_who_was_opened_keeps_nobody_from_leaving(
    small_library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR, "deskterm")

    def fail(*_given: object) -> None:
        raise RuntimeError("Mevr. Testabo")

    monkeypatch.setattr("deskterm.services.viewings.record", fail)
    async with left(small_library, tmp_path) as app:
        app.looks.opened(413701)
        app.exit()
    assert app.return_code == 0
    assert app.work.stopped
    assert "RuntimeError" in caplog.text
    assert "Testabo" not in caplog.text
