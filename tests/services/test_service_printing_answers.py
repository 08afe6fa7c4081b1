"""What somebody says of a job: it came out, it did not, once more, never mind, this is it."""

from collections.abc import Callable

import pytest

from deskterm.printing.options import PrintingOptions
from deskterm.services import printing
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotAllowed, NotFound
from deskterm.views.printing import PrintJobView
from tests.services.library import Library
from tests.services.printers import (
    CARD,
    CARD_PRINTER,
    CUSTOMER,
    RECEIPT_PRINTER,
    Hands,
    with_printers,
)

OTHER_CARD = "29401000075876"


@pytest.fixture
def desk(library: Library) -> Desk:
    library.customer()
    library.card()
    return with_printers(library.desk("BALIEBHR"))


@pytest.fixture
def hands(library: Library) -> Hands:
    return Hands(library)


@pytest.fixture
def card(desk: Desk) -> PrintJobView:
    return printing.print_card(desk, CUSTOMER, CARD, "key")


def test_how_a_job_stands_is_told_in_words(desk: Desk, hands: Hands, card: PrintJobView) -> None:
    job = hands.claim()
    assert printing.job(desk, card.id).sentence.startswith("De printer wordt gevraagd")
    hands.refuse(job, "offline")
    hands.write("UPDATE print_job SET next_at = at")
    job = hands.bring(CARD_PRINTER, "waiting", reason="card_needed")
    view = printing.job(desk, card.id)
    assert (view.state, view.attempts, view.can_cancel) == ("waiting", 2, True)
    assert view.sentence == "Leg de pas in de printer."
    hands.write("UPDATE print_job SET state = 'sent', reason = ''")
    view = printing.job(desk, card.id)
    assert "Enter doet niets" in view.sentence
    assert (view.can_cancel, view.can_verify, view.is_open) == (False, True, True)
    hands.write("UPDATE print_job SET state = 'done', reason = 'not_confirmed'")
    view = printing.job(desk, card.id)
    assert "meldt niet" in view.sentence
    assert not view.is_open


def test_a_job_that_waits_for_its_printer_says_why(
    desk: Desk, hands: Hands, card: PrintJobView
) -> None:
    from datetime import UTC, datetime

    from deskterm.store import workers

    with hands.library.store.jot() as connection:
        workers.beat(connection, "worker", datetime.now(UTC), 1)
    hands.refuse(hands.claim(), "paper_out")
    view = printing.job(desk, card.id)
    assert view.sentence == "Papier op. Vul het bij. Daarna wordt het vanzelf geprint."
    assert view.can_cancel


def test_a_lost_worker_makes_a_job_unknown_also_when_no_other_comes(
    desk: Desk, hands: Hands, card: PrintJobView
) -> None:
    hands.bring(CARD_PRINTER, "sending")
    assert printing.job(desk, card.id).state == "sending"
    hands.vanish()
    view = printing.job(desk, card.id)
    assert (view.state, view.needs_answer, view.is_open) == ("unknown", True, False)
    assert view.sentence == (
        "Het printprogramma stopte tijdens het printen. Kijk bij de printer: is de pas geprint?"
    )


def test_the_list_of_a_desk_finds_lost_workers_too(desk: Desk, hands: Hands) -> None:
    job = printing.print_receipt(desk, "status", CUSTOMER, "key")
    hands.bring(RECEIPT_PRINTER, "sending", "sent")
    hands.vanish()
    (view,) = printing.open_jobs(desk)
    assert (view.id, view.state) == (job.id, "unknown")
    assert "is het geprint?" in view.sentence


def test_it_was_printed(desk: Desk, library: Library, hands: Hands, card: PrintJobView) -> None:
    hands.bring(CARD_PRINTER, "sending", "unknown")
    for _ in range(2):
        assert printing.resolve(desk, card.id, printed=True).state == "done"
    assert hands.rows("SELECT resolved_by FROM print_job") == [(1,)]
    assert library.log()[1:] == [("print.printed", "", "", str(card.id))]
    with pytest.raises(DeskError, match="geen vraag"):
        printing.resolve(desk, card.id, printed=False)
    assert len(printing.queue(desk)) == 1


def test_it_was_not_printed_so_it_is_done_once_more(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView
) -> None:
    hands.render(hands.claim(), b"%PDF")
    hands.write("UPDATE print_job SET state = 'unknown', reason = 'job_gone'")
    ids = set()
    for _ in range(2):
        new = printing.resolve(desk, card.id, printed=False)
        ids.add(new.id)
    assert len(ids) == 1
    assert (new.reprint_of, new.state, new.number) == (card.id, "queued", CARD)
    failed = printing.job(desk, card.id)
    assert (failed.state, failed.reason_code) == ("failed", "not_printed")
    again = hands.claim()
    assert (again.id, again.payload, again.sha256) == (new.id, b"%PDF", "sum")
    assert library.log()[1:] == [
        ("print.not_printed", "", "", str(card.id)),
        ("print.again", "", "", f"{card.id} -> {new.id}"),
    ]


@pytest.mark.parametrize("why", ["replaced", "emptied", "no printer"])
def test_what_cannot_be_done_again_has_failed_and_that_is_all(
    desk: Desk, hands: Hands, card: PrintJobView, why: str
) -> None:
    hands.bring(CARD_PRINTER, "sending", "unknown")
    if why == "replaced":
        hands.write("UPDATE card SET status = 'replaced'")
    elif why == "emptied":
        hands.let_days_pass(8)
    else:
        desk = with_printers(desk, PrintingOptions())
    view = printing.resolve(desk, card.id, printed=False)
    assert (view.id, view.state) == (card.id, "failed")
    assert len(printing.queue(desk)) == 1


@pytest.mark.parametrize("states", [(), ("waiting",), ("sending", "sent"), ("sending", "failed")])
def test_what_is_not_unknown_needs_no_answer(
    desk: Desk, hands: Hands, card: PrintJobView, states: tuple[str, ...]
) -> None:
    hands.bring(CARD_PRINTER, *states)
    before = printing.job(desk, card.id).state
    for printed in (True, False):
        with pytest.raises(DeskError, match="geen vraag"):
            printing.resolve(desk, card.id, printed=printed)
    assert printing.job(desk, card.id).state == before


@pytest.mark.parametrize("states", [("sending", "done"), ("sending", "failed")])
def test_nog_een_keer(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView, states: tuple[str, ...]
) -> None:
    hands.bring(CARD_PRINTER, *states)
    new = printing.again(desk, card.id, "again")
    assert (new.reprint_of, new.state, new.repeated) == (card.id, "queued", False)
    pressed_twice = printing.again(desk, card.id, "again")
    assert (pressed_twice.id, pressed_twice.repeated) == (new.id, True)
    assert library.log()[1:] == [("print.again", "", "", f"{card.id} -> {new.id}")]


def test_once_more_only_when_it_is_known_what_came_of_it(
    desk: Desk, hands: Hands, card: PrintJobView
) -> None:
    with pytest.raises(DeskError, match="nog bezig"):
        printing.again(desk, card.id, "again")
    hands.bring(CARD_PRINTER, "sending", "unknown")
    with pytest.raises(DeskError, match="nog niet bekend"):
        printing.again(desk, card.id, "again")
    printing.resolve(desk, card.id, printed=True)
    hands.let_days_pass(8)
    assert not printing.job(desk, card.id).is_kept
    with pytest.raises(DeskError, match="niet meer bewaard"):
        printing.again(desk, card.id, "again")
    assert len(printing.queue(desk)) == 1


def test_a_card_that_was_blocked_since_is_not_printed_once_more(
    desk: Desk, hands: Hands, card: PrintJobView
) -> None:
    hands.bring(CARD_PRINTER, "sending", "done")
    hands.write("UPDATE card SET status = 'blocked'")
    with pytest.raises(DeskError, match="geblokkeerd"):
        printing.again(desk, card.id, "again")


def test_a_job_is_called_off_while_nothing_has_gone(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView
) -> None:
    for _ in range(2):
        assert printing.cancel(desk, card.id).state == "cancelled"
    assert library.log()[1:] == [("print.cancel", "", "", str(card.id))]
    printing.print_card(desk, CUSTOMER, CARD, "next")
    job = hands.bring(CARD_PRINTER, "waiting")
    assert printing.cancel(desk, job.id).state == "cancelled"
    printing.print_card(desk, CUSTOMER, CARD, "last")
    job = hands.bring(CARD_PRINTER, "sending")
    with pytest.raises(DeskError, match="niet meer geannuleerd"):
        printing.cancel(desk, job.id)
    assert printing.job(desk, job.id).state == "sending"


def test_a_job_that_the_printer_has_is_asked_back(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView
) -> None:
    hands.bring(CARD_PRINTER, "sending", "sent")
    assert printing.job(desk, card.id).can_stop
    for _ in range(2):
        view = printing.cancel(desk, card.id)
        assert (view.state, view.is_open, view.is_stopping) == ("sent", True, True)
        assert (view.can_stop, view.can_cancel) == (False, False)
    assert "gevraagd te stoppen" in view.sentence
    assert library.log()[1:] == [("print.stop", "", "", str(card.id))]
    hands.write("UPDATE print_job SET reason = 'not_stopped'")
    view = printing.job(desk, card.id)
    assert "gaat door" in view.sentence
    assert view.can_stop
    hands.write("UPDATE print_job SET state = 'failed', reason = 'cancelled'")
    assert printing.job(desk, card.id).sentence == (
        "Niet geprint. De opdracht is bij de printer geannuleerd."
    )


def test_a_receipt_that_the_printer_has_is_not_asked_back(desk: Desk, hands: Hands) -> None:
    receipt = printing.print_receipt(desk, "status", CUSTOMER, "key")
    hands.bring(RECEIPT_PRINTER, "sending", "sent")
    assert not printing.job(desk, receipt.id).can_stop
    with pytest.raises(DeskError, match="niet meer geannuleerd"):
        printing.cancel(desk, receipt.id)


@pytest.mark.parametrize("reason", ["cancelled", "not_let_go"])
def test_what_was_called_off_and_did_not_come_out_is_not_printed_after_all(
    reason: str, desk: Desk, library: Library, hands: Hands, card: PrintJobView
) -> None:
    hands.bring(CARD_PRINTER, "sending", "sent", "unknown", reason=reason)
    assert printing.job(desk, card.id).was_called_off
    for _ in range(2):
        view = printing.resolve(desk, card.id, printed=False)
        assert (view.id, view.state) == (card.id, "failed")
    assert hands.rows("SELECT count(*) FROM print_job") == [(1,)]
    assert printing.again(desk, card.id, "again").reprint_of == card.id


@pytest.mark.parametrize("state", ["sent", "done", "unknown"])
def test_scanning_the_card_proves_it(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView, state: str
) -> None:
    hands.bring(CARD_PRINTER, *dict.fromkeys(("sending", state)))
    for scanned in (f"A{CARD}B", f"{CARD}\r"):
        view = printing.verify(desk, card.id, scanned)
        assert (view.state, view.sentence) == (
            "verified", "Geprint, en met de scan gecontroleerd.",
        )  # fmt: skip
    assert library.log()[1:] == [("print.verify", "", "", str(card.id))]


def test_another_card_is_said_loudly(
    desk: Desk, library: Library, hands: Hands, card: PrintJobView
) -> None:
    hands.bring(CARD_PRINTER, "sending", "done")
    with pytest.raises(DeskError) as told:
        printing.verify(desk, card.id, OTHER_CARD)
    assert told.value.sentence == (
        f"LET OP: gescand is {OTHER_CARD}, maar geprint moest worden {CARD}."
    )
    assert "Geef deze pas niet mee" in told.value.hint
    assert printing.job(desk, card.id).state == "done"
    assert library.log()[1:] == [("print.mismatch", "", "", str(card.id))]


@pytest.mark.parametrize("states", [(), ("waiting",), ("sending",), ("sending", "failed")])
def test_the_old_card_proves_nothing_before_the_new_one_is_out(
    desk: Desk, hands: Hands, card: PrintJobView, states: tuple[str, ...]
) -> None:
    hands.bring(CARD_PRINTER, *states)
    before = printing.job(desk, card.id).state
    with pytest.raises(DeskError, match="nog niet geprint"):
        printing.verify(desk, card.id, CARD)
    assert printing.job(desk, card.id).state == before


def test_what_is_no_card_or_not_kept_is_not_proved(
    desk: Desk, hands: Hands, card: PrintJobView
) -> None:
    slip = printing.print_receipt(desk, "status", CUSTOMER, "slip")
    with pytest.raises(DeskError, match="niet met een scan"):
        printing.verify(desk, slip.id, CARD)
    hands.bring(CARD_PRINTER, "sending", "done")
    hands.let_days_pass(8)
    for scanned in (CARD, ""):
        with pytest.raises(DeskError, match="niet met een scan"):
            printing.verify(desk, card.id, scanned)


def test_a_job_that_is_not_there(desk: Desk) -> None:
    asks: tuple[Callable[[], object], ...] = (
        lambda: printing.job(desk, 99),
        lambda: printing.cancel(desk, 99),
        lambda: printing.again(desk, 99, "key"),
        lambda: printing.verify(desk, 99, CARD),
        lambda: printing.resolve(desk, 99, printed=True),
    )
    for ask in asks:
        with pytest.raises(NotFound):
            ask()


def test_who_may_end_a_job(desk: Desk, library: Library, card: PrintJobView) -> None:
    nobody = with_printers(library.desk(None))
    asks: tuple[Callable[[], object], ...] = (
        lambda: printing.job(nobody, card.id),
        lambda: printing.cancel(nobody, card.id),
        lambda: printing.again(nobody, card.id, "key"),
        lambda: printing.verify(nobody, card.id, CARD),
        lambda: printing.resolve(nobody, card.id, printed=True),
        lambda: printing.queue(nobody),
        lambda: printing.open_jobs(nobody),
        lambda: printing.batch(nobody, "x"),
    )
    for ask in asks:
        with pytest.raises(NotAllowed):
            ask()
    assert printing.job(desk, card.id).state == "queued"
