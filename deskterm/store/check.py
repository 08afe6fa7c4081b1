"""What can be wrong with a store that opens: its file, its references, its books, its disk."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, text

from deskterm.store.backup import open_as_is
from deskterm.store.chain import End, broken_links, end_of, has
from deskterm.store.engine import Store
from deskterm.store.errors import NotADatabase
from deskterm.store.ledger_check import disorders

_NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "9p", "ceph", "glusterfs"}
)
_LEAST_FREE = 200_000_000
"""Bytes below which a busy day could fill the disk."""


class Trouble(Enum):
    """What a check found; `serious` means that data is wrong, not only at risk."""

    DAMAGED = "damaged"
    DANGLING = "dangling"
    LEDGER = "ledger"
    LOG = "log"
    SEARCH = "search"
    LITTLE_SPACE = "little_space"
    NETWORK_SHARE = "network_share"

    @property
    def serious(self) -> bool:
        """Whether somebody has to act before the desks go on."""
        return self not in (Trouble.LITTLE_SPACE, Trouble.NETWORK_SHARE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where: a row, a file system, a number of bytes."""

    trouble: Trouble
    detail: str


def check(store: Store, noted: End | None = None) -> tuple[Finding, ...]:
    """Look a store over, which takes seconds on a large one; empty when all is well.

    `noted` is an end of the change log that `log_end` gave earlier: it must still be in it.

    Raises:
        StoreError: it cannot even be read.
    """
    findings: list[Finding] = []
    if store.file is not None:
        findings += [*_file(store.file), *_disk(store.file), *_search_index(store)]
    with store.read() as connection:
        findings += _ledger(connection)
        findings += _log(connection, noted)
    return tuple(findings)


def _file(file: Path) -> Iterator[Finding]:
    with closing(open_as_is(file)) as connection:
        for (line,) in connection.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield Finding(Trouble.DAMAGED, str(line))
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
            yield Finding(Trouble.DANGLING, f"{table} {row} -> {parent}")


def _disk(file: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(file.parent).free
    if free < max(_LEAST_FREE, file.stat().st_size // 4):
        yield Finding(Trouble.LITTLE_SPACE, str(free))
    system = file_system(file)
    if system in _NETWORK_SYSTEMS:
        yield Finding(Trouble.NETWORK_SHARE, system)


def file_system(file: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system a file is on (`ext4`, `nfs4`); empty where Linux does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place, best, kind = file.resolve(), -1, ""
    for line in lines:
        _, point, system, *_ = line.split(" ")
        folder = Path(point.replace("\\040", " "))
        if place.is_relative_to(folder) and len(folder.parts) >= best:
            best, kind = len(folder.parts), system
    return kind


def _search_index(store: Store) -> Iterator[Finding]:
    """Customers whose text says something that the index of it does not."""
    for index in ("customer_name_text", "customer_contact_text"):
        try:
            with store.write_plain() as connection:
                connection.execute(
                    text(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
                )
        except NotADatabase:
            yield Finding(Trouble.SEARCH, index)


def _ledger(connection: Connection) -> Iterator[Finding]:
    for disorder in disorders(connection):
        yield Finding(Trouble.LEDGER, f"{disorder.row} {disorder.fault}")


def _log(connection: Connection, noted: End | None) -> Iterator[Finding]:
    for line in broken_links(connection):
        yield Finding(Trouble.LOG, str(line))
    if noted is not None and not has(connection, noted):
        yield Finding(Trouble.LOG, str(noted.id))


def log_end(store: Store) -> End:
    """The last line of the change log, to be noted and held against it later."""
    with store.read() as connection:
        return end_of(connection)
