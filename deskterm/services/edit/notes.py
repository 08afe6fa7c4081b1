"""Messages (`message.<1-4>`) and blocks (`block.<kind>`, `block.<kind>.note`)."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.blocks import BlockKind, right_to_change
from deskterm.services.edit import addresses, parsers
from deskterm.services.edit.draft import Draft

if TYPE_CHECKING:
    from deskterm.store.tables import Block, Message

LINES = ("1", "2", "3", "4")
LONGEST_LINE = 60
"""Wise's: four public lines of sixty characters (customers.md 1.5)."""
_MESSAGE = parsers.line(LONGEST_LINE)
_NOTE = parsers.line(120)


def plan_messages(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check the typed message lines and note what changes; an emptied line goes.

    Raises:
        ValueError: there is no such line; a screen made a mistake.
    """
    from deskterm.store.tables import Message

    for number, text in typed.items():
        if number not in LINES:
            raise ValueError(f"no such field: message.{number}")
        name = f"message.{number}"
        row = draft.session.get(Message, (draft.actor_id, int(number)))
        is_read, value = draft.parse(name, _MESSAGE, text)
        if is_read:
            write = partial(_write_message, draft, row, int(number), str(value))
            draft.change(name, row.text if row else "", value, write)


def _write_message(draft: Draft, row: "Message | None", number: int, text: str) -> None:
    from deskterm.store.tables import Message

    if row is not None and not text:
        draft.session.delete(row)
        return
    row = row or Message(customer_id=draft.actor_id, line=number, text=text)
    row.text = text
    draft.session.add(row)


def plan_blocks(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check the typed blocks and note what changes.

    Raises:
        NotAllowed: the employee may not set or lift a block that would change.
        ValueError: no such kind of block.
    """
    if not typed:
        return
    present = _blocks_in_force(draft) if draft.blocks is None else draft.blocks
    kinds = dict.fromkeys(BlockKind(name.partition(".")[0]) for name in typed)
    for kind in kinds:
        before = len(draft.changes)
        _plan_block(draft, kind, typed, present.get(kind))
        if len(draft.changes) > before:
            draft.desk.require(right_to_change(kind))


def _plan_block(
    draft: Draft, kind: BlockKind, typed: Mapping[str, str], row: "Block | None"
) -> None:
    missing_on = draft.customer.card_missing_on if kind is BlockKind.MISSING else None
    was = row is not None or missing_on is not None
    note_name = f"block.{kind.value}.note"
    read_flag, wanted = draft.parse(
        f"block.{kind.value}", parsers.flag, typed.get(kind.value, "1" if was else "")
    )
    old_note = row.note if row else ""
    read_note, note = draft.parse(note_name, _NOTE, typed.get(f"{kind.value}.note", old_note))
    if not (read_flag and read_note):
        return
    if was and not wanted:
        draft.change(f"block.{kind.value}", was, wanted, partial(_lift, draft, kind, row))
    elif wanted:
        block = row or _new_block(draft, kind, missing_on or draft.facts.today)
        write = partial(_write_block, draft, block, str(note))
        draft.change(f"block.{kind.value}", was, wanted, write)
        draft.change(note_name, old_note, note, write)


def _blocks_in_force(draft: Draft) -> "dict[str, Block]":
    from sqlmodel import col, select

    from deskterm.store.tables import Block

    query = select(Block).where(
        col(Block.customer_id) == draft.actor_id, col(Block.lifted_at).is_(None)
    )
    return {block.kind: block for block in draft.session.exec(query)}


def _lift(draft: Draft, kind: BlockKind, row: "Block | None") -> None:
    if row is not None:
        row.lifted_at = draft.now
        draft.session.add(row)
    if kind is BlockKind.MISSING:
        draft.customer.card_missing_on = None
    if kind is BlockKind.ADDRESS:
        _trust_addresses(draft)


def _trust_addresses(draft: Draft) -> None:
    """Without the block letters go out again; what has ended keeps that post came back from it."""
    for address in addresses.of(draft.session, draft.actor_id):
        if address.returned_on and (
            address.until_on is None or address.until_on >= draft.facts.today
        ):
            address.returned_on = None
            draft.session.add(address)


def _write_block(draft: Draft, row: "Block", note: str) -> None:
    row.note = note
    draft.session.add(row)


def _new_block(draft: Draft, kind: BlockKind, since: date) -> "Block":
    from deskterm.store.tables import Block

    set_by = draft.desk.staff.actor_id if draft.desk.staff else None
    return Block(customer_id=draft.actor_id, kind=kind.value, since=since, set_by=set_by)
