"""Printers that are a file: written whole or not at all."""

import errno
import os
import tempfile
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from deskterm.paths import private_folder
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    PrinterState,
    Progress,
    Readiness,
    Reason,
    Result,
    SendReceipt,
    Stage,
    Tell,
)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileDriver(ABC):
    """Puts each job in a file of its own or replaces the one before."""

    kind: ClassVar[str] = "file"
    accepts: ClassVar[frozenset[Form]] = frozenset()

    def __init__(self, folder: Path, *, make: bool = False) -> None:
        """`folder` has to be there, as a drive that is not mounted is not to be written beside;
        `make` says that it is one of our own."""
        self._folder = folder
        self._make = make
        self._written: Path | None = None

    @abstractmethod
    def path(self, job: PrinterJob) -> Path:
        """The file that a job becomes."""

    def probe(self) -> PrinterState:
        """Whether the folder is there and may be written in; see model.Driver."""
        if self._make:
            with suppress(OSError):
                private_folder(self._folder)
        if not self._folder.is_dir():
            return PrinterState(Readiness.OFFLINE, (Reason.NO_FOLDER,), can_confirm=True)
        if not os.access(self._folder, os.W_OK | os.X_OK):
            return PrinterState(Readiness.ATTENTION, (Reason.NO_ACCESS,), can_confirm=True)
        return PrinterState(Readiness.READY, can_confirm=True)

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Write beside the file and move it into place; nothing half is ever seen under its
        name, so every error is NotSent."""
        if job.form not in self.accepts:
            raise NotSent(Reason.FORM, lasting=True)
        state = self.probe()
        if state.readiness is not Readiness.READY:
            raise NotSent(state.reasons[0])
        tell(Progress(Stage.SENDING))
        try:
            self._written = self.path(job)
            write_whole(self._written, job.payload)
        except OSError as error:
            full = error.errno in _FULL
            raise NotSent(Reason.DISK_FULL if full else Reason.NO_ACCESS) from None
        tell(Progress(Stage.SENT, device_job=self._written.name))
        return SendReceipt(self._written.name, len(job.payload))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Read it back; see model.Driver."""
        with suppress(OSError):
            if self._written and self._written.read_bytes() == job.payload:
                return Outcome(Result.DONE)
        return Outcome(Result.UNKNOWN, Reason.JOB_GONE)

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """A file that stands may have been taken already."""
        return False

    def close(self) -> None:  # noqa: B027 - every file driver closes so
        """Nothing is held."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that its name never stands for less than all of it.

    Raises OSError; the file that was there before, if any, is then untouched.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - `name` comes from mkstemp
    except OSError:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - as above
        raise
