"""Copies of a store that are consistent while desks work, and bringing one back.

A copy is always a SQLite store, whatever engine it came from: one file that any deskterm opens,
and the way to move a library from one engine to the other.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from deskterm.store.engine import WAIT_SECONDS, Store, open_store
from deskterm.store.errors import NotADatabase, ReadOnly, told_apart


def backup(store: Store, file: Path) -> None:
    """Write a copy of the store to a file, which is only replaced when the copy is whole.

    Raises:
        StoreError: the copy cannot be written; an older file there is as it was.
    """
    if store.file is not None:
        _require_another(file, store.file)
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    try:
        if store.file is not None:
            _copy_pages(store.file, part)
        else:
            _copy_rows(store, part)
        part.replace(file)
    except OSError as error:
        raise ReadOnly(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, target: str) -> Path | None:
    """Put the copy in `file` in the place of the store at `target`, and bring it up to date.

    Desks that work on that store see the restored one from their next transaction on. What was
    there before is kept: on SQLite in a file beside it, whose path is the answer.

    Raises:
        StoreError: the file is no sound store, or the target cannot be written; nothing changed.
    """
    _require_sound(file)
    with closing(open_store(target)) as store:
        if store.file is None:
            from deskterm.store.rows import replace_rows

            with closing(open_store(str(file), create=False)) as source:
                replace_rows(source, store)
            return None
        _require_another(file, store.file)
        kept = store.file.with_name(f"{store.file.stem}-replaced{store.file.suffix}")
        backup(store, kept)
        _copy_pages(file, store.file)
    open_store(target).close()
    return kept


def _copy_rows(store: Store, file: Path) -> None:
    from deskterm.store.rows import copy_rows

    with closing(open_store(str(file))) as copy, store.read() as source:
        copy_rows(source, copy)


def _copy_pages(source: Path, target: Path) -> None:
    """Copy in one step, under a read lock: writers of the source go on in its write-ahead log."""
    if not target.exists():
        target.touch(mode=0o600)
    with (
        told_apart(),
        closing(sqlite3.connect(source, timeout=WAIT_SECONDS)) as old,
        closing(sqlite3.connect(target, timeout=WAIT_SECONDS)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _require_another(file: Path, store_file: Path) -> None:
    """A copy over the store itself would take it away under the desks."""
    if file.resolve() == store_file.resolve():
        raise ReadOnly(f"{file} is the store itself")


def _require_sound(file: Path) -> None:
    with closing(open_as_is(file)) as connection, told_apart():
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if answer != "ok":
        raise NotADatabase(str(answer))
    if not {"alembic_version", "customer"} <= tables:
        raise NotADatabase("the tables of another program")


def open_as_is(file: Path) -> sqlite3.Connection:
    """A connection that only reads a SQLite file, and neither makes nor migrates it.

    Raises:
        StoreError: there is no such file, or it cannot be opened.
    """
    if not file.is_file():
        raise NotADatabase(str(file))
    with told_apart():
        return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
