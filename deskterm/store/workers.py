"""Which workers are alive, and which one serves the printers of a desk.

Moments are those of the machine's clock, never of a desk that stands on another day: whether a
program lives is no matter of the library's calendar.
"""

from datetime import datetime, timedelta

from deskterm.store.light import Reader, text
from deskterm.store.values import moment_text

BEAT_SECONDS = 10.0
"""How often a worker says that it is alive."""
ALIVE_FOR = timedelta(seconds=45)
"""A worker that was silent for longer counts as gone."""
_FORGOTTEN_AFTER = timedelta(days=1)

# Around now, not after: a row of a machine whose clock was years ahead must not live on.
_SOMEBODY = text(
    """
    SELECT count(*) FROM worker
    WHERE beat_at BETWEEN :oldest AND :newest AND id <> :id
    """
)
_SOMEBODY_AT = text(
    """
    SELECT count(*) FROM worker
    WHERE beat_at BETWEEN :oldest AND :newest AND id <> :id AND desk_id = :desk_id
    """
)
_BEAT = text(
    """
    INSERT INTO worker (id, desk_id, started_at, beat_at) VALUES (:id, :desk_id, :now, :now)
    ON CONFLICT (id) DO UPDATE SET desk_id = excluded.desk_id, beat_at = excluded.beat_at
    """
)
_FORGET = text("DELETE FROM worker WHERE beat_at NOT BETWEEN :oldest AND :newest")
_LEAVE = text("DELETE FROM worker WHERE id = :id")


def beat(connection: Reader, worker: str, now: datetime, desk_id: int | None = None) -> bool:
    """Say that a worker is alive; tell whether it serves the printers of this desk.

    One that finds another living worker at the desk steps aside, also when it was there first and
    was silent for too long. Needs a write transaction, in which workers take turns.
    """
    connection.execute(_FORGET, _around(now, _FORGOTTEN_AFTER))
    serves = desk_id is not None and not somebody(connection, now, desk_id, besides=worker)
    values = {"id": worker, "desk_id": desk_id if serves else None, "now": moment_text(now)}
    connection.execute(_BEAT, values)
    return serves


def leave(connection: Reader, worker: str) -> None:
    """Take a worker that ends off the list."""
    connection.execute(_LEAVE, {"id": worker})


def somebody(
    connection: Reader, now: datetime, desk_id: int | None = None, *, besides: str = ""
) -> bool:
    """Tell whether a worker lives, at all or at the printers of one desk."""
    values: dict[str, object] = {"id": besides, **_around(now, ALIVE_FOR)}
    if desk_id is None:
        return bool(connection.execute(_SOMEBODY, values).scalar())
    return bool(connection.execute(_SOMEBODY_AT, {"desk_id": desk_id, **values}).scalar())


def _around(now: datetime, span: timedelta) -> dict[str, str]:
    return {"oldest": moment_text(now - span), "newest": moment_text(now + span)}
