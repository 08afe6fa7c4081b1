"""Ledenpas: the printer's state, what comes out, Alt+P, and then how the job stands.

Enter, space and what a scanner sends after its digits do nothing here, however often (seed: *nooit
een Enter doen*). The scan of the printed card proves it; another card is a loud error.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from uuid import uuid4

from deskterm import services
from deskterm.screens.printing import offers, rows
from deskterm.screens.printing.follow import Follower
from deskterm.screens.printing.offers import Offer
from deskterm.screens.question import Question
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.printing import PrinterView, PrintJobView
from deskterm.widgets.sheet import Row, wrap

HELP = "printing"
LOOK_AGAIN_SECONDS = 3.0
"""Between two questions to a printer that staff may be filling."""
WORKER_SECONDS = 2.0
SILENT_SECONDS = 12.0
"""After so long a printer's state is no longer known."""


def _printer(desk: Desk) -> tuple[PrinterView, bool]:
    """The card printer, and whether it has another job, over which it cannot be asked."""
    printer = services.printing.printer(desk, "card")
    jobs = services.printing.open_jobs(desk)
    return printer, any(job.is_open and job.printer == printer.name for job in jobs)


class PrintDialog(Question[PrintJobView]):
    """A card that is to be printed, or a job; answers with the job as it was last seen."""

    at_printer = True
    help_page = HELP

    def __init__(self, card: rows.Card | None, job: PrintJobView | None = None) -> None:
        """Without a job there has to be a card; `job` is one that was asked for before."""
        super().__init__()
        self.card = card
        self.job = job
        self.key = uuid4().hex
        """Of the press: made once, so that a second one asks for the same job."""
        self.sight: PrinterView | None = None
        self.is_earlier = job is not None
        self.note = ""
        self.wrong = ""
        """The number of another card that was scanned."""
        self.away = ""
        """Why nothing new is known of the printer, while the store is away."""
        self.heading = job.title if job else _("Ledenpas")
        self._began = self._seen_at = monotonic()
        self._ask_at = self._worker_at = float("-inf")
        self._drawn: Sequence[Row] = ()

    def on_mount(self) -> None:
        self._follower = Follower(self.desk_app, self._look, self._troubled)
        self._follower.start()

    def on_unmount(self) -> None:
        self._follower.stop()

    def content(self, width: int) -> Sequence[Row]:
        if self.wrong:
            return rows.wrong_rows(self.wrong, self.job.number if self.job else "", width)
        if self.job is not None:
            seconds = _("{seconds} s").format(seconds=self.job.seconds)
            note = self.away or self.note or self._about_earlier()
            return rows.job_rows(self.job, self._offers(), note, seconds, width)
        drawn: list[Row] = []
        if self.card is not None:
            waited = int(monotonic() - self._began)
            drawn = rows.preview_rows(self.card, self.sight, waited, width)
        return [*drawn, *wrap(self.away or self.note, width, "bad")]

    def _about_earlier(self) -> str:
        return _("Hiernaar was al gevraagd: dit is die opdracht.") if self.is_earlier else ""

    def _offers(self) -> tuple[Offer, ...]:
        if self.wrong:
            return (Offer(offers.UNDERSTOOD, "G", ""),)
        if self.job is not None:
            return offers.of_job(self.job)
        return (Offer(offers.PRINT, "P", ""),) if rows.may_print(self.sight) else ()

    async def take_key(self, key: str, character: str | None) -> None:
        offer = offers.pressed(self._offers(), key)
        if offer is not None:
            self.desk_app.work.start(self._do(offer.code))
        elif key == "alt+p" and self.job is not None and not self.wrong:
            self.note = _("Deze opdracht loopt al; er komt geen tweede bij.")
            self._show()
        elif key == "escape" and self.wrong:
            self.desk_app.bell()
        elif key == "escape":
            await self.answer(self.job)
        else:
            await super().take_key(key, character)

    async def take_scan(self, code: str) -> bool:
        job = self.job
        if job is None or not job.number or job.state in ("failed", "cancelled"):
            return False
        if self.wrong or code != job.number:
            self.desk_app.bell()
            self.wrong = self.wrong or code
            self._turn_page()
        elif not offers.may_be_out(job):
            self.desk_app.bell()
            self.note = offers.too_early()
            self._show()
        else:
            self.desk_app.work.start(self._verify(job.id, code))
        return True

    async def _verify(self, job_id: int, code: str) -> None:
        app = self.desk_app
        seen = await self._try(lambda: services.printing.verify(app.desk, job_id, code))
        if seen is not None and seen.state == "verified":
            await self.answer(seen)

    async def _do(self, code: str) -> None:
        if code == offers.UNDERSTOOD:
            self.wrong = ""
        elif self.job is not None:
            job = self.job
            await self._try(lambda: offers.carry_out(self.desk_app.desk, job, code))
        elif self.card is not None:
            await self._print(self.card)
        self._turn_page()

    async def _print(self, card: rows.Card) -> None:
        app = self.desk_app
        job = await self._try(
            lambda: services.printing.print_card(app.desk, card.actor_id, card.number, self.key)
        )
        self.is_earlier = job is not None and job.repeated

    async def _try(self, use_case: Callable[[], PrintJobView]) -> PrintJobView | None:
        """Carry out what makes or changes a job; a refusal is shown in the dialog."""
        app = self.desk_app
        try:
            job = await app.work.call(use_case)
        except DeskError as refused:
            app.bell()
            self.note = f"{refused.sentence} {refused.hint}".strip()
            self._show()
            return None
        self.job, self.note, self._worker_at = job, "", float("-inf")
        self.is_earlier = False
        return job

    def _turn_page(self) -> None:
        """Something else stands here now: keys that were on their way do not count."""
        self.shown_at = monotonic()
        self._show()

    async def _look(self) -> None:
        if self.job is None:
            await self._look_at_printer()
        else:
            await self._look_at_job(self.job)
        app, now = self.desk_app, monotonic()
        if now >= self._worker_at and not app.work.stopped:
            self._worker_at = now + WORKER_SECONDS
            await app.errands.look_after()
        self._show()

    async def _look_at_printer(self) -> None:
        app, now = self.desk_app, monotonic()
        if now >= self._ask_at:
            self._ask_at = now + LOOK_AGAIN_SECONDS
            await app.work.call(lambda: services.printing.look_at_printer(app.desk, "card"))
        seen, busy = await app.work.look_up(lambda: _printer(app.desk))
        self.away = ""
        if busy:
            said = _("Nog bezig met een andere opdracht. Deze komt daarna aan de beurt.")
            seen = replace(seen, readiness="waiting", sentence=said)
        if seen.is_answered or busy:
            self._seen_at, was = monotonic(), self.sight
            self.sight = seen
            if rows.may_print(was) != rows.may_print(seen):
                self._turn_page()
        elif monotonic() - self._seen_at > SILENT_SECONDS:
            self.sight = None

    async def _look_at_job(self, job: PrintJobView) -> None:
        app = self.desk_app
        seen = await app.work.look_up(lambda: services.printing.job(app.desk, job.id))
        if self.job is not job:
            return
        self.job, self.away = seen, ""
        if seen.state != job.state and not self.wrong:
            self.note = ""
            self._turn_page()

    def _troubled(self, trouble: DeskError) -> None:
        self.away = trouble.sentence
        self._show()

    def _show(self) -> None:
        """Draw when there is something else to see."""
        shown = self.content(self.room)
        if self.is_mounted and shown != self._drawn:
            self._drawn = shown
            self.draw()
