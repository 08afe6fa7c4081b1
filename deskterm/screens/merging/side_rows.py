"""Two records side by side as rows of text, before any widget draws them.

What differs has a star, what stays has a cross: nothing here is told by colour alone.
"""

from collections.abc import Sequence

from deskterm.screens.merging.choosing import Choosing
from deskterm.text import _, cents_text, date_text
from deskterm.views.merging import Comparison, Decision, FieldPair, Head, Moving, Side
from deskterm.widgets.sheet import BLANK, Look, Row, Span, cut, line, pad, wrap

HEAD_ROWS = 3
FOOT_ROWS = 2
_LABEL = 16
"""Cells of the sign and the label in front of both values."""
_MARK = 4
DECISION, FIELD = "decision:", "field:"
"""What the keys of the rows begin with."""


def head_rows(comparison: Comparison, width: int) -> list[Row]:
    """Who stays and who goes, in words."""
    stays = _("Blijft: {number}").format(number=comparison.keeper.actor_id)
    goes = _("Vervalt: {number}").format(number=comparison.loser.actor_id)
    return [
        _heads(stays, goes, ("title", "bad"), width),
        _heads(comparison.keeper.name, comparison.loser.name, ("value", "value"), width),
        _heads(
            _membership(comparison.keeper), _membership(comparison.loser), ("dim", "dim"), width
        ),
    ]


def _heads(keeper: str, loser: str, looks: tuple[Look, Look], width: int) -> Row:
    wide = _side_width(width)
    return Row((
        Span(" " * _LABEL),
        Span(pad(keeper, wide), looks[0]),
        Span(" "),
        Span(cut(loser, wide), looks[1]),
    ))  # fmt: skip


def _membership(head: Head) -> str:
    if not head.membership_name:
        return _("geen abonnement")
    valid = "" if head.valid else f" ({_('niet geldig')})"
    return f"{head.membership_name}{valid}"


def _side_width(width: int) -> int:
    return max(_MARK + 2, (width - _LABEL - 1) // 2)


def body_rows(comparison: Comparison, choosing: Choosing, width: int) -> list[Row]:
    """Warnings, what staff must decide, what differs, what goes along, and what is the same."""
    rows: list[Row] = []
    for warning in comparison.warnings:
        rows += wrap(f"! {warning}", width, "bad")
    for decision in comparison.decisions:
        rows += _decision_rows(decision, choosing.decisions.get(decision.name), width)
    if rows:
        rows.append(BLANK)
    differing = [pair for pair in comparison.fields if pair.differs]
    same = [pair for pair in comparison.fields if not pair.differs]
    for pair in differing:
        rows += _field_rows(pair, choosing.fields.get(pair.name), width)
    rows += [BLANK, *moving_rows(comparison, width)]
    for note in comparison.notes:
        rows += wrap(note, width, "hint")
    if same:
        rows += [BLANK, line(_("Gelijk:"), width, "label")]
    for pair in same:
        rows += _field_rows(pair, None, width)
    return rows


def _decision_rows(decision: Decision, side: Side | None, width: int) -> list[Row]:
    asked = wrap(decision.question, width, "title" if side else "bad")
    values = (decision.keeper, decision.loser)
    sign = " " if side else "!"
    return [*asked, *_pair_rows(sign, "", values, side, DECISION + decision.name, width)]


def _field_rows(pair: FieldPair, side: Side | None, width: int) -> list[Row]:
    sign = "*" if pair.differs else " "
    values = (pair.keeper, pair.loser)
    if not (pair.differs and pair.choosable):
        return _pair_rows(sign, pair.label, values, None, None, width)
    return _pair_rows(sign, pair.label, values, side, FIELD + pair.name, width)


def _pair_rows(
    sign: str, label: str, values: tuple[str, str], side: Side | None, key: str | None, width: int
) -> list[Row]:
    """One thing of both records, over as many lines as the longer value needs."""
    wide = _side_width(width)
    boxes = [wrap(value or "-", wide - _MARK) for value in values]
    marks = [_mark(key, of, side) for of in ("keeper", "loser")]
    looks: list[Look] = [
        "dim" if side is not None and side != of else "value" for of in ("keeper", "loser")
    ]
    rows = []
    for at in range(max(len(box) for box in boxes)):
        spans = [Span(pad(f"{sign} {label}" if not at else "", _LABEL), "label")]
        for box, mark, look in zip(boxes, marks, looks, strict=True):
            text = box[at].text if at < len(box) else ""
            spans.append(Span(pad((mark if not at else " " * _MARK) + text, wide), look))
            spans.append(Span(" "))
        rows.append(Row(tuple(spans[:-1]), None if at else key))
    return rows


def _mark(key: str | None, of: str, side: Side | None) -> str:
    if key is None:
        return " " * _MARK
    return "[x] " if side == of else "[ ] "


def moving_rows(comparison: Comparison, width: int) -> list[Row]:
    """What of the record that goes is the keeper's afterwards."""
    words = _("Gaat van {loser} naar {keeper}:").format(
        loser=comparison.loser.actor_id, keeper=comparison.keeper.actor_id
    )
    if not comparison.moves:
        return [line(f"{words} {_('niets')}", width, "label")]
    moved = ", ".join(_moving(one) for one in comparison.moves)
    return [line(words, width, "label"), *wrap(moved, width, "value")]


def _moving(one: Moving) -> str:
    counted = f"{one.words} {one.count}"
    return counted if not one.cents else f"{counted} ({cents_text(one.cents)})"


def foot_rows(comparison: Comparison, choosing: Choosing, said: str, width: int) -> list[Row]:
    """What is wrong or still to decide, and the keys."""
    left = choosing.left(comparison)
    first = line(
        _("Herstel kan tot en met {day}.").format(day=date_text(comparison.until_on)), width, "dim"
    )
    if said:
        first = line(f"! {said}", width, "bad")
    elif left:
        first = line(_("! Kies eerst wat blijft, bij elke regel met een !."), width, "bad")
    keys = _("* verschilt   Links/rechts: kies   Alt+W: wissel   Ctrl+S: ontdubbel")
    return [first, line(keys, width, "hint")]


def confirm_lines(comparison: Comparison, until: bool = True) -> Sequence[str]:
    """What is about to happen, for the question before it does."""
    keeper, loser = comparison.keeper, comparison.loser
    said = [
        _("Vervalt: {number} {name}").format(number=loser.actor_id, name=loser.name),
        _("Blijft: {number} {name}").format(number=keeper.actor_id, name=keeper.name),
    ]
    if until:
        day = date_text(comparison.until_on)
        said.append(_("Herstel kan tot en met {day}.").format(day=day))
    return said
