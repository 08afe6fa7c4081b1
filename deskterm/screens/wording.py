"""Values put into the words of the screen: statuses, cards, blocks, holds, ways of delivery.

A value without a word shows itself, so a code of a later version or of the library's own is
still readable.
"""

from datetime import datetime

from deskterm.rules.blocks import BLOCK_WORDS, BlockKind
from deskterm.rules.membership import STATUS_WORDS, MembershipStatus
from deskterm.services.desk import LOCAL
from deskterm.text import N_, _, date_text, pgettext
from deskterm.views.customer import Block

CARD_KINDS = {"main": N_("hoofdpas"), "extra": N_("volgpas")}
CARD_STATUSES = {
    "active": N_("Actief"),
    "blocked": N_("Geblokkeerd"),
    "replaced": N_("Vervangen"),
}
SEXES = {"M": N_("Man"), "V": N_("Vrouw"), "I": N_("Instelling"), "X": N_("Onbekend")}
ADDRESS_KINDS = {
    "home": N_("Woonadres"),
    "post": N_("Postadres"),
    "student": N_("Studieadres"),
    "work": N_("Werkadres"),
}
DELIVERIES = {
    "M": N_("E-mail"),
    "F": N_("Brief"),
    "S": N_("SMS"),
    "T": N_("Telefoon"),
    "I": N_("Inbox"),
    "A": N_("App"),
}
"""Ways a message can be delivered (customers.md 6.5)."""
HOLD_CALLED = "B"
"""On the hold shelf, and the customer was told (desk.md 2.4)."""
_HOLD_STATUSES = {
    "A": N_("Actief"),
    "T": N_("Transport"),
    "O": N_("Ontvangen"),
    "U": N_("Uitgeleend"),
    "R": N_("Retour"),
    "Z": N_("Afgehandeld"),
}
HOLD_KINDS = {
    "B": N_("Vestiging"),
    "N": N_("Netwerk"),
    "I": N_("Intern IBL"),
    "O": N_("Elders"),
    "E": N_("Extern IBL"),
}
"""Kinds of a hold as Wise has them (desk.md 2.4)."""
ACCOUNTS = {
    "contribution": N_("Contributie"),
    "registration": N_("Registratie"),
    "credit": N_("Tegoed"),
}
ENTRY_KINDS = {
    "charge": N_("Opgeboekt"),
    "payment": N_("Betaald"),
    "waiver": N_("Kwijtgescholden"),
    "correction": N_("Gecorrigeerd"),
    "credit": N_("Tegoed"),
}
CHARGE_MARKS = {
    "F": N_("factuur"),
    "H": N_("herinnering"),
    "D": N_("deurwaarder"),
    "I": N_("incasso"),
    "R": N_("regeling"),
}
_SHORT_STATUSES = {
    MembershipStatus.OVERDUE: N_("Achterstand"),
    MembershipStatus.WEB_VERIFIED: N_("Web"),
    MembershipStatus.WEB_UNVERIFIED: N_("Web, onbev."),
}
_STATUS_LINES = {
    MembershipStatus.BILLED: N_("Factuur gemaakt"),
    MembershipStatus.REMINDED: N_("Herinnering gemaakt"),
    MembershipStatus.OVERDUE: N_("Niet betaald"),
}


def word(words: dict[str, str], value: str) -> str:
    """The word of a value in one of the tables above, or the value itself."""
    return _(words[value]) if value in words else value


def yes_no(value: bool) -> str:
    """*Ja* or *Nee*."""
    return _("Ja") if value else _("Nee")


def moment_text(at: datetime) -> str:
    """A moment as the clock on the wall had it: `06-07-2022 14:05`."""
    local = at.astimezone(LOCAL)
    return f"{date_text(local.date())} {local:%H:%M}"


def status_word(status: int | None) -> str:
    """The word of a membership status 1-9; *Geen abonnement* without one."""
    if status is None:
        return _("Geen abonnement")
    return _(STATUS_WORDS[MembershipStatus(status)])


def short_status(status: int) -> str:
    """The same for a narrow column."""
    known = MembershipStatus(status)
    return _(_SHORT_STATUSES.get(known, STATUS_WORDS[known]))


def hold_status(status: str) -> str:
    """The word of the status of a hold, as Wise has it (desk.md 2.4)."""
    if status == HOLD_CALLED:
        return pgettext("hold status", "Bericht")
    return word(_HOLD_STATUSES, status)


def block_word(kind: str) -> str:
    """The name of a block (blokkade)."""
    return _(BLOCK_WORDS[BlockKind(kind)]) if kind in BLOCK_WORDS else kind


def bar_status(block: Block) -> str:
    """The status in the blue bar: *Normaal*, *Ongeldig Opgezegd, reden Afgevoerd*.

    The words are those of seed document 1; a membership that ran out without being ended says
    until when it went.
    """
    if block.valid or block.status is None:
        return status_word(block.status)
    status = MembershipStatus(block.status)
    if status is MembershipStatus.ENDED:
        kind = _("Opgezegd")
    elif status is MembershipStatus.BLACKLISTED or block.valid_until is None:
        kind = status_word(status)
    else:
        kind = _("{status}, t/m {day}").format(
            status=status_word(status), day=date_text(block.valid_until)
        )
    if block.end_reason:
        kind = _("{kind}, reden {reason}").format(kind=kind, reason=block.end_reason)
    return _("Ongeldig {kind}").format(kind=kind)


def status_line(block: Block) -> str:
    """The line under the address: *Vervalt 31-07-2023*, *Factuur gemaakt*, *Pas niet geldig!*."""
    if not block.valid or block.status is None:
        return _("Pas niet geldig!")
    status = MembershipStatus(block.status)
    if status in _STATUS_LINES:
        return _(_STATUS_LINES[status])
    if block.valid_until is None:
        return _("Geldig")
    return _("Vervalt {day}").format(day=date_text(block.valid_until))
