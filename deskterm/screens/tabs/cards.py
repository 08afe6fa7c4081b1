"""`8.Passen`: the hoofdpas and the volgpassen, with those that were replaced (1.8)."""

from deskterm.screens.tabs.tab import RowAction, later, target_of
from deskterm.screens.wording import CARD_KINDS, CARD_STATUSES, word
from deskterm.text import _, date_text
from deskterm.views.customer import CardView, CustomerView
from deskterm.widgets.sheet import Column, Row, Span, line, table_header, table_row


def read(view: CustomerView, width: int) -> list[Row]:
    """Type, status, number, last used, library; a card that does not work is red."""
    columns = (
        Column(_("Type"), 9),
        Column(_("Status"), 12),
        Column(_("Pasnummer"), 16),
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

    *Wijzigen naar volgpas* comes last and says what it leaves undone: seed document 1 warns that
    it keeps a lost card working.
    """
    target = target_of(row_key, "card")
    card = next((card for card in view.cards if str(card.id) == target), None)
    if card is None:
        return [later("card.extra", _("Nieuwe volgpas"))]
    return [
        later("card.replace", _("Vervangen"), target),
        _block_or_unblock(card),
        later("card.extra", _("Nieuwe volgpas")),
        _change_kind(card),
    ]


def _block_or_unblock(card: CardView) -> RowAction:
    usable = card.status != "replaced"
    why_not = "" if usable else _("Een vervangen pas blijft ongeldig.")
    if card.status == "blocked":
        return RowAction("card.unblock", _("Deblokkeren"), usable, why_not, str(card.id))
    return RowAction("card.block", _("Blokkeren"), usable, why_not, str(card.id))


def _change_kind(card: CardView) -> RowAction:
    if card.kind == "extra":
        return later("card.to_main", _("Wijzigen naar hoofdpas"), str(card.id))
    return RowAction(
        "card.to_extra",
        _("Wijzigen naar volgpas"),
        enabled=False,
        why_not=_("Houdt een verloren pas werkend; komt later."),
        target=str(card.id),
    )
