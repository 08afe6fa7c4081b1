"""The print jobs of this desk that go on while staff do something else: the title line's part."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.printing.follow import Follower
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.printing import PrintJobView
from deskterm.widgets.sheet import Span

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

EVERY_SECONDS = 0.5
_LOOKS_PER_WORKER = 4
"""Looks after which it is seen to that somebody prints."""


class Watch:
    """Follows the jobs of the desk as long as one is on its way, and says how each ended."""

    def __init__(self, app: "DesktermApp") -> None:
        self._app = app
        self.jobs: tuple[PrintJobView, ...] = ()
        """On their way, or waiting for somebody's answer."""
        self._stuck: dict[int, str] = {}
        """What was said last of jobs that somebody has to see to, as long as they are on their
        way: between two tries their printer says nothing."""
        self._looks = 0
        self._asked = False
        """Whether a job may have come since the look that is going on."""
        self._follower = Follower(app, self._look, self._away, EVERY_SECONDS)

    def begin(self) -> None:
        """A job may have come: look until none is on its way."""
        self._asked = True
        self._follower.start()

    def status(self) -> Span | None:
        """The part of the title line; None when nothing is printed."""
        if any(job.needs_answer for job in self.jobs):
            return Span(_("print: geprint?"), "bad")
        running = [job for job in self.jobs if job.is_open]
        if not running:
            return None
        words = _("print: {seconds} s").format(seconds=max(job.seconds for job in running))
        if len(running) > 1:
            words += f" ({len(running)})"
        if self._stuck:
            return Span(_("{words}, zie printer").format(words=words), "bad")
        return Span(words, "hint")

    async def _look(self) -> None:
        app, self._asked = self._app, False
        seen = await app.work.look_up(lambda: services.printing.open_jobs(app.desk))
        still = {job.id for job in seen if job.is_open}
        ended = [job.id for job in self.jobs if job.is_open and job.id not in still]
        if app.work.stopped:
            return
        told = await app.work.look_up(
            lambda: [services.printing.job(app.desk, number) for number in ended]
        )
        before, self.jobs = self.status(), seen
        new = self._newly_stuck()
        if self.status() != before:
            app.main.draw_title()
        for job in (*new, *told):
            self._tell(job)
        if not still:
            if not self._asked:
                self._follower.stop()
            return
        self._looks += 1
        if self._looks % _LOOKS_PER_WORKER == 0:
            await app.errands.look_after()

    def _newly_stuck(self) -> list[PrintJobView]:
        """The jobs with which something is wrong that was not said yet."""
        running = {job.id: job for job in self.jobs if job.is_open}
        self._stuck = {number: why for number, why in self._stuck.items() if number in running}
        new = [
            job
            for job in running.values()
            if job.is_stuck and self._stuck.get(job.id) != job.reason_code
        ]
        self._stuck |= {job.id: job.reason_code for job in new}
        return new

    def _tell(self, job: PrintJobView) -> None:
        """Say how a job ended or what is wrong with it, unless a dialog shows it."""
        app = self._app
        if app.question is not None and app.question.at_printer:
            return
        bad = job.is_stuck or job.state in ("failed", "unknown")
        if bad:
            app.bell()
        words = f"{job.title} {job.name}: {job.sentence}"
        if bad:
            words += " " + _("Zie Klanten, Afdruktaken.")
        app.say(words, bad=bad)

    def _away(self, _trouble: DeskError) -> None:
        """The store does not answer now: what was known stays on the screen."""
