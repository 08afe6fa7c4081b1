"""Cards through a queue of CUPS."""

from collections.abc import Iterator

import pytest

from deskterm.printing.drivers.ipp import Ipp
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
from tests.needs import output_of, program
from tests.printing.cups_server import (
    CLOSED_QUEUE,
    DEAD_QUEUE,
    PAUSED_QUEUE,
    PDF_QUEUE,
    PrintServer,
    print_server,
)
from tests.printing.driving import Told, run

ID_1 = (85.60, 53.98)


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@pytest.fixture(scope="module")
def card() -> PrinterJob:
    """A page of 1011 by 638 dots with something black on it."""
    from io import BytesIO

    from PIL import Image

    picture = Image.new("1", (1011, 638), 1)
    picture.paste(0, (300, 200, 500, 400))
    page = BytesIO()
    picture.save(page, "PDF", resolution=300)
    return PrinterJob(17, page.getvalue(), Form.CARD_PDF)


def queue(server: PrintServer, name: str) -> Ipp:
    return Ipp(server.uri(name), media_mm=ID_1)


def test_a_card_goes_through_the_filters_at_its_own_size(
    server: PrintServer, card: PrinterJob
) -> None:
    told = Told()
    assert queue(server, PDF_QUEUE).probe().readiness is Readiness.READY
    assert run(queue(server, PDF_QUEUE), told, card, wait=30) == Outcome(Result.DONE), server.log
    assert told.stages == [Stage.SENDING, Stage.SENT]
    about = output_of(program("pdfinfo", "poppler-utils"), server.page).decode()
    assert "242.64 x 153.01 pts" in about
    pictures = output_of(program("pdfimages", "poppler-utils"), "-list", server.page).decode()
    assert pictures.split("\n")[2].split()[2:8] == ["image", "1011", "638", "gray", "1", "1"]


def test_a_card_for_a_printer_that_is_off_is_taken_back_from_the_queue(
    server: PrintServer, card: PrinterJob
) -> None:
    told = Told()
    one = queue(server, DEAD_QUEUE)
    receipt = one.send(card, told)
    outcome = one.confirm(card, receipt, 2, told)
    # CUPS does not tell this from a printer that is slow.
    assert outcome == Outcome(Result.UNKNOWN, Reason.NOT_CONFIRMED)
    again = queue(server, DEAD_QUEUE).confirm(card, receipt, 5, Told())
    assert again == Outcome(Result.FAILED, Reason.CANCELLED)


@pytest.mark.parametrize(
    ("name", "reason"), [(PAUSED_QUEUE, Reason.PAUSED), (CLOSED_QUEUE, Reason.NOT_ACCEPTING)]
)
def test_nothing_is_left_in_a_queue_that_does_not_print(
    name: str, reason: Reason, server: PrintServer, card: PrinterJob
) -> None:
    told = Told()
    state = queue(server, name).probe()
    assert (state.readiness, state.reasons[0]) == (Readiness.ATTENTION, reason)
    with pytest.raises(NotSent) as stopped:
        run(queue(server, name), told, card)
    assert stopped.value.reason is reason
    assert told.stages == []


def test_a_queue_that_is_not_there_fails_at_once(server: PrintServer, card: PrinterJob) -> None:
    with pytest.raises(NotSent) as stopped:
        run(queue(server, "bestaat-niet"), Told(), card)
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NOT_FOUND, True)
