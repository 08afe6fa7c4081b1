"""Cards over IPP, to CUPS' own printer that goes wrong when it is told to."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import pytest

from deskterm.printing.drivers import ipp
from deskterm.printing.drivers.ipp import Ipp
from deskterm.printing.drivers.ipp_client import IppClient, NoReply
from deskterm.printing.drivers.ipp_wire import Message
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    Progress,
    Readiness,
    Reason,
    Result,
    SendReceipt,
    SentUnsure,
    Stage,
)
from tests.printing.driving import Told, run
from tests.printing.fake_printer import FakePrinter, Mode, closed_port, swallowing_host
from tests.printing.ipp_servers import CardPrinter, card_printer
from tests.printing.mdns import neighbourhood, until

ID_1 = (85.60, 53.98)
CARD = PrinterJob(17, b"%PDF-1.4\n" + bytes(range(256)) * 20, Form.CARD_PDF)


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with neighbourhood() as found:
        yield found


@pytest.fixture
def printer(environment: dict[str, str]) -> Iterator[CardPrinter]:
    with card_printer(environment) as running:
        yield running


def driver(printer: CardPrinter, lost_after: float = 1.0) -> Ipp:
    return Ipp(printer.uri, media_mm=ID_1, lost_after=lost_after)


def test_a_card_comes_out_as_it_was_sent(printer: CardPrinter) -> None:
    told = Told()
    assert driver(printer).probe().readiness is Readiness.READY
    assert run(driver(printer), told, CARD) == Outcome(Result.DONE)
    assert printer.cards == [CARD.payload]
    assert told.all == [Progress(Stage.SENDING), Progress(Stage.SENT, device_job="1")]


def test_a_card_that_is_fed_by_hand_comes_out_too(printer: CardPrinter) -> None:
    by_hand = Ipp(printer.uri, media_mm=ID_1, manual_feed=True)
    assert run(by_hand, Told(), CARD) == Outcome(Result.DONE)
    assert printer.cards == [CARD.payload]


def test_the_card_is_asked_for_and_then_printed(printer: CardPrinter) -> None:
    printer.set("no-card")
    told = Told()

    def tell(progress: Progress) -> None:
        told(progress)
        if progress.reason is Reason.CARD_NEEDED:
            assert driver(printer).probe().readiness is Readiness.WAITING
            printer.clear("no-card")

    one = driver(printer)
    receipt = one.send(CARD, tell)
    assert one.confirm(CARD, receipt, 20, tell) == Outcome(Result.DONE)
    assert told.all[2] == Progress(Stage.SENT, Reason.CARD_NEEDED, "1")
    assert printer.cards == [CARD.payload]


def test_a_card_that_jams_has_failed_and_says_so(printer: CardPrinter) -> None:
    printer.set("jam")
    assert run(driver(printer), Told(), CARD) == Outcome(Result.FAILED, Reason.JAM)
    assert printer.cards == []


def test_an_old_jam_does_not_spoil_the_next_card(printer: CardPrinter) -> None:
    printer.set("jam")
    run(driver(printer), Told(), CARD)
    printer.clear("jam")
    assert run(driver(printer), Told(), CARD) == Outcome(Result.DONE)
    assert printer.cards == [CARD.payload]
    printer.set("stop")
    # The printer still reports that jam: it is not why this card was given up.
    assert run(driver(printer), Told(), CARD) == Outcome(Result.FAILED, Reason.ABORTED)


@pytest.mark.parametrize(("then", "result"), [("stop", Result.FAILED), ("finish", Result.UNKNOWN)])
def test_a_cancelled_card_has_failed_if_none_came_out(
    then: str, result: Result, printer: CardPrinter
) -> None:
    printer.set("slow")
    one = driver(printer)
    receipt = one.send(CARD, Told())
    until(printer.has_begun, "the job")
    assert one.cancel(CARD, receipt)
    if then == "stop":
        printer.set("stop")
    printer.clear("slow")
    outcome = one.confirm(CARD, receipt, 20, Told())
    assert outcome == Outcome(result, Reason.CANCELLED)
    assert len(printer.cards) == (1 if then == "finish" else 0)


def test_a_second_card_while_the_first_is_printing_is_not_sent(printer: CardPrinter) -> None:
    printer.set("slow")
    one = driver(printer)
    receipt = one.send(CARD, Told())
    until(printer.has_begun, "the job")
    told = Told()
    assert driver(printer).probe().reasons == (Reason.BUSY,)
    with pytest.raises(NotSent) as stopped:
        run(driver(printer), told, PrinterJob(18, b"%PDF-1.4 nog een", Form.CARD_PDF))
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.BUSY, False)
    # Only the printer knew, so the job was already written down as being sent.
    assert told.stages == [Stage.SENDING]
    printer.clear("slow")
    assert one.confirm(CARD, receipt, 20, Told()) == Outcome(Result.DONE)
    assert printer.cards == [CARD.payload]


def test_a_page_of_another_size_is_refused_before_it_is_sent(printer: CardPrinter) -> None:
    told = Told()
    with pytest.raises(NotSent) as stopped:
        run(Ipp(printer.uri), told, PrinterJob(18, b"%PDF-1.4", Form.A4_PDF))
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.MEDIA, True)
    assert told.stages == []


def test_a_printer_that_is_killed_halfway_leaves_the_card_unknown(printer: CardPrinter) -> None:
    printer.set("slow")
    one = driver(printer)
    receipt = one.send(CARD, Told())
    until(printer.has_begun, "the job")
    printer.kill()
    began = monotonic()
    outcome = one.confirm(CARD, receipt, 60, Told())
    assert outcome == Outcome(Result.UNKNOWN, Reason.OFFLINE)
    assert monotonic() - began < 10
    assert driver(printer).probe().readiness is Readiness.OFFLINE
    with pytest.raises(NotSent) as stopped:
        run(driver(printer), Told(), CARD)
    assert stopped.value.reason is Reason.OFFLINE


def test_a_job_that_the_printer_does_not_know_is_unknown_never_done(printer: CardPrinter) -> None:
    outcome = driver(printer).confirm(CARD, SendReceipt("4711"), 5, Told())
    assert outcome == Outcome(Result.UNKNOWN, Reason.JOB_GONE)


def test_a_card_that_nobody_puts_in_and_is_not_let_go_is_unknown(printer: CardPrinter) -> None:
    printer.set("no-card")
    outcome = run(driver(printer), Told(), CARD, wait=1)
    # This printer goes on waiting when it is told to stop, so it may yet print.
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_LET_GO)
    assert printer.cards == []


@pytest.mark.parametrize(("then", "result"), [("stop", Result.FAILED), ("finish", Result.UNKNOWN)])
def test_a_card_that_nobody_put_in_in_time_is_withdrawn(
    then: str, result: Result, printer: CardPrinter
) -> None:
    printer.set("no-card")
    one = driver(printer)
    receipt = one.send(CARD, Told())
    # Just after the time is over, the printer gives up, or the card comes after all.
    late = threading.Timer(2.0, printer.give_up if then == "stop" else printer.insert_card)
    late.start()
    outcome = one.confirm(CARD, receipt, 1.5, Told())
    late.join()
    # What came out all the same is no reason to put in another card.
    why = Reason.CARD_NEEDED if then == "stop" else Reason.NOT_CONFIRMED
    assert outcome == Outcome(result, why)
    assert len(printer.cards) == (1 if then == "finish" else 0)


def wanted_back(*answers: bool) -> PrinterJob:
    """A card that somebody wants back, from this look on."""
    asked = iter(answers)
    return replace(CARD, stop_asked=lambda: next(asked, True))


def test_a_card_that_is_wanted_back_before_it_is_put_in_has_failed(printer: CardPrinter) -> None:
    printer.set("no-card")
    one, told, job = driver(printer), Told(), wanted_back(False)
    receipt = one.send(job, told)
    late = threading.Timer(1.0, printer.set, ["stop"])
    late.start()
    assert one.confirm(job, receipt, 20, told) == Outcome(Result.FAILED, Reason.CANCELLED)
    late.join()
    assert printer.cards == []
    assert Progress(Stage.SENT, Reason.NOT_STOPPED, "1") not in told.all


@pytest.mark.parametrize("then", ["stop", "finish"])
def test_a_card_that_is_wanted_back_while_it_is_printed_is_for_somebody_to_look_at(
    then: str, printer: CardPrinter
) -> None:
    printer.set("slow")
    one, job = driver(printer), wanted_back(False)
    receipt = one.send(job, Told())

    def end() -> None:
        if then == "stop":
            printer.set("stop")
        printer.clear("slow")

    late = threading.Timer(1.0, end)
    late.start()
    # That it counts no page is no proof: not every printer counts.
    assert one.confirm(job, receipt, 20, Told()) == Outcome(Result.UNKNOWN, Reason.CANCELLED)
    late.join()


def test_a_card_that_came_out_before_the_printer_was_asked_is_done(printer: CardPrinter) -> None:
    one, job = driver(printer), wanted_back()
    receipt = one.send(job, Told())
    until(lambda: bool(printer.cards), "the card")
    until(lambda: one.probe().readiness is Readiness.READY, "the end of the job")
    assert one.confirm(job, receipt, 20, Told()) == Outcome(Result.DONE)


def test_a_printer_that_will_not_drop_a_card_prints_it_and_says_so(
    printer: CardPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.set("slow")
    job_is_asked: list[bool] = []
    one, told = driver(printer), Told()
    job = replace(CARD, stop_asked=lambda: not job_is_asked)
    monkeypatch.setattr(one, "cancel", lambda *_: False)
    receipt = one.send(job, told)

    def tell(progress: Progress) -> None:
        told(progress)
        if progress.reason is Reason.NOT_STOPPED:
            job_is_asked.append(True)
            printer.clear("slow")

    assert one.confirm(job, receipt, 20, tell) == Outcome(Result.DONE)
    assert job_is_asked
    assert len(printer.cards) == 1


@pytest.mark.parametrize("then", ["goes on", "is killed", "says nothing"])
def test_a_printer_that_does_not_let_go_holds_the_desk_up_no_longer_and_is_not_believed(
    then: str, printer: CardPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_reply(*_: object) -> Message:
        raise NoReply(Reason.STALLED)

    monkeypatch.setattr(ipp, "STOP_S", 1.5)
    printer.set("no-card")
    one, job = driver(printer), wanted_back(False)
    receipt = one.send(job, Told())
    if then == "is killed":
        until(printer.has_begun, "the job")
        printer.kill()
    elif then == "says nothing":
        monkeypatch.setattr(IppClient, "ask", no_reply)
    began = monotonic()
    assert one.confirm(job, receipt, 90, Told()) == Outcome(Result.UNKNOWN, Reason.NOT_LET_GO)
    assert monotonic() - began < 30
    assert printer.cards == []


def test_a_slow_card_whose_time_is_over_is_unknown(printer: CardPrinter) -> None:
    printer.set("slow")
    outcome = run(driver(printer), Told(), CARD, wait=1)
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_LET_GO)


def test_a_printer_over_tls_has_to_be_trusted(printer: CardPrinter) -> None:
    secure = printer.uri.replace("ipp:", "ipps:")
    told = Told()
    with pytest.raises(NotSent) as stopped:
        run(Ipp(secure, media_mm=ID_1), told, CARD)
    assert stopped.value.reason is Reason.NOT_TRUSTED
    assert told.stages == []
    missing = Ipp(secure, media_mm=ID_1, ca_file=str(printer.folder / "weg.pem"))
    assert missing.probe().reasons == (Reason.NOT_TRUSTED,)
    (authority,) = printer.folder.glob("*.crt")
    trusting = Ipp(secure, media_mm=ID_1, ca_file=str(authority))
    assert run(trusting, Told(), CARD) == Outcome(Result.DONE)


def test_a_queue_that_is_not_there_fails_at_once(printer: CardPrinter) -> None:
    elsewhere = Ipp(f"ipp://localhost:{printer.port}/printers/bestaat-niet", media_mm=ID_1)
    with pytest.raises(NotSent) as stopped:
        run(elsewhere, Told(), CARD)
    assert stopped.value.reason is Reason.NOT_FOUND
    assert elsewhere.probe().readiness is Readiness.OFFLINE


def test_two_that_look_at_the_same_job_both_see_its_end(printer: CardPrinter) -> None:
    printer.set("slow")
    one = driver(printer)
    receipt = one.send(CARD, Told())
    ends: list[Outcome] = []

    def watch() -> None:
        ends.append(driver(printer).confirm(CARD, receipt, 20, Told()))

    watchers = [threading.Thread(target=watch) for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    printer.clear("slow")
    for watcher in watchers:
        watcher.join(30)
    assert ends == [Outcome(Result.DONE)] * 2


def test_an_address_where_nobody_listens_is_a_printer_that_is_off() -> None:
    with pytest.raises(NotSent) as stopped:
        run(Ipp(f"ipp://localhost:{closed_port()}/", media_mm=ID_1), Told(), CARD)
    assert stopped.value.reason is Reason.OFFLINE


@pytest.mark.parametrize(
    "uri",
    [
        "ipp://pasprinter.invalid/",
        "ipp://pasprinter:poort/",
        f"ipp://{'x' * 70}/",
        "ipp://[::1/",
        "ipp:///printers/ledenpas",
    ],
)
def test_an_address_that_nobody_knows_is_told_apart(uri: str) -> None:
    state = Ipp(uri, media_mm=ID_1).probe()
    assert (state.readiness, state.reasons) == (Readiness.OFFLINE, (Reason.NO_ADDRESS,))


def test_a_host_that_swallows_packets_is_given_up_in_time() -> None:
    with swallowing_host() as port:
        began = monotonic()
        state = Ipp(f"ipp://127.0.0.1:{port}/", media_mm=ID_1).probe()
        assert monotonic() - began < 8
    assert (state.readiness, state.reasons) == (Readiness.OFFLINE, (Reason.OFFLINE,))


def test_a_receipt_printer_at_the_address_is_recognised_as_something_else() -> None:
    told = Told()
    with FakePrinter(Mode.RESET) as other, pytest.raises(NotSent) as stopped:
        run(Ipp(f"ipp://127.0.0.1:{other.port}/", media_mm=ID_1), told, CARD)
    assert stopped.value.reason in (Reason.INTERRUPTED, Reason.BAD_ANSWER)
    assert told.stages == []


def test_who_cannot_write_down_that_it_is_sending_sends_nothing(printer: CardPrinter) -> None:
    class LeaseLostError(Exception):
        pass

    def lost(progress: Progress) -> None:
        raise LeaseLostError

    with pytest.raises(LeaseLostError):
        driver(printer).send(CARD, lost)
    assert run(driver(printer), Told(), CARD) == Outcome(Result.DONE)
    assert printer.cards == [CARD.payload]


def test_a_printer_that_dies_while_it_takes_the_card_leaves_it_unsure(
    printer: CardPrinter,
) -> None:
    def tell(progress: Progress) -> None:
        if progress.stage is Stage.SENDING:
            # It still listens, and will never answer: frozen, not dead.
            printer.freeze()

    with pytest.raises(SentUnsure) as stopped:
        driver(printer).send(CARD, tell)
    assert stopped.value.reason is Reason.STALLED
