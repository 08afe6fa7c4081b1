"""A receipt as an interpreter of others reads it, and what may never reach a printer."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.printing.documents import (
    Align,
    Barcode,
    Columns,
    Line,
    ReceiptDocument,
    Rule,
    Space,
    Symbology,
    Text,
)
from deskterm.printing.options import PrinterOptions, PrinterType
from deskterm.printing.profiles import PROFILES
from deskterm.printing.render import barcode
from deskterm.printing.render.receipt import receipt_bytes
from tests.needs import output_of, program
from tests.printing.cards import NUMBER, ink
from tests.printing.foreign import Read, read_escpos

EPSON = PrinterOptions("bon", PrinterType.ESCPOS_NETWORK, profile="TM-T20II")
TABLE = (
    Columns(("Abonnement", "€ 58,00")),
    Columns(("Duplicaatpas", "€ 2,50")),
    Columns(("Totaal", "€ 60,50"), bold=True),
)


def receipt(*lines: Line, cut: bool = True) -> ReceiptDocument:
    return ReceiptDocument("payment", "Bon", lines, cut)


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    return Reader(tmp_path)


class Reader:
    """Prints, and has npos read what came out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *lines: Line, printer: PrinterOptions = EPSON) -> Read:
        return read_escpos(receipt_bytes(receipt(*lines), printer), self._folder)


def test_letters_are_those_of_the_code_page(read: Reader) -> None:
    found = read(Text("Zoë, André, geïnd, Ñandú, € 12"))
    assert found.commands[:2] == ["ESC@", "ESCt"]
    assert found.commands[-1] == "GSV"
    assert "Zoë, André, geïnd, Ñandú, € 12" in found.text.decode("cp858")
    assert found.pictures == []


def test_the_page_is_chosen_once_and_never_the_greek_one() -> None:
    data = receipt_bytes(receipt(Text("Zoë € 12")), EPSON)
    assert data.count(b"\x1bt") == 1
    assert data.startswith(b"\x1b@\x1bt\x13")
    assert b"Zo\x89 \xd5 12" in data
    windows = receipt_bytes(receipt(Text("Zoë € 12")), replace(EPSON, codepage="CP1252"))
    assert windows.startswith(b"\x1b@\x1bt\x10")
    assert b"Zo\xeb \x80 12" in windows


def test_typographic_signs_become_plain_ones(read: Reader) -> None:
    text = read(Text("“d’Arrière” – 1 — 2 …")).text.decode("cp858")
    assert '"d\'Arrière" - 1 - 2 ...' in text


def test_amounts_stand_below_each_other(read: Reader) -> None:
    lines = read(*TABLE).text.decode("cp858").splitlines()[1:]
    assert [line.rstrip() for line in lines] == lines
    assert {len(line) for line in lines} == {48}
    assert lines[1] == f"{'Duplicaatpas':42}€ 2,50"


@pytest.mark.parametrize("symbology", Symbology)
def test_bars_are_read_from_the_paper(read: Reader, symbology: Symbology, tmp_path: Path) -> None:
    found = read(Barcode(NUMBER, symbology))
    (picture,) = found.pictures
    assert barcode.read(picture, symbology) == [NUMBER]
    assert found.text.endswith(NUMBER.encode() + b"\n")
    file = tmp_path / "bars.png"
    picture.save(file)
    said = output_of(program("zbarimg", "zbar-tools"), "-q", "--nodbus", "--raw", file)
    assert said.decode().strip("AB\n") == NUMBER
    left, _top, right, _bottom = ink(picture)
    assert abs((left + right) // 2 - EPSON.dots // 2) <= 8


def test_a_name_that_the_page_has_no_letters_for_goes_as_dots(read: Reader) -> None:
    found = read(Text("Ağaoğlu"), Rule(), Columns(("Győző", "€ 2,50")))
    assert b"Aga" not in found.text
    name, row = found.pictures
    assert ink(name)[2] < EPSON.dots // 2
    # The amount stands at the edge of the paper, as it would in letters.
    assert ink(row)[2] >= EPSON.dots - 14
    assert ink(row)[0] < 14


@pytest.mark.parametrize(("align", "side"), [(Align.LEFT, 0), (Align.RIGHT, 1)])
def test_dots_keep_their_side(read: Reader, align: Align, side: int) -> None:
    (picture,) = read(Text("Ağa", align=align)).pictures
    left, _top, right, _bottom = ink(picture)
    assert (right > EPSON.dots - 14) if side else (left < 14)


def test_names_never_steer_the_printer(read: Reader) -> None:
    hostile = "Zoë\x1b@\x1dV\x00\x10\x04\x01\r\n\x0cBos"
    found = read(Text(hostile), Columns((hostile, hostile)))
    assert found.commands.count("ESC@") == 1
    assert found.commands.count("GSV") == 1
    assert b"Bos" in found.text


def test_bold_holds_when_the_size_changes() -> None:
    data = receipt_bytes(
        receipt(Text("groot", bold=True, large=True), Text("vet", bold=True), Text("licht")), EPSON
    )
    between = data[data.index(b"groot") : data.index(b"vet")]
    assert between.rindex(b"\x1bE\x01") > between.rindex(b"\x1b!")
    after = data[data.index(b"vet") : data.index(b"licht")]
    assert b"\x1bE\x00" in after


@pytest.mark.parametrize(
    ("printer", "cut", "ends"),
    [
        (EPSON, True, b"\x1bd\x06\x1dV\x00"),
        (replace(EPSON, cut="part"), True, b"\x1bd\x06\x1dV\x01"),
        (replace(EPSON, cut="none"), True, b"\n\n\n\n"),
        (EPSON, False, b"\n\n\n\n"),
        (replace(EPSON, profile="POS-5890"), True, b"\n\n\n\n"),
    ],
)
def test_the_paper_is_cut_where_that_can_be(
    printer: PrinterOptions, cut: bool, ends: bytes
) -> None:
    data = receipt_bytes(receipt(Text("x"), cut=cut), printer)
    assert data.endswith(ends)
    assert (b"\x1dV" in data) == ends.startswith(b"\x1bd")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_prints(profile: str) -> None:
    model = PROFILES[profile]
    printer = replace(EPSON, profile=profile, codepage=(model.codepages or ("CP437",))[-1])
    lines = (Text("Zoë Ağaoğlu Łukasz € 5 😀"), *TABLE, Rule(), Space(), Barcode(NUMBER))
    data = receipt_bytes(receipt(*lines), printer)
    assert NUMBER.encode() in data
    assert (b"\x1dv0" in data) == model.has_raster


def test_a_printer_without_pictures_gets_the_nearest_letters() -> None:
    printer = replace(EPSON, profile="TM-U220", codepage="CP437")
    data = receipt_bytes(receipt(Text("Zoë Ağaoğlu € 5 王")), printer)
    assert "Zoë Agaoglu EUR 5 ?".encode("cp437") in data


def test_bars_that_do_not_fit_leave_their_digits() -> None:
    narrow = replace(EPSON, profile="POS-5890")
    data = receipt_bytes(receipt(Barcode("2" * 30, Symbology.CODABAR, shown=False)), narrow)
    assert b"2" * 30 in data
    assert b"\x1dv0" not in data


def test_no_picture_has_a_height_that_small_printers_print_rubbish_for(read: Reader) -> None:
    codes = [Barcode("x" * length, Symbology.QR) for length in (1, 60, 200, 500)]
    lines: list[Line] = [*codes, Text("ğ"), Text("ğ", large=True), Barcode(NUMBER)]
    for line in lines:
        (picture,) = read(line).pictures
        assert picture.height % 48


def test_the_same_receipt_is_the_same_bytes() -> None:
    one, other = (receipt_bytes(receipt(*TABLE, Barcode(NUMBER)), EPSON) for _time in range(2))
    assert one == other


def test_importing_the_encoder_leaves_nothing_behind(tmp_path: Path) -> None:
    script = """
import logging, os, sys
os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = sys.argv[2] if len(sys.argv) > 2 else ""
if len(sys.argv) == 2:
    del os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"]
from deskterm.printing.render.encoder import encoder
assert "escpos" not in sys.modules
encoder("default")
assert "escpos" in sys.modules
assert logging.getLogger().handlers == [], logging.getLogger().handlers
"""
    folder = tmp_path / "tmp"
    folder.mkdir()
    environment = {"TMPDIR": str(folder), "PATH": "", "PYTHONPATH": str(Path.cwd())}
    for arguments in ([], [str(tmp_path / "pickles")]):
        run = subprocess.run(
            [sys.executable, "-c", script, "x", *arguments],
            capture_output=True,
            text=True,
            env=environment,
            timeout=60,
            check=False,
        )
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
        assert list(folder.iterdir()) == []
