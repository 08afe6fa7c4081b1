"""The work list of accounts that were not made: what failed, and what waits for somebody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import flows
from deskterm.screens.accounts.asks import HELP
from deskterm.screens.accounts.following import follow
from deskterm.screens.accounts.menu import retry
from deskterm.screens.asks import Notice
from deskterm.screens.question import Question
from deskterm.screens.wording import moment_text
from deskterm.services.desk import Desk
from deskterm.text import N_, _
from deskterm.views.accounts import AccountJobView
from deskterm.widgets.sheet import BLANK, Column, Row, Span, line, table_header, table_row, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

OPEN, RETRY = "open", "retry"
_STATES = {"queued": N_("wachtrij"), "failed": N_("mislukt"), "done": N_("klaar")}
Act = tuple[str, int]
"""What to do, and with which job."""


class JobList(Question[Act]):
    """The jobs, one a row; Enter opens the customer, Alt+O tries again."""

    help_page = HELP

    def __init__(self, jobs: Sequence[AccountJobView], at: int | None) -> None:
        super().__init__()
        self.jobs = jobs
        self.at = at
        self.heading = _("Inlogaccounts die wachten of mislukt zijn")

    def draw(self) -> None:
        super().draw()
        if self.at is not None:
            self.canvas.put_cursor(str(self.at))
            self.at = None

    def content(self, width: int) -> Sequence[Row]:
        columns = (
            Column(_("Klant"), 20, grow=2),
            Column(_("Actor-id"), 8),
            Column(_("Status"), 8),
            Column(_("Sinds"), 16),
            Column(_("Keer"), 4, right=True),
        )
        rows = [table_header(columns, width, gap=1)]
        for job in self.jobs:
            state = Span(_(_STATES[job.state]), "bad" if job.state == "failed" else "value")
            cells = (job.name, str(job.actor_id), state, moment_text(job.at), str(job.attempts))
            rows.append(table_row(columns, cells, width, key=str(job.id), gap=1))
            rows += [Row((Span("    "), *row.spans)) for row in wrap(job.error, width - 4, "dim")]
        return [*rows, BLANK, self._hint(width)]

    @staticmethod
    def _hint(width: int) -> Row:
        words = _(" Enter: naar de klant   Alt+O: nu opnieuw proberen   Esc: terug")
        return line(words, width, "hint")

    async def take_key(self, key: str, character: str | None) -> None:
        chosen = self.canvas.cursor_key
        if key in ("enter", "alt+o") and chosen is not None:
            await self.answer((OPEN if key == "enter" else RETRY, int(chosen)))
        else:
            await super().take_key(key, character)


async def show(app: "DesktermApp") -> None:
    """The list, anew after each retry, until staff leave it or go to a customer."""
    at: int | None = None
    while True:
        jobs = await app.work.call(lambda: _listed(app.desk))
        if not jobs:
            said = (_("Er wacht of mislukte geen enkel inlogaccount."),)
            await app.ask(Notice(_("Inlogaccounts"), said))
            return
        answer = await app.ask(JobList(jobs, at))
        if answer is None:
            return
        act, at = answer
        job = next(one for one in jobs if one.id == at)
        if act == OPEN:
            await flows.open_customer(app, job.actor_id)
            return
        await retry(app, job.id, job.email)
        await follow(app, job.actor_id)


def _listed(desk: Desk) -> list[AccountJobView]:
    """What somebody has to look at, and below it what waits for the provider alone."""
    stuck = services.login_accounts.work_list(desk)
    shown = {job.id for job in stuck}
    waiting = services.login_accounts.jobs(desk, "queued")
    return [*stuck, *(job for job in waiting if job.id not in shown)]
