"""What loads the database library runs in one thread, also while the desk is already at work."""

import asyncio
import threading
from datetime import date
from pathlib import Path

import pytest

from deskterm import app as app_module
from deskterm import bootstrap, demo, process
from deskterm.app import DesktermApp
from deskterm.services import warming
from deskterm.store.engine import open_store


async def test_the_desk_thread_loads_what_saving_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def note() -> None:
        threads.append(threading.current_thread().name)

    def last() -> None:
        note()
        loop.call_soon_threadsafe(done.set)

    monkeypatch.setattr(warming, "PARTS", (note, note, last))
    monkeypatch.setattr(app_module, "REST_SECONDS", 0.01)
    monkeypatch.setattr(process, "is_swamped", lambda: False)
    config = tmp_path / "config.toml"
    config.touch()
    file = tmp_path / "practice.db"
    store = open_store(str(file))
    demo.build(store, date(2024, 5, 15), 20)
    store.close()
    options = bootstrap.Options(
        store=str(file), day=date(2024, 5, 15), practice=True, config=config
    )
    app = DesktermApp(bootstrap.build(options))
    async with app.run_test():
        await asyncio.wait_for(done.wait(), 120)
        saving = await app.work.call(lambda: threading.current_thread().name)
    assert threads == [saving] * 3
