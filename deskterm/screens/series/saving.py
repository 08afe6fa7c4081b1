"""Carry a series out: how far it is, what was refused, and what it did."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from deskterm import services
from deskterm.screens.question import Question
from deskterm.screens.waiting import UntilOver
from deskterm.services.errors import DeskError
from deskterm.text import _, date_text, ngettext
from deskterm.views.series import Outlook, Saved, Wanted
from deskterm.widgets.sheet import BLANK, Row, Span, line, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.services.series import SeriesRefused

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]


class Stopped(DeskError):
    """Staff pressed Esc while it was going on: nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("Gestopt; er is niets gewijzigd."))


class Working(UntilOver):
    """A bar that fills; Esc stops, and leaves everything as it was."""

    help_page = "series"
    redrawn_every = 0.2

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.done, self.total = 0, 0
        self.is_stopping = False

    def tell(self, done: int, total: int) -> None:
        """Note how far it is, in the thread of the work; raises Stopped after Esc."""
        if self.is_stopping:
            raise Stopped
        self.done, self.total = done, total

    def content(self, width: int) -> Sequence[Row]:
        filled = width * self.done // max(1, self.total)
        words = _("{done} van {total} klanten").format(done=self.done, total=self.total or "…")
        if self.is_stopping:
            words = _("Wordt gestopt …")
        bar = Row((Span("#" * filled, "title"), Span("-" * (width - filled), "dim")))
        hint = line(_("Esc: stoppen, er wordt niets gewijzigd"), width, "hint")
        return [line(words, width, "value"), bar, BLANK, hint]

    async def take_key(self, key: str, _character: str | None) -> None:
        if key == "escape":
            self.is_stopping = True
            self.draw()


class Told(Question[str]):
    """Lines to read, with the keys of a list; Enter and Esc close it."""

    help_page = "series"

    def __init__(self, heading: str, lines: Sequence[str]) -> None:
        super().__init__()
        self.heading = heading
        self.lines = lines

    def content(self, width: int) -> Sequence[Row]:
        rows = [row for text in self.lines for row in wrap(text, width, "value") or [BLANK]]
        return [*rows, BLANK, line(_("Enter: terug"), width, "hint")]

    async def take_key(self, key: str, character: str | None) -> None:
        await super().take_key("escape" if key == "enter" else key, character)


async def with_progress(
    app: "DesktermApp", heading: str, use_case: Callable[[Progress], Answer]
) -> Answer:
    """Run a use case with a bar over the screen; raises Stopped, and what the use case raises."""
    working = Working(heading)
    pending = asyncio.ensure_future(app.work.call(lambda: use_case(working.tell)))
    await working.stand(app, pending)
    return await pending


async def look(app: "DesktermApp", people: Sequence[Wanted]) -> Outlook | None:
    """Ask what saving would do; shows who cannot be changed, and is None then."""
    try:
        return await with_progress(
            app,
            _("Seriemutatie nakijken"),
            lambda progress: services.series.look(app.desk, people, progress),
        )
    except services.series.SeriesRefused as refused:
        await show_refused(app, refused)
        return None


async def save(app: "DesktermApp", people: Sequence[Wanted], counted: int = 0) -> Saved | None:
    """Save a series, show the customers that are open as they are now, and say until when it can
    be taken back; None when it was refused."""
    key = uuid4().hex
    try:
        saved = await with_progress(
            app,
            _("Seriemutatie opslaan"),
            lambda progress: services.series.save(app.desk, people, key, counted, progress),
        )
    except services.series.SeriesRefused as refused:
        await show_refused(app, refused)
        return None
    await _show_anew(app, {one.actor_id for one in people})
    words = ngettext(
        "{count} klant gewijzigd. Herstel kan tot en met {day}.",
        "{count} klanten gewijzigd. Herstel kan tot en met {day}.",
        saved.people,
    )
    app.say(words.format(count=saved.people, day=date_text(saved.until_on)))
    return saved


async def show_refused(app: "DesktermApp", refused: "SeriesRefused") -> None:
    """List who could not be changed and why."""
    lines = [refused.sentence, *refused.lines]
    if refused.left_out:
        lines.append(_("… en nog {count} andere.").format(count=refused.left_out))
    app.bell()
    await app.ask(Told(_("Niets opgeslagen"), lines))


async def _show_anew(app: "DesktermApp", actor_ids: set[int]) -> None:
    for session in app.sessions:
        if session.actor_id in actor_ids and not session.editing:
            actor_id = session.actor_id
            session.view = await app.work.call(
                lambda actor_id=actor_id: services.opening.refresh(app.desk, actor_id)  # type: ignore[misc]
            )
    app.main.customer_place.draw()
