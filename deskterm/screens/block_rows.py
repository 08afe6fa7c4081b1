"""The customer block: the blue bar, four grey lines in three columns, and a line for hints.

It is always `BLOCK_HEIGHT` rows high, so nothing below it moves when another customer comes. At
84 columns it has the spacing of design/screens.md; at 80 columns the same with single blanks. A
name or address that would be cut gets more room: labels and amounts then stand closer.
"""

from dataclasses import dataclass

from rich.cells import cell_len

from deskterm.screens.wording import bar_status, block_word, status_line
from deskterm.text import _, cents_text, date_text
from deskterm.views.customer import Block
from deskterm.widgets.sheet import Look, Row, Span, cut, line, pad

BLOCK_HEIGHT = 6

_ROOMY = 84
_LEFT_USUAL = 24
_LEFT_WIDEST = 50
_MIDDLE_VALUE = 19
_RIGHT = 19


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths of the three columns and of the blanks before and between them."""

    lead: int
    left: int
    gap: int
    label: int
    between: int
    right: int
    close: bool = False
    """Whether long labels of the middle are shortened."""


def block_rows(block: Block, width: int) -> list[Row]:
    """Draw the block of a customer for a screen of so many cells."""
    names, amounts = _left(block), _right(block)
    layout = _layout(width)
    if max(map(cell_len, names)) > layout.left:
        layout = _close_layout(width, amounts)
    rows = [_bar(block, width)]
    look: Look = "value" if block.valid else "bad"
    for name, middle, right in zip(names, _middle(block, layout), amounts, strict=True):
        spans = (
            Span(" " * layout.lead),
            Span(pad(name, layout.left), look),
            Span(" " * layout.gap),
            Span(pad(middle[0], layout.label), "label"),
            Span(pad(middle[1].text, _MIDDLE_VALUE), middle[1].look),
            Span(" " * layout.between),
            *_amount(right[0], right[1], layout.right),
        )
        rows.append(_within(spans, width))
    rows.append(_hints(block, width))
    return rows


def _layout(width: int) -> _Layout:
    lead, gap, label = (1, 2, 20) if width >= _ROOMY else (0, 1, 19)
    between = 2
    spare = width - lead - gap - label - _MIDDLE_VALUE - between - _RIGHT
    # Names take what there is up to a length that most have; then two thirds of the rest.
    left = max(0, min(spare, max(_LEFT_USUAL, spare * 2 // 3), _LEFT_WIDEST))
    rest = max(0, spare - left)
    return _Layout(lead, left, gap + rest // 2, label, between + rest - rest // 2, _RIGHT)


def _close_layout(width: int, amounts: tuple[tuple[str, Span], ...]) -> _Layout:
    right = min(_RIGHT, max(cell_len(label) + cell_len(one.text) for label, one in amounts) + 1)
    lead, gap, label, between = 1 if width >= _ROOMY else 0, 1, 15, 1
    left = max(0, width - lead - gap - label - _MIDDLE_VALUE - between - right)
    return _Layout(lead, left, gap, label, between, right, close=True)


def _bar(block: Block, width: int) -> Row:
    number = block.card_number or _("(geen pas)")
    parts = [
        f"{number} [{block.actor_id}]",
        f"{block.branch_code} ({block.branch_name})",
        block.membership_name,
        bar_status(block),
    ]
    roomy = width >= _ROOMY
    gap = "  " if roomy else " "
    room = width - (1 if roomy else 0)
    # The number and the status say the most: names give way, the branch first.
    for index in (1, 2, 3):
        excess = cell_len(gap.join(filter(None, parts))) - room
        if excess > 0:
            parts[index] = cut(parts[index], max(8, cell_len(parts[index]) - excess))
    text = (" " if roomy else "") + gap.join(filter(None, parts))
    return Row((Span(pad(text, width), "bar"),))


def _left(block: Block) -> tuple[str, str, str, str]:
    return block.display_name, block.street_line, block.place_line, status_line(block)


def _middle(block: Block, layout: _Layout) -> tuple[tuple[str, Span], ...]:
    born = date_text(block.born)
    if block.age is not None:
        born = _("{born} ({age} jr.)").format(born=born, age=block.age)
    first = (_("geboortedatum"), Span(born, "value"))
    if block.contact_person is not None:
        first = (_("contactpersoon"), Span(block.contact_person, "value"))
    return (
        first,
        (
            _("laatste act.") if layout.close else _("laatste activiteit"),
            _limited(block, "last_activity_on", date_text(block.last_activity_on)),
        ),
        (_("in bezit"), _limited(block, "on_loan", str(block.on_loan))),
        (_("actieve passen"), _limited(block, "active_cards", str(block.active_cards))),
    )


def _right(block: Block) -> tuple[tuple[str, Span], ...]:
    return (
        (
            _("contributie"),
            _limited(block, "contribution_cents", cents_text(block.contribution_cents)),
        ),
        (
            _("registratie"),
            _limited(block, "registration_cents", cents_text(block.registration_cents)),
        ),
        (_("strippen"), _limited(block, "punches", str(block.punches))),
        (_("tegoed"), _limited(block, "credit_cents", cents_text(block.credit_cents))),
    )


def _limited(block: Block, field: str, text: str) -> Span:
    """Give a value; over its limit it is red, with a sign for who sees no red."""
    return Span(f"! {text}", "bad") if field in block.over_limit else Span(text, "value")


def _amount(label: str, value: Span, width: int) -> tuple[Span, Span]:
    shown = cut(value.text, width)
    if cell_len(label) + cell_len(shown) >= width:
        shown = shown.replace(" ", "")
    return (
        Span(pad(label, width - cell_len(shown)), "label"),
        Span(shown, value.look),
    )


def _within(spans: tuple[Span, ...], width: int) -> Row:
    """Drop what does not fit on a screen narrower than the block was made for."""
    kept: list[Span] = []
    room = width
    for span in spans:
        shown = cut(span.text, room)
        kept.append(Span(shown, span.look))
        room -= cell_len(shown)
    return Row(tuple(kept))


def _hints(block: Block, width: int) -> Row:
    hints = [block_word(kind) for kind in block.block_kinds]
    if block.has_messages:
        hints.append(_("Er is een melding, zie tab 5"))
    return line(" · ".join(hints), width, "hint")
