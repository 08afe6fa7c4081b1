"""The change log as a chain: every line carries a hash over itself and the hash of the line before.

Whoever changes, removes or slips in a line behind the program's back breaks it from there on, and
`broken_links` names the first line that does not fit. What was cut off at the very end shows only
beside an end that was noted earlier (`end_of`), such as that of a backup.

Lines are written under the lock of the one writer, so the chain has one end. Their ids are given
here, in the order of the chain. The form that is hashed can never change: stores are full of it.

The lines of a person who is erased lose what stood in `old` and `new`, so their hashes cannot be
found again: they count as they stand. What is left of them is sealed by a line behind them, which
is part of the chain itself. Lines without values that no such line vouches for, or of somebody who
is not erased, do not fit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from deskterm.store.light import Reader, text
from deskterm.store.values import as_date, as_moment, moment_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COLUMNS = (
    "id", "customer_id", "at", "day", "staff_actor_id", "desk", "branch_code", "action", "field",
    "old", "new",
)  # fmt: skip
"""What is hashed of a line, in this order."""
BEFORE_THE_FIRST = ""
"""What the first line of a store has as the hash of the line before."""

ERASURE = "privacy.erase"
"""The action of the line that seals the lines of an erased person; its `new` is the seal."""

_AT_A_TIME = 5000
# As ASCII, so that any character has one form.
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_VALUES = itemgetter(*COLUMNS)
_WAITING = "lines for the change log"
_INSERT = text(
    f"INSERT INTO change_log ({', '.join(COLUMNS)}, hash)"
    f" VALUES ({', '.join(f':{name}' for name in (*COLUMNS, 'hash'))})"
)
_END = text("SELECT id, hash FROM change_log ORDER BY id DESC LIMIT 1")
_HASH = text("SELECT hash FROM change_log WHERE id = :id")
_PAGE = text(
    f"SELECT {', '.join(COLUMNS)}, erased, hash FROM change_log"
    " WHERE id > :after ORDER BY id LIMIT :most"
)
_OF_NOBODY_ERASED = text(
    "SELECT MIN(l.id) FROM change_log l LEFT JOIN customer c ON c.actor_id = l.customer_id"
    " WHERE l.erased AND c.erased_on IS NULL"
)


@dataclass(frozen=True, slots=True)
class End:
    """The last line of a chain; 0 and no hash while there is none."""

    id: int
    hash: str


def hash_of(before: str, values: Sequence[Any]) -> str:
    """The hash of a line with these values of COLUMNS, after a line with the hash `before`."""
    return sha256(_form(before, values)).hexdigest()


def _form(before: str, values: Sequence[Any]) -> bytes:
    number, customer, at, day, *others = values
    # As a list, so that no value runs into the next.
    return _JSON.encode([before, number, customer, _moment(at), _day(day), *others]).encode()


class Seal:
    """What is left of the lines of an erased person, in their order: all but `old` and `new`."""

    def __init__(self) -> None:
        self._sum = sha256()
        self.first: int | None = None
        """The first line under it; none while there are none."""

    def take(self, values: Sequence[Any], found: str) -> None:
        """Put a line with these values of COLUMNS and this hash under the seal."""
        if self.first is None:
            self.first = int(values[0])
        self._sum.update(_form(found, values[:-2]))

    @property
    def digest(self) -> str:
        """The seal; empty while no line is under it."""
        return "" if self.first is None else self._sum.hexdigest()


# The lines of one import have one moment, and reading it takes as long as the hash itself.
@lru_cache(maxsize=64)
def _moment(value: object) -> str:
    return moment_text(as_moment(value))


@lru_cache(maxsize=64)
def _day(value: object) -> str | None:
    day = as_date(value)
    return None if day is None else day.isoformat()


def end_of(connection: Reader) -> End:
    """Where the next line goes on."""
    row = connection.execute(_END).first()
    return End(0, BEFORE_THE_FIRST) if row is None else End(*row)


def has(connection: Reader, noted: End) -> bool:
    """Whether a line that was the end once is still there as it was."""
    if noted.id == 0:
        return True
    found = connection.execute(_HASH, {"id": noted.id}).scalar()
    return bool(found == noted.hash)


def linked(connection: Reader, rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """The rows as they go into the table: with their ids and hashes, after the present end."""
    end = end_of(connection)
    number, last = end.id, end.hash
    ready = []
    for row in rows:
        number += 1
        line = {**row, "id": number}
        last = line["hash"] = hash_of(last, _VALUES(line))
        ready.append(line)
    return ready


def append(connection: Reader, rows: Iterable[Mapping[str, object]]) -> End:
    """Write lines after the present end; gives the new end."""
    lines = linked(connection, rows)
    connection.execute(_INSERT, lines)
    last = lines[-1]
    return End(int(str(last["id"])), str(last["hash"]))


def waiting_lines(session: "Session") -> list[dict[str, object]]:
    """The lines that a write session writes with its next flush; for adding to.

    As rows of the ORM a line or two take longer than all else that a use case does.
    """
    lines: list[dict[str, object]] = session.info.setdefault(_WAITING, [])
    return lines


def link_new_lines(session: "Session", *_flush: object) -> None:
    """Give the lines that a session is about to write their ids and hashes; before each flush."""
    from deskterm.store.tables import ChangeLogLine

    lines = [row for row in session.new if isinstance(row, ChangeLogLine)]
    if not lines:
        return
    end = end_of(session.connection())
    number, last = end.id, end.hash
    for line in lines:
        number += 1
        line.id = number
        last = line.hash = hash_of(last, [getattr(line, name) for name in COLUMNS])


def broken_links(connection: Reader) -> Iterator[int]:
    """The id of the first line whose hash is not that of itself after the line before, if any.

    Else that of the first line without values that was not erased with its person.
    """
    after, last = 0, BEFORE_THE_FIRST
    unsealed: dict[int | None, Seal] = {}
    while page := connection.execute(_PAGE, {"after": after, "most": _AT_A_TIME}).all():
        for *values, erased, found in page:
            last = found if erased else hash_of(last, values)
            if found != last or (erased and any(values[-2:])):
                yield int(values[0])
                return
            if erased:
                unsealed.setdefault(values[1], Seal()).take(values, found)
            elif _seals(values, unsealed.get(values[1])):
                del unsealed[values[1]]
        after = int(page[-1][0])
    firsts = [seal.first for seal in unsealed.values()]
    firsts.append(connection.execute(_OF_NOBODY_ERASED).scalar())
    known = [one for one in firsts if one is not None]
    if known:
        yield min(known)


def _seals(values: Sequence[Any], seal: Seal | None) -> bool:
    """Whether a line is the one that vouches for what is under a seal."""
    return seal is not None and values[7] == ERASURE and values[-1] == seal.digest
