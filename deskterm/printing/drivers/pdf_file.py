"""A folder as printer: cards and letters as PDF, to look at or to print by hand."""

from itertools import count
from pathlib import Path
from typing import ClassVar

from deskterm.printing.drivers.files import FileDriver
from deskterm.printing.model import Form, PrinterJob


class PdfFile(FileDriver):
    """`type = "pdf-file"`."""

    kind: ClassVar[str] = "pdf-file"
    accepts: ClassVar[frozenset[Form]] = frozenset({Form.CARD_PDF, Form.A4_PDF})

    def path(self, job: PrinterJob) -> Path:
        """Named by the job's number, which names nobody; another file of that name, as of a
        store before this one, is left alone."""
        for again in count(1):
            name = f"deskterm-{job.id}.pdf" if again == 1 else f"deskterm-{job.id}-{again}.pdf"
            path = self._folder / name
            if not path.exists() or path.read_bytes() == job.payload:
                break
        return path
