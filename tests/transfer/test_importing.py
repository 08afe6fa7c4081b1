"""Importing: new and known customers, other systems' names, and runs that are broken off."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm.services import finding, opening
from deskterm.services.desk import Desk
from deskterm.transfer import CannotImport, ImportOptions, ImportReport, import_customers, importing
from deskterm.views.customer import CustomerView, Opened

Write = Callable[[str | bytes], Path]

OWN = "card_number;surname;branch_code;membership;born\n"
JANSEN = "29401000000015;Jansen;9401;53;1985-12-31\n"
KOHA = (
    "cardnumber,surname,firstname,title,address,city,zipcode,country,email,phone,mobile,"
    "dateofbirth,branchcode,categorycode,dateenrolled,dateexpiry,sex,borrowernotes,sort2,"
    "gonenoaddress,B_address,B_city,B_zipcode\n"
    "29401000000015,de Vries,Jan,Mr,Kerkstraat 12a,ANNEN,9468CA,Netherlands,jan@example.org,"
    "0592-001234,06-00123456,12/31/1985,9401,53,2020-05-04,2026-08-31,M,Let op,x,1,"
    "Brink 3,ZUIDLAREN,9471 AA\n"
)


def customer(desk: Desk, number: str) -> CustomerView:
    found = opening.open_text(desk, number)
    assert isinstance(found, Opened)
    return found.customer


def values(desk: Desk, sql: str) -> list[object]:
    with desk.store.read() as connection:
        return list(connection.scalars(text(sql)))


def test_a_new_customer_is_found_by_card_and_by_name(either_desk: Desk, csv_file: Write) -> None:
    report = import_customers(either_desk, csv_file(OWN + JANSEN))
    assert (report.read, report.added, report.rejected) == (1, 1, 0)
    found = customer(either_desk, "29401000000015")
    assert found.person.surname == "Jansen"
    assert found.block.membership_name == "Compleet"
    assert found.block.valid
    assert [row.name for row in finding.find(either_desk, "jans").rows] == ["Jansen"]
    assert [(line.action, line.new) for line in found.log] == [("import", "klanten.csv:2")]


def test_of_many_lines_each_is_found(either_desk: Desk, csv_file: Write) -> None:
    lines = [f"{number};Naam{number};9401\n" for number in range(1000, 1250)]
    report = import_customers(
        either_desk, csv_file("".join(["actor_id;surname;branch_code\n", *lines]))
    )
    assert (report.added, report.rejected) == (250, 0)
    assert values(either_desk, "SELECT surname FROM customer ORDER BY actor_id") == [
        f"Naam{number}" for number in range(1000, 1250)
    ]
    for name in ("naam1000", "naam1099", "naam1100", "naam1249"):
        assert [row.name.lower() for row in finding.find(either_desk, name).rows] == [name]


def test_the_numbering_goes_on_behind_imported_customers(
    either_desk: Desk, csv_file: Write
) -> None:
    import_customers(either_desk, csv_file("actor_id;surname;branch_code\n500;Jansen;9401\n"))
    import_customers(either_desk, csv_file(OWN + JANSEN))
    numbers = values(either_desk, "SELECT actor_id FROM customer ORDER BY 1")
    assert numbers[0] == 500
    assert len(set(numbers)) == 2
    assert not set(numbers) & set(values(either_desk, "SELECT actor_id FROM staff"))


def test_kohas_columns_are_known(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(KOHA.replace("12/31/1985", "1985-12-31")))
    assert (report.added, report.delimiter) == (1, ",")
    assert report.ignored_columns == ("sort2",)
    found = customer(desk, "29401000000015")
    person, first, second = found.person, found.addresses[0], found.addresses[1]
    assert (person.title, person.first_name, person.prefix, person.surname) == (
        "Dhr.", "Jan", "de", "Vries",
    )  # fmt: skip
    assert (person.born, person.registered_on) == (date(1985, 12, 31), date(2020, 5, 4))
    assert (first.street, first.house_number, first.house_addition, first.postcode) == (
        "Kerkstraat", "12", "a", "9468 CA",
    )  # fmt: skip
    assert (second.kind, second.street, second.place) == ("post", "Brink", "ZUIDLAREN")
    assert found.periods[0].end_on == date(2026, 8, 31)
    assert [block.kind for block in found.blocks] == ["address"]
    assert person.private_comment == "Let op"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiter_and_encoding_are_recognised(
    desk: Desk, csv_file: Write, delimiter: str, encoding: str
) -> None:
    content = (OWN + JANSEN.replace("Jansen", "Brëuër")).replace(";", delimiter)
    report = import_customers(desk, csv_file(content.encode(encoding)))
    assert report.delimiter == delimiter
    assert values(desk, "SELECT surname FROM customer") == ["Brëuër"]


def test_a_map_gives_names_values_and_what_is_missing(
    desk: Desk, csv_file: Write, tmp_path: Path
) -> None:
    map_file = tmp_path / "map.toml"
    map_file.write_text(
        '[columns]\nLenersnummer = "card_number"\nNaam = "surname"\nSoort = "membership"\n'
        '[values.membership]\nVOLW = "53"\n[defaults]\nbranch_code = "5280"\n'
    )
    file = csv_file("lenersnummer;NAAM;soort\n29401000000015;van der Meer;VOLW\n")
    assert import_customers(desk, file, ImportOptions(map_file=map_file)).added == 1
    found = customer(desk, "29401000000015")
    assert (found.person.prefix, found.person.surname) == ("van der", "Meer")
    assert (found.person.branch_code, found.periods[0].membership_code) == ("5280", "53")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[columns]\nA = "nonsense"\n', "onbekende kolom nonsense"),
        ("[kolommen]\n", r"onbekend onderdeel \[kolommen\]"),
        ("columns = 1\n", "tabellen"),
        ("[columns\n", "geen TOML"),
    ],
)
def test_a_wrong_map_is_told(
    desk: Desk, csv_file: Write, tmp_path: Path, content: str, sentence: str
) -> None:
    map_file = tmp_path / "map.toml"
    map_file.write_text(content)
    with pytest.raises(CannotImport, match=sentence):
        import_customers(desk, csv_file(OWN), ImportOptions(map_file=map_file))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (OWN + JANSEN, "card_number;email\n29401000000015;j@example.org\n"),
        ("actor_id;surname;branch_code\n77;Jansen;9401\n", "actor_id;email\n77;j@example.org\n"),
        (
            "external_number;surname;branch_code\nLL00012345;Jansen;9401\n",
            "external_number;email\nLL00012345;j@example.org\n",
        ),
    ],
)
def test_a_known_customer_is_changed_by_any_number(
    either_desk: Desk, csv_file: Write, known: str, told: str
) -> None:
    import_customers(either_desk, csv_file(known))
    report = import_customers(either_desk, csv_file(told))
    assert (report.added, report.changed) == (0, 1)
    assert values(either_desk, "SELECT surname || ' ' || email FROM customer") == [
        "Jansen j@example.org"
    ]
    assert values(either_desk, "SELECT version FROM customer") == [2]
    fields = values(either_desk, "SELECT field FROM change_log ORDER BY id")
    assert fields == ["", "email"]


def test_chosen_fields_are_kept(desk: Desk, csv_file: Write) -> None:
    columns = "card_number;surname;branch_code;email;mobile\n"
    import_customers(desk, csv_file(columns + "29401000000015;Jansen;9401;a@example.org;\n"))
    again = csv_file(columns + "29401000000015;Jansen;9401;b@example.org;0600123456\n")
    import_customers(desk, again, ImportOptions(keep=frozenset({"email"})))
    assert values(desk, "SELECT email || ' ' || mobile FROM customer") == [
        "a@example.org 0600123456"
    ]


def test_only_new_or_only_known_customers(desk: Desk, csv_file: Write) -> None:
    import_customers(desk, csv_file(OWN + JANSEN))
    both = csv_file(OWN + JANSEN.replace("Jansen", "Janssen") + JANSEN.replace("015;J", "023;P"))
    report = import_customers(desk, both, ImportOptions(update_known=False, dry_run=True))
    assert (report.added, report.skipped) == (1, 1)
    report = import_customers(desk, both, ImportOptions(add_new=False))
    assert (report.changed, report.skipped) == (1, 1)
    assert values(desk, "SELECT surname FROM customer") == ["Janssen"]


def test_a_dry_run_tells_and_writes_nothing(desk: Desk, csv_file: Write) -> None:
    file = csv_file(OWN + JANSEN + ";;;;\n" + JANSEN.replace(";9401;", ";9999;"))
    report = import_customers(desk, file, ImportOptions(dry_run=True, create_missing=True))
    assert (report.read, report.added) == (3, 2)
    assert values(desk, "SELECT actor_id FROM customer") == []
    assert values(desk, "SELECT code FROM branch WHERE code = '9999'") == []


def test_unknown_branch_and_type_are_made_when_asked(desk: Desk, csv_file: Write) -> None:
    file = csv_file(OWN + "29401000000015;Jansen;9999;GRATIS;\n")
    assert import_customers(desk, file).rejected == 1
    report = import_customers(desk, file, ImportOptions(create_missing=True))
    assert (report.added, report.rejected) == (1, 0)
    found = customer(desk, "29401000000015")
    assert (found.person.branch_code, found.periods[0].membership_name) == ("9999", "GRATIS")


def test_a_run_that_is_broken_off_can_be_repeated(
    desk: Desk, csv_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    lines = "".join(f"294010000{n:05};Klant{n};9401;53;\n" for n in range(35))
    file = csv_file(OWN + lines)

    def pull_the_plug(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_customers(desk, file, progress=pull_the_plug)
    assert values(desk, "SELECT count(*) FROM customer") == [20]
    assert values(desk, "SELECT count(*) FROM card") == [20]
    report = import_customers(desk, file)
    assert (report.added, report.unchanged, report.rejected) == (15, 20, 0)


def test_the_same_customer_twice_in_a_file(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(OWN + JANSEN + JANSEN.replace("Jansen", "Janssen")))
    assert (report.added, report.changed) == (1, 1)
    assert values(desk, "SELECT surname FROM customer") == ["Janssen"]


def test_an_external_number_twice_in_a_file_is_one_customer(desk: Desk, csv_file: Write) -> None:
    # No constraint of the store would tell: only the batches keep the two lines apart.
    header = "external_number;surname;branch_code\n"
    lines = "LL00012345;Jansen;9401\nLL00012345;Janssen;9401\n"
    report = import_customers(desk, csv_file(header + lines))
    assert (report.added, report.changed) == (1, 1)
    assert values(desk, "SELECT surname FROM customer") == ["Janssen"]


def test_progress_ends_at_what_was_read(desk: Desk, csv_file: Write) -> None:
    told: list[tuple[int, int]] = []
    import_customers(desk, csv_file(OWN + JANSEN), progress=lambda *now: told.append(now))
    assert told[-1] == (1, 1)


def test_a_wrong_check_digit_is_counted_and_goes_on(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(OWN + JANSEN.replace("015;", "014;")))
    assert report == ImportReport(read=1, added=1, odd_cards=1, encoding="utf-8-sig", delimiter=";")
