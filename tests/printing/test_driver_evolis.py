"""Cards of Evolis printers: our child process, with a stand-in for the maker's library."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from deskterm.printing.drivers.evolis import Evolis
from deskterm.printing.drivers.evolis_words import evolis_state
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    Progress,
    Readiness,
    Reason,
    Result,
    Stage,
)
from tests.printing.driving import Told, run

LIBRARY = Path(__file__).parent / "evolis_library"
CARD = PrinterJob(17, b"\x89PNG\r\n" + bytes(range(256)), Form.CARD_PNG)

Mood = Callable[[str], Evolis]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    return tmp_path / "card.png"


@pytest.fixture
def mood(tmp_path: Path, printed: Path, monkeypatch: pytest.MonkeyPatch) -> Mood:
    """A driver with a printer in this mood; its pictures are kept in a folder of the test."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(pictures))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(LIBRARY), str(Path.cwd()))))
    monkeypatch.setenv("EVOLIS_CARD", str(printed))

    def chosen(name: str) -> Evolis:
        monkeypatch.setenv("EVOLIS", name)
        return Evolis()

    return chosen


def test_a_card_comes_out_and_its_picture_is_removed(
    mood: Mood, printed: Path, tmp_path: Path
) -> None:
    told = Told()
    assert run(mood("ready"), told, CARD, wait=20) == Outcome(Result.DONE)
    assert printed.read_bytes() == CARD.payload
    assert told.stages == [Stage.SENDING, Stage.SENT]
    assert list((tmp_path / "pictures").iterdir()) == []


def test_a_card_that_is_fed_by_hand_is_asked_for(
    mood: Mood, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mood("ready")
    told = Told()
    by_hand = Evolis("Evolis Zenius", manual_feed=True)
    assert run(by_hand, told, CARD, wait=20) == Outcome(Result.DONE)
    assert Progress(Stage.SENT, Reason.CARD_NEEDED) in told.all


def test_a_printer_that_warms_up_is_told(mood: Mood) -> None:
    told = Told()
    assert run(mood("heating"), told, CARD, wait=20) == Outcome(Result.DONE)
    assert told.all[0] == Progress(Stage.WAITING, Reason.WARMING)


@pytest.mark.parametrize(
    ("name", "reason", "lasting"),
    [
        ("no-library", Reason.NO_LIBRARY, True),
        ("absent", Reason.NOT_CONNECTED, False),
        ("cover", Reason.COVER_OPEN, False),
        ("off", Reason.OFFLINE, False),
        ("picture", Reason.BAD_ANSWER, False),
        ("crash-before", Reason.NO_ANSWER, False),
    ],
)
def test_nothing_is_sent_when_the_library_cannot_begin(
    name: str, reason: Reason, lasting: bool, mood: Mood, printed: Path
) -> None:
    told = Told()
    with pytest.raises(NotSent) as stopped:
        run(mood(name), told, CARD)
    assert (stopped.value.reason, stopped.value.lasting) == (reason, lasting)
    assert told.stages == []
    assert not printed.exists()


def test_a_library_that_crashes_while_it_prints_leaves_the_card_unknown(mood: Mood) -> None:
    outcome = run(mood("crash-during"), Told(), CARD, wait=20)
    assert outcome == Outcome(Result.UNKNOWN, Reason.INTERRUPTED)


def test_a_mechanical_fault_leaves_the_card_unknown_and_says_why(mood: Mood) -> None:
    outcome = run(mood("jam"), Told(), CARD, wait=20)
    assert outcome == Outcome(Result.UNKNOWN, Reason.JAM)


def test_a_printer_that_somebody_else_holds_has_printed_nothing(mood: Mood) -> None:
    outcome = run(mood("taken"), Told(), CARD, wait=20)
    assert outcome == Outcome(Result.FAILED, Reason.BUSY)


def test_a_printer_that_takes_for_ever_is_given_up(mood: Mood) -> None:
    outcome = run(mood("for-ever"), Told(), CARD, wait=0.5)
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_CONFIRMED)


def test_who_cannot_write_down_that_it_is_sending_prints_nothing(mood: Mood, printed: Path) -> None:
    class LeaseLostError(Exception):
        pass

    def lost(progress: Progress) -> None:
        raise LeaseLostError

    driver = mood("ready")
    with pytest.raises(LeaseLostError):
        driver.send(CARD, lost)
    driver.close()
    assert not printed.exists()


@pytest.mark.parametrize(
    ("name", "readiness", "reasons"),
    [
        ("ready", Readiness.READY, ()),
        ("cover", Readiness.ATTENTION, (Reason.COVER_OPEN,)),
        ("absent", Readiness.OFFLINE, (Reason.NOT_CONNECTED,)),
        ("no-library", Readiness.OFFLINE, (Reason.NO_LIBRARY,)),
        ("crash-before", Readiness.UNKNOWN, (Reason.NO_ANSWER,)),
    ],
)
def test_a_probe_tells_how_the_printer_is(
    name: str, readiness: Readiness, reasons: tuple[Reason, ...], mood: Mood
) -> None:
    state = mood(name).probe()
    assert (state.readiness, state.reasons) == (readiness, reasons)


def test_a_child_that_cannot_be_started_is_a_library_that_is_missing(tmp_path: Path) -> None:
    driver = Evolis(child=(str(tmp_path / "nergens"),))
    with pytest.raises(NotSent) as stopped:
        driver.send(CARD, Told())
    driver.close()
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NO_LIBRARY, True)
    assert driver.probe().reasons == (Reason.NO_LIBRARY,)


@pytest.mark.parametrize(
    ("state", "readiness", "reason"),
    [
        ("READY PRINTER_READY", Readiness.READY, None),
        ("READY INF_RIBBON_LOW", Readiness.READY, None),
        ("READY INF_CLEANING_REQUIRED", Readiness.READY, Reason.CLEANING),
        ("WARNING DEF_WAIT_CARD", Readiness.WAITING, Reason.CARD_NEEDED),
        ("ERROR ERR_NO_CARD_INSERTED", Readiness.WAITING, Reason.CARD_NEEDED),
        ("READY INF_PRINTING_RUNNING", Readiness.WAITING, Reason.BUSY),
        ("WARNING DEF_FEEDER_EMPTY", Readiness.ATTENTION, Reason.CARDS_OUT),
        ("WARNING AVANSIA_DEF_FEEDER_EMPTY", Readiness.ATTENTION, Reason.CARDS_OUT),
        ("WARNING DEF_NO_RIBBON", Readiness.ATTENTION, Reason.RIBBON),
        ("WARNING DEF_RIBBON_ENDED", Readiness.ATTENTION, Reason.RIBBON),
        ("WARNING DEF_HOPPER_FULL", Readiness.ATTENTION, Reason.HOPPER_FULL),
        ("WARNING DEF_CARD_ON_EJECT", Readiness.ATTENTION, Reason.CARD_LEFT),
        ("ERROR ERR_MECHANICAL", Readiness.ATTENTION, Reason.JAM),
        ("ERROR ERR_HEAD_TEMP", Readiness.ATTENTION, Reason.FAULT),
        ("OFF PRINTER_OFFLINE", Readiness.OFFLINE, Reason.OFFLINE),
        ("OFF PRINTER_UNKNOWN", Readiness.OFFLINE, Reason.NOT_CONNECTED),
        ("OFF A_STATE_OF_A_NEWER_LIBRARY", Readiness.OFFLINE, Reason.OFFLINE),
        ("READY A_STATE_OF_A_NEWER_LIBRARY", Readiness.READY, None),
    ],
)
def test_states_of_the_library_are_mapped(
    state: str, readiness: Readiness, reason: Reason | None
) -> None:
    found = evolis_state(*state.split())
    assert (found.readiness, found.reasons) == (readiness, (reason,) if reason else ())
