"""What the dialog over a card printer says, before any widget draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.screens.printing.offers import Offer, key_row, offer_rows
from deskterm.text import N_, _
from deskterm.views.printing import PrinterView, PrintJobView, PrintState
from deskterm.widgets.sheet import BLANK, Look, Row, Span, cut, line, pad, wrap

STATES: dict[PrintState, str] = {
    "queued": N_("in de rij"),
    "claimed": N_("begint"),
    "waiting": N_("wacht"),
    "sending": N_("bezig"),
    "sent": N_("bezig"),
    "done": N_("geprint"),
    "verified": N_("gecontroleerd"),
    "unknown": N_("onbekend"),
    "failed": N_("mislukt"),
    "cancelled": N_("geannuleerd"),
}
BAD: frozenset[PrintState] = frozenset({"unknown", "failed"})
_READINESS = {
    "ready": N_("klaar"),
    "waiting": N_("wacht"),
    "attention": N_("vraagt aandacht"),
    "offline": N_("reageert niet"),
    "unknown": N_("zegt niet hoe het ermee staat"),
}
PRINT_KEY = "Alt+P"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is about to be printed."""

    actor_id: int
    number: str
    drawn: str
    """What comes out of the printer, as lines of text."""
    before: str = ""
    """That this card was printed a while ago; empty when it was not."""


def may_print(sight: PrinterView | None) -> bool:
    """Whether a job makes sense: a printer that only waits for its card is ready too, and one that
    cannot tell is tried."""
    return sight is not None and sight.readiness in ("ready", "waiting", "unknown")


def preview_rows(card: Card, sight: PrinterView | None, seconds: int, width: int) -> list[Row]:
    """The printer's state first, then what comes out of it, then the key for it."""
    drawn = [line(text, width, "value") for text in card.drawn.splitlines()]
    rows = [*printer_rows(sight, seconds, width), BLANK, *drawn, BLANK]
    if card.before:
        rows += [*wrap(card.before, width, "bad"), BLANK]
    if may_print(sight):
        rows.append(key_row(PRINT_KEY, _("Printen")))
    else:
        rows.append(line(_("Er is nog niets naar de printer gestuurd."), width, "dim"))
    rows.append(key_row("Esc", _("Niet printen")))
    return [*rows, BLANK, line(_("Enter doet hier niets."), width, "hint")]


def printer_rows(sight: PrinterView | None, seconds: int, width: int) -> list[Row]:
    """How the printer is, and what to do about it."""
    if sight is None:
        asked = _("De printer wordt gevraagd of hij klaarstaat … {seconds} s")
        return [line(asked.format(seconds=seconds), width, "value")]
    look: Look = "value" if may_print(sight) else "bad"
    words = _("Printer {name}: {state}").format(
        name=sight.name, state=_(_READINESS[sight.readiness])
    )
    rows = wrap(words, width, look)
    return [*rows, *wrap(sight.sentence, width, look)] if sight.sentence else rows


def job_rows(
    job: PrintJobView, offers: Sequence[Offer], note: str, seconds: str, width: int
) -> list[Row]:
    """How a job stands, what to do at the printer, and what else can be done."""
    rows = [_what(job, width), BLANK]
    # Something else has to be done first when the printer is jammed, or off.
    if job.is_open and job.kind == "card" and not (job.is_stuck or job.is_stopping):
        put_in = _("Leg de ledenpas in de printer. Het kan even duren.")
        rows += wrap(put_in, width, "title")
    look: Look = "bad" if job.state in BAD or job.is_stuck else "value"
    rows += [_state_row(job, seconds, width), *wrap(job.sentence, width, look)]
    if job.can_verify and not job.is_open:
        rows += [BLANK, *wrap(_("Scan de geprinte pas: dan is zeker dat hij klopt."), width)]
    if note:
        rows += [BLANK, *wrap(note, width, "bad")]
    leave, idle = _("Klaar"), _("Enter doet hier niets.")
    if job.is_stopping:
        leave = _("Verder werken")
    elif job.needs_answer:
        leave = _("Later antwoorden")
    elif job.is_open:
        leave = _("Verder werken; het printen gaat door")
    if job.is_open:
        idle = _("Enter doet niets tijdens het printen.")
    rows += [BLANK, *offer_rows(offers), key_row("Esc", leave)]
    return [*rows, BLANK, line(idle, width, "hint")]


def _what(job: PrintJobView, width: int) -> Row:
    of = "  ".join(part for part in (job.title, job.number, job.name) if part)
    return line(of, width, "title")


def _state_row(job: PrintJobView, seconds: str, width: int) -> Row:
    look: Look = "bad" if job.state in BAD else "value"
    words = _("Printer {name}: {state}").format(name=job.printer, state=_(STATES[job.state]))
    return Row((Span(cut(f"{words}   {seconds}", width), look),))


def wrong_rows(scanned: str, expected: str, width: int) -> list[Row]:
    """Another card was scanned than the one that was printed."""
    rows = [line(_("LET OP! Dit is een andere pas."), width, "bad"), BLANK]
    rows.append(_number_row(_("Gescand"), scanned, width, "bad"))
    if expected:
        rows.append(_number_row(_("Geprint"), expected, width, "value"))
    said = _("Geef deze pas niet mee voordat duidelijk is welke pas van wie is.")
    rows += [BLANK, *wrap(said, width, "value"), BLANK]
    return [*rows, key_row("Alt+G", _("Begrepen"))]


def _number_row(words: str, number: str, width: int, look: Look) -> Row:
    return Row((Span(pad(words, 9), "label"), Span(cut(number, width - 9), look)))
