"""A list of print jobs with how each stands: Afdruktaken, and the cards of a class."""

from collections.abc import Callable, Sequence
from time import monotonic

from textual.app import ComposeResult

from deskterm import services
from deskterm.screens.printing import offers
from deskterm.screens.printing.dialog import HELP
from deskterm.screens.printing.follow import Follower
from deskterm.screens.printing.offers import Offer
from deskterm.screens.printing.rows import BAD, STATES, wrong_rows
from deskterm.screens.question import Question
from deskterm.screens.wording import moment_text
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.printing import PrintJobView, Refusal
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Column, Row, Span, line, table_header, table_row, wrap

_FOOT = 3
"""A blank line, what can be done with the row, and what was said of it."""
_LOOKS_PER_WORKER = 8
"""Looks after which it is seen to that somebody prints."""


class JobTable(Question[PrintJobView]):
    """Follows a list of jobs; Alt+letters act on the row, Alt+K answers with it.

    The scan of a printed card proves the job that it is of.
    """

    at_printer = True
    help_page = HELP
    input_rows = _FOOT

    def __init__(
        self,
        heading: str,
        look: Callable[[Desk], Sequence[PrintJobView]],
        refused: Sequence[Refusal] = (),
        *,
        is_class: bool = False,
    ) -> None:
        """With `is_class` a card that is not in the list is a loud error."""
        super().__init__()
        self.heading = heading
        self.look = look
        self.refused = refused
        self.is_class = is_class
        self.jobs: Sequence[PrintJobView] = ()
        self.known = False
        self.note = ""
        self.wrong = ""
        self._looks = 0
        self._made: list[int] = []
        """Jobs that were asked for here."""
        self._drawn: tuple[Sequence[Row], Sequence[Row]] = ((), ())

    def inputs(self) -> ComposeResult:
        yield Canvas(id="sums")

    def on_mount(self) -> None:
        self._follower = Follower(self.desk_app, self._follow, self._troubled)
        self._follower.start()

    def on_unmount(self) -> None:
        self._follower.stop()

    @property
    def chosen(self) -> PrintJobView | None:
        """The job of the row that the cursor is on."""
        key = self.canvas.cursor_key
        return next((job for job in self.jobs if str(job.id) == key), None)

    def content(self, width: int) -> Sequence[Row]:
        if self.wrong:
            return wrong_rows(self.wrong, "", width)
        rows = [row for one in self.refused for row in _refusal_rows(one, width)]
        if rows:
            rows.append(BLANK)
        if not self.jobs:
            words = _("Er zijn geen afdruktaken.") if self.known else _("Even geduld …")
            return [*rows, line(words, width, "value")]
        rows.append(table_header(_columns(self.is_class), width, gap=1))
        for job in self.jobs:
            rows += _job_rows(job, width, self.is_class)
        return rows

    def _foot(self, width: int) -> Sequence[Row]:
        if self.wrong:
            return (BLANK, BLANK)
        said = line(self.note, width, "bad")
        if not self.note:
            leave = _("Esc Terug")
            if any(job.is_open and not job.is_stopping for job in self.jobs):
                leave = _("Esc Verder werken; het printen gaat door")
            said = line(f"{_('Alt+K Naar de klant')}   {leave}", width, "hint")
        return (line(offers.offer_line(self._offers()), width, "value"), said)

    def _offers(self) -> tuple[Offer, ...]:
        if self.wrong:
            return (Offer(offers.UNDERSTOOD, "G", ""),)
        job = self.chosen
        if job is None or self._is_done_again(job):
            return ()
        return offers.of_job(job)

    def _is_done_again(self, job: PrintJobView) -> bool:
        """Whether its reprint is on its way: a second press must not make another."""
        return any(
            one.reprint_of == job.id and (one.is_open or one.needs_answer) for one in self.jobs
        )

    async def take_key(self, key: str, character: str | None) -> None:
        offer = offers.pressed(self._offers(), key)
        if offer is not None:
            self.desk_app.work.start(self._do(offer.code))
        elif self.wrong and key == "escape":
            self.desk_app.bell()
        elif key == "alt+k" and not self.wrong:
            job = self.chosen
            if job is not None and job.actor_id is not None:
                await self.answer(job)
        else:
            await super().take_key(key, character)
            self._show()

    async def take_scan(self, code: str) -> bool:
        of_card = [one for one in self.jobs if one.number == code and one.kind == "card"]
        job = next((one for one in of_card if offers.may_be_out(one)), None)
        if job is not None and not self.wrong:
            self.desk_app.work.start(self._verify(job, code))
        elif any(one.is_open for one in of_card) and not self.wrong:
            self.desk_app.bell()
            self.note = offers.too_early()
            self._show()
        elif any(one.state == "verified" for one in of_card) and not self.wrong:
            self._show(str(of_card[0].id))
        elif self.is_class:
            self.desk_app.bell()
            self.wrong = self.wrong or code
            self._show()
        else:
            return False
        return True

    async def _verify(self, job: PrintJobView, code: str) -> None:
        app = self.desk_app
        await self._try(lambda: services.printing.verify(app.desk, job.id, code))
        self._show()

    async def _do(self, code: str) -> None:
        job = self.chosen
        if code == offers.UNDERSTOOD:
            self.wrong = ""
        elif job is not None:
            await self._try(lambda: offers.carry_out(self.desk_app.desk, job, code))
        # Keys that were on their way were meant for what stood there before.
        self.shown_at = monotonic()
        self._show()

    async def _try(self, use_case: Callable[[], PrintJobView]) -> None:
        """Do something to a job, and show the list as it is then; a refusal is shown too."""
        app = self.desk_app
        try:
            made = await app.work.call(use_case)
        except DeskError as refused:
            app.bell()
            self.note = f"{refused.sentence} {refused.hint}".strip()
            return
        self.note, self._looks = "", 0
        self._made.append(made.id)
        self.jobs = await app.work.look_up(self._listed)
        self._show(str(made.id))

    def _listed(self) -> Sequence[PrintJobView]:
        """The jobs of the list, and those that were made in it: a reprint is of no class."""
        desk = self.desk_app.desk
        jobs = self.look(desk)
        shown = {job.id for job in jobs}
        others = [number for number in dict.fromkeys(self._made) if number not in shown]
        return [*jobs, *(services.printing.job(desk, number) for number in others)]

    async def _follow(self) -> None:
        app = self.desk_app
        self.jobs = await app.work.look_up(self._listed)
        self.known = True
        if any(job.is_open for job in self.jobs) and not app.work.stopped:
            if self._looks % _LOOKS_PER_WORKER == 0:
                await app.errands.look_after()
            self._looks += 1
        self._show()

    def _troubled(self, trouble: DeskError) -> None:
        self.note = trouble.sentence
        self._show()

    def _show(self, on: str | None = None) -> None:
        """Draw when there is something else to see; `on` is the job to put the cursor on."""
        width = self.room
        shown = (self.content(width), self._foot(width))
        if self.is_mounted and shown != self._drawn:
            self._drawn = shown
            # A job that came on top must not slip under the next key.
            on = on or self.canvas.cursor_key
            self.draw()
            self.canvas.put_cursor(on)
            self.query_one("#sums", Canvas).show(self._foot(width))


def _columns(is_class: bool) -> tuple[Column, ...]:
    return (
        Column(_("Gevraagd"), 16),
        Column(_("Pasnummer") if is_class else _("Wat"), 15),
        Column(_("Klant"), 16, grow=1),
        Column(_("Status"), 13),
        Column(_("s"), 4, right=True),
    )


def _job_rows(job: PrintJobView, width: int, is_class: bool) -> list[Row]:
    # In a class all are cards, and twins differ in nothing else.
    what = job.number if is_class and job.number else job.title
    state = Span(_(STATES[job.state]), "bad" if job.state in BAD else "value")
    cells = (moment_text(job.at), what, job.name, state, str(job.seconds))
    rows = [table_row(_columns(is_class), cells, width, key=str(job.id), gap=1)]
    if job.is_open or job.state in BAD:
        told = wrap(job.sentence, width - 4, "dim")
        rows += [Row((Span("    "), *row.spans)) for row in told]
    return rows


def _refusal_rows(one: Refusal, width: int) -> list[Row]:
    return wrap(f"{one.name}: {one.sentence}", width, "bad")
