"""What the dialog over a card printer says, and which keys it offers, state by state."""

from dataclasses import replace
from typing import get_args

import pytest
from rich.cells import cell_len

from deskterm import text
from deskterm.screens.printing import offers, rows
from deskterm.screens.printing.rows import Card, job_rows, may_print, preview_rows, wrong_rows
from deskterm.views.printing import PrintState, Readiness
from deskterm.widgets.sheet import Row
from tests.screens.print_samples import JOB, NUMBER, in_state, printer

STATES: tuple[PrintState, ...] = get_args(PrintState)
CARD = Card(413701, NUMBER, "┌──┐\n│ J.M. de Vries │\n└──┘")
PRINT_KEY = "Alt+P    Printen"
WIDTH = 72


def shown(drawn: list[Row]) -> str:
    assert all(cell_len(row.text) <= WIDTH for row in drawn)
    return "\n".join(row.text.strip() for row in drawn)


def told(state: PrintState) -> str:
    job = in_state(state)
    return shown(job_rows(job, offers.of_job(job), "", "3 s", WIDTH))


@pytest.mark.parametrize(
    ("readiness", "possible"),
    [("ready", True), ("waiting", True), ("unknown", True), ("attention", False),
     ("offline", False)],
)  # fmt: skip
def test_the_key_for_printing_is_there_when_a_job_makes_sense(
    readiness: Readiness, possible: bool
) -> None:
    sight = printer(readiness, "Doe iets.")
    said = shown(preview_rows(CARD, sight, 0, WIDTH))
    assert may_print(sight) is possible
    assert (PRINT_KEY in said) is possible
    assert ("nog niets naar de printer gestuurd" in said) is not possible
    assert said.splitlines()[0].startswith("Printer pas: ")
    assert "Doe iets." in said
    assert "J.M. de Vries" in said


def test_a_printer_that_nobody_looked_at_is_not_printed_on() -> None:
    said = shown(preview_rows(CARD, None, 4, WIDTH))
    assert "gevraagd of hij klaarstaat … 4 s" in said
    assert PRINT_KEY not in said


def test_a_printer_that_has_the_job_can_be_asked_to_stop_once() -> None:
    job = replace(in_state("sent"), lets_go=True)
    assert "Alt+A    Annuleren: de printer vragen te stoppen" in shown(
        job_rows(job, offers.of_job(job), "", "3 s", WIDTH)
    )
    stopping = replace(job, reason_code="stop_asked")
    assert offers.of_job(stopping) == ()
    said = shown(job_rows(stopping, (), "", "3 s", WIDTH))
    assert "Leg de ledenpas in" not in said
    assert "gaat door" not in said
    assert offers.of_job(replace(job, state="done")) == offers.of_job(in_state("done"))


def test_what_was_called_off_is_not_offered_to_be_printed_by_saying_no() -> None:
    job = in_state("unknown")
    for code in ("cancelled", "not_let_go"):
        words = [offer.words for offer in offers.of_job(replace(job, reason_code=code))]
        assert words == ["Ja, het is geprint", "Nee, niets geprint"]
    assert [offer.words for offer in offers.of_job(job)][1] == "Nee: nog een keer printen"


@pytest.mark.parametrize("state", STATES)
def test_every_state_says_what_enter_does(state: PrintState) -> None:
    said = told(state)
    idle = "Enter doet niets tijdens het printen."
    assert said.endswith(idle if in_state(state).is_open else "Enter doet hier niets.")
    assert "Zo staat het." in said
    assert "   3 s" in said


def test_the_seed_says_what_to_do_while_it_is_on_its_way() -> None:
    on_its_way = {s for s in STATES if "Leg de ledenpas in de printer. Het kan even" in told(s)}
    assert on_its_way == {"queued", "claimed", "waiting", "sending", "sent"}


@pytest.mark.parametrize(
    ("reason", "calm"), [("card_needed", True), ("busy", True), ("jam", False), ("offline", False)]
)
def test_nobody_is_told_to_put_a_card_in_a_printer_that_is_jammed_or_off(
    reason: str, calm: bool
) -> None:
    job = replace(in_state("sent"), reason_code=reason)
    drawn = job_rows(job, (), "", "3 s", WIDTH)
    assert ("Leg de ledenpas in de printer" in shown(drawn)) is calm
    (said,) = (row for row in drawn if "Zo staat het." in row.text)
    assert {span.look for span in said.spans} == {"value" if calm else "bad"}


def test_a_question_that_is_left_open_is_not_called_finished() -> None:
    assert "Esc      Later antwoorden" in told("unknown")
    assert "Esc      Klaar" in told("done")


def test_the_scan_is_asked_for_when_there_may_be_a_card() -> None:
    assert {s for s in STATES if "Scan de geprinte pas" in told(s)} == {"done", "unknown"}


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("queued", ["cancel"]),
        ("waiting", ["cancel"]),
        ("sending", []),
        ("sent", []),
        ("done", ["again"]),
        ("failed", ["again"]),
        ("unknown", ["yes", "no"]),
    ],
)
def test_what_can_be_done_depends_on_the_state(state: PrintState, codes: list[str]) -> None:
    assert [offer.code for offer in offers.of_job(in_state(state))] == codes


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_letter_has_two_meanings_and_none_is_eaten_by_a_terminal(language: str) -> None:
    text.use(language)
    found = {(offer.letter, offer.code) for s in STATES for offer in offers.of_job(in_state(s))}
    letters = [letter for letter, _code in found] + ["P", "G"]
    assert len(set(letters)) == len(letters)
    # Alt+B and Alt+F arrive as words to the left and right, Alt+O and Alt+[ begin other keys.
    assert not {"B", "F"} & set(letters)


@pytest.mark.parametrize("key", ["o", "enter", "space", "ctrl+j", "shift+o", "tab"])
def test_nothing_is_meant_without_alt(key: str) -> None:
    assert offers.pressed(offers.of_job(in_state("done")), key) is None


def test_another_card_is_shown_beside_the_one_that_was_printed() -> None:
    said = shown(wrong_rows("29401000075918", NUMBER, WIDTH))
    assert "LET OP!" in said
    assert "Gescand  29401000075918" in said
    assert f"Geprint  {NUMBER}" in said
    assert "Alt+G" in said


def test_a_long_name_and_a_narrow_window_stay_inside() -> None:
    for width in (20, 40):
        drawn = [*job_rows(JOB, offers.of_job(JOB), "n" * 90, "3 s", width),
                 *preview_rows(CARD, printer("offline", "lang " * 30), 0, width),
                 *rows.wrong_rows("9" * 40, NUMBER, width)]  # fmt: skip
        assert all(cell_len(row.text) <= max(width, 58) for row in drawn)
