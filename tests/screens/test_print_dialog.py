"""The dialog over a printer in the running app: presses, scans, a store that is away, and Esc."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from textual import events

from deskterm import bootstrap, demo, services
from deskterm.app import DesktermApp
from deskterm.printing.options import PrinterOptions
from deskterm.screens import keyboard
from deskterm.screens.printing import menu
from deskterm.screens.printing.dialog import PrintDialog
from deskterm.screens.printing.table import JobTable
from deskterm.services.desk import Desk
from deskterm.services.errors import StoreTrouble
from deskterm.store.engine import open_store
from deskterm.views.printing import PrinterView, PrintKind
from tests.screens.print_samples import printer

DAY = date(2024, 5, 15)
LONG = 120.0
PLAIN, VRIES = "29401000075876", 413701
OTHER = "29401000075918"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library."""
    file = tmp_path_factory.mktemp("printing") / "practice.db"
    store = open_store(str(file))
    demo.build(store, DAY, 60)
    store.close()
    return file


class Hall:
    """The app of a desk with a card printer that is ready, and no worker."""

    def __init__(self, app: DesktermApp, store: Path) -> None:
        self.app = app
        self.store = store
        self.started = 0

    def press(self, *keys: str) -> None:
        named = {"enter": "\r", "space": " "}
        for key in keys:
            self.app.post_message(events.Key(key, named.get(key, key if len(key) == 1 else None)))

    def scan(self, code: str) -> None:
        self.press(*code, "enter")

    def shown(self) -> str:
        question = self.app.question
        return "\n".join(row.text for row in question.canvas.rows) if question else ""

    async def sees(self, words: str) -> None:
        try:
            await until(lambda: words in self.shown())
        except TimeoutError:
            raise AssertionError(f"no {words}\n{self.shown()}") from None

    async def press_until(self, key: str, words: str) -> None:
        """Press as people do: again, as what was pressed before a page turned does not count."""

        def shows() -> bool:
            self.press(key)
            return re.search(words, self.shown(), re.DOTALL) is not None

        await until(shows)

    def states(self) -> list[str]:
        return [job.state for job in reversed(services.printing.queue(self.app.desk))]

    def turn(self, state: str, reason: str = "") -> None:
        """A worker brings the last job to another state."""
        with closing(sqlite3.connect(self.store)) as connection, connection:
            connection.execute(
                "UPDATE print_job SET state = ?, reason = ?"
                " WHERE id = (SELECT max(id) FROM print_job)",
                (state, reason),
            )


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def _ready_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(_desk: Desk, _kind: PrintKind) -> PrinterView:
        return printer("ready")

    monkeypatch.setattr(services.printing, "printer", look)
    monkeypatch.setattr(keyboard, "FIRST_MOMENT", 0.0)


@asynccontextmanager
async def opened(template: Path, tmp_path: Path) -> AsyncIterator[Hall]:
    store = Path(shutil.copy(template, tmp_path / "practice.db"))
    app = DesktermApp(bootstrap.build(bootstrap.Options(store=str(store), day=DAY, practice=True)))
    hall = Hall(app, store)
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.ready)
        hall.scan(PLAIN)
        place = app.main.customer_place
        await until(lambda: app.main.place is place and place.session is not None)
        yield hall


async def open_dialog(hall: Hall) -> PrintDialog:
    hall.app.work.start(menu.print_card(hall.app.main.customer_place))
    await until(lambda: isinstance(hall.app.question, PrintDialog))
    dialog = hall.app.question
    assert isinstance(dialog, PrintDialog)
    return dialog


async def print_card(hall: Hall) -> PrintDialog:
    dialog = await open_dialog(hall)
    await hall.sees("Alt+P")
    await hall.press_until("alt+p", "Leg de ledenpas in de printer")
    return dialog


async def test_only_alt_p_prints_and_only_once(template: Path, tmp_path: Path) -> None:
    async with opened(template, tmp_path) as hall:
        await open_dialog(hall)
        await hall.sees("Alt+P")
        hall.press("enter", "space", "p", "ctrl+j", "ctrl+s", "enter")
        hall.press("alt+p", "alt+p", "enter", "alt+p")
        await hall.press_until("alt+p", "Deze opdracht loopt al; er komt geen tweede bij")
        assert hall.states() == ["queued"]


async def test_a_press_that_is_repeated_behind_its_back_is_the_same_job(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        dialog = await open_dialog(hall)
        await hall.sees("Alt+P")
        services.printing.print_card(hall.app.desk, VRIES, PLAIN, dialog.key)
        await hall.press_until("alt+p", "Leg de ledenpas")
        assert dialog.is_earlier
        assert hall.states() == ["queued"]


async def test_a_key_of_the_first_moment_is_not_heard(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "FIRST_MOMENT", LONG)
    async with opened(template, tmp_path) as hall:
        await open_dialog(hall)
        await hall.sees("Alt+P")
        hall.press("alt+p", "alt+p", "f1")
        await until(lambda: not isinstance(hall.app.question, PrintDialog))
        assert hall.states() == []


async def test_esc_leaves_it_running_and_asking_again_shows_it(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        first = await print_card(hall)
        hall.press("escape")
        await until(lambda: hall.app.question is None)
        await until(lambda: hall.app.print_status() is not None)
        second = await open_dialog(hall)
        assert first.job is not None
        assert second.job is not None
        assert second.job.id == first.job.id
        await hall.sees("Hiernaar was al gevraagd")
        assert hall.states() == ["queued"]


async def test_what_was_printed_before_is_said_before_it_is_printed_again(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        hall.turn("done")
        await hall.sees("Printer pdf: geprint")
        hall.press("escape")
        await until(lambda: hall.app.question is None)
        await open_dialog(hall)
        await hall.sees("LET OP! Deze pas is al geprint")
        assert hall.states() == ["done"]


async def test_a_scan_before_there_can_be_a_card_proves_nothing(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        hall.scan(PLAIN)
        await hall.sees("kan nog niet geprint zijn")
        hall.turn("sent", "card_needed")
        await hall.sees("Leg de pas in de printer.")
        hall.scan(PLAIN)
        await hall.sees("kan nog niet geprint zijn")
        assert hall.states() == ["sent"]
        hall.turn("done")
        await hall.sees("Scan de geprinte pas")
        hall.scan(PLAIN)
        await until(lambda: hall.app.question is None)
        assert hall.states() == ["verified"]


async def test_before_the_press_a_scan_waits_as_at_any_question(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        await open_dialog(hall)
        await hall.sees("Alt+P")
        hall.scan(OTHER)
        await until(lambda: list(hall.app.pump.scans) == [OTHER])
        assert hall.states() == []


async def test_no_and_yes_of_who_looked(template: Path, tmp_path: Path) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        hall.turn("unknown", "interrupted")
        await hall.sees("Nee: nog een keer printen")
        hall.press("enter", "n", "j")
        await hall.press_until("alt+n", "Staat klaar|wordt gestart")
        assert hall.states() == ["failed", "queued"]
        hall.turn("unknown", "interrupted")
        await hall.sees("Ja, het is geprint")
        await hall.press_until("alt+j", "Scan de geprinte pas.*Nog een keer printen")
        assert hall.states() == ["failed", "done"]


async def test_a_store_that_is_away_is_said_and_looked_at_again(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        with monkeypatch.context() as away:
            away.setattr(services.printing, "job", _refuse)
            await hall.sees("De databank antwoordt niet")
        hall.turn("done")
        await hall.sees("Scan de geprinte pas")
        assert "De databank antwoordt niet" not in hall.shown()


def _refuse(_desk: Desk, _job_id: int) -> None:
    raise StoreTrouble("De databank antwoordt niet.")


async def test_how_a_job_ended_is_said_where_staff_are_by_then(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        hall.press("escape")
        await until(lambda: hall.app.question is None)
        await until(lambda: hall.app.print_status() is not None)
        hall.turn("unknown", "interrupted")
        status = hall.app.print_status
        await until(lambda: (found := status()) is not None and found.text == "print: geprint?")
        hall.app.work.start(menu.show_queue(hall.app))
        await until(lambda: isinstance(hall.app.question, JobTable))
        await hall.sees("onbekend")
        await hall.press_until("alt+j", r"geprint +\d")
        assert hall.states() == ["done"]


async def test_a_printer_that_is_stuck_is_said_once_where_staff_are_by_then(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[tuple[str, bool]]()
    async with opened(template, tmp_path) as hall:
        app = hall.app
        await print_card(hall)
        hall.press("escape")
        await until(lambda: app.question is None)
        monkeypatch.setattr(app, "say", lambda words, *, bad=False: said.append((words, bad)))
        for reason in ("card_needed", "jam", "", "jam", "ribbon"):
            hall.turn("sent", reason)
            await until(partial(has_seen, app, reason))
        status = app.print_status()
        assert status is not None
        assert status.text.endswith("s, zie printer")
        hall.turn("done")
        await until(lambda: app.print_status() is None)
    jam, ribbon = (words for words, bad in said if bad)
    assert jam.endswith("Er zit iets vast in de printer. Haal het eruit. Zie Klanten, Afdruktaken.")
    assert "Het lint is op" in ribbon


def has_seen(app: DesktermApp, reason: str) -> bool:
    return [job.reason_code for job in app.prints.jobs] == [reason]


async def test_a_job_that_went_meanwhile_cannot_be_called_off(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        seen = services.printing.queue(hall.app.desk)[0]
        with monkeypatch.context() as late:
            late.setattr(services.printing, "job", lambda _desk, _id: seen)
            hall.turn("sending")
            await hall.press_until("alt+a", "kan niet meer geannuleerd worden")
        assert hall.states() == ["sending"]


async def test_a_printer_that_has_the_card_is_asked_to_stop_and_the_dialog_says_what_it_did(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PrinterOptions, "lets_go", True)
    async with opened(template, tmp_path) as hall:
        await print_card(hall)
        hall.turn("sent", "card_needed")
        await hall.press_until("alt+a", "De printer is gevraagd te stoppen")
        assert "Leg de ledenpas" not in hall.shown()
        assert "Alt+A" not in hall.shown()
        hall.turn("unknown", "cancelled")
        await hall.press_until("alt+n", "niet geprint is")
        assert hall.states() == ["failed"]


async def test_a_card_of_a_class_that_is_printed_again_stays_in_its_list(
    template: Path, tmp_path: Path
) -> None:
    async with opened(template, tmp_path) as hall:
        made = services.printing.print_batch(hall.app.desk, [VRIES], "class")
        hall.turn("failed", "jam")
        table = JobTable(
            "Klas", lambda desk: services.printing.batch(desk, made.batch), is_class=True
        )
        hall.app.work.start(_show(hall.app, table))
        await until(lambda: hall.app.question is table)
        await hall.sees("mislukt")
        # Twins in one class have one name.
        assert PLAIN in hall.shown()
        await hall.press_until("alt+o", "in de rij")
        assert hall.states() == ["failed", "queued"]
        assert table.chosen is not None
        assert table.chosen.state == "queued"
        hall.scan(PLAIN)
        await until(lambda: "kan nog niet geprint zijn" in table.note)
        hall.turn("done")
        await until(lambda: any(job.state == "done" for job in table.jobs))
        hall.scan(PLAIN)
        await hall.sees("gecontroleerd")
        assert hall.states() == ["failed", "verified"]
        hall.scan(PLAIN)
        hall.scan(OTHER)
        await hall.sees(f"Gescand  {OTHER}")


async def _show(app: DesktermApp, table: JobTable) -> None:
    await app.ask(table)
