"""A receipt on the screen: what the paper has, in as many characters."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Columns,
    ReceiptDocument,
    Rule,
    Space,
    Text,
)
from deskterm.printing.options import BranchOptions
from deskterm.printing.render.lines import SetLine, clean, set_lines, wrap
from deskterm.printing.render.preview import preview

BRANCH = BranchOptions("9401", card_title="Bibliotheek Annen")
RECEIPT = ReceiptDocument(
    "payment",
    "Betaalbewijs",
    (
        Text("Bibliotheek Annen", align=Align.CENTRE),
        Text("Zoë d’Arrière"),
        Rule(),
        Columns(("Abonnement met een lange omschrijving", "1", "€ 58,00")),
        Columns(("Totaal", "", "€ 58,00"), bold=True),
        Space(),
        Text("rechts", align=Align.RIGHT),
        Barcode("29401000075868"),
    ),
)
SHOWN = """\
              Betaalbewijs
        Bibliotheek Annen
Zoë d’Arrière
----------------------------------
Abonnement met een lange
omschrijving             1 € 58,00
Totaal                     € 58,00

                            rechts
     ║▌║█ 29401000075868 █║▌║
"""
CARD = """\
┌──────────────────────────────────┐
│ Bibliotheek Annen                │
│                                  │
│ Zoë d’Arrière                    │
│ Annen                            │
│                                  │
│     ║▌║█ 29401000075868 █║▌║     │
└──────────────────────────────────┘
"""


def test_a_receipt_is_shown_as_it_is_printed() -> None:
    shown = preview(RECEIPT, BRANCH, 34)
    assert shown.splitlines()[1:] == SHOWN.splitlines()[1:]
    assert shown.splitlines()[0].strip() == "Betaalbewijs"


def test_a_card_is_shown_in_a_frame() -> None:
    assert preview(CardDocument("29401000075868", "Zoë d’Arrière", "9401", "Annen"), BRANCH) == CARD
    long = preview(CardDocument("29401000075868", "Zoë " * 20, "9401", "Annen"), BRANCH)
    assert {len(line) for line in long.splitlines()} == {36}


def test_a_table_that_does_not_fit_gives_each_cell_its_line() -> None:
    table = (Columns(("Abonnement", "veertig cijfers achter elkaar", "€ 58,00")),)
    shown = preview(ReceiptDocument("x", "Bon", table), BRANCH, 20)
    assert [line.strip() for line in shown.splitlines()[1:]] == [
        "Abonnement",
        "veertig cijfers",
        "achter elkaar",
        "€ 58,00",
    ]


def test_a_wide_table_puts_its_amounts_below() -> None:
    table = (Columns(("Een omschrijving", "1234567890", "€ 58,00")),)
    shown = preview(ReceiptDocument("x", "Bon", table), BRANCH, 24)
    assert shown.splitlines()[1:] == ["Een omschrijving", "      1234567890 € 58,00"]


@given(
    st.lists(
        st.builds(Text, st.text(), st.booleans(), st.booleans(), st.sampled_from(Align))
        | st.builds(Columns, st.lists(st.text(max_size=30), min_size=1, max_size=4).map(tuple)),
        max_size=6,
    ),
    st.integers(12, 80),
)
def test_no_line_is_wider_than_the_paper(lines: list[Text | Columns], columns: int) -> None:
    document = ReceiptDocument("x", "Een titel", tuple(lines))
    for line in set_lines(document, columns):
        assert isinstance(line, SetLine)
        assert len(line.text) <= (columns // 2 if line.large else columns)
        assert "\n" not in line.text


@pytest.mark.parametrize("text", ["", " ", "\x1b\x00", "\u202e"])
def test_an_empty_text_is_one_empty_line(text: str) -> None:
    assert clean(text) == ""
    assert wrap(text, 20) == [""]


def test_a_preview_needs_the_standard_library_alone() -> None:
    script = """
import sys
import deskterm.printing.documents, deskterm.printing.options, deskterm.printing.option_reading
import deskterm.printing.render.preview, deskterm.printing.render.payload
import deskterm.printing.render.testpage, deskterm.printing.rendering
print(*sorted({"PIL", "zxingcpp", "escpos", "textual", "sqlalchemy"} & set(sys.modules)))
"""
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == ""
