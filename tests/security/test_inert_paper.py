"""Receipts, cards, letters, mails and CSV files of hostile texts: words, and nothing else."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from time import process_time

import pytest

from deskterm.mail.compose import compose
from deskterm.mail.model import MailRefused
from deskterm.mail.options import MailOptions
from deskterm.printing.documents import (
    Barcode,
    CardDocument,
    Columns,
    ReceiptDocument,
    Rule,
    Text,
    from_json,
    to_json,
)
from deskterm.printing.options import BranchOptions, PrinterOptions, PrinterType
from deskterm.printing.render.payload import render
from deskterm.printing.render.preview import preview
from deskterm.printing.rendering import RenderFault
from deskterm.services import letters, settling, till
from deskterm.store import tables
from deskterm.transfer.exporting import export_customers
from tests.mail.letters import letter_with
from tests.security.corpus import EVERYTHING, HEADERS, HOSTILE, dangers
from tests.services.library import TODAY, Library

TEXTS = {**HOSTILE, "everything": EVERYTHING}
EPSON = PrinterOptions("bon", PrinterType.ESCPOS_NETWORK, profile="TM-T20II")
PLAINEST = PrinterOptions("bon", PrinterType.ESCPOS_NETWORK, profile="default")
LABEL = PrinterOptions("etiket", PrinterType.ESCPOS_NETWORK, language="zpl")
CARDS = PrinterOptions("pas", PrinterType.IPP)
PAPER = PrinterOptions("kantoor", PrinterType.IPP, paper="a4")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_LINES = 300
"""Of a receipt in which every text is endless."""
PATIENCE_S = 20


def branch_of(text: str) -> BranchOptions:
    return BranchOptions("9401", card_title=text)


def receipt_of(text: str) -> ReceiptDocument:
    """A receipt with the text in every place that there is."""
    return ReceiptDocument(
        "customer",
        text,
        (Text(text), Text(text, bold=True, large=True), Columns((text, "€ 1,00")), Rule(),
         Columns((text, text)), Barcode("29401000075868")),
    )  # fmt: skip


def card_of(text: str) -> CardDocument:
    return CardDocument("29401000075868", text, "9401", text)


every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)

_RASTER = re.compile(rb"\x1dv0\x00(..)(..)", re.DOTALL)
_COMMAND = re.compile(
    rb"\x1b@|\x1bt.|\x1ba[\x00-\x02]|\x1bE[\x00\x01]|\x1b![\x00-\xff]|\x1d![\x00-\xff]"
    rb"|\x1bG[\x00\x01]|\x1dV(?:[\x00\x01]|A.|B.)|\x1bd.|\x1b-[\x00\x01]|\x1bM[\x00\x01]",
    re.DOTALL,
)


def letters_of(data: bytes) -> bytes:
    """What is left of a receipt's bytes without pictures and the commands of a receipt."""
    left = b""
    while found := _RASTER.search(data):
        wide, high = (int.from_bytes(found[group], "little") for group in (1, 2))
        left += data[: found.start()]
        data = data[found.end() + wide * high :]
    return _COMMAND.sub(b"", left + data)


@every_text
@pytest.mark.parametrize("printer", [EPSON, PLAINEST], ids=["epson", "plainest"])
def test_a_receipt_has_no_command_that_we_did_not_give(text: str, printer: PrinterOptions) -> None:
    began = process_time()
    data = render(receipt_of(text), printer, branch_of(text)).data
    assert process_time() - began < PATIENCE_S
    words = letters_of(data)
    assert re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", words) is None
    assert words.count(b"\n") < MOST_LINES


@every_text
def test_a_preview_is_what_a_terminal_can_have(text: str) -> None:
    for document in (receipt_of(text), card_of(text)):
        rows = preview(document, branch_of(text)).split("\n")
        assert [dangers(row) for row in rows] == [""] * len(rows)
        assert len(rows) < MOST_LINES


@every_text
def test_a_card_is_drawn_with_its_own_number_in_its_bars(text: str) -> None:
    began = process_time()
    assert render(card_of(text), CARDS, branch_of(text)).data.startswith(b"%PDF")
    label = render(card_of(text), LABEL, branch_of(text)).data.decode("ascii")
    assert process_time() - began < PATIENCE_S
    commands = re.findall(r"[\^~][A-Z][A-Z0-9@]", re.sub(r"\^GFA[^^]*", "^GFA", label))
    assert set(commands) <= {
        "^XA", "^CI", "^PW", "^LL", "^LH", "^FO", "^GF", "^FS", "^BY", "^BC", "^FD", "^XZ",
    }  # fmt: skip
    assert label.count("^FD") == 1


@every_text
def test_a_page_is_drawn_and_says_nothing_of_itself(text: str) -> None:
    began = process_time()
    page = render(receipt_of(text), PAPER, branch_of(text)).data
    assert process_time() - began < PATIENCE_S
    assert page.startswith(b"%PDF")
    for word in (b"/JavaScript", b"/OpenAction", b"/Launch", b"/URI", b"/AA"):
        assert word not in page


@pytest.mark.parametrize("text", [one for one in TEXTS.values() if "^" not in one][:6])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    for printer in (CARDS, LABEL):
        with pytest.raises(RenderFault):
            render(CardDocument(f"^XZ~JR{text}\x00", "Vries"), printer, branch_of(""))


@every_text
def test_a_document_comes_back_from_the_spool_as_it_was(text: str) -> None:
    for document in (receipt_of(text), card_of(text)):
        assert from_json(to_json(document)) == document


MAIL = MailOptions(sender="balie@bibliotheek.example.org", library="Bibliotheek Annen")
NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


@every_text
def test_a_mail_has_our_headers_and_our_recipient_alone(text: str) -> None:
    contents = {"name": text, "username": text, "library": text}
    options = MailOptions(sender=MAIL.sender, library=text, sender_name=text)
    data = compose(letter_with(**contents), options, NOON).as_bytes()
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert sorted(message.keys()) == sorted(
        ["From", "To", "Date", "Message-ID", "Auto-Submitted", "Subject", "MIME-Version",
         "Content-Type"]
    )  # fmt: skip
    assert message["To"] == "zoe@example.org"
    assert message["From"].endswith(f"<{MAIL.sender}>") or message["From"] == MAIL.sender
    head = data.split(b"\r\n\r\n")[0].decode("ascii")
    assert all(len(line) < 999 for line in head.split("\r\n"))
    assert dangers(str(message["Subject"])) == ""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        content = str(part.get_content()).replace("\r\n", "\n")
        lines = content.split("\n")
        assert [dangers(line) for line in lines] == [""] * len(lines)
        assert HEADERS.search(content) is None
        if kind == "html":
            assert "<b>" not in content.split("<body", 1)[-1].replace("<b></b>", "")
    assert len(data) < 200_000


@every_text
def test_who_is_no_address_gets_no_mail(text: str) -> None:
    letter = replace(letter_with(), recipient=f"zoe@example.org\r\nBcc: {text}")
    with pytest.raises(MailRefused):
        compose(letter, MAIL, NOON)


def people(library: Library) -> None:
    """A customer for each hostile text that a database takes, two letters waiting for each."""
    for number, text in enumerate(kept(), start=1):
        library.customer(number, surname=text, first_name=text, title=text, prefix=text)
        library.add(
            tables.Letter(customer_id=number, kind="CAE", day=TODAY, at=library.clock.now())
        )
        library.add(
            tables.Message(customer_id=number, line=1, text=text),
            tables.MembershipPeriod(
                customer_id=number, branch_code="9401", membership_code="53",
                begin_on=TODAY, end_on=TODAY, status=5, price_cents=0,
            ),
        )  # fmt: skip


def kept() -> list[str]:
    return [text for text in TEXTS.values() if "\ud800" not in text and "\x00" not in text]


def cells_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def test_an_export_starts_no_formula(sqlite_library: Library, tmp_path: Path) -> None:
    people(sqlite_library)
    file = tmp_path / "klanten.csv"
    csv.field_size_limit(10_000_000)
    export_customers(sqlite_library.desk(), file)
    rows = cells_of(file)
    assert len(rows) == len(kept()) + 1
    assert [cell[:40] for row in rows for cell in row if cell.startswith(FORMULA)] == []


def test_letters_and_the_list_of_who_gets_none_hold_words(
    sqlite_library: Library, tmp_path: Path
) -> None:
    people(sqlite_library)
    with sqlite_library.store.write_plain() as connection:
        connection.exec_driver_sql("UPDATE branch SET name = ?", (EVERYTHING.replace("\x00", ""),))
        connection.exec_driver_sql("UPDATE customer SET no_mail = 1 WHERE actor_id % 2 = 0")
        connection.exec_driver_sql(
            "UPDATE address SET street ="
            " (SELECT surname FROM customer WHERE actor_id = address.customer_id)"
        )
    csv.field_size_limit(10_000_000)
    letters.write(sqlite_library.desk(), tmp_path)
    written = sorted(tmp_path.glob("*.txt"))
    assert len(written) == (len(kept()) + 1) // 2
    for file in written:
        lines = file.read_text(encoding="utf-8").split("\n")
        assert [dangers(line) for line in lines] == [""] * len(lines), file.name
    rows = cells_of(tmp_path / letters.NO_ADDRESS_FILE)
    assert len(rows) == len(kept()) // 2 + 1
    assert [cell[:40] for row in rows for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize("text", kept())
def test_the_overview_of_a_day_starts_no_formula(sqlite_library: Library, text: str) -> None:
    sqlite_library.customer(1)
    charge_id = sqlite_library.charge(500, 1)
    with sqlite_library.store.write_plain() as connection:
        connection.exec_driver_sql("UPDATE desk SET name = ?", (text,))
        connection.exec_driver_sql("UPDATE staff SET name = ?", (text,))
    desk = sqlite_library.desk()
    settling.pay(desk, 1, "key", [charge_id], "K000", 500)
    out = io.StringIO(newline="")
    assert till.export(desk, TODAY, out) == 1
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";"))
    assert len(rows) == 2
    assert [cell[:40] for cell in rows[1] if cell.startswith(FORMULA)] == []
    assert [dangers(cell) for cell in rows[1]] == [""] * len(rows[1])
