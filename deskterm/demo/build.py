"""Building the practice library, small or very large, the same every time."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import text

from deskterm.demo import cases, library, lives
from deskterm.demo.people import households
from deskterm.demo.records import Records
from deskterm.services.settings import PRACTICE_MARK
from deskterm.store.bulk import BulkWriter
from deskterm.store.engine import Store

CUSTOMERS = 300
"""How many customers the practice library has when nobody says."""
LARGEST = 1_000_000
_BATCH = 2_000

Progress = Callable[[int, int], None]
"""Told how many customers are written, and of how many."""


def build(
    store: Store, day: date, customers: int | None = None, progress: Progress | None = None
) -> None:
    """Fill an empty store with the practice library as it stands on a day.

    The cases of data/demo/customers.toml come first, so that few customers are always the
    interesting ones. A large library is written in batches; `practice_day` answers only when the
    last one is in, so a caller sees that a build was broken off.

    Raises:
        ValueError: the store is not empty, or the number is not one we make.
    """
    total = CUSTOMERS if customers is None else customers
    if not 1 <= total <= LARGEST:
        raise ValueError(f"{total} customers, not one to {LARGEST:,}")
    with store.read() as connection:
        if connection.scalar(text("SELECT count(*) FROM institution")):
            raise ValueError("the store is not empty")
    writer = BulkWriter(store)
    records = Records(writer, day)
    library.write(writer)
    records.shelf.fill()
    made = _write_cases(records, total)
    _write_invented(records, total - made, lambda done: progress and progress(made + done, total))
    writer.add("library_setting", key=PRACTICE_MARK, value=day.isoformat())
    writer.finish({"customer": lives.FIRST_ACTOR_ID + total})


def practice_day(store: Store) -> date | None:
    """The day a practice library was built for; None for any other store or half a build."""
    with store.read() as connection:
        value = connection.scalar(
            text("SELECT value FROM library_setting WHERE key = :key"), {"key": PRACTICE_MARK}
        )
    return None if value is None else date.fromisoformat(value)


def _write_cases(records: Records, limit: int) -> int:
    wanted = cases.read_cases()[:limit]
    cases.write(records, wanted)
    return len(wanted)


def _write_invented(records: Records, count: int, tell: Callable[[int], object]) -> None:
    done = 0
    homes = households(records.day)
    while done < count:
        done += lives.write(records, next(homes), done, count - done)
        if records.writer.waiting("customer") >= _BATCH:
            records.writer.flush()
            tell(done)
    tell(done)
