"""Printing one job: render it, keep the bytes, send them, and write down what came of it.

The word `sending` is in the store before the first byte goes: when it cannot be written there,
nothing goes. A store that is away after that leaves the job to become `unknown` by its lease.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskterm.printing import sights, spool
from deskterm.printing.documents import CardDocument, DocumentFault, DocumentKind, from_json
from deskterm.printing.drivers.choosing import confirm_seconds, driver_for
from deskterm.printing.heartbeat import Heartbeat
from deskterm.printing.model import (
    Driver,
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    Progress,
    Readiness,
    Reason,
    Result,
    SentUnsure,
    Stage,
)
from deskterm.printing.options import PrinterOptions, PrintingOptions
from deskterm.printing.rendering import RenderFault
from deskterm.printing.spool import ClaimedJob
from deskterm.printing.spool_states import BEAT_SECONDS, JobState, SpoolReason
from deskterm.store.engine import Store
from deskterm.store.errors import StoreError

_log = logging.getLogger("deskterm.printing")
_STATE_OF = {
    Result.DONE: JobState.DONE,
    Result.FAILED: JobState.FAILED,
    Result.UNKNOWN: JobState.UNKNOWN,
}
_STAGES = {
    Stage.WAITING: JobState.WAITING,
    Stage.SENDING: JobState.SENDING,
    Stage.SENT: JobState.SENT,
}
MakeDriver = Callable[[PrinterOptions, Path], Driver]


class NoLongerOurs(Exception):
    """The job was called off, or its worker was taken for lost: nothing more may be done to it."""


@dataclass(frozen=True, slots=True)
class Press:
    """One printer of a desk, and whoever works it."""

    store: Store
    options: PrintingOptions
    printer: PrinterOptions
    desk_id: int
    worker: str
    folder: Path
    """Where a `pdf-file` without a folder of its own writes."""
    now: Callable[[], datetime]
    """The machine's clock."""
    make_driver: MakeDriver = driver_for
    beat_seconds: float = BEAT_SECONDS

    def run_one(self) -> bool:
        """Do the job that is next, within the limits of its driver; False when none is due.

        Raises:
            StoreError: the store is away. What goes wrong at a printer is written with the job.
        """
        with self.store.jot() as connection:
            job = spool.claim(connection, self.desk_id, self.printer.name, self.worker, self.now())
        if job is None:
            return False
        with Heartbeat(self.store, job, self.now, self.beat_seconds):
            payload = self._payload(job)
            if payload is not None:
                self._print(job, payload)
        return True

    def look(self) -> None:
        """Ask the printer how it is, and write that down. Raises StoreError."""
        driver = self.make_driver(self.printer, self.folder)
        try:
            state = driver.probe()
        finally:
            driver.close()
        reason = state.reasons[0] if state.reasons else ""
        self._seen(state.readiness, reason)

    def _payload(self, job: ClaimedJob) -> PrinterJob | None:
        """What the printer gets: as it was kept, else as it is rendered now and kept from now on;
        None when the job ended here."""
        data, form = job.payload, job.form
        # What was kept of a job that is printed again may be of another kind of printer.
        fits = form == self._form_of(job) and _digest(data) == job.sha256
        if not data or not fits:
            try:
                data, form = self._rendered(job.source)
            except DocumentFault:
                self._end(job, JobState.FAILED, SpoolReason.BAD_DOCUMENT)
                return None
            except RenderFault as fault:
                self._end(job, JobState.FAILED, fault.problem)
                return None
            with self.store.jot() as connection:
                if not spool.keep_payload(connection, job, data, form, _digest(data)):
                    return None
        return PrinterJob(job.id, data, Form(form), stop_asked=lambda: self._stop_asked(job))

    def _stop_asked(self, job: ClaimedJob) -> bool:
        try:
            with self.store.look() as connection:
                return spool.stop_asked(connection, job)
        except StoreError:
            # It is asked again at the next look.
            return False

    def _form_of(self, job: ClaimedJob) -> str | None:
        is_card = job.kind == DocumentKind.CARD
        return self.printer.form_of(DocumentKind.CARD if is_card else DocumentKind.RECEIPT)

    def _rendered(self, source: str) -> tuple[bytes, str]:
        from deskterm.printing.render.payload import render

        document = from_json(source)
        code = document.branch_code if isinstance(document, CardDocument) else ""
        payload = render(document, self.printer, self.options.branch(code))
        return payload.data, payload.form

    def _print(self, job: ClaimedJob, payload: PrinterJob) -> None:
        driver = self.make_driver(self.printer, self.folder)

        def tell(progress: Progress) -> None:
            self._tell(job, progress)

        try:
            receipt = driver.send(payload, tell)
            outcome = driver.confirm(payload, receipt, confirm_seconds(self.printer), tell)
        except NotSent as refusal:
            self._put_back(job, refusal)
        except SentUnsure as unsure:
            self._end(job, JobState.UNKNOWN, unsure.reason, unsure.device_job)
        except NoLongerOurs:
            _log.info("print job %d: no longer ours", job.id)
        else:
            self._end(job, _STATE_OF[outcome.result], _reason_of(outcome), receipt.device_job)
            self._seen(_readiness_after(outcome), outcome.reason or "")
        finally:
            driver.close()

    def _tell(self, job: ClaimedJob, progress: Progress) -> None:
        """Write down how far a job is; raises what stops it, as long as nothing has gone."""
        state, reason = _STAGES[progress.stage], progress.reason or ""
        try:
            with self.store.jot() as connection:
                ours = spool.move(connection, job, state, self.now(), reason, progress.device_job)
        except StoreError as trouble:
            if progress.stage is not Stage.SENT:
                raise
            # It has gone: what comes of it is still worth waiting for.
            _log.warning("print job %d: store %s", job.id, type(trouble).__name__)
            return
        if not ours and progress.stage is not Stage.SENT:
            raise NoLongerOurs

    def _put_back(self, job: ClaimedJob, refusal: NotSent) -> None:
        with self.store.jot() as connection:
            state = spool.release(
                connection, job, refusal.reason, self.now(), lasting=refusal.lasting
            )
        _log.info("print job %d: %s, %s", job.id, state, refusal.reason)
        nothing_there = refusal.reason in (Reason.OFFLINE, Reason.NOT_CONNECTED)
        self._seen(Readiness.OFFLINE if nothing_there else Readiness.ATTENTION, refusal.reason)

    def _end(self, job: ClaimedJob, state: JobState, reason: str, device_job: str = "") -> None:
        with self.store.jot() as connection:
            ours = spool.move(connection, job, state, self.now(), reason, device_job)
        _log.info("print job %d: %s %s", job.id, state if ours else "no longer ours", reason)

    def _seen(self, readiness: str, reason: str) -> None:
        with self.store.jot() as connection:
            sights.seen(connection, self.desk_id, self.printer.name, readiness, reason, self.now())


def _reason_of(outcome: Outcome) -> str:
    if outcome.result is Result.DONE and not outcome.confirmed:
        return Reason.NOT_CONFIRMED
    return outcome.reason or ""


def _readiness_after(outcome: Outcome) -> Readiness:
    if outcome.result is not Result.DONE:
        return Readiness.ATTENTION
    return Readiness.READY if outcome.confirmed else Readiness.UNKNOWN


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
