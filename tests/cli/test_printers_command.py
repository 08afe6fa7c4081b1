"""`deskterm printers`, `print-test` and `print-preview`, against printers that answer or do not."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.cli.conftest import Run
from tests.printing.fake_printer import FakePrinter, Mode, closed_port

CARD = "29401000075868"
NETWORK = """
[[printer]]
name = "{name}"
type = "escpos-network"
host = "127.0.0.1"
port = {port}
confirm = "{confirm}"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def printer(name: str, port: int, confirm: str = "process-id") -> str:
    return NETWORK.format(name=name, port=port, confirm=confirm)


def test_printers_are_listed_with_how_they_are(run: Run, settings: Path, tmp_path: Path) -> None:
    with FakePrinter() as fine, FakePrinter(Mode.OUT) as empty:
        settings.write_text(
            printer("bon-balie1", fine.port)
            + '[printing.desk.balie1]\nreceipt = "bon-balie1"\n'
            + printer("bon-balie2", empty.port),
            encoding="utf-8",
        )
        ran = run("printers", "--config", settings)
    assert ran.out.splitlines() == [
        "bon-balie1  escpos-network  klaar",
        "            balie balie1",
        "bon-balie2  escpos-network  vraagt aandacht: Papier op. Vul het bij.",
    ]
    assert (ran.status, ran.err) == (1, "")
    settings.write_text('[[printer]]\nname = "oefen"\ntype = "null"\n', encoding="utf-8")
    assert run("printers", "--config", settings).status == 0
    assert not (tmp_path / "deskterm.db").exists()


def test_without_printers_it_says_so(run: Run, settings: Path) -> None:
    settings.write_text("", encoding="utf-8")
    ran = run("printers", "--config", settings)
    assert (ran.status, ran.out.startswith("Er zijn geen printers ingesteld")) == (0, True)


def test_faults_are_told_and_the_rest_is_listed(run: Run, settings: Path) -> None:
    settings.write_text(
        '[[printer]]\nname = "oefen"\ntype = "null"\n[[printer]]\nname = "x"\ntype = "fax"\n',
        encoding="utf-8",
    )
    ran = run("printers", "--config", settings)
    assert ran.status == 1
    assert "regel 6: printer.2.type" in ran.err
    assert "oefen" in ran.out


@pytest.mark.parametrize(
    ("mode", "confirm", "advice", "end"),
    [
        (Mode.OK, "process-id", "", "heeft het zelf gemeld"),
        (Mode.OK, "none", 'zet confirm = "process-id"', "heeft het zelf gemeld"),
        (Mode.CLONE, "none", 'zet confirm = "gs-r"', "heeft het zelf gemeld"),
        (Mode.CLONE, "process-id", 'zet confirm = "gs-r"', "heeft het zelf gemeld"),
        (Mode.MUTE, "process-id", "antwoordt niet op", "meldt niet of het geprint is"),
    ],
)
def test_the_proof_finds_out_how_the_printer_confirms(
    run: Run, settings: Path, mode: Mode, confirm: str, advice: str, end: str
) -> None:
    with FakePrinter(mode) as fake:
        settings.write_text(printer("bon", fake.port, confirm), encoding="utf-8")
        ran = run("print-test", "bon", "--config", settings)
    assert (ran.status, ran.err) == (0, "")
    assert advice in ran.out
    assert end in ran.out
    paper = bytes(fake.paper)
    assert "é ë ï".encode("cp858") in paper
    assert paper.count(b"1234567890") >= 1
    assert paper.count(b"Proefbon") == 1


def test_a_printer_that_does_not_take_the_proof(run: Run, settings: Path) -> None:
    settings.write_text(printer("bon", closed_port()), encoding="utf-8")
    ran = run("print-test", "bon", "--config", settings)
    assert ran.status == 1
    assert "Printer reageert niet" in ran.err
    with FakePrinter(Mode.OUT) as fake:
        settings.write_text(printer("bon", fake.port), encoding="utf-8")
        ran = run("print-test", "bon", "--config", settings)
    assert (ran.status, bytes(fake.paper)) == (1, b"")
    assert "Papier op" in ran.err


def test_a_card_printer_gets_a_card(run: Run, settings: Path, tmp_path: Path) -> None:
    folder = tmp_path / "passen"
    folder.mkdir()
    settings.write_text(
        f"[[printer]]\nname = 'pas'\ntype = 'pdf-file'\nfolder = '{folder}'\n", encoding="utf-8"
    )
    assert run("print-test", "pas", "--config", settings).status == 0
    (file,) = folder.iterdir()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_printer_that_is_not_there(run: Run, settings: Path) -> None:
    settings.write_text('[[printer]]\nname = "oefen"\ntype = "null"\n', encoding="utf-8")
    ran = run("print-test", "weg", "--config", settings)
    assert ran.status == 1
    assert "Er is geen printer weg." in ran.err
    assert "Wel: oefen." in ran.err


def test_a_card_is_shown_as_text_and_drawn(run: Run, practice: Path, tmp_path: Path) -> None:
    ran = run("print-preview", "card", CARD, "--store", practice)
    assert (ran.status, ran.err) == (0, "")
    assert CARD in ran.out
    assert "Testabo" in ran.out
    file = tmp_path / "pas.png"
    ran = run("print-preview", "card", CARD, "--png", file, "--store", practice)
    assert (ran.status, ran.err) == (0, "")
    with Image.open(file) as image:
        assert image.size == (1011, 638)
        (bars,) = zxingcpp.read_barcodes(image.convert("L"))
    assert bars.text == CARD


def test_a_template_that_is_wrong_is_told_place_by_place(
    run: Run, practice: Path, tmp_path: Path, settings: Path
) -> None:
    template = tmp_path / "pas.toml"
    template.write_text("[name]\nbox = [80, 5, 30, 8]\n", encoding="utf-8")
    settings.write_text(f"[printing.branch.9401]\ncard_template = '{template}'\n", encoding="utf-8")
    file = tmp_path / "pas.png"
    ran = run(
        "print-preview", "card", CARD, "--png", file, "--store", practice, "--config", settings
    )
    assert (ran.status, file.exists()) == (1, False)
    assert "name.letter_mm: deze instelling ontbreekt" in ran.err


@pytest.mark.parametrize("number", ["29401000099999", "niemand"])
def test_a_card_nobody_has(run: Run, practice: Path, number: str) -> None:
    ran = run("print-preview", "card", number, "--store", practice)
    assert ran.status == 1
    assert number in ran.err
