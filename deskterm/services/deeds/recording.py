"""Record a deed: every row that its transaction adds, changes or removes, with what was there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from deskterm.services.deeds.values import as_json
from deskterm.services.desk import Desk

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Deed

DeedKind: TypeAlias = Literal["merge", "series", "remove"]

UNRECORDED = frozenset({"change_log", "deed", "deed_row", "viewing", "done_act"})
"""Tables that only grow, or that are of no account when a deed is taken back."""
PASSING = frozenset({"version", "changed_at", "changed_by"})
"""Columns that tell of the last save: taking back is a save of its own."""


@dataclass(slots=True)
class Recording:
    """A deed while it is done."""

    session: "Session"
    deed_id: int
    _pending: list[dict[str, Any]] = field(default_factory=list)

    def note(
        self,
        table: str,
        key: Mapping[str, Any],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Note a row that plain SQL changes: its key as it is left, and the columns that differ.

        What the ORM flushes is noted by itself. No `before` is a row that was added, no `after`
        one that was removed.
        """
        self._pending.append(
            {
                "deed_id": self.deed_id,
                "table_name": table,
                "row_key": as_json(key),
                "before": as_json(before),
                "after": as_json(after),
            }
        )

    def write(self) -> None:
        """Write what was noted so far."""
        from sqlalchemy import insert

        from deskterm.store.tables import DeedRow

        if self._pending:
            self.session.connection().execute(insert(DeedRow), self._pending)
            self._pending = []


@contextmanager
def recorded(
    desk: Desk,
    session: "Session",
    kind: DeedKind,
    key: str,
    *,
    until: date,
    customer_id: int | None = None,
    other_id: int | None = None,
) -> Iterator[Recording]:
    """Record what the block changes in this session as one deed that can be taken back `until`.

    The caller says afterwards how many people it was about, when more than one (`count`).
    """
    from sqlalchemy import event

    from deskterm.store.tables import Deed

    session.flush()
    deed = Deed(
        key=key,
        kind=kind,
        customer_id=customer_id,
        other_id=other_id,
        day=desk.today,
        at=desk.clock.now(),
        staff_id=desk.staff.id if desk.staff else None,
        desk_id=desk.place.id,
        branch_code=desk.place.branch.code,
        until_on=until,
    )
    session.add(deed)
    session.flush()
    recording = Recording(session, deed.id or 0)

    def note(flushed: "Session", _context: object) -> None:
        _note_flush(recording, flushed)

    event.listen(session, "after_flush", note)
    try:
        yield recording
        session.flush()
    finally:
        event.remove(session, "after_flush", note)
    recording.write()


def known_deed(session: "Session", key: str) -> "Deed | None":
    """Find the deed that was done with a key already."""
    from sqlmodel import col, select

    from deskterm.store.tables import Deed

    return session.exec(select(Deed).where(col(Deed.key) == key)).first()


def _note_flush(recording: Recording, session: "Session") -> None:
    for row in session.new:
        _note(recording, row, "added")
    for row in session.dirty:
        _note(recording, row, "changed")
    for row in session.deleted:
        _note(recording, row, "removed")


def _note(recording: Recording, row: object, how: Literal["added", "changed", "removed"]) -> None:
    from sqlalchemy import inspect
    from sqlalchemy.orm import PassiveFlag

    state: Any = inspect(row)
    table = state.mapper.local_table
    if table.name in UNRECORDED:
        return
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    names = [attribute.key for attribute in state.mapper.column_attrs]
    if how == "changed":
        # What nobody set is as it was: asking for all of a wide row takes longest of all.
        names = [name for name in names if name in state.committed_state]
    for name in names:
        history = state.get_history(name, PassiveFlag.PASSIVE_NO_INITIALIZE)
        old = history.deleted[0] if history.deleted else getattr(row, name)
        if how == "removed" or (history.added and history.deleted):
            before[name] = old
        if how == "added" or (how == "changed" and name in before):
            after[name] = getattr(row, name)
    if how == "changed" and table.name == "customer":
        before = {name: value for name, value in before.items() if name not in PASSING}
        after = {name: value for name, value in after.items() if name not in PASSING}
    if before or after:
        keys = [column.name for column in table.primary_key]
        recording.note(table.name, {name: getattr(row, name) for name in keys}, before, after)
