"""Receipts over the network, to a printer that goes wrong in every way we know."""

from collections.abc import Iterator
from time import monotonic

import pytest

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos_network import EscposNetwork
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    Progress,
    Readiness,
    Reason,
    Result,
    SendReceipt,
    SentUnsure,
    Stage,
)
from tests.printing.driving import LONG, RECEIPT, Told, job, run
from tests.printing.fake_printer import FakePrinter, Mode, closed_port, swallowing_host


def driver(port: int, confirm: Confirm = Confirm.PROCESS_ID, timeout: float = 1.0) -> EscposNetwork:
    return EscposNetwork("127.0.0.1", port, confirm=confirm, timeout=timeout)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def printer(request: pytest.FixtureRequest) -> Iterator[FakePrinter]:
    with FakePrinter(request.param) as running:
        yield running


@pytest.mark.parametrize("printer", [Mode.OK, Mode.LOW], indirect=True)
def test_a_receipt_is_done_when_the_printer_says_its_number(
    printer: FakePrinter, told: Told
) -> None:
    assert run(driver(printer.port), told) == Outcome(Result.DONE)
    assert printer.paper == RECEIPT
    assert told.stages == [Stage.SENDING, Stage.SENT]


@pytest.mark.parametrize("printer", [Mode.CLONE], indirect=True)
def test_a_printer_without_process_ids_answers_when_it_has_come_to_the_question(
    printer: FakePrinter, told: Told
) -> None:
    assert run(driver(printer.port, Confirm.GS_R), told) == Outcome(Result.DONE)
    assert printer.paper == RECEIPT


@pytest.mark.parametrize("printer", [Mode.LOW], indirect=True)
def test_paper_that_is_nearly_out_is_told_with_a_receipt_that_is_done(
    printer: FakePrinter, told: Told
) -> None:
    assert run(driver(printer.port, Confirm.GS_R), told) == Outcome(Result.DONE, Reason.PAPER_LOW)


@pytest.mark.parametrize("printer", [Mode.MUTE], indirect=True)
def test_done_is_not_called_confirmed_when_the_printer_never_answers(
    printer: FakePrinter, told: Told
) -> None:
    outcome = run(driver(printer.port, Confirm.NONE), told)
    assert outcome == Outcome(Result.DONE, confirmed=False)
    assert printer.paper == RECEIPT


@pytest.mark.parametrize(
    ("printer", "reason"),
    [
        (Mode.OUT, Reason.PAPER_OUT),
        (Mode.OFFLINE, Reason.PAUSED),
        (Mode.COVER, Reason.COVER_OPEN),
        (Mode.CUTTER, Reason.CUTTER),
        (Mode.MUTE, Reason.NO_ANSWER),
    ],
    indirect=["printer"],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    printer: FakePrinter, reason: Reason, told: Told
) -> None:
    with pytest.raises(NotSent) as stopped:
        run(driver(printer.port), told)
    assert stopped.value.reason is reason
    assert not stopped.value.lasting
    assert printer.paper == b""
    assert told.stages == []


@pytest.mark.parametrize(
    ("printer", "readiness", "reasons"),
    [
        (Mode.OK, Readiness.READY, ()),
        (Mode.LOW, Readiness.READY, (Reason.PAPER_LOW,)),
        (Mode.OUT, Readiness.ATTENTION, (Reason.PAPER_OUT,)),
        (Mode.MUTE, Readiness.UNKNOWN, (Reason.NO_ANSWER,)),
    ],
    indirect=["printer"],
)
def test_a_probe_tells_how_the_printer_is(
    printer: FakePrinter, readiness: Readiness, reasons: tuple[Reason, ...]
) -> None:
    began = monotonic()
    state = driver(printer.port).probe()
    assert (state.readiness, state.reasons) == (readiness, reasons)
    assert state.can_confirm
    assert monotonic() - began < 3


def test_a_port_where_nobody_listens_is_a_printer_that_is_off(told: Told) -> None:
    port = closed_port()
    with pytest.raises(NotSent) as stopped:
        run(driver(port), told)
    assert stopped.value.reason is Reason.OFFLINE
    assert driver(port).probe().readiness is Readiness.OFFLINE


def test_a_host_that_swallows_packets_is_given_up_in_time(told: Told) -> None:
    with swallowing_host() as port:
        began = monotonic()
        with pytest.raises(NotSent) as stopped:
            run(driver(port, timeout=0.5), told)
        assert 0.4 < monotonic() - began < 3
    assert stopped.value.reason is Reason.OFFLINE
    assert told.stages == []


@pytest.mark.parametrize("host", ["bonprinter.invalid", "x" * 70])
def test_a_host_that_nobody_knows_is_told_apart(host: str, told: Told) -> None:
    with pytest.raises(NotSent) as stopped:
        run(EscposNetwork(host), told)
    assert stopped.value.reason is Reason.NO_ADDRESS


@pytest.mark.parametrize("printer", [Mode.STALL], indirect=True)
def test_a_printer_that_stops_reading_leaves_the_job_unsure(
    printer: FakePrinter, told: Told
) -> None:
    with pytest.raises(SentUnsure) as stopped:
        run(driver(printer.port), told, job(LONG))
    assert stopped.value.reason is Reason.STALLED
    assert told.stages == [Stage.SENDING]


@pytest.mark.parametrize("printer", [Mode.STALL], indirect=True)
def test_a_short_job_to_a_printer_that_stops_is_unknown_not_done(
    printer: FakePrinter, told: Told
) -> None:
    outcome = run(driver(printer.port), told, wait=0.5)
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_CONFIRMED)


@pytest.mark.parametrize("printer", [Mode.RESET], indirect=True)
def test_a_connection_that_breaks_during_the_job_leaves_it_unsure(
    printer: FakePrinter, told: Told
) -> None:
    with pytest.raises(SentUnsure) as stopped:
        run(driver(printer.port), told, job(LONG))
    assert stopped.value.reason is Reason.INTERRUPTED


@pytest.mark.parametrize("printer", [Mode.RESET], indirect=True)
def test_a_connection_that_breaks_after_the_job_leaves_it_unknown(
    printer: FakePrinter, told: Told
) -> None:
    try:
        outcome = run(driver(printer.port), told)
    except SentUnsure as unsure:
        outcome = Outcome(Result.UNKNOWN, unsure.reason)
    assert outcome == Outcome(Result.UNKNOWN, Reason.INTERRUPTED)


@pytest.mark.parametrize("printer", [Mode.HANGS_UP], indirect=True)
def test_a_printer_that_hangs_up_without_a_word_leaves_the_job_unknown_at_once(
    printer: FakePrinter, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not only when the paper is asked after.
    monkeypatch.setattr("deskterm.printing.drivers.escpos.LOOK_S", 20)
    began = monotonic()
    outcome = run(driver(printer.port), told, wait=30)
    assert outcome == Outcome(Result.UNKNOWN, Reason.INTERRUPTED)
    assert monotonic() - began < 10


@pytest.mark.parametrize("printer", [Mode.ENDS], indirect=True)
def test_paper_that_runs_out_during_a_receipt_is_told_and_waited_for(
    printer: FakePrinter, told: Told
) -> None:
    def tell(progress: Progress) -> None:
        told(progress)
        if progress.reason is Reason.PAPER_OUT:
            printer.refill()

    one = driver(printer.port)
    receipt = one.send(job(), tell)
    assert one.confirm(job(), receipt, 20, tell) == Outcome(Result.DONE)
    one.close()
    assert Progress(Stage.SENT, Reason.PAPER_OUT) in told.all


@pytest.mark.parametrize("printer", [Mode.ENDS], indirect=True)
def test_paper_that_stays_out_leaves_the_job_unknown_and_says_why(
    printer: FakePrinter, told: Told
) -> None:
    outcome = run(driver(printer.port), told, wait=3)
    assert outcome == Outcome(Result.UNKNOWN, Reason.PAPER_OUT)


@pytest.mark.parametrize("printer", [Mode.OK], indirect=True)
def test_who_cannot_write_down_that_it_is_sending_sends_nothing(printer: FakePrinter) -> None:
    class LeaseLostError(Exception):
        pass

    def lost(progress: Progress) -> None:
        raise LeaseLostError

    one = driver(printer.port)
    with pytest.raises(LeaseLostError):
        one.send(job(), lost)
    one.close()
    assert run(driver(printer.port), Told()) == Outcome(Result.DONE)
    assert printer.paper == RECEIPT
    assert printer.connections == 2


@pytest.mark.parametrize("printer", [Mode.OK], indirect=True)
def test_a_label_goes_as_it_is(printer: FakePrinter, told: Told) -> None:
    label = b"^XA^FO50,50^BCN,100^FD29401000075868^FS^XZ"
    one = driver(printer.port)
    receipt = one.send(job(label, Form.ZPL), told)
    assert receipt == SendReceipt(size=len(label))
    assert one.confirm(job(label, Form.ZPL), receipt, 5, told).confirmed is False
    one.close()
    assert printer.paper == label


def test_a_card_is_refused_for_good(told: Told) -> None:
    with pytest.raises(NotSent) as stopped:
        driver(closed_port()).send(job(b"%PDF", Form.CARD_PDF), told)
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.FORM, True)
