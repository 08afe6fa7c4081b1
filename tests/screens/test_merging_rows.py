"""Two records side by side as rows: what stays, what differs, and nothing by colour alone."""

from datetime import date

import pytest
from rich.cells import cell_len

from deskterm.screens.merging.choosing import Choosing
from deskterm.screens.merging.picking import candidate_rows, why_row
from deskterm.screens.merging.side_rows import body_rows, confirm_lines, foot_rows, head_rows
from deskterm.views.merging import Candidate, Comparison, Decision, FieldPair, Head, Moving
from deskterm.widgets.sheet import Row

WIDTH = 72


def head(number: int, name: str, *, valid: bool = True) -> Head:
    return Head(number, 3, name, date(1966, 9, 18), "29401000076056", "Compleet", valid=valid)


def pair(name: str, keeper: str, loser: str, *, choosable: bool = True) -> FieldPair:
    return FieldPair(
        name,
        name.capitalize(),
        keeper,
        loser,
        differs=keeper != loser,
        choosable=choosable,
        suggested="keeper" if keeper else "loser",
    )


SAMPLE = Comparison(
    keeper=head(413720, "Veld, E.M. in 't"),
    loser=head(413735, "Veld, E. in 't", valid=False),
    fields=(
        pair("email", "emma.intveld@example.org", "e.m.veld@example.org"),
        pair("mobile", "", "06-00 45 67 89"),
        pair("born", "18-09-1966", "18-09-1966"),
        pair("loans_total", "12", "1", choosable=False),
    ),
    moves=(Moving("Passen", 1), Moving("Openstaande kosten", 2, 1250)),
    decisions=(
        Decision("main_card", "Welke hoofdpas blijft?", "29401000076056", "29401000076171"),
    ),
    warnings=("Het geslacht verschilt: is dit wel dezelfde klant?",),
    notes=("Geen plaats voor melding: Sjaal",),
    until_on=date(2026, 12, 22),
)


def texts(rows: list[Row]) -> list[str]:
    return [row.text.rstrip() for row in rows]


def test_it_says_in_words_who_stays_and_who_goes() -> None:
    first, second, third = texts(head_rows(SAMPLE, WIDTH))
    assert first.split() == ["Blijft:", "413720", "Vervalt:", "413735"]
    assert first.index("Vervalt") == second.index("Veld, E. in")
    assert third.split() == ["Compleet", "Compleet", "(niet", "geldig)"]


def test_a_star_marks_what_differs_and_a_cross_what_stays() -> None:
    rows = body_rows(SAMPLE, Choosing.of(SAMPLE), WIDTH)
    said = texts(rows)
    stays = next(text for text in said if text.startswith("* Email"))
    assert "[x] emma.intveld" in stays
    assert "[ ] e.m.veld" in stays
    assert any(
        text.startswith("* Mobile") and "[ ] -" in text and "[x] 06" in text for text in said
    )
    assert any(text.startswith("  Born") and "[" not in text for text in said)
    assert any(text.startswith("* Loans_total") and "[" not in text for text in said)


def test_only_what_differs_and_can_be_chosen_takes_the_cursor() -> None:
    rows = body_rows(SAMPLE, Choosing.of(SAMPLE), WIDTH)
    keys = [row.key for row in rows if row.key]
    assert keys == ["decision:main_card", "field:email", "field:mobile"]


def test_nothing_is_decided_for_staff() -> None:
    choosing = Choosing.of(SAMPLE)
    assert [one.name for one in choosing.left(SAMPLE)] == ["main_card"]
    assert "! Kies eerst" in foot_rows(SAMPLE, choosing, "", WIDTH)[0].text
    choosing.decisions["main_card"] = "loser"
    assert choosing.left(SAMPLE) == []
    assert "22-12-2026" in foot_rows(SAMPLE, choosing, "", WIDTH)[0].text
    marked = [
        text for text in texts(body_rows(SAMPLE, choosing, WIDTH)) if "29401000076171" in text
    ]
    assert "[x] 29401000076171" in marked[0]


def test_what_was_chosen_is_kept_when_the_records_are_read_anew() -> None:
    before = Choosing(
        {"email": "loser", "gone": "loser"}, {"main_card": "loser", "account": "keeper"}
    )
    anew = Choosing.of(SAMPLE, before)
    assert anew.fields == {"email": "loser", "mobile": "loser", "born": "keeper"}
    assert anew.decisions == {"main_card": "loser"}


@pytest.mark.parametrize("width", [72, 50, 112])
def test_a_long_value_is_shown_whole_and_no_row_is_too_wide(width: int) -> None:
    long = "iemand.met.een.heel.lang.adres.voor.de.post@bibliotheek.example.org"
    comparison = Comparison(
        SAMPLE.keeper, SAMPLE.loser, (pair("email", long, "x"),), (), (), (), (), SAMPLE.until_on
    )
    rows = body_rows(comparison, Choosing.of(comparison), width)
    assert all(cell_len(row.text) <= width for row in rows)
    left = "".join(row.text[16 : 16 + (width - 17) // 2].replace("[x]", "").strip() for row in rows)
    assert long in left


def test_what_goes_along_is_counted_and_warned_of() -> None:
    said = " ".join(texts(body_rows(SAMPLE, Choosing.of(SAMPLE), WIDTH)))
    assert "! Het geslacht verschilt" in said
    assert "Gaat van 413735 naar 413720: Passen 1, Openstaande kosten 2 (12,50)" in said
    assert "Geen plaats voor melding: Sjaal" in said


def test_the_question_before_names_both() -> None:
    said = confirm_lines(SAMPLE)
    assert said[0].startswith("Vervalt: 413735")
    assert said[1].startswith("Blijft: 413720")


def test_a_name_cannot_do_anything() -> None:
    hostile = Candidate(
        7, "[b]Boef\x1b[31m\u202e", None, "", "", "", "9401", "", None, False, ("E-mail",), 80
    )
    rows = [*candidate_rows(hostile, WIDTH, "7"), why_row(hostile.why, WIDTH)]
    assert all(row.text.isprintable() for row in rows)
    assert "[b]Boef" in rows[0].text
    assert [row.key for row in rows] == ["7", None, None]
