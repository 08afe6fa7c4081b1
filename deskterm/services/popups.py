"""The pop-ups on opening a customer, in Wise's order: who may come in, money, news, the shelf.

Blocks and blacklist come first, then validity, money, messages, holds ready and overdue items. A
group that has nothing to say is not shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deskterm.rules.blocks import BLOCK_WORDS, BlockKind
from deskterm.rules.membership import MembershipStatus
from deskterm.rules.rights import Role
from deskterm.services.settings import value_of
from deskterm.services.viewing import Known
from deskterm.store.reads.codes import CardMatch
from deskterm.text import N_, _, cents_text, date_text, ngettext
from deskterm.views.customer import CustomerView, PopUp
from deskterm.views.desk import StaffView

BILL_REMINDERS = 3
"""From the third reminder on a loan is in the bill (nota) procedure."""
READY = ("O", "B")
"""Statuses of a hold that lies ready: received, and message sent (desk.md 2.4)."""
_MOST_TITLES = 6
_UNPAID = (MembershipStatus.BILLED, MembershipStatus.REMINDED, MembershipStatus.OVERDUE)
_UNPAID_WORDS = {
    MembershipStatus.BILLED: N_("De contributie van {membership} is nog niet betaald."),
    MembershipStatus.REMINDED: N_(
        "De contributie van {membership} is na herinnering niet betaald."
    ),
    MembershipStatus.OVERDUE: N_("Betalingsachterstand op {membership}: reserveren kan niet."),
}
_KINDS = frozenset(
    {
        "block", "blacklist", "card", "not_valid", "billed", "contribution", "registration",
        "bill", "message", "private_comment", "holds_ready", "overdue",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    kind: str
    title: str
    lines: tuple[str, ...]


def is_kind(kind: str) -> bool:
    """Tell whether there is a pop-up of this kind."""
    return kind in _KINDS


def pop_ups(
    known: Known, card: CardMatch | None, staff: StaffView, today: date
) -> tuple[PopUp, ...]:
    """Give what staff must see before the customer, in order.

    `card` is the card that was scanned or typed, if any: one that is blocked or replaced says so.
    """
    view = known.view
    told = (
        *_blocks(view),
        *_blacklist(view),
        *_card(view, card),
        *_not_valid(view, today),
        *_money(known),
        *_bill(view),
        *_messages(view),
        *_shelf(view),
    )
    return tuple(
        PopUp(one.kind, one.title, one.lines, _may_continue(one.kind, known.settings, staff))
        for one in told
    )


def _may_continue(kind: str, settings: Mapping[str, str], staff: StaffView) -> bool:
    choice = value_of(settings, f"popup.{kind}.continue")
    if choice in Role.__members__ and staff.role in Role.__members__:
        return Role[staff.role] >= Role[choice]
    return choice == "1"


def _blocks(view: CustomerView) -> Iterator[_Told]:
    notes = {block.kind: block for block in view.blocks}
    lines = []
    for kind in view.block.block_kinds:
        note = notes.get(kind)
        since = note.since if note else view.person.card_missing_on
        words = _(BLOCK_WORDS[BlockKind(kind)])
        line = _("{block} sinds {day}").format(block=words, day=date_text(since))
        lines.append(f"{line}: {note.note}" if note and note.note else line)
    if lines:
        yield _Told("block", ngettext("Blokkade", "Blokkades", len(lines)), tuple(lines))


def _blacklist(view: CustomerView) -> Iterator[_Told]:
    if view.block.status == MembershipStatus.BLACKLISTED:
        reason = view.block.end_reason
        line = _("Deze klant staat op de zwarte lijst.")
        lines = (line, _("Reden: {reason}.").format(reason=reason)) if reason else (line,)
        yield _Told("blacklist", _("Zwarte lijst"), lines)


def _card(view: CustomerView, card: CardMatch | None) -> Iterator[_Told]:
    if card is not None and card.status == "replaced":
        now = view.block.card_number
        line = _("Pas {number} is vervangen en blijft ongeldig.").format(number=card.number)
        new = _("De pas van nu is {number}.").format(number=now) if now else _no_card()
        yield _Told("card", _("Pas vervangen"), (line, new))
        return
    blocked = {one.number for one in view.cards if one.status == "blocked"}
    number = card.number if card is not None else view.block.card_number
    if number in blocked:
        line = _("Pas {number} is geblokkeerd: de zelfservice weigert hem.").format(number=number)
        yield _Told("card", _("Pas geblokkeerd"), (line,))


def _no_card() -> str:
    return _("De klant heeft nu geen geldige pas.")


def _not_valid(view: CustomerView, today: date) -> Iterator[_Told]:
    block = view.block
    if block.valid or block.status == MembershipStatus.BLACKLISTED:
        return
    yield _Told("not_valid", _("Pas niet geldig!"), (_why_not_valid(view, today),))


def _why_not_valid(view: CustomerView, today: date) -> str:
    block = view.block
    if block.status is None:
        return _("De klant heeft geen abonnement.")
    if block.status in (MembershipStatus.WEB_VERIFIED, MembershipStatus.WEB_UNVERIFIED):
        return _("Ingeschreven op de website, maar nog niet aan de balie bevestigd en betaald.")
    period = view.periods[0]
    if block.status != MembershipStatus.ENDED and period.begin_on > today:
        return _("{membership} begint pas op {day}.").format(
            membership=period.membership_name, day=date_text(period.begin_on)
        )
    sentence = _("{membership} is verlopen op {day}.")
    if block.status == MembershipStatus.ENDED:
        sentence = _("{membership} is opgezegd per {day}, reden {reason}.")
        if not block.end_reason:
            sentence = _("{membership} is opgezegd per {day}.")
    return sentence.format(
        membership=block.membership_name,
        day=date_text(block.valid_until),
        reason=block.end_reason,
    )


def _money(known: Known) -> Iterator[_Told]:
    block = known.view.block
    owed = _("Open contributie: {amount}.").format(amount=cents_text(block.contribution_cents))
    status = MembershipStatus(block.status) if block.status else None
    if block.valid and status in _UNPAID:
        line = _(_UNPAID_WORDS[status]).format(membership=block.membership_name)
        lines = (line, owed) if block.contribution_cents else (line,)
        yield _Told("billed", _("Factuur gemaakt"), lines)
    elif block.contribution_cents > 0:
        yield _Told("contribution", _("Contributie"), (owed,))
    if "registration_cents" in block.over_limit and known.max_open_cents is not None:
        line = _("Open registratie {amount}, het maximum is {most}.").format(
            amount=cents_text(block.registration_cents), most=cents_text(known.max_open_cents)
        )
        yield _Told("registration", _("Maximum registratie overschreden"), (line,))


def _bill(view: CustomerView) -> Iterator[_Told]:
    billed = [loan for loan in view.loans if loan.reminders >= BILL_REMINDERS]
    if billed:
        head = ngettext(
            "{count} exemplaar is in de notaprocedure.",
            "{count} exemplaren zijn in de notaprocedure.",
            len(billed),
        ).format(count=len(billed))
        yield _Told("bill", _("Nota"), (head, *_titles([loan.title for loan in billed])))


def _messages(view: CustomerView) -> Iterator[_Told]:
    lines = tuple(line for line in view.messages if line)
    if lines:
        yield _Told("message", _("Melding"), lines)
    if view.person.private_comment:
        yield _Told("private_comment", _("Opmerking privé"), (view.person.private_comment,))


def _shelf(view: CustomerView) -> Iterator[_Told]:
    ready = [
        _("{title} (in {branch}, t/m {day})").format(
            title=hold.title, branch=hold.pickup_branch, day=date_text(hold.expires_on)
        )
        if hold.expires_on
        else _("{title} (in {branch})").format(title=hold.title, branch=hold.pickup_branch)
        for hold in view.holds
        if hold.status in READY
    ]
    if ready:
        yield _Told("holds_ready", _("Reservering klaar"), _titles(ready))
    overdue = [
        _("{title} (inleverdatum {day})").format(title=loan.title, day=date_text(loan.due_on))
        for loan in view.loans
        if loan.overdue
    ]
    if overdue:
        yield _Told("overdue", _("Te laat"), _titles(overdue))


def _titles(titles: Sequence[str]) -> tuple[str, ...]:
    if len(titles) <= _MOST_TITLES:
        return tuple(titles)
    rest = len(titles) - _MOST_TITLES
    return (*titles[:_MOST_TITLES], _("en nog {count}").format(count=rest))
