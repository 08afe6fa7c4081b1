"""The customer block: the seed's screen to the letter, and never wider than the terminal."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.screens.block_rows import BLOCK_HEIGHT, block_rows
from deskterm.screens.wording import bar_status, status_line
from tests.screens.samples import SEED_BLOCK, crowded

SEED_AT_80 = """\
29401000075868 [413700] 9401 (Annen) Compleet Ongeldig Opgezegd, reden Afgevoerd
Dhr. T. Testabo      geboortedatum      01-01-1985 (39 jr.)  contributie    0,00
Kruisakkers 41       laatste activiteit 06-07-2022           registratie    0,00
9468 BG ANNEN        in bezit           0                    strippen          0
Pas niet geldig!     actieve passen     1                    tegoed         0,00
"""
SEED_AT_84 = """\
 29401000075868 [413700]  9401 (Annen)  Compleet  Ongeldig Opgezegd, reden Afgevoerd
 Dhr. T. Testabo        geboortedatum       01-01-1985 (39 jr.)  contributie    0,00
 Kruisakkers 41         laatste activiteit  06-07-2022           registratie    0,00
 9468 BG ANNEN          in bezit            0                    strippen          0
 Pas niet geldig!       actieve passen      1                    tegoed         0,00
"""


@pytest.mark.parametrize(("width", "drawn"), [(80, SEED_AT_80), (84, SEED_AT_84)])
def test_the_seeds_customer_stands_as_in_the_desk_manual(width: int, drawn: str) -> None:
    rows = block_rows(SEED_BLOCK, width)
    assert "".join(f"{row.text}\n" for row in rows[:5]) == drawn
    assert rows[5].text == ""


def test_what_is_red_also_says_so() -> None:
    ended = block_rows(SEED_BLOCK, 80)
    red = [span.text.strip() for row in ended for span in row.spans if span.look == "bad"]
    assert red == ["Dhr. T. Testabo", "Kruisakkers 41", "9468 BG ANNEN", "Pas niet geldig!"]
    over = replace(
        SEED_BLOCK,
        valid=True,
        status=5,
        on_loan=21,
        registration_cents=1250,
        over_limit=frozenset({"on_loan", "registration_cents"}),
    )
    red = [span.text.strip() for row in block_rows(over, 80) for span in row.spans
           if span.look == "bad"]  # fmt: skip
    assert red == ["! 12,50", "! 21"]


def test_hints_stand_below_and_never_make_it_higher() -> None:
    told = replace(SEED_BLOCK, has_messages=True, block_kinds=("general",))
    assert [len(block_rows(block, 80)) for block in (SEED_BLOCK, told)] == [BLOCK_HEIGHT] * 2
    assert block_rows(told, 80)[-1].text == "Algemene blokkade · Er is een melding, zie tab 5"


@pytest.mark.parametrize(
    ("status", "valid", "reason", "bar", "line"),
    [
        (None, False, "", "Geen abonnement", "Pas niet geldig!"),
        (1, True, "", "Nieuw", "Vervalt 31-07-2023"),
        (2, True, "", "Gefactureerd", "Factuur gemaakt"),
        (3, True, "", "Herinnering", "Herinnering gemaakt"),
        (4, True, "", "Betalingsachterstand", "Niet betaald"),
        (5, True, "", "Normaal", "Vervalt 31-07-2023"),
        (5, False, "", "Ongeldig Normaal, t/m 31-07-2023", "Pas niet geldig!"),
        (6, False, "", "Ongeldig Webinschrijving, t/m 31-07-2023", "Pas niet geldig!"),
        (8, False, "", "Ongeldig Zwarte lijst", "Pas niet geldig!"),
        (9, False, "", "Ongeldig Opgezegd", "Pas niet geldig!"),
        (9, False, "Overleden", "Ongeldig Opgezegd, reden Overleden", "Pas niet geldig!"),
    ],
)
def test_every_status_has_its_words(
    status: int | None, valid: bool, reason: str, bar: str, line: str
) -> None:
    block = replace(SEED_BLOCK, status=status, valid=valid, end_reason=reason)
    assert bar_status(block) == bar
    assert status_line(block) == line


def test_who_has_no_card_no_birth_date_and_no_activity_still_has_a_block() -> None:
    bare = replace(SEED_BLOCK, card_number=None, born=None, age=None, last_activity_on=None)
    bar, name, *_rest = block_rows(bare, 80)
    assert bar.text.startswith("(geen pas) [413700] 9401 (Annen)")
    assert name.text.split("geboortedatum")[1].startswith(" " * 26)


def test_a_long_name_gets_room_from_the_labels() -> None:
    long = replace(SEED_BLOCK, display_name="Mevr. A. Wójcik-Łukaszewicz", contribution_cents=5800)
    assert [row.text for row in block_rows(long, 80)[1:3]] == [
        "Mevr. A. Wójcik-Łukaszewicz geboortedatum  01-01-1985 (39 jr.) contributie 58,00",
        "Kruisakkers 41              laatste act.   06-07-2022          registratie  0,00",
    ]


def test_of_a_long_bar_the_number_and_the_status_stay() -> None:
    long = replace(SEED_BLOCK, branch_name="Bibliotheek aan de Kruisakkers", valid=True, status=2)
    text = block_rows(long, 80)[0].text
    assert text.startswith("29401000075868 [413700] 9401 (Bibl")
    assert text.endswith("… Compleet Gefactureerd")


@given(text=st.text(), width=st.integers(20, 220), day=st.none() | st.dates(date(1850, 1, 1)))
def test_no_text_makes_a_row_wider_than_the_screen(text: str, width: int, day: date | None) -> None:
    block = replace(crowded(text).block, born=day)
    rows = block_rows(block, width)
    assert len(rows) == BLOCK_HEIGHT
    assert all(cell_len(row.text) <= width for row in rows)
