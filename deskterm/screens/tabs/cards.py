"""`8.Passen`: the hoofdpas and the volgpassen, with those that were replaced (1.8)."""

from deskterm.screens.tabs.tab import RowAction, target_of
from deskterm.screens.wording import CARD_KINDS, CARD_STATUSES, word
from deskterm.text import _, date_text, pgettext
from deskterm.views.customer import CardView, CustomerView
from deskterm.widgets.sheet import Column, Row, Span, line, table_header, table_row


def read(view: CustomerView, width: int) -> list[Row]:
    """Type, status, number, last used, library; a card that does not work is red."""
    columns = (
        Column(_("Type"), 9),
        Column(_("Status"), 12),
        Column(_("Nummer"), 16),
        Column(_("Laatst gebruikt"), 15),
        Column(_("Bibliotheek"), 19, grow=1),
    )
    rows = [table_header(columns, width)]
    for card in view.cards:
        status = word(CARD_STATUSES, card.status)
        cells = (
            word(CARD_KINDS, card.kind),
            Span(status, "value" if card.status == "active" else "bad"),
            card.number,
            date_text(card.last_used_on),
            f"{card.branch_code} {card.branch_name}",
        )
        rows.append(table_row(columns, cells, width, key=f"card:{card.id}"))
    if not view.cards:
        rows.append(line(" " + _("Deze klant heeft geen pas."), width, "dim"))
    return rows


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """What can be done with the card of the row; Vervangen comes first.

    *Wijzigen naar volgpas* comes last, and asks first: seed document 1 warns that it keeps a lost
    card working.
    """
    card = card_of_row(view, row_key)
    if card is None:
        return [_hand_out(view)]
    why_not = _("Een vervangen pas blijft ongeldig.") if card.status == "replaced" else ""
    target = str(card.id)
    return [
        RowAction("card.replace", pgettext("act", "Vervangen"), not why_not, why_not, target),
        _block_or_unblock(card, why_not),
        _hand_out(view),
        _change_kind(card, why_not),
    ]


def card_of_row(view: CustomerView, row_key: str | None) -> CardView | None:
    """The card of a row, if it is one's."""
    target = target_of(row_key, "card")
    return next((card for card in view.cards if str(card.id) == target), None)


def main_card(view: CustomerView) -> CardView | None:
    """The hoofdpas that was not replaced."""
    living = (card for card in view.cards if card.kind == "main" and card.status != "replaced")
    return next(living, None)


def _hand_out(view: CustomerView) -> RowAction:
    if main_card(view) is None:
        return RowAction("card.main", _("Nieuwe hoofdpas"))
    return RowAction("card.extra", _("Nieuwe volgpas"))


def _block_or_unblock(card: CardView, why_not: str) -> RowAction:
    if card.status == "blocked":
        return RowAction("card.unblock", _("Deblokkeren"), target=str(card.id))
    return RowAction("card.block", _("Blokkeren"), not why_not, why_not, str(card.id))


def _change_kind(card: CardView, why_not: str) -> RowAction:
    if card.kind == "main":
        label = _("Wijzigen naar volgpas")
        return RowAction("card.to_extra", label, not why_not, why_not, str(card.id))
    if card.status == "blocked":
        why_not = _("Deblokkeer de pas eerst.")
    label = _("Wijzigen naar hoofdpas")
    return RowAction("card.to_main", label, not why_not, why_not, str(card.id))
