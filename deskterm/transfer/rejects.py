"""The file of lines that were not imported, with number, field and reason; made when needed."""

import csv
from pathlib import Path
from types import TracebackType
from typing import TextIO

from deskterm.paths import only_mine
from deskterm.rules.cells import harmless
from deskterm.text import _, reason_text
from deskterm.transfer.errors import CannotImport

_LONGEST_LINE = 2_000


class Rejects:
    """Writes one row per fault; a context manager that closes the file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.numbers: set[int] = set()
        """Of the lines that were refused."""
        self._stream: TextIO | None = None

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def add(self, number: int, raw: str, faults: list[tuple[str, str]]) -> None:
        """A line that was refused, with everything that is wrong with it."""
        first = self._stream is None
        if self._stream is None:
            self._stream = self._open()
        writer = csv.writer(self._stream, delimiter=";")
        if first:
            writer.writerow((_("regel"), _("veld"), _("reden"), _("inhoud")))
        content = raw.replace("\0", "")[:_LONGEST_LINE]
        for name, reason in faults:
            writer.writerow((number, name, harmless(reason), harmless(content)))
        self.numbers.add(number)

    @property
    def lines(self) -> int:
        """How many lines were refused."""
        return len(self.numbers)

    def _open(self) -> TextIO:
        try:
            return open(self.file, "w", encoding="utf-8-sig", newline="", opener=only_mine)
        except OSError as error:
            raise CannotImport(
                _("De afgekeurde regels kunnen niet naar {file}: {reason}.").format(
                    file=self.file, reason=reason_text(error)
                ),
                _("Geef achter --rejects een bestand dat u mag schrijven."),
            ) from error
