"""What can go wrong in a use case, in sentences that staff can act on."""

from datetime import date

from deskterm.rules.rights import Right
from deskterm.text import N_, _, date_text, ngettext

_RIGHTS: dict[str, str] = {
    Right.CUSTOMER_READ: N_("klanten inzien"),
    Right.CUSTOMER_EDIT: N_("klanten wijzigen"),
    Right.CUSTOMER_ENROL: N_("klanten inschrijven"),
    Right.CUSTOMER_MERGE: N_("klanten ontdubbelen"),
    Right.CUSTOMER_DELETE: N_("klanten verwijderen"),
    Right.CARD_BLOCK: N_("passen blokkeren"),
    Right.CARD_REPLACE: N_("passen vervangen"),
    Right.BLOCK_EDIT: N_("blokkades zetten en opheffen"),
    Right.BLOCK_COLLECTIONS: N_("de deurwaarderblokkade zetten en opheffen"),
    Right.LOAN: N_("uitlenen en innemen"),
    Right.HOLD: N_("reserveren"),
    Right.PAYMENT: N_("afrekenen"),
    Right.WAIVE: N_("kwijtschelden"),
    Right.STORNO: N_("storneren"),
    Right.DIRECT_DEBIT: N_("incasseren"),
    Right.WORK_DATE: N_("de werkdatum wijzigen"),
    Right.CATALOGUE_EDIT: N_("de catalogus wijzigen"),
    Right.STAFF_MANAGE: N_("medewerkers beheren"),
    Right.LIBRARY_MANAGE: N_("de bibliotheek inrichten"),
    Right.IMPORT: N_("gegevens importeren"),
    Right.EXPORT: N_("gegevens exporteren"),
}


class DeskError(Exception):
    """Something staff can act on: `sentence` says what happened, `hint` what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class NotFound(DeskError):
    """Nothing matches what was typed or scanned."""


class NoCustomer(NotFound):
    """Nobody has this actor-id."""

    def __init__(self, actor_id: int) -> None:
        super().__init__(
            _("Er is geen klant met actor-id {number}.").format(number=actor_id),
            _("Misschien is de klant verwijderd of ontdubbeld; zoek op naam."),
        )


class Erased(NotFound):
    """A customer whose personal data are gone (Verwijder)."""

    def __init__(self, actor_id: int, day: date) -> None:
        super().__init__(
            _("De klant met actor-id {number} is verwijderd op {day}.").format(
                number=actor_id, day=date_text(day)
            ),
            _("Herstel kan alleen op de dag zelf: Klanten, Overzichten, Herstel."),
        )


class Merged(NotFound):
    """A customer who was merged into another (Ontdubbelen); `keeper_id` says into whom."""

    def __init__(self, actor_id: int, keeper_id: int) -> None:
        super().__init__(merged_sentence(actor_id, keeper_id), _("Open die klant en doe het daar."))
        self.keeper_id = keeper_id


def merged_sentence(actor_id: int, keeper_id: int) -> str:
    """Say into whom a customer was merged."""
    return _("Actor-id {number} is ontdubbeld met {keeper}.").format(
        number=actor_id, keeper=keeper_id
    )


class NotAllowed(DeskError):
    """The signed-in employee has not the right that this needs."""

    def __init__(self, right: str) -> None:
        super().__init__(
            _("Uw rol heeft dit recht niet: {act}.").format(act=_(_RIGHTS.get(right, right))),
            _("Vraag een collega met meer rechten, of wissel van gebruiker."),
        )
        self.right = right


class NotSignedIn(NotAllowed):
    """Nobody is signed in at this desk, so nothing may be done at it."""

    def __init__(self, right: str) -> None:
        DeskError.__init__(self, _("Er is niemand aangemeld."), _("Meld u eerst aan."))
        self.right = right


class StoreTrouble(DeskError):
    """The store cannot be read or written now: no database, full disk, locked, read-only."""


class FormFaults(DeskError):
    """Fields that cannot be saved, every one with its own sentence; nothing was written."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        words = ngettext(
            "Niet opgeslagen: {count} veld klopt niet.",
            "Niet opgeslagen: {count} velden kloppen niet.",
            len(faults),
        )
        super().__init__(words.format(count=len(faults)))
        self.faults = faults


class Conflict(DeskError):
    """Another desk saved the same customer first.

    `differences` are (field, their value, your value) in words; what was typed is kept.
    """

    def __init__(self, changed_by: str, differences: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(
            _("Niet opgeslagen: {who} heeft deze klant intussen gewijzigd.").format(who=changed_by)
        )
        self.changed_by = changed_by
        self.differences = differences


class AccountsUnavailable(DeskError):
    """The account provider gives no answer that can be understood: nothing is known."""


class AccountsRefused(DeskError):
    """The account provider does not accept this library's token: the manager has to act."""


class NoAccounts(DeskError):
    """This library has no login accounts."""
