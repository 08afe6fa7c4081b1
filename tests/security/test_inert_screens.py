"""Every screen over a library whose every text is hostile: shown as text, and nothing of it acts.

Headless, so that every cell can be looked at; the journeys see that no byte of it gets out.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual.strip import Strip

from deskterm import bootstrap, demo
from deskterm.app import DesktermApp
from deskterm.keys import ACTIONS
from deskterm.screens import flows
from deskterm.services.errors import DeskError
from deskterm.store.engine import open_store
from tests.journeys.steps import SEED_DAY
from tests.security.corpus import EVERYTHING, HOSTILE, dangers, poison

SIZE = (80, 24)
PEOPLE = 60
SEEN_IN_FULL = {
    "everything": EVERYTHING,
    "markup": HOSTILE["markup"],
    "right to left": HOSTILE["right to left"],
    "combining": HOSTILE["combining"],
    "wide": HOSTILE["wide"],
}
ENDLESS = ("endless", "endless word", "endless escapes")
ACTOR_IDS = (413700, 413701)
"""The seed's customer, with all there is, and one without pop-ups."""
ELSEWHERE = {"app.quit", "language.toggle", "privacy.lock", "theme.toggle", "user.switch"}
"""What shows no text of the store, or hides the customers."""
PATIENCE_S = 300


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library."""
    file = tmp_path_factory.mktemp("inert") / "practice.db"
    store = open_store(str(file))
    demo.build(store, SEED_DAY, PEOPLE)
    store.close()
    return file


def app_over(store: Path, folder: Path, desk: str = "") -> DesktermApp:
    """The application over a library, without settings of its own."""
    config = folder / "config.toml"
    config.touch()
    options = bootstrap.Options(
        store=str(store), day=SEED_DAY, practice=True, config=config, desk=desk
    )
    return DesktermApp(bootstrap.build(options))


@asynccontextmanager
async def opened(template: Path, folder: Path, text: str, rows: int) -> AsyncIterator[DesktermApp]:
    """The application over a poisoned library."""
    store = Path(shutil.copy(template, folder / "practice.db"))
    assert poison(store, text, rows) > 50
    app = app_over(store, folder)
    async with app.run_test(size=SIZE):
        async with asyncio.timeout(PATIENCE_S):
            while not app.ready:
                await asyncio.sleep(0.01)
        yield app


async def run_to_its_end(app: DesktermApp) -> None:
    """Run an application that leaves by itself."""
    async with app.run_test(size=SIZE), asyncio.timeout(PATIENCE_S):
        while app.return_code is None:
            await asyncio.sleep(0.01)


def faults_of(strips: list[Strip]) -> Iterator[str]:
    """What of the rows acts, does not fit, or can be clicked because a text says so."""
    for number, strip in enumerate(strips):
        row = "".join(segment.text for segment in strip)
        if found := dangers(row):
            yield f"row {number}: {found!a}"
        if strip.cell_length != SIZE[0]:
            yield f"row {number} is {strip.cell_length} cells wide"
        for segment in strip:
            if segment.style and (segment.style.link or "@click" in segment.style.meta):
                yield f"row {number} links: {segment.text!a}"


@dataclass
class Tour:
    """A walk past the screens of an application, which keeps what is wrong with each."""

    app: DesktermApp
    seen: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def look(self, where: str) -> None:
        """Look at the screen once nothing moves any more."""
        async with asyncio.timeout(PATIENCE_S):
            await self.app.work.settled()
        await asyncio.sleep(0.02)
        strips = self.app.screen._compositor.render_strips()
        self.faults += [f"{where}: {fault}" for fault in faults_of(strips)]
        rows = ("".join(segment.text for segment in strip) for strip in strips)
        self.seen.append("\n".join(rows))

    async def open(self, actor_id: int) -> None:
        """Open a customer, past the pop-ups."""
        self.app.work.start(flows.open_customer(self.app, actor_id))
        async with asyncio.timeout(PATIENCE_S):
            while self.app.sessions.of(actor_id) is None:
                await self.app.work.settled()
                if self.app.question is not None:
                    await self.look(f"pop-up of {actor_id}")
                    await self.app.question.answer("continue")
        await self.look(f"customer {actor_id}")

    async def perform(self, action_id: str) -> None:
        """Do something, look at what it shows and at what it asks, and leave that again."""
        if self.app.main.why_not(action_id):
            return
        self.app.work.start(self.app.main.perform(action_id))
        await self.look(action_id)
        async with asyncio.timeout(PATIENCE_S):
            while self.app.question is not None:
                await self.app.question.answer(None)
                await self.app.work.settled()

    async def back_to(self, actor_id: int) -> None:
        """The customer's screen again, as it was opened."""
        session = self.app.sessions.of(actor_id)
        if session is None:
            await self.open(actor_id)
        elif self.app.main.place is not self.app.main.customer_place:
            await flows.show(self.app, session)


async def everywhere(app: DesktermApp) -> Tour:
    """All there is to do with a few customers, and every form."""
    tour = Tour(app)
    troubles: list[BaseException] = []
    app.work._on_trouble = troubles.append
    await tour.look("the desk")
    for actor_id in ACTOR_IDS:
        await tour.open(actor_id)
        for action in ACTIONS:
            if action.id in ELSEWHERE:
                continue
            await tour.perform(action.id)
            await tour.back_to(actor_id)
            if action.id.startswith("tab."):
                await tour.perform("edit.start")
                await tour.perform("edit.cancel")
    # What cannot be done now, said in a sentence, is no trouble.
    assert [one for one in troubles if not isinstance(one, DeskError)] == []
    return tour


@pytest.mark.parametrize("text", SEEN_IN_FULL.values(), ids=SEEN_IN_FULL)
async def test_no_text_of_the_store_acts_on_any_screen(
    template: Path, tmp_path: Path, text: str
) -> None:
    async with opened(template, tmp_path, text, rows=1_000_000) as app:
        tour = await everywhere(app)
    assert tour.faults == []
    assert len(tour.seen) > 100
    if text.startswith("["):
        assert sum("[bold" in seen for seen in tour.seen) > 50, "markup is shown as it was typed"


@pytest.mark.parametrize("name", ENDLESS)
async def test_an_endless_text_stays_in_its_place(
    template: Path, tmp_path: Path, name: str
) -> None:
    async with opened(template, tmp_path, HOSTILE[name], rows=3) as app:
        tour = await everywhere(app)
    assert tour.faults == []


async def test_what_is_said_on_leaving_is_said_as_it_is(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Path(shutil.copy(template, tmp_path / "practice.db"))
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE desk SET name = '[b]:smile:\x1b[31m' || id")
    await run_to_its_end(app_over(store, tmp_path))
    said = capsys.readouterr().err
    assert "[b]:smile:1" in said
    assert dangers(said.replace("\n", "")) == ""


@pytest.mark.parametrize("name", ["title", "clipboard", "right to left", "endless word"])
async def test_the_desk_that_a_client_names_is_said_as_it_is(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    await run_to_its_end(app_over(template, tmp_path, HOSTILE[name]))
    said = capsys.readouterr().err
    assert "heeft geen balie" in said
    assert dangers(said.replace("\n", "")) == ""
    assert len(said) < 1000
