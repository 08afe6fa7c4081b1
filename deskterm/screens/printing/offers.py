"""What can be done with a print job now, each under an Alt letter that no scan holds.

A letter never changes its meaning within one dialog, so that a key which comes too late does
nothing else than was meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from deskterm import services
from deskterm.services.desk import Desk
from deskterm.text import _
from deskterm.views.printing import PrintJobView
from deskterm.widgets.sheet import Row, Span, pad

PRINT, AGAIN, CANCEL = "print", "again", "cancel"
YES, NO, UNDERSTOOD, OPEN = "yes", "no", "understood", "open"
_KEY_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do: its code, its Alt letter and its words."""

    code: str
    letter: str
    words: str


def of_job(job: PrintJobView) -> tuple[Offer, ...]:
    """What can be done with a job as it stands."""
    if job.needs_answer:
        no = _("Nee, niets geprint") if job.was_called_off else _("Nee: nog een keer printen")
        return (Offer(YES, _("J"), _("Ja, het is geprint")), Offer(NO, _("N"), no))
    if job.can_cancel:
        return (Offer(CANCEL, "A", _("Annuleren: niet printen")),)
    if job.can_stop:
        return (Offer(CANCEL, "A", _("Annuleren: de printer vragen te stoppen")),)
    if job.is_kept and not job.is_open:
        return (Offer(AGAIN, "O", _("Nog een keer printen")),)
    return ()


def may_be_out(job: PrintJobView) -> bool:
    """Whether the card may have come out by now: one that the printer still waits for has not, and
    a scan of its number is of an older card."""
    return job.can_verify and not (job.is_open and job.reason_code)


def too_early() -> str:
    """What is said of the scan of a card that cannot be the new one."""
    return _("Deze pas kan nog niet geprint zijn. Scan wat er uit de printer komt.")


def carry_out(desk: Desk, job: PrintJobView, code: str) -> PrintJobView:
    """Do what was offered; gives the job to look at from now on.

    Raises DeskError when it cannot be done any more.
    """
    if code == AGAIN:
        return services.printing.again(desk, job.id, uuid4().hex)
    if code == CANCEL:
        return services.printing.cancel(desk, job.id)
    return services.printing.resolve(desk, job.id, printed=code == YES)


def pressed(offers: Sequence[Offer], key: str) -> Offer | None:
    """What a key means of these; only with Alt, as a scanner types letters too."""
    if not key.startswith("alt+"):
        return None
    letter = key.removeprefix("alt+").lower()
    return next((offer for offer in offers if offer.letter.lower() == letter), None)


def key_row(key: str, words: str) -> Row:
    """A line that tells what a key does."""
    return Row((Span(f" {pad(key, _KEY_WIDTH)} ", "label"), Span(words, "value")))


def offer_rows(offers: Sequence[Offer]) -> list[Row]:
    """The offers, a line each."""
    return [key_row(f"Alt+{offer.letter}", offer.words) for offer in offers]


def offer_line(offers: Sequence[Offer]) -> str:
    """The offers in one line."""
    return "   ".join(f"Alt+{offer.letter} {offer.words}" for offer in offers)
