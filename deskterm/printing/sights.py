"""How the printers of a desk are: asked by a screen, looked at by the worker.

Moments are those of the machine's clock.
"""

from dataclasses import dataclass
from datetime import datetime

from deskterm.printing.model import Readiness
from deskterm.store.light import Reader, text
from deskterm.store.reads.errands import ASKS_LAST, FARTHEST
from deskterm.store.values import as_moment, moment_text

_SIGHT = text(
    """
    SELECT readiness, reason, asked_at, seen_at FROM printer_sight
    WHERE desk_id = :desk_id AND printer = :printer
    """
)
# That nobody has looked since is written, not seen from the moments: the clocks of two machines
# may differ, and one of them may be put right in between.
_ASK = text(
    """
    INSERT INTO printer_sight (desk_id, printer, readiness, reason, asked_at)
    VALUES (:desk_id, :printer, 'unknown', '', :now)
    ON CONFLICT (desk_id, printer) DO UPDATE SET asked_at = excluded.asked_at, seen_at = NULL
    """
)
_SEEN = text(
    """
    INSERT INTO printer_sight (desk_id, printer, readiness, reason, seen_at)
    VALUES (:desk_id, :printer, :readiness, :reason, :now)
    ON CONFLICT (desk_id, printer) DO UPDATE SET readiness = excluded.readiness,
        reason = excluded.reason, seen_at = excluded.seen_at
    """
)
_ASKED = text(
    """
    SELECT count(*) FROM printer_sight
    WHERE desk_id = :desk_id AND printer = :printer
      AND asked_at > :since AND asked_at <= :farthest AND seen_at IS NULL
    """
)


@dataclass(frozen=True, slots=True)
class Sight:
    """A printer as its worker last found it."""

    readiness: Readiness = Readiness.UNKNOWN
    reason: str = ""
    asked_at: datetime | None = None
    seen_at: datetime | None = None


def sight(connection: Reader, desk_id: int, printer: str) -> Sight:
    """Read how a printer was when the worker last looked."""
    for row in connection.execute(_SIGHT, {"desk_id": desk_id, "printer": printer}).mappings():
        asked_at, seen_at = row["asked_at"], row["seen_at"]
        return Sight(
            Readiness(row["readiness"]),
            row["reason"],
            None if asked_at is None else as_moment(asked_at),
            None if seen_at is None else as_moment(seen_at),
        )
    return Sight()


def ask(connection: Reader, desk_id: int, printer: str, now: datetime) -> None:
    """Ask the worker of a desk how a printer is."""
    values = {"desk_id": desk_id, "printer": printer, "now": moment_text(now)}
    connection.execute(_ASK, values)


def is_asked(connection: Reader, desk_id: int, printer: str, now: datetime) -> bool:
    """Tell whether somebody waits to hear how a printer is."""
    times = {"since": moment_text(now - ASKS_LAST), "farthest": moment_text(now + FARTHEST)}
    values = {"desk_id": desk_id, "printer": printer, **times}
    return bool(connection.execute(_ASKED, values).scalar())


def asked_until(connection: Reader, desk_id: int, printer: str) -> datetime | None:
    """Tell until when somebody who asked how a printer is may still stand there; None when nobody
    ever asked."""
    asked_at = sight(connection, desk_id, printer).asked_at
    return None if asked_at is None else asked_at + ASKS_LAST


def seen(
    connection: Reader, desk_id: int, printer: str, readiness: str, reason: str, now: datetime
) -> None:
    """Write down how a printer is."""
    values = {
        "desk_id": desk_id,
        "printer": printer,
        "readiness": readiness,
        "reason": reason,
        "now": moment_text(now),
    }
    connection.execute(_SEEN, values)
