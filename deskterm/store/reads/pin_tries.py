"""Wrong PINs: how many in a row, by whom or what name, at which desk."""

from dataclasses import dataclass
from datetime import datetime

from deskterm.store.light import Reader, text
from deskterm.store.values import as_moment, moment_text

ELSEWHERE = 0
"""In the place of a desk: all desks at which somebody is not known."""

_FIND = text(
    """
    SELECT desk_id, tries, wrong_at, locked_until, right_at FROM pin_tries
    WHERE subject = :subject AND act = :act AND desk_id IN (0, :desk_id)
    """
)
_KEEP = text(
    """
    INSERT INTO pin_tries (subject, act, desk_id, tries, wrong_at, locked_until, right_at)
    VALUES (:subject, :act, :desk_id, :tries, :wrong_at, :locked_until, :right_at)
    ON CONFLICT (subject, act, desk_id) DO UPDATE SET
        tries = excluded.tries, wrong_at = excluded.wrong_at,
        locked_until = excluded.locked_until, right_at = excluded.right_at
    """
)
_FORGET = text("UPDATE pin_tries SET tries = 0, locked_until = NULL WHERE tries > 0")
_FORGET_ONE = text(
    "UPDATE pin_tries SET tries = 0, locked_until = NULL WHERE tries > 0 AND subject = :subject"
)


@dataclass(frozen=True, slots=True)
class Tries:
    """What is counted of a subject (`staff:12`, or `name:7f` for nobody's) at a desk."""

    subject: str
    act: str
    """`sign_in`, or `authorise` for signing one act."""
    desk_id: int
    tries: int = 0
    wrong_at: datetime | None = None
    locked_until: datetime | None = None
    right_at: datetime | None = None
    """When the PIN was last right at this desk."""


def find(connection: Reader, subject: str, act: str, desk_id: int) -> dict[int, Tries]:
    """What is counted at this desk and elsewhere, by desk; what is not there counts nothing."""
    found = connection.execute(_FIND, {"subject": subject, "act": act, "desk_id": desk_id})
    return {
        row["desk_id"]: Tries(
            subject,
            act,
            row["desk_id"],
            row["tries"],
            _moment(row["wrong_at"]),
            _moment(row["locked_until"]),
            _moment(row["right_at"]),
        )
        for row in found.mappings()
    }


def keep(connection: Reader, tries: Tries) -> None:
    """Write a count in the place of what there was."""
    connection.execute(
        _KEEP,
        {
            "subject": tries.subject,
            "act": tries.act,
            "desk_id": tries.desk_id,
            "tries": tries.tries,
            "wrong_at": _text(tries.wrong_at),
            "locked_until": _text(tries.locked_until),
            "right_at": _text(tries.right_at),
        },
    )


def forget(connection: Reader, subject: str | None = None) -> None:
    """Begin counting anew for one subject, or for everybody."""
    if subject is None:
        connection.execute(_FORGET)
    else:
        connection.execute(_FORGET_ONE, {"subject": subject})


def _moment(value: object) -> datetime | None:
    return None if value is None else as_moment(value)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)
