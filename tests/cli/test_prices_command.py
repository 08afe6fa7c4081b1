"""`tariffs load|show` and `membership quote` on the practice library."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # Seed document 1: 58,00 at Annen in February 2026, valid to the end of February 2027.
        (
            ("--type", "53", "--born", "1985-01-01", "--branch", "9401", "--on", "2026-02-15"),
            ("2026-02-15", "2027-02-28", 2, "V", 5800, 0, 5800),
        ),
        (
            ("--type", "53", "--born", "1985-01-01", "--branch", "9401", "--on", "2022-07-06"),
            ("2022-07-06", "2023-07-31", 7, "V", 6000, 0, 6000),
        ),
        (
            ("--type", "50", "--born", "2012-05-01", "--branch", "5280", "--on", "2024-05-07"),
            ("2024-05-07", "2025-05-31", 5, "J", 0, 0, 0),
        ),
        (
            (
                "--type", "53", "--born", "01-01-1985", "--branch", "5280", "--on", "2026-02-15",
                "--until", "2026-07-31",
            ),
            ("2026-08-01", "2027-07-31", 7, "V", 6250, 0, 6250),
        ),
    ],
)  # fmt: skip
def test_quotes(
    run: Run, practice: Path, options: tuple[str, ...], expected: tuple[object, ...]
) -> None:
    ran = run("membership", "quote", "--store", practice, *options, "--json")
    found = json.loads(ran.out)
    names = ("begin_on", "end_on", "expiry_month", "tariff_code", "price_cents", "discount_cents")
    assert (*(found[name] for name in names), found["balance_cents"]) == expected


def test_a_quote_in_words_and_what_has_none(run: Run, practice: Path) -> None:
    known = ("--store", practice, "--branch", "9401", "--on", "2026-02-15")
    ran = run("membership", "quote", *known, "--type", "53", "--born", "1985-01-01")
    assert "Rechten t/m   28-02-2027\nVervalmaand   02\n" in ran.out
    assert "Saldo         58,00" in ran.out
    young = run("membership", "quote", *known, "--type", "53", "--born", "2015-01-01")
    assert (young.status, "53-Compleet is niet voor iemand van 11 jaar" in young.err) == (1, True)
    early = run("membership", "quote", *known, "--type", "53", "--on", "2001-01-01")
    assert (early.status, "geen tarief voor 53-Compleet" in early.err) == (1, True)
    elsewhere = run("membership", "quote", *known, "--type", "53", "--branch", "9999")
    assert (elsewhere.status, "Vestiging 9999 bestaat niet" in elsewhere.err) == (1, True)
    unknown = run("membership", "quote", *known, "--type", "99")
    assert (unknown.status, "99 bestaat niet" in unknown.err) == (1, True)


def test_tariffs_are_loaded_and_shown(run: Run, practice: Path, tmp_path: Path) -> None:
    file = tmp_path / "nieuw.csv"
    file.write_text(
        'membership_code,tariff_code,from_age,price,valid_from\n54,O,19,"43,50",2027-01-01\n'
    )
    ran = run("tariffs", "load", file, "--store", practice)
    assert (ran.status, ran.out) == (0, "1 rijen erbij, 1 gewijzigd.\n")
    shown = run("tariffs", "show", "--store", practice, "--on", "2027-01-01")
    line = next(line for line in shown.out.splitlines() if line.startswith("54-Online"))
    assert line.split() == ["54-Online", "O", "-", "-", "19-", "43,50", "01-01-2027"]
    found = json.loads(
        run("tariffs", "show", "--store", practice, "--on", "2026-12-31", "--json").out
    )
    prices = {one["membership_code"]: one["price_cents"] for one in found["tariffs"]}
    assert prices["54"] == 4200


def test_a_list_with_a_fault_is_refused(run: Run, practice: Path, tmp_path: Path) -> None:
    file = tmp_path / "fout.toml"
    file.write_text('[[membership]]\ncode = "54"\nname = "Online"\nfrom_age = 12\n')
    ran = run("tariffs", "load", file, "--store", practice)
    assert ran.status == 1
    assert "membership 54: leeftijd 12 t/m 18 heeft vanaf 01-01-2020 geen tarief" in ran.err
    file.write_bytes(b"\xff\xfe\x00")
    assert "geen tekstbestand" in run("tariffs", "load", file, "--store", practice).err
