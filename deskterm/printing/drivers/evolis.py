"""Card printers of Evolis, through the maker's library in a process of its own.

That library ends the whole process when it is used wrongly or the printer goes; so it lives in a
child (`evolis_child`), which is told `go` when the sending has been written down. Before `go`,
whatever happens to the child is `NotSent`; after it, a child that is lost leaves the card unknown.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import ClassVar, cast

from deskterm.printing.drivers.evolis_words import RETURNS, UNTOUCHED, evolis_state
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

CHILD = (sys.executable, "-m", "deskterm.printing.drivers.evolis_child")
START_S = 15.0
"""How long the library may take to load and to find the printer."""

Words = dict[str, str]
"""One line of the child."""


class Evolis:
    """`type = "evolis"`."""

    kind: ClassVar[str] = "evolis"
    accepts: ClassVar[frozenset[Form]] = frozenset({Form.CARD_PNG})

    def __init__(
        self, device: str = "", *, manual_feed: bool = False, child: tuple[str, ...] = CHILD
    ) -> None:
        """`device` is the printer's name in the system, empty for the only one there is;
        `child` is the program that holds the library."""
        self._device = device
        self._manual_feed = manual_feed
        self._command = child
        self._child: _Child | None = None
        self._picture: Path | None = None

    def probe(self) -> PrinterState:
        """Ask the library; see model.Driver."""
        try:
            child = self._start("probe")
            words = child.say_within(START_S)
        except NotSent as nothing:
            return PrinterState(Readiness.OFFLINE, (nothing.reason,), can_confirm=True)
        except (TimeoutError, ConnectionError):
            return PrinterState(Readiness.UNKNOWN, (Reason.NO_ANSWER,), can_confirm=True)
        finally:
            self.close()
        if "state" in words:
            return _state(words)
        reason = _trouble(words)
        return PrinterState(Readiness.OFFLINE, (reason,), can_confirm=True)

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Hand the picture to the library; see model.Driver. What the printer waits for before
        is told."""
        if job.form not in self.accepts:
            raise NotSent(Reason.FORM, lasting=True)
        picture = self._write(job.payload)
        try:
            child = self._start("print", picture, "manual" if self._manual_feed else "feeder")
            self._await_ready(child, tell)
        except (TimeoutError, ConnectionError):
            raise NotSent(Reason.NO_ANSWER) from None
        tell(Progress(Stage.SENDING))
        try:
            child.tell("go")
        except OSError:
            # The child ended before it could hear this.
            raise NotSent(Reason.NO_ANSWER) from None
        tell(Progress(Stage.SENT))
        return SendReceipt(size=len(job.payload))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Wait for the library's word that the card is out; see model.Driver."""
        end, told = monotonic() + timeout, None
        if self._child is None:
            return Outcome(Result.UNKNOWN, Reason.INTERRUPTED)
        while (left := end - monotonic()) > 0:
            try:
                words = self._child.say_within(left)
            except TimeoutError:
                break
            except ConnectionError:
                return Outcome(Result.UNKNOWN, Reason.INTERRUPTED)
            if "return" in words:
                return _ended(words["return"], told)
            reason = next(iter(_state(words).reasons), None) if "state" in words else told
            if reason is Reason.BUSY:
                reason = None
            if reason is not told:
                told = reason
                tell(Progress(Stage.SENT, told))
        return Outcome(Result.UNKNOWN, told or Reason.NOT_CONFIRMED)

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """The library knows no such thing."""
        return False

    def close(self) -> None:
        """End the child, and remove the picture: it names somebody."""
        self._end_child()
        picture, self._picture = self._picture, None
        if picture is not None:
            with suppress(OSError):
                picture.unlink()

    def _start(self, *words: object) -> _Child:
        self._end_child()
        try:
            self._child = _Child((*self._command, self._device, *map(str, words)))
        except OSError:
            raise NotSent(Reason.NO_LIBRARY, lasting=True) from None
        return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _write(self, payload: bytes) -> Path:
        try:
            with tempfile.NamedTemporaryFile(suffix=".png", delete=False) as file:
                self._picture = Path(file.name)
                file.write(payload)
        except OSError:
            raise NotSent(Reason.DISK_FULL) from None
        return self._picture

    def _await_ready(self, child: _Child, tell: Tell) -> None:
        """Until the child has the picture and the printer would take it. Raises NotSent."""
        told = None
        end = monotonic() + START_S
        while (left := end - monotonic()) > 0:
            words = child.say_within(left)
            if "ready" in words:
                return
            if "state" not in words:
                raise NotSent(_trouble(words), lasting=_trouble(words) is Reason.NO_LIBRARY)
            state = _state(words)
            reason = next(iter(state.reasons), None)
            if state.readiness in (Readiness.ATTENTION, Readiness.OFFLINE) and reason:
                raise NotSent(reason)
            if reason and reason is not told:
                told = reason
                tell(Progress(Stage.WAITING, reason))
        raise NotSent(told or Reason.NO_ANSWER)


class _Child:
    """The process with the library, which says one JSON object a line."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._said: queue.SimpleQueue[Words | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def say_within(self, seconds: float) -> Words:
        """The next thing it says. Raises TimeoutError, and ConnectionError when it has ended."""
        try:
            words = self._said.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if words is None:
            raise ConnectionError
        return words

    def tell(self, word: str) -> None:
        """Say something to it. Raises OSError when it has ended."""
        if self._process.stdin:
            self._process.stdin.write(word + "\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """End it, wherever it is."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            # The library itself may print things.
            with suppress(ValueError):
                words = json.loads(line)
                if isinstance(words, dict):
                    self._said.put(cast("Words", words))
        self._said.put(None)


def _state(words: Words) -> PrinterState:
    major, _, minor = words["state"].partition(" ")
    return evolis_state(major, minor)


def _trouble(words: Words) -> Reason:
    """Why the child could not even begin."""
    return {"library": Reason.NO_LIBRARY, "printer": Reason.NOT_CONNECTED}.get(
        words.get("trouble", ""), Reason.BAD_ANSWER
    )


def _ended(code: str, told: Reason | None) -> Outcome:
    """What the return code of `print()` means; not all of them tell where the card is."""
    if code == "OK":
        return Outcome(Result.DONE)
    reason = told or RETURNS.get(code, Reason.FAULT)
    return Outcome(Result.FAILED if code in UNTOUCHED else Result.UNKNOWN, reason)
