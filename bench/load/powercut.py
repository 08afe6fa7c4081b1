"""Power cuts: what a disk may hold of a SQLite store when the lights go out in the middle of a
transaction, or while the write-ahead log is brought into the file.

After every transaction the file and its log are copied: so much has been synced. A cut during the
next one leaves a part of what that one added to the log, or the last sectors of it as garbage.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

from bench.load.clerk import Told, add_places
from bench.load.clerks import clerks
from bench.load.proof import faults
from deskterm.store import engine
from deskterm.store.engine import open_store

_WAL_HEADER = 32
_FRAME_HEADER = 24
_SECTOR = 512


@dataclass(frozen=True, slots=True)
class Moment:
    """What was on the disk once an act was said to be done."""

    data: bytes
    log: bytes
    told: Told
    """All that had been told by then."""


@contextmanager
def syncing_often() -> Iterator[None]:
    """Let stores that are opened now bring their log into the file far more often than usual."""
    pragmas = (*engine._SQLITE_PRAGMAS, "PRAGMA wal_autocheckpoint = 40")
    with patch.object(engine, "_SQLITE_PRAGMAS", pragmas):
        yield


def recorded(store_file: Path, turns: int) -> list[Moment]:
    """Let one desk work, and copy the store after each of its turns."""
    moments = []
    with closing(open_store(str(store_file))) as store:
        add_places(store, 1)
        (clerk,) = clerks(store, [0], "cut")
        for _turn in range(turns):
            clerk.turn()
            log = store_file.with_name(f"{store_file.name}-wal").read_bytes()
            moments.append(Moment(store_file.read_bytes(), log, _copy(clerk.told)))
    return moments


def _copy(told: Told) -> Told:
    return Told(comments=list(told.comments), paid=dict(told.paid), charged=list(told.charged))


def cut_at_random(moments: Sequence[Moment], folder: Path, cuts: int, seed: int) -> list[str]:
    """Cut so often, open the store again, and give what is wrong then."""
    random = Random(seed)
    found = []
    for number in range(cuts):
        index = random.randrange(len(moments) - 1)
        before, after = moments[index], moments[index + 1]
        kind, data, log = random.choice(list(_remains(before, after, random)))
        file = folder / "cut.db"
        for leftover in folder.glob("cut.db*"):
            leftover.unlink()
        file.write_bytes(data)
        file.with_name("cut.db-wal").write_bytes(log)
        wrong = faults(str(file), [before.told], exactly=False)
        found += [f"cut {number}, {kind} after act {index}: {fault}" for fault in wrong]
    return found


def _remains(before: Moment, after: Moment, random: Random) -> Iterator[tuple[str, bytes, bytes]]:
    """What may be left when the power goes between two moments."""
    yield "checkpoint", _torn(after, random), after.log
    if after.log[:_WAL_HEADER] != before.log[:_WAL_HEADER]:
        # The log began anew: all it held before is in the file.
        yield "log begun anew", after.data, after.log[: random.randint(0, len(after.log))]
        return
    synced, end = _end(before.log), _end(after.log)
    length = random.randint(synced, end)
    yield "log cut off", before.data, after.log[:length]
    torn = bytearray(after.log[:end])
    place = random.randint(synced, max(synced, end - 1)) // _SECTOR * _SECTOR
    place = max(place, synced)
    torn[place : place + _SECTOR] = random.randbytes(len(torn[place : place + _SECTOR]))
    yield "log torn", before.data, bytes(torn)


def _torn(moment: Moment, random: Random) -> bytes:
    """The file with pages half written that the log holds in full."""
    data = bytearray(moment.data)
    size = _page_size(moment.log)
    for page in {number for number, _end_of in _frames(moment.log)}:
        place = (page - 1) * size
        # Page 1 says that there is a log; a disk writes a sector or does not.
        if page > 1 and place + size <= len(data) and random.random() < 0.5:
            data[place : place + _SECTOR] = random.randbytes(_SECTOR)
    return bytes(data)


def _page_size(log: bytes) -> int:
    (size,) = struct.unpack_from(">I", log, 8)
    return int(size)


def _frames(log: bytes) -> Iterator[tuple[int, int]]:
    """Page and end of each frame of whole transactions, as SQLite finds them in the log."""
    if len(log) < _WAL_HEADER:
        return
    size, salt = _page_size(log), log[16:24]
    place, waiting = _WAL_HEADER, list[tuple[int, int]]()
    while place + _FRAME_HEADER + size <= len(log) and log[place + 8 : place + 16] == salt:
        page, commit = struct.unpack_from(">II", log, place)
        place += _FRAME_HEADER + size
        waiting.append((page, place))
        if commit:
            yield from waiting
            waiting.clear()


def _end(log: bytes) -> int:
    """Where the last whole transaction ends; a log that is used again has older ones behind it."""
    return max((end for _page, end in _frames(log)), default=0)
