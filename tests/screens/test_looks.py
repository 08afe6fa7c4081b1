"""Who was opened is written down: after the screen, together, again when refused, none lost."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from deskterm.app import DesktermApp
from deskterm.screens.privacy import looks
from deskterm.screens.privacy.looks import Looks
from deskterm.screens.work import Work
from deskterm.services import viewings
from deskterm.services.errors import StoreTrouble
from deskterm.store.engine import Store
from tests.services.library import Library, fill

CUSTOMERS = (501, 502, 503)


@pytest.fixture
def library(sqlite_store: Store) -> Library:
    library = fill(sqlite_store)
    for number in CUSTOMERS:
        library.customer(number)
    return library


class Screens:
    """What of the application the writing down needs."""

    def __init__(self, library: Library) -> None:
        opened = asyncio.Event()
        opened.set()
        self.desk = library.desk()
        self.work = Work(self._raise, opened)

    @staticmethod
    def _raise(trouble: BaseException) -> None:
        raise trouble


def seen(library: Library) -> list[int]:
    from sqlalchemy import text

    with library.store.read() as connection:
        return list(connection.scalars(text("SELECT customer_id FROM viewing ORDER BY id")))


def of(screens: Screens) -> Looks:
    return Looks(cast("DesktermApp", screens))


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many openings each transaction wrote."""
    sizes: list[int] = []
    real = viewings.record

    def record(desk: Any, found: Sequence[Any]) -> None:
        real(desk, found)
        sizes.append(len(found))

    monkeypatch.setattr(viewings, "record", record)
    return sizes


async def test_customers_that_follow_each_other_are_written_together(
    library: Library, transactions: list[int]
) -> None:
    written = of(Screens(library))
    for number in CUSTOMERS:
        written.opened(number)
    async with asyncio.timeout(120):
        while not transactions:
            await asyncio.sleep(0.01)
    assert seen(library) == list(CUSTOMERS)
    assert transactions == [3]


async def test_the_end_waits_for_what_is_not_written_yet(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "QUIET", 3600)
    written = of(Screens(library))
    written.opened(501)
    await asyncio.sleep(0)
    await written.finish()
    assert seen(library) == [501]
    await written.finish()
    assert seen(library) == [501]


async def test_what_a_full_disk_refuses_is_logged_without_names_and_tried_again(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(looks, "QUIET", 0.01)
    real = viewings.record
    refused = asyncio.Event()
    loop = asyncio.get_running_loop()

    def full(_desk: object, _looks: object) -> None:
        loop.call_soon_threadsafe(refused.set)
        raise StoreTrouble("De schijf van Testabo is vol")

    monkeypatch.setattr(viewings, "record", full)
    written = of(Screens(library))
    written.opened(501)
    async with asyncio.timeout(120):
        await refused.wait()
        while not caplog.records:
            await asyncio.sleep(0.01)
    assert "StoreTrouble" in caplog.text
    assert "Testabo" not in caplog.text
    monkeypatch.setattr(viewings, "record", real)
    written.opened(502)
    await written.finish()
    assert seen(library) == [501, 502]


async def test_a_program_that_opens_somebody_looks_at_nobody(library: Library) -> None:
    from deskterm.services.staff import MACHINE

    screens = Screens(library)
    screens.desk = screens.desk.signed_in_as(MACHINE)
    written = of(screens)
    written.opened(501)
    await written.finish()
    assert seen(library) == []
