"""Receipts over a serial port: a pseudo-terminal, which is one to the system."""

import os
import pty
import select
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

import pytest

from deskterm.printing.drivers.choosing import driver_for
from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos_serial import EscposSerial
from deskterm.printing.model import (
    NotSent,
    Outcome,
    Progress,
    Readiness,
    Reason,
    Result,
    SentUnsure,
    Stage,
)
from deskterm.printing.option_reading import read_printing
from tests.printing.driving import LONG, RECEIPT, Told, job, run


class Line:
    """A serial line with a printer at its far end, which may be asleep."""

    def __init__(self) -> None:
        self.near, self.far = pty.openpty()
        tty.setraw(self.far)
        self.port = os.ttyname(self.far)
        self.paper = bytearray()
        self.awake = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._print, daemon=True)

    def wake(self) -> None:
        self.awake = True
        self._thread.start()

    def unplug(self) -> None:
        """The far end goes: the port is still open, and dead."""
        self._end.set()
        if self.awake:
            self._thread.join(10)
        for end in (self.near, self.far):
            with suppress(OSError):
                os.close(end)

    close = unplug

    def _print(self) -> None:
        while not self._end.is_set():
            ready, _, _ = select.select([self.near], [], [], 0.05)
            if ready:
                self.paper += os.read(self.near, 1024)
                self._answer()

    def _answer(self) -> None:
        while (at := self.paper.find(b"\x10\x04")) >= 0 and len(self.paper) >= at + 3:
            del self.paper[at : at + 3]
            os.write(self.near, b"\x12")
        if (at := self.paper.find(b"\x1d(H")) >= 0 and len(self.paper) >= at + 11:
            number = self.paper[at + 7 : at + 11]
            del self.paper[at : at + 11]
            os.write(self.near, b"\x37\x22" + number + b"\x00")


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def test_a_receipt_is_done_when_the_printer_says_its_number(line: Line) -> None:
    line.wake()
    told = Told()
    began = monotonic()
    assert run(EscposSerial(line.port), told) == Outcome(Result.DONE)
    assert line.paper == RECEIPT
    assert told.stages == [Stage.SENDING, Stage.SENT]
    # A read of more than the answer would have cost a second for each question.
    assert monotonic() - began < 1


def test_a_long_receipt_arrives_whole(line: Line) -> None:
    line.wake()
    payload = bytes(range(0x20, 0x7F)) * 2000
    one = EscposSerial(line.port, confirm=Confirm.PROCESS_ID)
    assert run(one, Told(), job(payload), wait=20) == Outcome(Result.DONE)
    assert line.paper == payload


def test_a_probe_of_a_printer_that_is_off_ends(line: Line) -> None:
    began = monotonic()
    state = EscposSerial(line.port).probe()
    assert (state.readiness, state.reasons) == (Readiness.UNKNOWN, (Reason.NO_ANSWER,))
    assert monotonic() - began < 3


def test_nothing_is_sent_to_a_printer_that_is_off(line: Line) -> None:
    told = Told()
    with pytest.raises(NotSent) as stopped:
        run(EscposSerial(line.port), told)
    assert stopped.value.reason is Reason.NO_ANSWER
    assert told.stages == []


def test_a_write_that_blocks_is_given_up_and_leaves_the_job_unsure(line: Line) -> None:
    told = Told()
    began = monotonic()
    with pytest.raises(SentUnsure) as stopped:
        run(EscposSerial(line.port, confirm=Confirm.NONE, timeout=0.5), told, job(LONG))
    assert stopped.value.reason is Reason.STALLED
    assert told.stages == [Stage.SENDING]
    assert monotonic() - began < 5


def test_a_line_that_is_full_before_the_first_byte_has_sent_nothing(line: Line) -> None:
    os.set_blocking(line.far, False)
    # The system moves what was written on, which makes room once more.
    while select.select([], [line.far], [], 0.3)[1]:
        os.write(line.far, bytes(4096))
    with pytest.raises(NotSent) as stopped:
        run(EscposSerial(line.port, timeout=0.3), Told())
    assert stopped.value.reason is Reason.OFFLINE


def test_a_cable_pulled_out_before_the_first_byte_has_sent_nothing(line: Line) -> None:
    line.wake()

    def tell(progress: Progress) -> None:
        line.unplug()

    driver = EscposSerial(line.port)
    with pytest.raises(NotSent) as stopped:
        driver.send(job(), tell)
    driver.close()
    assert stopped.value.reason is Reason.OFFLINE


def test_a_cable_pulled_out_after_the_job_leaves_it_unknown(line: Line) -> None:
    line.wake()
    driver = EscposSerial(line.port)
    receipt = driver.send(job(), Told())
    line.unplug()
    assert driver.confirm(job(), receipt, 5, Told()).result is not Result.FAILED
    driver.close()


def test_a_port_that_is_not_there_is_not_connected(line: Line) -> None:
    with pytest.raises(NotSent) as stopped:
        run(EscposSerial(line.port + "99"), Told())
    assert stopped.value.reason is Reason.NOT_CONNECTED


def test_a_port_that_somebody_holds_is_busy(line: Line) -> None:
    import serial

    with (
        serial.Serial(line.port, exclusive=True),
        pytest.raises(NotSent) as stopped,
    ):
        run(EscposSerial(line.port), Told())
    assert stopped.value.reason is Reason.BUSY


def test_without_the_library_the_job_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "serial", None)
    with pytest.raises(NotSent) as stopped:
        run(EscposSerial("ttyS0"), Told())
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NO_LIBRARY, True)


@pytest.mark.parametrize("flow", ["none", "xonxoff", "rtscts"])
def test_the_flow_control_of_the_settings_is_that_of_the_port(line: Line, flow: str) -> None:
    printing, faults = read_printing(
        {"printer": [{"name": "bon", "type": "escpos-serial", "device": line.port, "flow": flow}]}
    )
    assert faults == ()
    line.wake()
    assert run(driver_for(printing.printers["bon"]), Told()).result is Result.DONE
    # The port keeps its settings when it is closed.
    words, _output, control, *_rest = termios.tcgetattr(line.far)
    assert bool(words & termios.IXON) is (flow == "xonxoff")
    assert bool(control & termios.CRTSCTS) is (flow == "rtscts")
