"""Asking for cards and receipts: where they come out, once per key, and what stands on them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from deskterm.printing.documents import CardDocument, Columns, ReceiptDocument, Text, from_json
from deskterm.printing.options import DeskOptions, PrintingOptions
from deskterm.services import printing, settling
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotAllowed, NotFound, NotSignedIn
from deskterm.store import tables, workers
from deskterm.views.printing import ReceiptKind
from tests.services.library import TODAY, Library
from tests.services.printers import (
    CARD,
    CARD_PRINTER,
    CUSTOMER,
    OPTIONS,
    RECEIPT_PRINTER,
    Hands,
    with_printers,
)

NO_PRINTER = "Dit kan alleen bij een balie-pc waar een pasprinter aan zit."


@pytest.fixture
def desk(library: Library) -> Desk:
    library.customer(first_name="Zoë", phone="0592 123456", email="zoe@example.org")
    library.card()
    return with_printers(library.desk("BALIEBHR"))


@pytest.fixture
def hands(library: Library) -> Hands:
    return Hands(library)


def receipt(hands: Hands, job_id: int) -> ReceiptDocument:
    ((source,),) = hands.rows(f"SELECT source FROM print_job WHERE id = {job_id}")
    document = from_json(str(source))
    assert isinstance(document, ReceiptDocument)
    return document


def words_of(document: ReceiptDocument) -> list[str]:
    """Every line of words, cells apart by a bar."""
    return [
        line.text if isinstance(line, Text) else "|".join(line.cells)
        for line in document.lines
        if isinstance(line, Text | Columns)
    ]


def test_a_desk_says_what_it_prints_where(desk: Desk) -> None:
    found = printing.what(desk)
    assert [(one.kind, one.name, one.printer) for one in found.choices] == [
        ("card", "Ledenpas", CARD_PRINTER),
        ("enrolment", "Inschrijfbewijs", RECEIPT_PRINTER),
        ("customer", "Overzicht klant", RECEIPT_PRINTER),
        ("loans", "Leenoverzicht", RECEIPT_PRINTER),
        ("status", "Klantbon", RECEIPT_PRINTER),
        ("payment", "Betaalbewijs", RECEIPT_PRINTER),
    ]
    assert all(one.possible and not one.is_page for one in found.choices)
    pages = printing.what(with_printers(desk, receipt="pdf", card=""))
    assert (pages.of("status").printer, pages.of("status").is_page) == ("pdf", True)
    assert not pages.of("card").possible
    with pytest.raises(LookupError):
        found.of("test")


@pytest.mark.parametrize(
    ("options", "card", "bon"),
    [
        (PrintingOptions(), NO_PRINTER, "Bij deze balie staat geen bonprinter."),
        (
            PrintingOptions(desks={"9401/balie2": DeskOptions("9401/balie2", card="pdf")}),
            NO_PRINTER,
            "Bij deze balie staat geen bonprinter.",
        ),
        (None, "config", "config"),
    ],
)
def test_a_desk_without_a_printer_says_why(
    desk: Desk, options: PrintingOptions | None, card: str, bon: str
) -> None:
    bare = with_printers(desk, options)
    found = printing.what(bare)
    assert card in found.of("card").reason
    assert bon in found.of("loans").reason
    with pytest.raises(DeskError, match=card):
        printing.print_card(bare, CUSTOMER, CARD, "key")
    with pytest.raises(DeskError, match=bon):
        printing.print_receipt(bare, "status", CUSTOMER, "key")
    with pytest.raises(DeskError, match=card):
        printing.print_batch(bare, [CUSTOMER], "key")
    assert printing.queue(bare) == ()


def test_a_card_is_asked_for_once_however_often_it_is_pressed(
    desk: Desk, library: Library, hands: Hands
) -> None:
    job = printing.print_card(desk, CUSTOMER, "2 9401 00007586 8", "key")
    assert (job.kind, job.printer, job.state, job.number) == ("card", CARD_PRINTER, "queued", CARD)
    assert (job.actor_id, job.name, job.staff) == (CUSTOMER, "Testabo, T.", "Baliebhr")
    assert (job.is_open, job.can_cancel, job.repeated, job.is_kept) == (True, True, False, True)
    repeated = printing.print_card(desk, CUSTOMER, CARD, "key")
    assert (repeated.id, repeated.repeated) == (job.id, True)
    assert printing.print_card(desk, CUSTOMER, CARD, "another").id != job.id
    ((source,),) = hands.rows(f"SELECT source FROM print_job WHERE id = {job.id}")
    assert from_json(str(source)) == CardDocument(CARD, "T. Testabo", "9401", "Annen")
    assert library.log() == [("print.card", "", "", CARD)] * 2


def test_a_press_after_the_card_was_replaced_still_shows_what_was_asked_for(
    desk: Desk, hands: Hands
) -> None:
    job = printing.print_card(desk, CUSTOMER, CARD, "key")
    hands.write("UPDATE card SET status = 'replaced'")
    assert printing.print_card(desk, CUSTOMER, CARD, "key").id == job.id


@pytest.mark.parametrize(
    ("number", "status", "sentence"),
    [
        (CARD, "blocked", "is geblokkeerd"),
        (CARD, "replaced", "vervangen en blijft ongeldig"),
        ("29401000075876", "active", "geen pas 29401000075876"),
        ("294010000758680", "active", "geen pas 294010000758680"),
    ],
)
def test_a_card_that_may_not_be_is_refused_and_nothing_is_written(
    desk: Desk, library: Library, hands: Hands, number: str, status: str, sentence: str
) -> None:
    hands.write("UPDATE card SET status = :status", status=status)
    with pytest.raises(DeskError, match=sentence):
        printing.print_card(desk, CUSTOMER, number, "key")
    assert (printing.queue(desk), library.log()) == ((), [])


def test_a_number_that_is_too_long_for_the_bars_is_refused(desk: Desk, library: Library) -> None:
    library.customer(500)
    library.card("294010000758680", 500)
    with pytest.raises(DeskError, match="te lang voor de streepjescode"):
        printing.print_card(desk, 500, "294010000758680", "key")


def test_who_may_print(desk: Desk, library: Library) -> None:
    nobody = with_printers(library.desk(None))
    with pytest.raises(NotSignedIn):
        printing.print_card(nobody, CUSTOMER, CARD, "key")
    with pytest.raises(NotSignedIn):
        printing.print_receipt(nobody, "status", CUSTOMER, "key")
    assert desk.staff is not None
    few = replace(desk, staff=replace(desk.staff, rights=frozenset({"customer.read"})))
    with pytest.raises(NotAllowed):
        printing.print_card(few, CUSTOMER, CARD, "key")
    with pytest.raises(NotAllowed):
        printing.print_receipt(few, "payment", CUSTOMER, "key", act_id=1)
    assert printing.print_receipt(few, "status", CUSTOMER, "key").id


def test_a_class_is_one_list(desk: Desk, library: Library) -> None:
    for actor_id, number in ((501, "29401000075876"), (502, ""), (503, "29401000000015")):
        library.customer(actor_id, surname=f"Leerling{actor_id}")
        if number:
            library.card(number, actor_id, status="blocked" if actor_id == 503 else "active")
    ids = [501, CUSTOMER, 502, 503, 404, 501]
    made = printing.print_batch(desk, ids, "klas-3b")
    assert [(job.actor_id, job.batch) for job in made.jobs] == [
        (501, "klas-3b"), (CUSTOMER, "klas-3b"),
    ]  # fmt: skip
    assert [(one.actor_id, one.name) for one in made.refused] == [
        (502, "Leerling502, T."), (503, "Leerling503, T."), (404, ""),
    ]  # fmt: skip
    assert "geen hoofdpas" in made.refused[0].sentence
    assert "geblokkeerd" in made.refused[1].sentence
    again = printing.print_batch(desk, ids, "klas-3b")
    assert [job.id for job in again.jobs] == [job.id for job in made.jobs]
    assert all(job.repeated for job in again.jobs)
    assert [job.id for job in printing.batch(desk, "klas-3b")] == [job.id for job in made.jobs]


def test_the_status_receipt_says_what_is_at_home_ready_and_open(
    desk: Desk, library: Library, hands: Hands
) -> None:
    library.loan("De ontdekking van de hemel", due_on=date(2026, 4, 5))
    library.loan("Nijntje", due_on=date(2026, 3, 1))
    library.charge(250)
    library.period()
    job = printing.print_receipt(desk, "status", CUSTOMER, "key")
    document = receipt(hands, job.id)
    assert (document.what, document.title) == ("status", "Klantbon")
    assert words_of(document) == [
        "Annen", "15-03-2026 10:00", "Dhr. T. Testabo", f"Pas {CARD}", "Geleend|terug op",
        "Nijntje|01-03-2026", "De ontdekking van de hemel|05-04-2026", "Kosten open|2,50",
        "Geldig tot en met|31-07-2026",
    ]  # fmt: skip
    assert library.log() == [("print.status", "", "", "")]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("loans", ["U hebt niets geleend.", "Geleend|0"]),
        ("customer", ["Telefoon|0592 123456", "E-mail|zoe@example.org", "Abonnement|Compleet"]),
        ("enrolment", ["Kruisakkers 41", "9468 BG ANNEN", "Contributie|58,00", "Handtekening:"]),
    ],
)
def test_the_other_receipts(
    desk: Desk, library: Library, hands: Hands, kind: ReceiptKind, lines: list[str]
) -> None:
    library.period()
    job = printing.print_receipt(desk, kind, CUSTOMER, "key")
    assert job.printer == RECEIPT_PRINTER
    written = words_of(receipt(hands, job.id))
    assert [line for line in written if line in lines] == lines


def test_everything_lent_is_listed_in_full(desk: Desk, library: Library, hands: Hands) -> None:
    number = library.loan("Nijntje", due_on=date(2026, 3, 1), renewals=2)
    lines = words_of(receipt(hands, printing.print_receipt(desk, "loans", CUSTOMER, "key").id))
    assert lines[4:] == [
        "Nijntje / Haan, M. de", f"Nummer|{number}", "Geleend op|10-03-2026",
        "Te laat sinds|01-03-2026", "Verlengd|2", "Geleend|1",
    ]  # fmt: skip


def test_a_payment_has_a_receipt(desk: Desk, library: Library, hands: Hands) -> None:
    library.charge(250)
    library.charge(1000)
    paid = settling.pay(desk, CUSTOMER, "pay", [], "K000", 2000)
    job = printing.print_receipt(desk, "payment", CUSTOMER, "key", act_id=paid.act_id)
    assert words_of(receipt(hands, job.id))[4:] == [
        "Bonnummer|1", "Betaald op|15-03-2026", "Boete|2,50", "Boete|10,00", "Totaal|12,50",
        "Contant|20,00", "Wisselgeld|7,50",
    ]  # fmt: skip


def test_a_payment_of_somebody_else_or_without_money_has_none(desk: Desk, library: Library) -> None:
    library.customer(500)
    library.charge(250, 500)
    paid = settling.pay(desk, 500, "pay", [], "B000", 250)
    library.charge(250)
    left_open = settling.register(desk, CUSTOMER, "open", [])
    for act_id in (paid.act_id, None, 999):
        with pytest.raises(DeskError, match="niet gedaan"):
            printing.print_receipt(desk, "payment", CUSTOMER, "key", act_id=act_id)
    with pytest.raises(DeskError, match="geen geld"):
        printing.print_receipt(desk, "payment", CUSTOMER, "key", act_id=left_open.act_id)


@pytest.mark.parametrize(("rule", "wish"), [("always", "print"), ("ask", "ask"), ("never", "no")])
def test_the_rule_of_the_desk_and_the_wish_of_the_customer(
    desk: Desk, library: Library, rule: str, wish: str
) -> None:
    library.customer(500, receipts=False)
    ruled = with_printers(desk, receipts=rule)
    assert printing.wants_receipt(ruled, "status", CUSTOMER) == wish
    assert printing.wants_receipt(ruled, "status", 500) == "no"
    assert printing.wants_receipt(with_printers(desk, receipt=""), "status", CUSTOMER) == "no"
    assert printing.wants_receipt(with_printers(desk, None), "status", CUSTOMER) == "no"
    with pytest.raises(NotFound):
        printing.wants_receipt(ruled, "status", 404)


def test_who_asks_for_it_at_the_desk_gets_it_all_the_same(desk: Desk, library: Library) -> None:
    library.customer(500, receipts=False)
    never = with_printers(desk, receipts="never")
    assert printing.print_receipt(never, "status", 500, "key").is_open


def test_what_would_be_printed_is_shown_without_a_printer(desk: Desk, library: Library) -> None:
    bare = with_printers(desk, PrintingOptions())
    assert CARD in printing.preview(bare, "card", CUSTOMER, number=CARD)
    assert "T. Testabo" in printing.preview(bare, "status", CUSTOMER)
    assert printing.queue(bare) == ()
    assert library.log() == []


def test_a_customer_who_is_gone(desk: Desk) -> None:
    with pytest.raises(NotFound):
        printing.print_card(desk, 404, CARD, "key")
    with pytest.raises(NotFound):
        printing.print_receipt(desk, "loans", 404, "key")


def test_printing_is_no_conflict_for_who_is_editing(desk: Desk, library: Library) -> None:
    from deskterm.services import editing, opening
    from deskterm.services.errors import Conflict

    view = opening.open_customer(desk, CUSTOMER).customer
    printing.print_card(desk, CUSTOMER, CARD, "a")
    view = editing.save(desk, CUSTOMER, view.version, {"tag": "een"})
    printing.print_card(desk, CUSTOMER, CARD, "b")
    with pytest.raises(Conflict) as told:
        editing.save(desk, CUSTOMER, view.version - 1, {"tag": "twee"})
    assert told.value.differences == (("Zoekwoord", "een", "twee"),)


def test_the_printer_is_looked_at_by_the_worker(desk: Desk, hands: Hands) -> None:
    from deskterm.printing import sights

    before = printing.printer(desk, "card")
    assert (before.readiness, before.sentence, before.is_answered) == ("unknown", "", False)
    asked = printing.look_at_printer(desk, "card")
    assert asked.asked_at is not None
    assert not asked.is_answered
    with hands.library.store.jot() as connection:
        now = datetime.now(UTC)
        assert sights.is_asked(connection, 1, CARD_PRINTER, now)
        assert not sights.is_asked(connection, 1, RECEIPT_PRINTER, now)
        sights.seen(connection, 1, CARD_PRINTER, "attention", "cards_out", now)
        assert not sights.is_asked(connection, 1, CARD_PRINTER, now)
    seen = printing.printer(desk, "card")
    assert (seen.readiness, seen.is_answered) == ("attention", True)
    assert seen.sentence == "De passen zijn op. Vul de printer bij."
    assert not printing.look_at_printer(desk, "card").is_answered


def test_a_queue_is_of_one_desk(desk: Desk, library: Library) -> None:
    library.add(tables.Desk(branch_code="9401", name="balie2"))
    other = replace(
        desk,
        place=replace(desk.place, id=2, name="balie2"),
        read_printing=lambda: replace(
            OPTIONS, desks={"balie2": DeskOptions("balie2", card=CARD_PRINTER)}
        ),
    )
    mine = [printing.print_card(desk, CUSTOMER, CARD, f"mine-{n}").id for n in range(3)]
    theirs = printing.print_card(other, CUSTOMER, CARD, "theirs")
    assert [job.id for job in printing.queue(desk)] == mine[::-1]
    assert [job.id for job in printing.open_jobs(desk)] == mine
    assert [job.id for job in printing.open_jobs(other)] == [theirs.id]


def test_a_job_says_whether_somebody_is_there_to_print_it(desk: Desk, library: Library) -> None:
    job = printing.print_card(desk, CUSTOMER, CARD, "key")
    assert "wordt gestart" in job.sentence
    with library.store.jot() as connection:
        workers.beat(connection, "worker", datetime.now(UTC), 1)
    assert "klaar voor de printer" in printing.job(desk, job.id).sentence


def test_nothing_in_the_log_names_a_customer(desk: Desk, library: Library, hands: Hands) -> None:
    library.charge(250)
    printing.print_card(desk, CUSTOMER, CARD, "a")
    printing.print_receipt(desk, "customer", CUSTOMER, "b")
    lines = json.dumps(hands.rows("SELECT action, field, old, new FROM change_log"))
    assert "Testabo" not in lines
    assert TODAY.isoformat() not in lines
