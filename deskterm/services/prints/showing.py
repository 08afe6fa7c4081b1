"""A print job as a view: in words, with what it is and how long it takes."""

from contextlib import suppress
from datetime import datetime
from typing import cast

from deskterm.printing.documents import CardDocument, DocumentFault, from_json
from deskterm.printing.spool_desk import JobRow
from deskterm.printing.spool_states import OPEN
from deskterm.rules.names import list_name
from deskterm.services.prints import words
from deskterm.views.printing import PrintJobView, PrintKind

EMPTIED = "{}"
"""The source of a job whose document is no longer kept."""


def job_view(
    row: JobRow, now: datetime, *, has_worker: bool, lets_go: bool = False, repeated: bool = False
) -> PrintJobView:
    """Give a job in the reader's language; `lets_go` when its printer can be asked to drop it."""
    until = now if row.state in OPEN else row.updated_at
    names = row.names
    return PrintJobView(
        id=row.id,
        kind=cast("PrintKind", row.kind),
        title=words.kind_name(row.kind),
        printer=row.printer,
        actor_id=row.customer_id,
        name=list_name(
            names["surname"],
            prefix=names["prefix"],
            initials=names["initials"],
            first=names["first_name"],
        ),
        number=card_number(row),
        state=row.state.value,
        reason_code=row.reason,
        sentence=words.told(row.kind, row.state, row.reason, has_worker=has_worker),
        at=row.at,
        updated_at=row.updated_at,
        seconds=max(0, int((until - row.at).total_seconds())),
        attempts=row.attempts,
        reprint_of=row.reprint_of,
        batch=row.batch,
        staff=row.staff,
        is_kept=row.source != EMPTIED,
        lets_go=lets_go,
        repeated=repeated,
    )


def card_number(row: JobRow) -> str:
    """The number of the card that a job prints; empty for receipts, and when it is not kept."""
    with suppress(DocumentFault):
        document = from_json(row.source)
        if isinstance(document, CardDocument):
            return document.number
    return ""
