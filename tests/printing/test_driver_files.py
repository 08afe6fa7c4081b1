"""Printers that are a file or a device file, and the one that is nothing."""

import os
import pty
import resource
import select
import signal
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos_file import (
    LPGETSTATUS,
    EscposFile,
    EscposSpoolFile,
    port_trouble,
)
from deskterm.printing.drivers.null import Null
from deskterm.printing.drivers.pdf_file import PdfFile
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    Readiness,
    Reason,
    Result,
    Stage,
)
from tests.printing.driving import RECEIPT, Told, job, run

CARD = PrinterJob(17, b"%PDF-1.4 " + bytes(5000), Form.CARD_PDF)


@contextmanager
def disk_that_holds(size: int) -> Iterator[None]:
    """No file can become larger than this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_card_becomes_a_file_that_is_named_by_its_job(tmp_path: Path) -> None:
    told = Told()
    assert run(PdfFile(tmp_path), told, CARD) == Outcome(Result.DONE)
    assert [path.name for path in tmp_path.iterdir()] == ["deskterm-17.pdf"]
    assert (tmp_path / "deskterm-17.pdf").read_bytes() == CARD.payload
    assert told.stages == [Stage.SENDING, Stage.SENT]
    assert told.all[-1].device_job == "deskterm-17.pdf"


def test_a_file_of_another_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deskterm-17.pdf").write_bytes(b"van iemand anders")
    run(PdfFile(tmp_path), Told(), CARD)
    run(PdfFile(tmp_path), Told(), CARD)
    assert (tmp_path / "deskterm-17.pdf").read_bytes() == b"van iemand anders"
    assert (tmp_path / "deskterm-17-2.pdf").read_bytes() == CARD.payload
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "deskterm-17.pdf").mkdir()
    with pytest.raises(NotSent) as stopped:
        run(PdfFile(tmp_path), Told(), CARD)
    assert stopped.value.reason is Reason.NO_ACCESS


def test_a_file_that_is_taken_away_is_unknown(tmp_path: Path) -> None:
    driver = PdfFile(tmp_path)
    receipt = driver.send(CARD, Told())
    (tmp_path / "deskterm-17.pdf").unlink()
    outcome = driver.confirm(CARD, receipt, 1, Told())
    assert outcome == Outcome(Result.UNKNOWN, Reason.JOB_GONE)


def test_a_disk_that_is_full_leaves_nothing_half(tmp_path: Path) -> None:
    with disk_that_holds(1000), pytest.raises(NotSent) as stopped:
        run(PdfFile(tmp_path), Told(), CARD)
    assert stopped.value.reason is Reason.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "netwerkschijf"
    with pytest.raises(NotSent) as stopped:
        run(PdfFile(folder), Told(), CARD)
    assert stopped.value.reason is Reason.NO_FOLDER
    assert PdfFile(folder).probe().readiness is Readiness.OFFLINE
    assert not folder.exists()


def test_a_receipt_does_not_go_to_a_folder_of_pages(tmp_path: Path) -> None:
    with pytest.raises(NotSent) as stopped:
        run(PdfFile(tmp_path), Told(), job())
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.FORM, True)


def test_each_receipt_replaces_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "bon.bin"
    for payload in (b"een", RECEIPT):
        assert run(EscposSpoolFile(file), Told(), job(payload)).result is Result.DONE
    assert file.read_bytes() == RECEIPT
    assert list(tmp_path.iterdir()) == [file]


def test_the_old_receipt_stays_when_the_disk_is_full(tmp_path: Path) -> None:
    file = tmp_path / "bon.bin"
    file.write_bytes(b"de vorige bon")
    with disk_that_holds(10), pytest.raises(NotSent):
        run(EscposSpoolFile(file), Told(), job())
    assert file.read_bytes() == b"de vorige bon"
    assert list(tmp_path.iterdir()) == [file]


@pytest.fixture
def device() -> Iterator[tuple[int, Path]]:
    """A device file, and the end of the printer behind it."""
    near, far = pty.openpty()
    tty.setraw(far)
    yield near, Path(os.ttyname(far))
    os.close(near)
    os.close(far)


def printing(near: int, paper: bytearray, end: threading.Event) -> None:
    while not end.is_set():
        if select.select([near], [], [], 0.05)[0]:
            paper += os.read(near, 1024)
        while (at := paper.find(b"\x10\x04")) >= 0 and len(paper) >= at + 3:
            del paper[at : at + 3]
            os.write(near, b"\x12")


def test_a_device_file_that_answers_is_asked_and_written(device: tuple[int, Path]) -> None:
    near, path = device
    paper, end = bytearray(), threading.Event()
    thread = threading.Thread(target=printing, args=(near, paper, end))
    thread.start()
    try:
        driver = EscposFile(path)
        assert driver.probe().readiness is Readiness.READY
        outcome = run(EscposFile(path), Told())
        arrived = monotonic() + 10
        while len(paper) < len(RECEIPT) and monotonic() < arrived:
            thread.join(0.01)
    finally:
        end.set()
        thread.join(10)
    assert outcome == Outcome(Result.DONE, confirmed=False)
    assert paper == RECEIPT


def test_a_device_that_is_not_there_is_not_connected(tmp_path: Path) -> None:
    with pytest.raises(NotSent) as stopped:
        run(EscposFile(tmp_path / "lp0"), Told())
    assert stopped.value.reason is Reason.NOT_CONNECTED


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        (0x18, None),
        (0x10, Reason.FAULT),
        (0x08, Reason.PAUSED),
        (0x38, Reason.PAPER_OUT),
        (0x20, Reason.PAPER_OUT),
    ],
)
def test_the_port_of_a_printer_tells_what_is_wrong(
    bits: int, reason: Reason | None, device: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only real printers have this port, so the answer of the kernel is put in its place.
    def ioctl(handle: int, request: int, buffer: bytes) -> bytes:
        assert request == LPGETSTATUS
        return bytes((bits, 0, 0, 0))

    monkeypatch.setattr("fcntl.ioctl", ioctl)
    assert port_trouble(bits) is reason
    state = EscposFile(device[1]).probe()
    assert state.reasons == ((reason,) if reason else ())
    assert state.readiness is (Readiness.ATTENTION if reason else Readiness.READY)


def test_a_port_that_is_fine_is_not_enough_where_the_printer_has_to_confirm(
    device: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.ioctl", lambda *_asked: bytes((0x18, 0, 0, 0)))
    with pytest.raises(NotSent) as stopped:
        run(EscposFile(device[1], confirm=Confirm.PROCESS_ID), Told())
    assert stopped.value.reason is Reason.NO_ANSWER


def test_nothing_takes_everything() -> None:
    for form in Form:
        assert run(Null(), Told(), PrinterJob(1, b"x", form)) == Outcome(Result.DONE)
    assert Null().probe().readiness is Readiness.READY
