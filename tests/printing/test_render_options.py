"""The printing part of the settings: what is right is read, what is wrong is told by name."""

import json
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from deskterm.printing.documents import DocumentKind, Symbology
from deskterm.printing.model import Form
from deskterm.printing.option_reading import read_printing
from deskterm.printing.options import PDF_PRINTER, PrinterType
from deskterm.printing.profiles import PROFILES, USUAL

GOOD = """
[printing]
keep_payload_days = 3
[[printer]]
name = "bon-balie1"
type = "escpos-network"
host = "127.0.0.1"
profile = "TM-T20II"
[[printer]]
name = "pas-balie1"
type = "ipp"
uri = "ipp://localhost:631/printers/ledenpas"
media_mm = [85.60, 53.98]
manual_feed = true
[[printer]]
name = "kantoor"
type = "ipp"
uri = "ipp://localhost:631/printers/kantoor"
paper = "a4"
[[printer]]
name = "etiket"
type = "escpos-network"
host = "127.0.0.1"
language = "zpl"
[desk.balie1]
receipt = "bon-balie1"
card = "pas-balie1"
match = { host = ["balie-pc-1"], ssh_client = "10.1.2.11", env = "balie1" }
[desk."5280/balie1"]
receipt = "kantoor"
card = "etiket"
receipts = "never"
[branch.9401]
symbology = "codabar"
card_title = "Bibliotheek Annen"
"""


def faults_of(text: str) -> dict[str, str]:
    return dict(read_printing(tomllib.loads(text))[1])


def test_what_is_right_is_read() -> None:
    options, faults = read_printing(tomllib.loads(GOOD))
    assert faults == ()
    assert options.keep_payload_days == 3
    desk = options.desk("balie1", "9401")
    card, receipt = options.card_printer(desk), options.receipt_printer(desk)
    assert card is not None
    assert card.type is PrinterType.IPP
    assert card.timeout_s == 180
    assert receipt is not None
    assert (receipt.port, receipt.timeout_s, receipt.dots) == (9100, 3, 576)
    assert desk.match.ssh_client == ("10.1.2.11",)
    assert options.desk("balie1", "5280").receipts == "never"
    assert options.card_printer(options.desk("thuis")) is None
    assert options.branch("9401").symbology is Symbology.CODABAR
    assert options.branch("5280").symbology is Symbology.CODE128


def test_each_printer_gets_what_it_understands() -> None:
    printers = read_printing(tomllib.loads(GOOD))[0].printers
    forms = {
        name: tuple(printer.form_of(kind) for kind in DocumentKind)
        for name, printer in printers.items()
    }
    assert forms == {
        "bon-balie1": (Form.ESCPOS, Form.ESCPOS),
        "pas-balie1": (Form.CARD_PDF, None),
        "kantoor": (None, Form.A4_PDF),
        "etiket": (Form.ZPL, None),
    }
    assert [name for name, printer in printers.items() if printer.prints_cards] == [
        "pas-balie1",
        "etiket",
    ]


NETWORK = '[[printer]]\nname = "bon"\ntype = "escpos-network"\nhost = "127.0.0.1"\n'


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (NETWORK + 'profile = "TM-T99"', "printer.bon.profile", "TM-T20II"),
        (NETWORK + 'profile = "simple"', "printer.bon.codepage", "CP437"),
        (NETWORK + NETWORK, "printer.bon.name", "deze naam"),
        (NETWORK + "port = 0", "printer.bon.port", "65535"),
        (NETWORK + "port = true", "printer.bon.port", "heel getal"),
        (NETWORK + 'uri = "ipp://x/"', "printer.bon.uri", "escpos-network"),
        (NETWORK + "colour = 1", "printer.bon.colour", "bestaat niet"),
        (NETWORK + "timeout_s = 0", "printer.bon.timeout_s", "0.5"),
        (NETWORK + "rotate = 45", "printer.bon.rotate", "90"),
        (NETWORK + "media_mm = [85.6]", "printer.bon.media_mm", "breedte"),
        ('[[printer]]\nname = "bon"', "printer.bon.type", "ontbreekt"),
        ('[[printer]]\ntype = "null"', "printer.1.name", "ontbreekt"),
        (
            '[[printer]]\nname = "bon"\ntype = "escpos-usb"\nproduct_id = 514',
            "printer.bon.vendor_id",
            "ontbreekt",
        ),
        ('[[printer]]\nname = "p"\ntype = "ipp"\nuri = "http://x"', "printer.p.uri", "ipp://"),
        ('printer = "bon"', "printer", "[[printer]]"),
        ("printer = 3", "printer", "[[printer]]"),
        ("printing = 3", "printing", "tabel"),
        ("[printing]\nkeep_payload_days = 400", "printing.keep_payload_days", "365"),
        ('[desk.balie1]\nreceipt = "geen"', "desk.balie1.receipt", "geen printer"),
        (NETWORK + '[desk.balie1]\ncard = "bon"', "desk.balie1.card", "geen passen"),
        ("[desk.balie1.match]\nhost = 3", "desk.balie1.match.host", "lijst"),
        ('[branch.9401]\nsymbology = "morse"', "branch.9401.symbology", "codabar"),
    ],
)
def test_each_fault_has_its_place_and_a_sentence(text: str, place: str, word: str) -> None:
    found = faults_of(text)
    assert list(found) == [place]
    assert word in found[place]


def test_a_desk_is_not_blamed_for_its_printer() -> None:
    assert list(faults_of(NETWORK + 'port = 0\n[desk.balie1]\nreceipt = "bon"')) == [
        "printer.bon.port"
    ]


def test_our_table_of_profiles_is_the_one_of_the_package() -> None:
    package = find_spec("escpos")
    assert package is not None
    assert package.origin is not None
    source = Path(package.origin).with_name("capabilities.json").read_text(encoding="utf-8")
    known = json.loads(source)["profiles"]
    assert set(PROFILES) == set(known)
    for name, ours in PROFILES.items():
        theirs = known[name]
        width = theirs["media"]["width"].get("pixels", 0)
        assert ours.width_px == (width if isinstance(width, int) else 0), name
        assert ours.columns == theirs["fonts"]["0"]["columns"], name
        pages = theirs["codePages"].values()
        assert ours.codepages == tuple(page for page in USUAL if page in pages), name
        assert ours.has_raster == theirs["features"]["bitImageRaster"], name
        cuts = theirs["features"]["paperFullCut"] or theirs["features"]["paperPartCut"]
        assert ours.has_cutter == cuts, name


def test_pages_as_files_need_no_printer_of_their_own() -> None:
    options, faults = read_printing(tomllib.loads('[desk.thuis]\nreceipt = "pdf"\ncard = "pdf"'))
    assert faults == ()
    desk = options.desk("thuis")
    assert options.receipt_printer(desk) == options.card_printer(desk) == PDF_PRINTER
    assert options.printers == {}
