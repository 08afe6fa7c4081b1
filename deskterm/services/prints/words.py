"""What staff read of printing: names of documents, and how a job stands."""

from collections.abc import Mapping

from deskterm.printing.model import Reason
from deskterm.printing.rendering import PROBLEM_TEXTS, Problem
from deskterm.printing.spool_states import JobState, SpoolReason
from deskterm.services import printing_words
from deskterm.text import N_, _

KINDS: Mapping[str, str] = {
    "card": N_("Ledenpas"),
    "enrolment": N_("Inschrijfbewijs"),
    "customer": N_("Overzicht klant"),
    "loans": N_("Leenoverzicht"),
    "status": N_("Klantbon"),
    "payment": N_("Betaalbewijs"),
    "test": N_("Proefbon"),
}
NO_CARD_PRINTER = N_("Dit kan alleen bij een balie-pc waar een pasprinter aan zit.")
"""As the seed has it (*Klantpas printen*)."""
NO_RECEIPT_PRINTER = N_("Bij deze balie staat geen bonprinter.")
FAULTY = N_("De instellingen van de printers kloppen niet; `deskterm config` noemt de fouten.")
_SPOOL_TEXTS: Mapping[str, str] = {
    SpoolReason.TOO_OLD: N_("Het lag te lang te wachten en is niet meer geprint."),
    SpoolReason.NO_PRINTER: N_(
        "Het printprogramma van deze balie kent de printer niet. Vraag de beheerder."
    ),
    SpoolReason.BAD_DOCUMENT: N_("Wat er geprint moest worden, is niet te lezen."),
    SpoolReason.STOP_ASKED: N_("De printer is gevraagd te stoppen; wacht even wat hij doet."),
    SpoolReason.NOT_PRINTED: N_("Bij de printer is gezien dat het niet geprint is."),
}


def kind_name(kind: str) -> str:
    """What staff call a kind of document; the kind itself when unknown."""
    return _(KINDS.get(kind, kind))


def why(code: str) -> str:
    """The sentence for the reason of a job, whoever gave it; empty for none."""
    if code in _SPOOL_TEXTS:
        return _(_SPOOL_TEXTS[code])
    if code in set(Problem):
        return _(PROBLEM_TEXTS[Problem(code)])
    return printing_words.sentence(code)


def told(kind: str, state: JobState, code: str, *, has_worker: bool) -> str:
    """How a job stands and what to do, for the desk."""
    reason = why(code)
    match state:
        case JobState.QUEUED:
            if not has_worker:
                return _("Het printprogramma van deze balie wordt gestart.")
            if not reason:
                return _("Staat klaar voor de printer.")
            return _("{reason} Daarna wordt het vanzelf geprint.").format(reason=reason)
        case JobState.CLAIMED:
            return _("De printer wordt gevraagd of hij klaarstaat.")
        case JobState.WAITING:
            return reason or _("De printer wacht nog even.")
        case JobState.SENDING | JobState.SENT:
            return reason or _("Bezig… dit kan even duren. Enter doet niets.")
        case JobState.UNKNOWN:
            return f"{reason} {_question(kind)}".strip()
        case JobState.FAILED:
            return _("Niet geprint. {reason}").format(reason=reason).strip()
        case JobState.CANCELLED:
            return _("Geannuleerd; er is niets geprint.")
        case JobState.VERIFIED:
            return _("Geprint, en met de scan gecontroleerd.")
    return _done(code, reason)


def _question(kind: str) -> str:
    if kind == "card":
        return _("Kijk bij de printer: is de pas geprint?")
    return _("Kijk bij de printer: is het geprint?")


def _done(code: str, reason: str) -> str:
    if code == Reason.NOT_CONFIRMED:
        return _("Naar de printer gestuurd; deze printer meldt niet of het geprint is.")
    return " ".join(filter(None, (_("Geprint."), reason)))
