"""Bad input: a clear sentence, nothing lost, nothing executed, and the good lines go in."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm.services.desk import Desk
from deskterm.transfer import CannotImport, ImportOptions, import_customers

Write = Callable[[str | bytes], Path]
HEADER = "card_number;surname;branch_code;born;email;postcode;street;membership;membership_end\n"
GOOD = "29401000000015;Jansen;9401;;;;;;\n"


def rejects(file: Path | None) -> list[dict[str, str]]:
    assert file is not None
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def surnames(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return list(connection.scalars(text("SELECT surname FROM customer ORDER BY actor_id")))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + bytes(200), "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x7fELF\x02\x01" + bytes(100), "nultekens"),
        ("surname\nJansen\n".encode("utf-16"), "UTF-16"),
        (b"", "leeg"),
        (b"\n\n  \n", "leeg"),
        (b"a;b;c\n1;2;3\n", "geen enkele kolom"),
        (b"surname;Surname\nJansen;Smit\n", "meer dan een kolom voor surname"),
        (b"surname,firstname,first_name\n", "meer dan een kolom voor first_name"),
    ],
)
def test_a_file_that_is_no_customer_file_is_told(
    desk: Desk, csv_file: Write, content: bytes, sentence: str
) -> None:
    with pytest.raises(CannotImport, match=sentence):
        import_customers(desk, csv_file(content))


def test_a_file_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="kan niet gelezen worden"):
        import_customers(desk, tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("29401000000023;Smit;9401", "", "3 cellen"),
        ("29401000000023;Smit;9401;;;;;;;;x", "", "11 cellen"),
        ("29401000000023;Sm\0it;9401;;;;;;", "", "nultekens"),
        ('29401000000023;"Smit;9401;;;;;;', "", "aanhalingsteken"),
        ("29401000000023;Smit;9401;30-02-1985;;;;;", "born", "bestaat niet"),
        ("29401000000023;Smit;9401;31121885x;;;;;", "born", "Geen datum"),
        ("29401000000023;Smit;9401;01-01-2050;;;;;", "born", "toekomst"),
        ("29401000000023;Smit;9401;;nobody;;;;", "email", "geen e-mailadres"),
        ("29401000000023;Smit;9401;;;9468;;;", "postcode", "geen postcode"),
        ("29401000000023;Smit;0000;;;;;;", "branch_code", "bestaat niet"),
        ("29401000000023;Smit;9401;;;;;99;", "membership", "bestaat niet"),
        ("29401000000023;Smit;9401;;;;;53;01-01-1999", "membership_end", "voordat het begint"),
        ("29401000000023;;9401;;;;;;", "surname", "ingevuld"),
        (f"29401000000023;{'S' * 5000};9401;;;;;;", "surname", "hoogstens 80 tekens"),
        ("ABC;Smit;9401;;;;;;", "card_number", "geen pasnummer"),
        (";Smit;9401;;;;;;", "card_number", "geen pasnummer, actor-id of extern nummer"),
    ],
)
def test_a_bad_line_is_told_and_stops_nothing(
    desk: Desk, csv_file: Write, line: str, field: str, reason: str
) -> None:
    after = GOOD.replace("0015", "0031").replace("Jansen", "Peters")
    report = import_customers(desk, csv_file(f"{HEADER}{GOOD}{line}\n{after}"))
    assert (report.added, report.rejected) == (2, 1)
    assert surnames(desk) == ["Jansen", "Peters"]
    told = rejects(report.rejects_file)
    assert [row["regel"] for row in told] == ["3"]
    assert told[0]["veld"] == field
    assert reason in told[0]["reden"]


def test_every_fault_of_a_line_is_told(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(HEADER + "29401000000015;;0000;30-02-1985;x;;;;\n"))
    fields = {row["veld"] for row in rejects(report.rejects_file)}
    assert fields >= {"branch_code", "born", "email"}


def test_half_a_last_line_is_told(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(HEADER + GOOD + "2940100000"))
    assert (report.added, report.rejected) == (1, 1)


def test_two_hundred_columns_are_read_past(desk: Desk, csv_file: Write) -> None:
    extra = ";".join(f"kolom{n}" for n in range(190))
    values = ";".join("x" for _ in range(190))
    content = f"{HEADER.strip()};{extra}\n{GOOD.strip()};{values}\n"
    report = import_customers(desk, csv_file(content))
    assert report.added == 1
    assert len(report.ignored_columns) == 190


def test_a_cell_over_several_lines_is_one_cell(desk: Desk, csv_file: Write) -> None:
    content = 'card_number;surname;branch_code;private_comment\n29401000000015;J;9401;"een\ntwee"\n'
    assert import_customers(desk, csv_file(content)).added == 1
    with desk.store.read() as connection:
        assert connection.scalar(text("SELECT private_comment FROM customer")) == "een twee"


@pytest.mark.parametrize(
    "name",
    [
        "[bold red]Bob[/]",
        "Robert'); DROP TABLE customer;--",
        "$(reboot)",
        "<script>alert(1)</script>",
        "😀 Jansen",
        "Ψυχή",
        "{label} {0}",
        "%s %(x)s :name",
    ],
)
def test_a_name_is_text_whatever_it_looks_like(desk: Desk, csv_file: Write, name: str) -> None:
    line = GOOD.replace("Jansen", '"' + name.replace('"', '""') + '"')
    assert import_customers(desk, csv_file(HEADER + line)).added == 1
    assert surnames(desk) == [name]


def test_signs_that_steer_a_terminal_are_taken_out(desk: Desk, csv_file: Write) -> None:
    import_customers(desk, csv_file(HEADER + GOOD.replace("Jansen", "\x1b[31mJan\u202esen")))
    assert surnames(desk) == ["Jansen"]


def test_the_rejects_file_runs_nothing(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file("surname;branch_code\n=cmd|x;9401\n"))
    assert rejects(report.rejects_file)[0]["inhoud"].startswith("'=cmd")


def test_a_rejects_file_that_cannot_be_written_is_told(
    desk: Desk, csv_file: Write, tmp_path: Path
) -> None:
    options = ImportOptions(rejects=tmp_path / "nowhere" / "rejects.csv")
    with pytest.raises(CannotImport, match="afgekeurde regels kunnen niet"):
        import_customers(desk, csv_file(HEADER + "x\n"), options)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("[", "geen JSON-lijst"),
        ("{}", "geen JSON-lijst"),
        ("[" * 3000, "geen JSON-lijst"),
        ('[{"kind":"nonsense","since":"2026-01-01"}]', "nummer 1: kind"),
        ('[{"kind":"general"}]', "nummer 1: since"),
        ('[{"kind":"general","since":"2026-01-01","x":1}]', "x is onbekend"),
    ],
)
def test_a_wrong_list_is_told(desk: Desk, csv_file: Write, cell: str, reason: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    content = f"card_number;surname;branch_code;blocks\n29401000000015;Jansen;9401;{quoted}\n"
    report = import_customers(desk, csv_file(content))
    assert report.rejected == 1
    assert reason in rejects(report.rejects_file)[0]["reden"]


def test_what_the_store_refuses_costs_one_line(desk: Desk, csv_file: Write) -> None:
    block = '{""kind"":""general"",""since"":""2026-01-01""}'
    twice = f'"[{block},{block}]"'
    content = "card_number;surname;branch_code;blocks\n29401000000015;Jansen;9401;\n"
    content += f"29401000000023;Smit;9401;{twice}\n29401000000031;Peters;9401;\n"
    report = import_customers(desk, csv_file(content))
    assert (report.added, report.rejected) == (2, 1)
    assert surnames(desk) == ["Jansen", "Peters"]
