"""`deskterm import customers` and `export customers`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

NEW = """\
card_number;surname;initials;born;branch_code;street;house_number;postcode;place
29401000990017;Nieuwenhuis;N.;01-02-1990;9401;Kruisakkers;7;9468 BG;ANNEN
29401000990025;Fout;F.;30-02-1990;9401;Kruisakkers;8;9468 BG;ANNEN
"""


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    file = tmp_path / "klanten.csv"
    file.write_text(NEW, encoding="utf-8")
    return file


def test_an_import_reports_and_keeps_what_it_refused(
    run: Run, practice: Path, customers: Path
) -> None:
    ran = run("import", "customers", customers, "--store", practice)
    assert ran.status == 1
    assert "2 regels: 1 nieuw, 0 gewijzigd, 0 gelijk" in ran.out
    assert "1 regel afgekeurd; zie " in ran.out
    rejects = Path(ran.out.split("zie ")[1].strip())
    assert "Fout" in rejects.read_text(encoding="utf-8-sig")
    assert "Nieuwenhuis" in run("customer", "find", "nieuwenhuis", "--store", practice).out


def test_a_dry_run_writes_nothing(run: Run, practice: Path, customers: Path) -> None:
    ran = run("import", "customers", customers, "--dry-run", "--store", practice)
    assert ran.out.startswith("Proef: er is niets geschreven.")
    assert "1 nieuw" in ran.out
    found = run("customer", "find", "29401000990017", "--store", practice)
    assert found.status == 1


def test_known_customers_can_be_left_alone(run: Run, practice: Path, customers: Path) -> None:
    ran = run("import", "customers", customers, "--only-known", "--store", practice)
    assert "0 nieuw" in ran.out
    assert "1 overgeslagen, zoals gevraagd" in ran.out


def test_an_export_comes_back_without_a_change(run: Run, practice: Path, tmp_path: Path) -> None:
    file = tmp_path / "uit.csv"
    ran = run("export", "customers", file, "--store", practice)
    assert ran.status == 0
    assert "60 klanten in " in ran.err
    back = run("import", "customers", file, "--store", practice)
    assert back.status == 0
    assert "60 regels: 0 nieuw, 0 gewijzigd, 60 gelijk" in back.out


def test_fields_to_keep_have_to_exist(run: Run, practice: Path, customers: Path) -> None:
    ran = run("import", "customers", customers, "--keep", "email,kleur", "--store", practice)
    assert ran.status == 2
    assert "deze velden bestaan niet: kleur" in ran.err


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00", b""])
def test_what_is_no_csv_is_told_in_a_sentence(
    run: Run, practice: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "foto.csv"
    file.write_bytes(content)
    ran = run("import", "customers", file, "--store", practice)
    assert ran.status == 1
    assert ran.err.startswith("deskterm: ")
    assert run("import", "customers", tmp_path / "none.csv", "--store", practice).status == 1
