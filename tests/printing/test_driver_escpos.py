"""What is common to all receipt printers: the bytes, and a cable that misbehaves at will."""

import pytest

from deskterm.printing.drivers import status
from deskterm.printing.drivers.confirm import Answers, Confirm, digits, ending
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.model import NotSent, Outcome, Readiness, Reason, Result, SentUnsure, Stage
from tests.printing.driving import RECEIPT, Told, job, run

OK = 0x12


class Cable:
    """A transport that takes `room` bytes and then fails, and says what it is told to."""

    def __init__(self, room: int, error: OSError, says: bytes = b"") -> None:
        self.room, self.error, self.says = room, error, says
        self.sent = b""
        self.stuck = False
        self.now = 0.0

    def open(self) -> None:
        pass

    def write(self, data: bytes) -> int:
        if data.startswith(b"\x10\x04"):
            return len(data)
        if len(self.sent) + len(data) > self.room:
            raise self.error
        self.sent += data
        return len(data)

    def read(self, timeout: float) -> bytes:
        said, self.says = self.says, b""
        self.now += 0 if said else timeout
        return said

    def settled(self) -> bool:
        return not self.stuck

    def close(self) -> None:
        pass

    def driver(self, confirm: Confirm) -> EscposDriver:
        return EscposDriver(self, confirm, lambda: self.now)


@pytest.mark.parametrize(
    ("error", "nothing", "something"),
    [
        (TimeoutError(), Reason.BUSY, Reason.STALLED),
        (ConnectionResetError(), Reason.OFFLINE, Reason.INTERRUPTED),
    ],
)
def test_the_first_byte_decides_between_not_sent_and_unsure(
    error: OSError, nothing: Reason, something: Reason
) -> None:
    with pytest.raises(NotSent) as not_sent:
        run(Cable(0, error).driver(Confirm.NONE), Told())
    assert not_sent.value.reason is nothing
    with pytest.raises(SentUnsure) as unsure:
        run(Cable(1, error).driver(Confirm.NONE), Told())
    assert unsure.value.reason is something


def test_bytes_that_never_leave_our_own_side_are_not_called_done() -> None:
    cable = Cable(10_000, OSError())
    cable.stuck = True
    outcome = run(cable.driver(Confirm.NONE), Told())
    assert outcome == Outcome(Result.UNKNOWN, Reason.STALLED)


def test_the_question_follows_the_payload() -> None:
    cable = Cable(10_000, OSError(), bytes((OK, OK, OK)))
    told = Told()
    outcome = run(cable.driver(Confirm.PROCESS_ID), told)
    assert cable.sent == RECEIPT + b"\x1d(H\x06\x00000017"
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_CONFIRMED)
    assert told.stages == [Stage.SENDING, Stage.SENT]


def test_the_number_of_another_job_is_no_word_about_this_one() -> None:
    cable = Cable(10_000, OSError(), bytes((OK, OK, OK)) + b"\x37\x220016\x00")
    assert run(cable.driver(Confirm.PROCESS_ID), Told()).result is Result.UNKNOWN


def test_paper_that_ended_before_the_question_is_no_success() -> None:
    cable = Cable(10_000, OSError(), bytes((OK, OK, OK)))
    driver = cable.driver(Confirm.GS_R)
    receipt = driver.send(job(), Told())
    cable.says = b"\x0f"
    outcome = driver.confirm(job(), receipt, 5, Told())
    assert outcome == Outcome(Result.UNKNOWN, Reason.PAPER_OUT)


def test_numbers_are_four_digits() -> None:
    assert digits(7) == b"0007"
    assert digits(123_456) == b"3456"
    assert ending(Confirm.GS_R, 7) == b"\x1dr\x01"
    assert ending(Confirm.NONE, 7) == b""


def test_answers_are_told_apart_wherever_they_are_cut() -> None:
    said = b"\x12" + b"\x37\x220217\x00" + b"\x16" + b"\x14\x00\x00\x0f" + b"\x03" + b"\x72"
    for cut in range(len(said) + 1):
        answers = Answers()
        answers.feed(said[:cut])
        answers.feed(said[cut:])
        assert list(answers.statuses) == [0x12, 0x16, 0x72]
        assert answers.printed == {b"0217"}
        # The four bytes of an automatic status hold none of these.
        assert list(answers.sensors) == [0x03]


@pytest.mark.parametrize(
    ("answers", "readiness", "reasons"),
    [
        ({}, Readiness.UNKNOWN, (Reason.NO_ANSWER,)),
        ({1: OK, 2: OK, 4: OK}, Readiness.READY, ()),
        ({1: OK, 2: OK, 4: OK | 0x0C}, Readiness.READY, (Reason.PAPER_LOW,)),
        ({1: OK | 8, 2: OK | 0x20, 4: OK | 0x6C}, Readiness.ATTENTION, (Reason.PAPER_OUT,)),
        (
            {1: OK | 8, 2: OK | 4, 4: OK | 0x60},
            Readiness.ATTENTION,
            (Reason.COVER_OPEN, Reason.PAPER_OUT),
        ),
        ({1: OK | 8, 2: OK | 0x40, 3: OK | 8, 4: OK}, Readiness.ATTENTION, (Reason.CUTTER,)),
        ({1: OK | 8, 2: OK | 0x40, 3: OK | 0x20, 4: OK}, Readiness.ATTENTION, (Reason.FAULT,)),
        ({1: OK | 8, 2: OK, 4: OK}, Readiness.ATTENTION, (Reason.PAUSED,)),
    ],
)
def test_status_bytes_are_judged(
    answers: dict[int, int], readiness: Readiness, reasons: tuple[Reason, ...]
) -> None:
    state = status.judge(answers, can_confirm=False)
    assert (state.readiness, state.reasons) == (readiness, reasons)


def test_only_bytes_with_the_fixed_bits_are_answers() -> None:
    # What python-escpos' own stand-in for CUPS says, and what a closed line reads as.
    assert not any(status.is_answer(byte) for byte in (0x00, 0xFF, 0x30, 0x38, 0x10, 0x92))
    assert status.is_answer(0x12)
    assert status.is_answer(0x7E)
