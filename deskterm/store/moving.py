"""Moving a library to another engine: from a SQLite file to a server, or back."""

from contextlib import closing
from pathlib import Path

from deskterm.store.engine import Store, open_store, sqlite_file
from deskterm.store.errors import NotEmpty
from deskterm.store.revision import HEAD, revision_of
from deskterm.store.rows import Progress, TableSum, copy_with_progress, row_count


def move(source: Store, place: str, progress: Progress) -> tuple[TableSum, ...]:
    """Copy a library, as it is at this moment, to an empty place; the source stays as it is.

    The answer is what every table holds on both sides. The copy is there whole, or not at all.

    Raises:
        NotEmpty: there is something at that place; it was left alone.
        NotCopied: something does not fit there.
        StoreError: the place cannot be reached or written.
    """
    file = sqlite_file(place)
    if holds_data(place):
        raise NotEmpty
    try:
        with closing(open_store(place)) as target, source.read() as rows:
            sums = copy_with_progress(rows, target, progress)
    except BaseException:
        if file is not None:
            _remove(file)
        raise
    return sums


def holds_data(place: str) -> bool:
    """Whether there is a file, or a database with something in it; our tables alone are nothing.

    Raises:
        StoreError: the server cannot be asked.
    """
    file = sqlite_file(place)
    if file is not None:
        return file.exists()
    with closing(Store(place, None)) as target, target.read() as connection:
        revision = revision_of(connection)
        return revision not in (None, HEAD) or bool(revision and row_count(connection))


def _remove(file: Path) -> None:
    for one in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        one.unlink(missing_ok=True)
