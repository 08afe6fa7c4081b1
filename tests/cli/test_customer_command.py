"""`deskterm customer find` and `show` on the practice library."""

import json
from pathlib import Path

import pytest

from deskterm import demo
from tests.cli.conftest import Run

SEED_CARD = "29401000075868"
SEED_DAY = "2024-05-15"
# Seed document 1, the block on top of every tab.
SEED_BLOCK = {
    "actor_id": 413700,
    "card_number": SEED_CARD,
    "branch_code": "9401",
    "branch_name": "Annen",
    "membership_name": "Compleet",
    "status": 9,
    "end_reason": "Afgevoerd",
    "valid": False,
    "valid_until": "2023-07-31",
    "title": "Dhr.",
    "display_name": "Dhr. T. Testabo",
    "street_line": "Kruisakkers 41",
    "place_line": "9468 BG ANNEN",
    "born": "1985-01-01",
    "age": 39,
    "last_activity_on": "2022-07-06",
    "on_loan": 0,
    "active_cards": 1,
    "contribution_cents": 0,
    "registration_cents": 0,
    "punches": 0,
    "credit_cents": 0,
    "over_limit": [],
    "contact_person": None,
    "has_messages": False,
    "block_kinds": [],
}


def test_the_seed_customer_as_json(run: Run, practice: Path) -> None:
    ran = run("customer", "show", SEED_CARD, "--json", "--store", practice, "--day", SEED_DAY)
    assert ran.status == 0
    opened = json.loads(ran.out)
    assert list(opened) == ["customer", "pop_ups", "matched"]
    customer = opened["customer"]
    assert customer["block"] == SEED_BLOCK
    # Tab 3 of the same document.
    assert [
        (one["begin_on"], one["end_on"], one["status"], one["price_cents"], one["sector"])
        for one in customer["periods"]
    ] == [
        ("2022-07-06", "2023-07-31", 9, 6000, "BIEB"),
        ("2022-07-04", "2022-07-05", 2, 6000, "BIEB"),
    ]
    assert customer["person"]["registered_on"] == "2022-07-04"
    assert [one["kind"] for one in opened["pop_ups"]] == ["not_valid"]


def test_the_seed_customer_as_text(run: Run, practice: Path) -> None:
    ran = run("customer", "show", SEED_CARD, "--store", practice, "--day", SEED_DAY)
    lines = ran.out.splitlines()
    assert lines[0] == f"{SEED_CARD} [413700]"
    for line in (
        "Naam: Dhr. T. Testabo",
        "Adres: Kruisakkers 41, 9468 BG ANNEN",
        "Vestiging: 9401 Annen",
        "Abonnement: Compleet, Ongeldig Opgezegd, reden Afgevoerd",
        "Geldigheid: Pas niet geldig!",
        "Geboortedatum: 01-01-1985 (39 jr.)",
        "Inschrijfdatum: 04-07-2022",
        "Klanttype: Reguliere klant",
        "Geslacht: Man",
        "Voorkeurstaal: Nederlands",
        "IAT Inleverattentie: Als gewoonlijk",
        "1001 / 9401, 06-07-2022 - 31-07-2023, 53-Compleet, Ongeldig Afgevoerd, 60,00, BIEB",
    ):
        assert line in lines


@pytest.mark.parametrize("number", ["413700", "7586", "A29401000075868B", "2940 1000 0758 68"])
def test_a_customer_is_shown_by_any_number(run: Run, practice: Path, number: str) -> None:
    ran = run("customer", "show", number, "--store", practice)
    assert ran.status == 0
    assert "T. Testabo" in ran.out


@pytest.mark.parametrize("number", ["29401999999997", "9999999", "Xyzzy Nobody"])
def test_nobody_is_status_1_with_a_sentence(run: Run, practice: Path, number: str) -> None:
    ran = run("customer", "show", number, "--store", practice)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("deskterm: ")
    assert "F2" not in ran.err, "a command has no keys"


def test_looking_for_nothing_is_wrong_use(run: Run, practice: Path) -> None:
    ran = run("customer", "find", " ", "--store", practice)
    assert (ran.status, ran.out) == (2, "")
    assert "geef een naam" in ran.err


def test_a_practice_library_stands_on_its_own_day_as_on_the_screen(
    run: Run, practice: Path
) -> None:
    built_for = run("customer", "find", "413701", "--store", practice)
    assert "niet geldig" not in built_for.out
    years_later = run("customer", "find", "413701", "--store", practice, "--day", "2031-01-01")
    assert "niet geldig" in years_later.out


def test_several_customers_are_not_shown(run: Run, practice: Path) -> None:
    ran = run("customer", "show", "vries", "--store", practice)
    assert ran.status == 1
    assert "meer dan een klant" in ran.err


def test_a_name_finds_its_customers_on_a_line_each(run: Run, practice: Path) -> None:
    ran = run("customer", "find", "yilmaz", "--store", practice)
    assert ran.status == 0
    assert any("Yılmaz, M." in line and line.startswith("2940") for line in ran.out.splitlines())


def test_words_may_stand_apart(run: Run, practice: Path) -> None:
    ran = run("customer", "find", "vries", "9468", "41", "--store", practice)
    assert ran.status == 0
    assert all("Vries" in line and "9468" in line for line in ran.out.splitlines())


def test_a_number_finds_whose_it_is(run: Run, practice: Path) -> None:
    for number in ("413700", SEED_CARD, "7586"):
        (line,) = run("customer", "find", number, "--store", practice).out.splitlines()
        assert "Testabo, T." in line
    assert run("customer", "find", "29401999999997", "--store", practice).status == 1


def test_found_as_json_with_a_limit(run: Run, practice: Path) -> None:
    ran = run("customer", "find", "vries", "--json", "--limit", "1", "--store", practice)
    found = json.loads(ran.out)
    assert len(found["customers"]) == 1
    assert found["more"] is True
    everyone = json.loads(
        run("customer", "find", "vries", "--json", "--limit", "0", "--store", practice).out
    )
    assert len(everyone["customers"]) > 1
    assert everyone["more"] is False
    assert set(everyone["customers"][0]) == {
        "actor_id", "card_number", "name", "born", "address", "postcode", "place", "branch_code",
        "membership_name", "status", "valid",
    }  # fmt: skip


def test_ended_memberships_can_be_left_out(run: Run, practice: Path) -> None:
    assert run("customer", "find", "testabo", "--store", practice).status == 0
    ran = run("customer", "find", "testabo", "--active", "--store", practice)
    assert ran.status == 1
    assert "Geen klant gevonden met testabo." in ran.err


def test_nobody_found_as_json_is_an_empty_list(run: Run, practice: Path) -> None:
    ran = run("customer", "find", "xyzzy", "--json", "--store", practice)
    assert ran.status == 1
    assert json.loads(ran.out) == {"customers": [], "more": False}


def test_hostile_names_stay_text(run: Run, practice: Path) -> None:
    ran = run("customer", "find", "drop table", "--store", practice)
    assert "Robert'); DROP TABLE customer;--" in ran.out
    assert "\u202e" not in ran.out
    assert "\x1b" not in ran.out
    shown = run("customer", "show", "29401000076163", "--store", practice)
    assert "\u202e" not in shown.out


def test_every_case_of_the_practice_library_can_be_shown(run: Run, practice: Path) -> None:
    for example in demo.examples():
        number = str(example.actor_id)
        ran = run("customer", "show", number, "--store", practice)
        assert ran.status == 0, ran.err
        assert f"[{number}]" in ran.out
        assert run("customer", "show", number, "--json", "--store", practice).status == 0


def test_the_program_itself(started: Run, practice: Path) -> None:
    ran = started("customer", "show", SEED_CARD, "--store", practice)
    assert ran.status == 0
    assert "Testabo" in ran.out
