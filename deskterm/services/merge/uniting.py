"""What two customers both have and one can have but once: cards, blocks, lines, doors, ties."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.services.card.rows import living_main
from deskterm.services.deeds.recording import Recording
from deskterm.services.logbook import Logbook
from deskterm.services.merge.messages import no_room, placed
from deskterm.services.merge.moving import move
from deskterm.text import _, date_text
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import Session

    from deskterm.store.tables import Address, Block, Relation

LONGEST_NOTE = 120
"""Characters of a block's note, as the form takes them."""


@dataclass(frozen=True, slots=True)
class Uniting:
    """One merge while its rows are united."""

    recording: Recording
    keeper: CustomerView
    loser: CustomerView
    log: Logbook
    """The keeper's."""
    today: date

    @property
    def session(self) -> "Session":
        return self.recording.session

    @property
    def keeper_id(self) -> int:
        return self.keeper.actor_id

    @property
    def loser_id(self) -> int:
        return self.loser.actor_id


def turn_pointers(one: Uniting) -> None:
    """Set the loser's pointer, and turn those that lead to the loser: the books go by it."""
    from sqlmodel import col, select

    from deskterm.store.tables import Customer

    older = select(Customer).where(col(Customer.merged_into_id) == one.loser_id)
    rows = [one.session.get_one(Customer, one.loser_id), *one.session.exec(older)]
    for row in rows:
        row.merged_into_id = one.keeper_id
        one.session.add(row)
    one.session.flush()


def settle_main_card(one: Uniting, stays: str) -> None:
    """Let one of two living hoofdpassen be a volgpas; `stays` says whose does not."""
    mine = living_main(one.session, one.keeper_id)
    theirs = living_main(one.session, one.loser_id)
    if mine is None or theirs is None:
        return
    card = theirs if stays == "keeper" else mine
    card.kind = "extra"
    one.session.add(card)
    one.session.flush()
    one.log.line("card.kind", "card", f"{card.number} main", f"{card.number} extra")


def settle_account(one: Uniting, stays: str) -> None:
    """Let go of the keeper's login account when the loser's stays; the user name follows."""
    from deskterm.store.tables import Customer, LoginAccount

    mine = one.session.get(LoginAccount, one.keeper_id)
    theirs = one.session.get(LoginAccount, one.loser_id)
    if theirs is None or (mine is not None and stays == "keeper"):
        return
    if mine is not None:
        one.session.delete(mine)
    customer = one.session.get_one(Customer, one.keeper_id)
    one.log.line("merge", "username", customer.username, theirs.username)
    customer.username = theirs.username
    one.session.add(customer)
    one.session.flush()
    # It moves with all else that names the loser, past the ORM.
    one.session.expunge(theirs)


def unite_messages(one: Uniting) -> tuple[str, ...]:
    """Put the loser's lines on free ones; what finds no room is logged, and told in sentences."""
    from deskterm.store.tables import Message

    for line, free in placed(one.keeper.messages, one.loser.messages).items():
        row = one.session.get(Message, (one.loser_id, line))
        if row is not None:
            row.customer_id, row.line = one.keeper_id, free
            one.session.add(row)
    one.session.flush()
    left = no_room(one.keeper.messages, one.loser.messages)
    for text in left:
        one.log.line("merge", f"message.{one.loser.messages.index(text) + 1}", text, "")
    return tuple(_("Geen plaats voor melding: {text}").format(text=text) for text in left)


def unite_blocks(one: Uniting) -> tuple[str, ...]:
    """Move the blocks; one of a kind that the keeper has too stays, and gives its note away."""
    from sqlmodel import col, select

    from deskterm.store.tables import Block

    def in_force(customer_id: int) -> "dict[str, Block]":
        query = select(Block).where(
            col(Block.customer_id) == customer_id, col(Block.lifted_at).is_(None)
        )
        return {row.kind: row for row in one.session.exec(query)}

    there, told, doubles = in_force(one.keeper_id), [], []
    for kind, row in in_force(one.loser_id).items():
        if kind not in there:
            continue
        doubles.append(row.id or 0)
        mine = there[kind]
        if row.note and row.note not in mine.note:
            note = "; ".join(filter(None, (mine.note, row.note)))
            if len(note) > LONGEST_NOTE:
                told.append(_("Geen plaats voor toelichting: {text}").format(text=row.note))
                one.log.line("merge", f"block.{kind}.note", row.note, "")
                continue
            one.log.line("merge", f"block.{kind}.note", mine.note, note)
            mine.note = note
            one.session.add(mine)
    one.session.flush()
    table = _table("block")
    move(one.recording, table, table.c.customer_id, one.keeper_id, one.loser_id, doubles)
    return tuple(told)


def unite_addresses(one: Uniting, stays: str) -> None:
    """Move the doors that the keeper has not; the home that does not stay gets its end."""
    mine, theirs = (_addresses(one.session, who) for who in (one.keeper_id, one.loser_id))
    known = {_door(row) for row in mine}
    new = [row for row in theirs if _door(row) not in known]
    first, last = (new, mine) if stays == "loser" else (mine, new)
    ends = {row.id: row.until_on for row in last}
    if any(_holds(row, one.today) for row in first):
        _end(last, one.today)
    for position, row in enumerate((*first, *last), start=1):
        row.customer_id, row.position = one.keeper_id, position
        one.session.add(row)
        if row in new:
            one.log.line("merge", f"address.{position}.street", "", _line(row))
        old = ends.get(row.id, row.until_on)
        if row.until_on != old:
            days = date_text(old), date_text(row.until_on)
            one.log.line("merge", f"address.{position}.until_on", *days)
    one.session.flush()


def unite_relations(one: Uniting) -> None:
    """Move the ties, each once; one between the two themselves goes."""
    from sqlmodel import col, or_, select

    from deskterm.store.tables import Relation

    both = (one.keeper_id, one.loser_id)
    query = select(Relation).where(
        or_(col(Relation.customer_id).in_(both), col(Relation.other_id).in_(both))
    )
    rows = sorted(one.session.exec(query), key=lambda row: one.loser_id in _ends(row))
    known: set[tuple[int, int, str]] = set()
    for row in rows:
        start, end = (one.keeper_id if who == one.loser_id else who for who in _ends(row))
        if start == end or (start, end, row.kind) in known:
            one.session.delete(row)
            continue
        known.add((start, end, row.kind))
        row.customer_id, row.other_id = start, end
        one.session.add(row)
    one.session.flush()


def _ends(row: "Relation") -> tuple[int, int]:
    return row.customer_id, row.other_id


def _addresses(session: "Session", customer_id: int) -> "list[Address]":
    from sqlmodel import col, select

    from deskterm.store.tables import Address

    query = select(Address).where(col(Address.customer_id) == customer_id)
    return list(session.exec(query.order_by(col(Address.position), col(Address.id))))


def _door(row: "Address") -> tuple[str, ...]:
    return row.kind, row.postcode_key, row.street_key, row.place.casefold()


def _line(row: "Address") -> str:
    parts = (row.street, row.house_number, row.house_addition, row.postcode, row.place)
    return " ".join(filter(None, parts))


def _holds(row: "Address", today: date) -> bool:
    return row.kind == "home" and (row.until_on is None or row.until_on >= today)


def _end(rows: "list[Address]", today: date) -> None:
    """Nobody has two homes: those that do not stay have been lived in until yesterday."""
    for row in rows:
        if _holds(row, today):
            yesterday = today - timedelta(days=1)
            row.until_on = max(yesterday, row.from_on) if row.from_on else yesterday


def _table(name: str) -> "Table":
    from deskterm.store.tables import metadata

    return metadata.tables[name]
