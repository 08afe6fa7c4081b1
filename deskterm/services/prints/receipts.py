"""What stands on each receipt; the same lines become a slip or an A4 page."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from deskterm.printing.documents import (
    Align,
    Barcode,
    Columns,
    Line,
    ReceiptDocument,
    Rule,
    Space,
    Text,
)
from deskterm.services.desk import LOCAL, Desk
from deskterm.services.errors import DeskError
from deskterm.services.prints import words
from deskterm.services.settle.paying import paid
from deskterm.services.viewing import known
from deskterm.store.reads import settling
from deskterm.text import N_, _, cents_text, date_text
from deskterm.views.customer import CustomerView
from deskterm.views.money import Paid
from deskterm.views.printing import ReceiptKind

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_READY = ("O", "B")
"""Statuses of a hold that lies ready: received, and message sent (desk.md 2.4)."""
_JOURNALS: Mapping[str, str] = {
    "K": N_("Contant"),
    "B": N_("Pin"),
    "R": N_("Tegoed"),
    "G": N_("Giro"),
}
"""By the letter of the journal (dagboek)."""


def document(
    desk: Desk, connection: "Reader", kind: ReceiptKind, actor_id: int, act_id: int | None
) -> ReceiptDocument:
    """Make a receipt of a customer as things stand now; `act_id` is the settlement of a payment.

    Raises:
        DeskError: the settlement is not one of this customer that moved money.
        NotFound: the customer is gone.
    """
    view = known(connection, actor_id, desk.clock).view
    if kind == "payment":
        body = _payment(_act(connection, actor_id, act_id))
    else:
        body = _BODIES[kind](view)
    lines = (*_head(desk, view), Rule(), *body)
    return ReceiptDocument(kind, words.kind_name(kind), lines)


def _head(desk: Desk, view: CustomerView) -> Iterator[Line]:
    now = desk.clock.now().astimezone(LOCAL)
    yield Text(desk.place.branch.name, align=Align.CENTRE)
    yield Text(f"{date_text(desk.today)} {now:%H:%M}", align=Align.CENTRE)
    yield Space()
    yield Text(view.block.display_name, bold=True)
    if view.block.card_number:
        yield Text(_("Pas {number}").format(number=view.block.card_number))


def _status(view: CustomerView) -> Iterator[Line]:
    """What the customer has at home, what lies ready, and what is open (statusbon met kosten)."""
    yield from _loans_in_short(view)
    ready = [hold for hold in view.holds if hold.status in _READY]
    if ready:
        yield Space()
        yield Text(_("Ligt voor u klaar"), bold=True)
        for hold in ready:
            until = date_text(hold.expires_on)
            yield Columns((hold.title, until) if until else (hold.title,))
    yield Space()
    yield from _money(view)
    yield from _valid(view)


def _loans_in_short(view: CustomerView) -> Iterator[Line]:
    if not view.loans:
        yield Text(_("U hebt niets geleend."))
        return
    yield Columns((_("Geleend"), _("terug op")), bold=True)
    for loan in sorted(view.loans, key=lambda one: one.due_on):
        yield Columns((loan.title, date_text(loan.due_on)), bold=loan.overdue)


def _loans(view: CustomerView) -> Iterator[Line]:
    """Everything at home, in full (leenoverzicht)."""
    if not view.loans:
        yield Text(_("U hebt niets geleend."))
    for loan in sorted(view.loans, key=lambda one: one.due_on):
        yield Text(" / ".join(filter(None, (loan.title, loan.author))), bold=True)
        yield Columns((_("Nummer"), loan.item_number))
        yield Columns((_("Geleend op"), date_text(loan.lent_on)))
        due = _("Te laat sinds") if loan.overdue else _("Terug op")
        yield Columns((due, date_text(loan.due_on)), bold=loan.overdue)
        if loan.renewals:
            yield Columns((_("Verlengd"), str(loan.renewals)))
        yield Space()
    yield Columns((_("Geleend"), str(len(view.loans))), bold=True)


def _customer(view: CustomerView) -> Iterator[Line]:
    """What the library has written down of the customer (overzicht klant)."""
    yield from _person(view)
    yield Rule()
    yield from _membership(view)
    yield Columns((_("Geleend"), str(view.block.on_loan)))
    yield from _money(view)


def _enrolment(view: CustomerView) -> Iterator[Line]:
    """Proof of enrolment: who, from when to when, for how much (inschrijfbewijs)."""
    yield from _person(view)
    yield Rule()
    yield from _membership(view)
    if view.periods:
        yield Columns((_("Contributie"), cents_text(view.periods[0].price_cents)))
    yield from _money(view)
    if view.block.card_number:
        yield Space()
        yield Barcode(view.block.card_number)
    yield Space(2)
    yield Text(_("Handtekening:"))
    yield Space(3)


def _person(view: CustomerView) -> Iterator[Line]:
    block, person = view.block, view.person
    for part in (block.street_line, block.place_line):
        if part:
            yield Text(part)
    known_of = (
        (_("Geboren"), date_text(block.born)),
        (_("Telefoon"), person.phone),
        (_("Mobiel"), person.mobile),
        (_("E-mail"), person.email),
        (_("Klantnummer"), str(view.actor_id)),
        (_("Ingeschreven"), date_text(person.registered_on)),
        (_("Vestiging"), block.branch_name),
    )
    for name, value in known_of:
        if value:
            yield Columns((name, value))


def _membership(view: CustomerView) -> Iterator[Line]:
    if not view.periods:
        yield Text(_("Geen abonnement."))
        return
    yield Columns((_("Abonnement"), view.block.membership_name))
    yield Columns((_("Vanaf"), date_text(view.periods[0].begin_on)))
    yield from _valid(view)


def _valid(view: CustomerView) -> Iterator[Line]:
    if view.block.valid:
        yield Columns((_("Geldig tot en met"), date_text(view.block.valid_until)))
    else:
        yield Text(_("De pas is niet geldig."), bold=True)


def _money(view: CustomerView) -> Iterator[Line]:
    for name, cents in (
        (_("Contributie open"), view.block.contribution_cents),
        (_("Kosten open"), view.block.registration_cents),
        (_("Tegoed"), view.block.credit_cents),
    ):
        if cents:
            yield Columns((name, cents_text(cents)))


def _act(connection: "Reader", actor_id: int, act_id: int | None) -> Paid:
    if act_id is None or settling.who_settled(connection, act_id) != actor_id:
        raise DeskError(_("Deze klant heeft die betaling niet gedaan."))
    settlement = paid(connection, act_id)
    if not settlement.receipt_number:
        raise DeskError(
            _("Hierbij is geen geld betaald, dus er is geen betaalbewijs."),
            _("Een overzicht van wat openstaat, is de klantbon."),
        )
    return settlement


def _payment(act: Paid) -> Iterator[Line]:
    yield Columns((_("Bonnummer"), str(act.receipt_number)))
    yield Columns((_("Betaald op"), date_text(act.day)))
    yield Rule()
    for line in act.lines:
        yield Columns((line.description, cents_text(line.cents)))
    yield Rule()
    yield Columns((_("Totaal"), cents_text(act.settled_cents)), bold=True)
    if act.received_cents:
        means = _(_JOURNALS[act.journal[:1]]) if act.journal[:1] in _JOURNALS else act.journal
        yield Columns((means, cents_text(act.received_cents)))
    if act.change_cents:
        yield Columns((_("Wisselgeld"), cents_text(act.change_cents)))
    if act.credited_cents:
        yield Columns((_("Bijgeschreven als tegoed"), cents_text(act.credited_cents)))
    still_open = sum(line.open_cents for line in act.lines)
    if still_open > 0:
        yield Columns((_("Nog open"), cents_text(still_open)))


_BODIES: Mapping[str, Callable[[CustomerView], Iterator[Line]]] = {
    "status": _status,
    "loans": _loans,
    "customer": _customer,
    "enrolment": _enrolment,
}
