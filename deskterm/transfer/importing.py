"""Importing a customer file: batches of lines, each batch one transaction.

A run that is broken off has done whole batches and nothing else; running it again finds those
customers by their numbers and goes on.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import DataError, IntegrityError

from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.store.bulk import make_room
from deskterm.store.values import moment_text
from deskterm.text import _
from deskterm.transfer.changes import Changes, Maker
from deskterm.transfer.columns import KEYS, RELATIONS, TIES
from deskterm.transfer.deciding import decide
from deskterm.transfer.library import missing_places, read_library
from deskterm.transfer.mapping import read_map
from deskterm.transfer.options import ImportOptions
from deskterm.transfer.parsing import Parsed, parse
from deskterm.transfer.reading import CustomerFile, Line
from deskterm.transfer.rejects import Rejects
from deskterm.transfer.relations import relate
from deskterm.transfer.sniffing import look_at

BATCH = 2_000
Progress = Callable[[int, int], None]
"""Told how many lines are done, and of about how many."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    """Left out by choice: new ones, or known ones."""
    rejected: int = 0
    odd_cards: int = 0
    """Imported with a card number whose check digit is wrong."""
    encoding: str = ""
    delimiter: str = ""
    ignored_columns: tuple[str, ...] = ()
    rejects_file: Path | None = None


def import_customers(
    desk: Desk,
    file: Path,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the customers of a CSV file.

    Raises:
        NotAllowed: the employee may not import.
        CannotImport: the file is no CSV, or has no column that is known.
    """
    desk.require(Right.IMPORT)
    chosen = options or ImportOptions()
    shape = look_at(file)
    customers = CustomerFile(file, shape, read_map(chosen.map_file))
    rejects_path = chosen.rejects or file.with_name(f"{file.stem}-{_('afgekeurd')}.csv")
    with Rejects(rejects_path) as rejects:
        run = _Run(desk, file.name, chosen, rejects)
        for batch in _batches(customers.lines()):
            run.take(batch)
            if progress is not None:
                progress(run.report.read, max(shape.lines, run.report.read))
        if RELATIONS.name in customers.names and not chosen.dry_run:
            relate(desk.store, customers.lines(TIES), run.library, rejects)
    if progress is not None:
        progress(run.report.read, run.report.read)
    return replace(
        run.report,
        rejected=rejects.lines,
        encoding=shape.encoding,
        delimiter=customers.delimiter,
        ignored_columns=customers.ignored,
        rejects_file=rejects.file if rejects.lines else None,
    )


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Lines by so many, and never two of the same customer together."""
    batch: list[Line] = []
    keys: set[tuple[str, str]] = set()
    for line in lines:
        own = {(key, value) for key in KEYS if (value := line.texts.get(key, "").strip())}
        if batch and (len(batch) >= BATCH or not keys.isdisjoint(own)):
            yield batch
            batch, keys = [], set()
        batch.append(line)
        keys |= own
    if batch:
        yield batch


class _Run:
    """One import on its way."""

    def __init__(self, desk: Desk, file: str, options: ImportOptions, rejects: Rejects) -> None:
        self._desk = desk
        self._options = options
        self._rejects = rejects
        self.report = ImportReport()
        staff = desk.staff
        self._maker = Maker(
            at=moment_text(desk.clock.now()),
            day=desk.today,
            staff_actor_id=(staff.actor_id or None) if staff else None,
            desk=desk.place.name,
            branch_code=desk.place.branch.code,
            file=file,
        )
        with desk.store.read() as connection:
            self.library = read_library(connection, desk.today)

    def take(self, batch: Sequence[Line]) -> None:
        """Import a batch; lines that cannot be are noted, the others are written."""
        if self._options.create_missing:
            self._make_missing(batch)
        good: list[tuple[Line, Parsed]] = []
        for line in batch:
            if line.fault:
                self._reject(line, [("", line.fault)])
                continue
            parsed = parse(line.number, line.texts, self.library)
            if not (
                parsed.faults or parsed.actor_id or parsed.card_number or parsed.external_number
            ):
                no_number = N_("Er is geen pasnummer, actor-id of extern nummer.")
                parsed.fault("card_number", RuleFault(no_number))
            if parsed.faults:
                self._reject(line, parsed.faults)
            else:
                good.append((line, parsed))
        self._count(read=len(batch))
        self._write(good)

    def _write(self, lines: Sequence[tuple[Line, Parsed]]) -> None:
        """Write lines in one transaction; when the store refuses, halve until the line is found."""
        if not lines:
            return
        try:
            counts = self._transaction([parsed for _line, parsed in lines])
        except (IntegrityError, DataError):
            if len(lines) == 1:
                reason = _("De gegevensbank neemt deze regel niet aan.")
                self._reject(lines[0][0], [("", reason)])
                return
            middle = len(lines) // 2
            self._write(lines[:middle])
            self._write(lines[middle:])
            return
        for line, parsed in lines:
            if parsed.faults:
                self._reject(line, parsed.faults)
        self._count(**counts)

    def _transaction(self, lines: Sequence[Parsed]) -> Counter[str]:
        changes = Changes(self._maker)
        if self._options.dry_run:
            with self._desk.store.read() as connection:
                return decide(connection, lines, self.library, self._options, changes)
        with self._desk.store.write_plain() as connection:
            make_room(connection)
            counts = decide(connection, lines, self.library, self._options, changes)
            changes.write(connection)
            return counts

    def _make_missing(self, batch: Sequence[Line]) -> None:
        """Add branches and membership types that only the file knows."""
        missing = missing_places(self.library, [line.texts for line in batch])
        if not missing:
            return
        self.library = missing.added_to(self.library)
        if not self._options.dry_run:
            with self._desk.store.write_plain() as connection:
                missing.write(connection, self._desk.place.branch.institution_code)

    def _reject(self, line: Line, faults: list[tuple[str, str]]) -> None:
        self._rejects.add(line.number, line.raw, faults)

    def _count(self, **more: int) -> None:
        sums = {name: getattr(self.report, name) + count for name, count in more.items()}
        self.report = replace(self.report, **sums)
