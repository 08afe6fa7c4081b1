"""Forms that were not finished: kept per employee, offered when they sign in again.

A dropped line kills the screen without a goodbye, so a walk of questions keeps its form at every
step. Nothing else is changed by a draft.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.trouble import reading, writing_plain
from deskterm.store.light import text
from deskterm.store.reads.rows import rows
from deskterm.store.values import moment_text
from deskterm.views.enrolment import DraftView

if TYPE_CHECKING:
    from deskterm.views.desk import StaffView

_KEEP = text(
    """
    INSERT INTO draft (staff_id, kind, key, payload, at)
    VALUES (:staff_id, :kind, :key, :payload, :at)
    ON CONFLICT (staff_id, kind, key) DO UPDATE SET payload = excluded.payload, at = excluded.at
    """
)
_OFFERED = text("SELECT kind, key, payload FROM draft WHERE staff_id = :staff_id ORDER BY at DESC")
_DROP = text("DELETE FROM draft WHERE staff_id = :staff_id AND kind = :kind AND key = :key")


def keep(desk: Desk, kind: str, key: str, payload: Mapping[str, object]) -> None:
    """Keep a form as it is now, in place of what was kept of it before; `payload` must be JSON."""
    if (staff := _employee(desk)) is None:
        return
    with writing_plain(desk) as connection:
        values = {"payload": json.dumps(payload), "at": moment_text(desk.clock.now())}
        connection.execute(_KEEP, {"staff_id": staff.id, "kind": kind, "key": key, **values})


def offered(desk: Desk) -> tuple[DraftView, ...]:
    """Give the signed-in employee's own unfinished forms, the newest first."""
    if (staff := _employee(desk)) is None:
        return ()
    with reading(desk) as connection:
        return tuple(
            DraftView(row["kind"], row["key"], json.loads(row["payload"]))
            for row in rows(connection, _OFFERED, {"staff_id": staff.id})
        )


def drop(desk: Desk, kind: str, key: str) -> None:
    """Forget a form; nothing when it is not there."""
    if (staff := _employee(desk)) is None:
        return
    with writing_plain(desk) as connection:
        connection.execute(_DROP, {"staff_id": staff.id, "kind": kind, "key": key})


def _employee(desk: Desk) -> "StaffView | None":
    """Who is signed in; a script has no drafts."""
    return desk.staff if desk.staff is not None and desk.staff.id else None
