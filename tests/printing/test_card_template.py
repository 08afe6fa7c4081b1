"""A template of a card is checked as a whole, and every fault says where it is."""

from pathlib import Path

import pytest

from deskterm.printing.documents import Align
from deskterm.printing.render.layout import load_template, read_template
from deskterm.printing.rendering import TemplateFault

BARCODE = "[barcode]\nbox = [3.0, 29.0, 79.6, 14.0]\n"
NAME = "[name]\nbox = [5.0, 13.5, 75.6, 8.0]\nletter_mm = [5.4, 3.0]\n"


def faults_of(source: str, folder: Path) -> dict[str, str]:
    with pytest.raises(TemplateFault) as fault:
        read_template(source, folder)
    return dict(fault.value.faults)


def test_the_template_that_comes_with_the_program_is_right() -> None:
    template = load_template()
    assert set(template.texts) == {"title", "name", "branch", "number"}
    assert template.texts["number"].align is Align.CENTRE
    assert template.barcode.modules == (4, 3)


@pytest.mark.parametrize(
    ("source", "place", "word"),
    [
        ("[[", "", "TOML"),
        (NAME, "barcode", "streepjescode"),
        (BARCODE + NAME + "[colour]\nred = 1\n", "colour", "bestaat niet"),
        (BARCODE + NAME + "size = 3\n", "name.size", "bestaat niet"),
        (BARCODE + "[name]\nbox = [5, 13, 75, 8]\n", "name.letter_mm", "ontbreekt"),
        ("safe_mm = -1\n" + BARCODE, "safe_mm", "mm"),
        ("name = 3\n" + BARCODE, "name", "tabel"),
        ("[barcode]\nbox = [2.0, 29.0, 79.6, 14.0]\n", "barcode.box", "rand"),
        ("[barcode]\nbox = [3.0, 29.0, 80.6, 14.0]\n", "barcode.box", "rand"),
        ("[barcode]\nbox = [3.0, 45.0, 79.6, 14.0]\n", "barcode.box", "buiten"),
        ("[barcode]\nbox = [3.0, 29.0, 0, 14.0]\n", "barcode.box", "breedte"),
        ("[barcode]\nbox = [3.0, 29.0]\n", "barcode.box", "breedte"),
        (BARCODE + "modules = [2]\n", "barcode.modules", "3"),
        (BARCODE + "modules = [3.5]\n", "barcode.modules", "3"),
        (BARCODE + NAME.replace("13.5", "22.0"), "name.box", "barcode"),
        (BARCODE + NAME.replace("5.4, 3.0", "6.4, 3.0"), "name.box", "8.8"),
        (BARCODE + NAME.replace("5.4, 3.0", "3.0, 5.4"), "name.letter_mm", "grootste"),
        (BARCODE + NAME + 'align = "top"\n', "name.align", "centre"),
        (BARCODE + NAME + "bold = 1\n", "name.bold", "true"),
        (BARCODE + '[logo]\nbox = [60, 4, 20, 8]\nfile = "logo.png"\n', "logo.file", "er niet"),
        (BARCODE + "[logo]\nbox = [60, 4, 20, 8]\nfile = 3\n", "logo.file", "bestand"),
    ],
)
def test_each_fault_has_its_place_and_a_sentence(
    source: str, place: str, word: str, tmp_path: Path
) -> None:
    found = faults_of(source, tmp_path)
    assert list(found) == [place]
    assert word in found[place]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    source = "safe_mm = true\n" + NAME.replace("13.5", "50.0") + "[colour]\n"
    assert set(faults_of(source, tmp_path)) == {"safe_mm", "name.box", "colour", "barcode"}


def test_fields_may_touch(tmp_path: Path) -> None:
    read_template(BARCODE + NAME.replace("13.5", "21.0"), tmp_path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as fault:
        load_template(str(tmp_path / "none.toml"))
    said = fault.value.faults[0][1]
    assert said.endswith("none.toml is niet te lezen: dat bestand of die map is er niet")
