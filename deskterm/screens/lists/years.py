"""Grafiek: how much was lent in each year, as bars of text."""

from collections.abc import Sequence

from deskterm.screens.tabs.layout import facts
from deskterm.text import _
from deskterm.views.customer import Person
from deskterm.views.lists import LoanYear
from deskterm.widgets.sheet import BLANK, Row, Span, line, pad, wrap

_YEAR = 8
"""Cells of a year with the blanks beside it; the bar has what the numbers leave."""
_BAR = "█"


def rows(years: Sequence[LoanYear], person: Person, width: int) -> list[Row]:
    """A bar for each year, the longest as wide as there is room for, then what is not in them."""
    most = max((one.loans for one in years), default=0)
    bars = [_bar(one, most, width) for one in years if most]
    nothing = [line(f" {_('Er is nog niets geleend.')}", width, "dim")]
    missing = person.loans_total > sum(one.loans for one in years)
    lacking = wrap(_lacking(person), width - 1, "dim") if missing else []
    return [
        *(bars or nothing),
        BLANK,
        *facts([(_("Totaal"), str(person.loans_total))], width, _YEAR - 2),
        *(Row((Span(" "), *row.spans)) for row in lacking),
    ]


def _bar(one: LoanYear, most: int, width: int) -> Row:
    # Rounded up: a year in which anything was lent shows that it was.
    cells = -(-one.loans * max(1, width - _YEAR - len(f" {most}")) // most)
    bar = (Span(f"{_BAR * cells} ", "label"),) if cells else ()
    return Row((Span(pad(f" {one.year}", _YEAR), "label"), *bar, Span(str(one.loans), "value")))


def _lacking(person: Person) -> str:
    if not person.show_history:
        return _("Alleen dit jaar en vorig jaar: de klant toont de leenhistorie niet (tab 6).")
    if person.erase_history:
        return _("Oudere jaren kunnen ontbreken: de klant laat de leenhistorie wissen (tab 6).")
    return _("Wat ouder is, staat niet meer in de leenhistorie.")
