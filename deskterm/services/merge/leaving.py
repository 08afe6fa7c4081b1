"""What must stay with the keeper when a merge is taken apart, and what must go along."""

from typing import TYPE_CHECKING

from deskterm.services.deeds.values import from_json
from deskterm.text import _, cents_text

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import Session

    from deskterm.store.tables import Card, Deed, DeedRow


def credit_left(session: "Session", deed: "Deed") -> tuple[set[int], tuple[str, ...]]:
    """The rows of the loser's credit when it was used since, and the sentence that says so.

    Nobody's credit is below nothing: what was used of it was the loser's, so all of it stays.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import LedgerEntry

    moved = _moved(session, deed, "ledger_entry")
    query = select(LedgerEntry).where(
        col(LedgerEntry.customer_id) == deed.customer_id, col(LedgerEntry.kind) == "credit"
    )
    entries = session.exec(query).all()
    own = sum(entry.amount_cents for entry in entries if entry.id not in moved)
    if own <= 0:
        return set(), ()
    stays = {moved[entry.id or 0] for entry in entries if entry.id in moved}
    cents = -sum(entry.amount_cents for entry in entries if entry.id in moved)
    told = _("Het tegoed van {amount} blijft bij de blijver: het is gebruikt.")
    return stays, (told.format(amount=cents_text(cents)),)


def send_along(session: "Session", deed: "Deed", leave: set[int]) -> None:
    """Give the loser what was booked since on what goes back: a payment goes with its charge.

    It is done while the loser still points at the keeper, as the books allow it only then.
    """
    from sqlmodel import col, or_, select

    from deskterm.store.tables import LedgerEntry

    noted = _moved(session, deed, "ledger_entry")
    going = {number for number, row in noted.items() if row not in leave}
    periods = set(_moved(session, deed, "membership_period"))
    known = set(noted)
    fresh = going
    while fresh or periods:
        query = select(LedgerEntry).where(
            col(LedgerEntry.customer_id) == deed.customer_id,
            col(LedgerEntry.id).not_in(known),
            or_(
                col(LedgerEntry.charge_id).in_(fresh),
                col(LedgerEntry.undoes_id).in_(fresh),
                col(LedgerEntry.period_id).in_(periods),
            ),
        )
        entries = session.exec(query).all()
        for entry in entries:
            entry.customer_id = deed.other_id or 0
            session.add(entry)
        session.flush()
        fresh, periods = {entry.id or 0 for entry in entries}, set()
        known |= fresh


def account_left(session: "Session", deed: "Deed") -> tuple[set[int], tuple[str, ...]]:
    """The row of the login account that moved, when the keeper has another since."""
    from deskterm.store.tables import LoginAccount

    there = session.get(LoginAccount, deed.customer_id)
    moved = (
        (row.id or 0, from_json(_table("login_account"), row.after))
        for row in _deed_rows(session, deed, "login_account")
        if row.after
    )
    stays = {
        number
        for number, after in moved
        if there is not None and (there.provider, there.ref) != (after["provider"], after["ref"])
    }
    return stays, (_("Het inlogaccount is intussen een ander, en blijft zo."),) if stays else ()


def cards_left(session: "Session", deed: "Deed") -> tuple[set[int], tuple[str, ...]]:
    """The rows that would give somebody a second hoofdpas, and the sentences that say so.

    A card that was replaced since stays a volgpas, as every replaced card is.
    """
    from deskterm.store.tables import Card

    stays: set[int] = set()
    told = []
    owners = _owners(session, deed)
    for row in _deed_rows(session, deed, "card"):
        before = from_json(_table("card"), row.before)
        card = session.get(Card, from_json(_table("card"), row.row_key)["id"])
        if before.get("kind") != "main" or card is None or card.kind == "main":
            continue
        owner = owners.get(card.id or 0, card.customer_id)
        others = [one for one in _mains(session, deed) if owners.get(one.id or 0) == owner]
        if card.status == "replaced" or others:
            stays.add(row.id or 0)
        if others and card.status != "replaced":
            words = _("Pas {number} blijft volgpas: {other} is nu de hoofdpas.")
            told.append(words.format(number=card.number, other=others[0].number))
    return stays, tuple(told)


def _owners(session: "Session", deed: "Deed") -> dict[int, int]:
    """Whose each card of the keeper will be."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    moved = {
        from_json(_table("card"), row.row_key)["id"]
        for row in _deed_rows(session, deed, "card")
        if "customer_id" in row.before
    }
    cards = session.exec(select(Card).where(col(Card.customer_id) == deed.customer_id))
    keeper, loser = deed.customer_id or 0, deed.other_id or 0
    return {card.id or 0: loser if card.id in moved else keeper for card in cards}


def _mains(session: "Session", deed: "Deed") -> "list[Card]":
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    query = select(Card).where(
        col(Card.customer_id) == deed.customer_id,
        col(Card.kind) == "main",
        col(Card.status) != "replaced",
    )
    return list(session.exec(query))


def _moved(session: "Session", deed: "Deed", table: str) -> dict[int, int]:
    """The rows of a table that the deed moved: their number, and that of the row of the deed."""
    return {
        from_json(_table(table), row.row_key)["id"]: row.id or 0
        for row in _deed_rows(session, deed, table)
    }


def _deed_rows(session: "Session", deed: "Deed", table: str) -> "list[DeedRow]":
    from sqlmodel import col, select

    from deskterm.store.tables import DeedRow

    query = select(DeedRow).where(col(DeedRow.deed_id) == deed.id, col(DeedRow.table_name) == table)
    return list(session.exec(query))


def _table(name: str) -> "Table":
    from deskterm.store.tables import metadata

    return metadata.tables[name]
