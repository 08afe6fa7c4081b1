"""Enrol and re-enrol: one walk of questions, and one transaction when staff press Opslaan.

Each step sends the whole form and is checked anew, so nothing lives in a screen only. Until
`enrol` nothing is written.
"""

from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.accounts.showing import account_view
from deskterm.services.customer_rows import the_row
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses
from deskterm.services.enrol import account, alike, cards, data, pricing, writing
from deskterm.services.enrol.person import ADDRESS_PARTS, applicant, blank, known_texts
from deskterm.services.enrol.required import required
from deskterm.services.errors import NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading, reading_rows
from deskterm.services.trouble import writing as transaction
from deskterm.services.versions import mark_changed, require_version
from deskterm.store.reads import library, parts, tariffs
from deskterm.store.search import index_customer
from deskterm.text import _
from deskterm.views.accounts import NO_ACCOUNT
from deskterm.views.desk import WordView
from deskterm.views.enrolment import (
    Candidate,
    Enrolled,
    EnrolmentForm,
    EnrolmentStart,
    Offer,
    Quote,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.edit.draft import Draft
    from deskterm.store.light import Reader
    from deskterm.store.tables import Customer

REGULAR = "00"
"""Reguliere klant: what a pop-up has chosen when it opens (seed document 1)."""
_SHARED = ("surname", "prefix", "phone", "branch_code", "language")
"""What relatives have in common beside the address."""


def customer_types(desk: Desk) -> tuple[WordView, ...]:
    """Give the customer types that have a membership to offer, `00` first."""
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        words = library.words(connection, "customer_type")
        types = tariffs.price_list(connection).types.values()
    offered = {code for terms in types if terms.active for code in terms.customer_types}
    found = [word for word in words if word.code in offered]
    return tuple(sorted(found, key=lambda word: word.code != REGULAR))


def begin(
    desk: Desk, actor_id: int | None, customer_type: str, *, like: int | None = None
) -> EnrolmentStart:
    """Give the data form as it is to be filled: with what is known, or blank.

    `like` is a relative of somebody new: surname, address, telephone and branch are taken over.

    Raises:
        NotAllowed: the employee may not enrol.
        NotFound: the customer, or the relative, is gone.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        who = applicant(connection, desk, actor_id, {})
        texts = dict(who.texts) if actor_id is not None else _like(connection, desk, like)
        prices = tariffs.price_list(connection)
        card = _card_of(connection, actor_id)
        needed = partial(
            required,
            library.settings(connection),
            _institution(connection, desk, texts["branch_code"]),
            customer_type,
        )
    there = account_view(who.row.account, desk.clock.now()) if who.row else NO_ACCOUNT
    return EnrolmentStart(
        actor_id=actor_id,
        version=who.row.version if who.row else 0,
        customer_type=customer_type,
        values=texts,
        required=needed(is_institution=False),
        required_of_institution=needed(is_institution=True),
        card_number=card,
        use_account=desk.accounts is not None and bool(texts["email"]) and not there.username,
        valid_until=who.runs_until,
        suggested_membership=pricing.suggested(prices, who),
        account=there,
    )


def check(desk: Desk, form: EnrolmentForm) -> None:
    """Check the data step; nothing is written.

    Raises:
        FormFaults: every field that is wrong or missing.
        Conflict: another desk saved this customer since `begin`.
        NotAllowed, NotFound: as `begin`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with reading_rows(desk) as session:
        customer = data.subject(desk, session, form)
        if form.actor_id is None:
            customer.actor_id = 0
        else:
            require_version(session, customer, form.version)
        data.checked(desk, session, form, customer)
        cards.number_for(session, form.card, customer.branch_code, form.actor_id)


def duplicates(desk: Desk, form: EnrolmentForm) -> tuple[Candidate, ...]:
    """Give who may be the same person, the likeliest first; empty when nobody is like it."""
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        who = applicant(connection, desk, None, form.values)
        return alike.candidates(connection, who, form.actor_id)


def offers(desk: Desk, form: EnrolmentForm) -> tuple[Offer, ...]:
    """Give what this customer may have with its price, the likeliest first; maybe nothing."""
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        who = applicant(connection, desk, form.actor_id, form.values)
        prices = tariffs.price_list(connection)
    return tuple(pricing.offers(prices, who, form.customer_type, form.fee_zone))


def quote(desk: Desk, form: EnrolmentForm) -> Quote:
    """Give what the chosen membership costs and how long it runs.

    Raises:
        FormFaults: the type is not offered to this customer, or not any more.
        DeskError: the library has no tariff for it today.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        return _quote(connection, desk, form)


def enrol(desk: Desk, form: EnrolmentForm) -> Enrolled:
    """Carry the form out, all or nothing; the same key again gives the first answer.

    Raises:
        FormFaults: a field is wrong, the card is taken, or the type is not offered any more.
        Conflict: another desk saved this customer, or enrolled it, since `begin`.
        DeskError: there is no tariff today.
        NotAllowed, NotFound: as `begin`.
        ValueError: no key; a screen made a mistake.
    """
    desk.require(Right.CUSTOMER_ENROL)
    if not form.key:
        raise ValueError("an enrolment without a key could be done twice")
    with transaction(desk) as session:
        if done := writing.done_before(session, form.key):
            actor_id, repeated = done.customer_id, True
        else:
            actor_id, repeated = _enrol(desk, session, form), False
    return enrolled(desk, form.key, actor_id, repeated=repeated)


def enrolled(desk: Desk, key: str, actor_id: int, *, repeated: bool) -> Enrolled:
    """Tell what an act did, as the store has it now; raises NotAllowed, NotFound as `begin`."""
    desk.require(Right.CUSTOMER_ENROL)
    with reading_rows(desk) as session:
        from deskterm.store.tables import LedgerEntry, MembershipPeriod

        done = writing.done_before(session, key)
        period = session.get(MembershipPeriod, done.period_id) if done else None
        if done is None or period is None or period.id is None:
            raise NotFound(_("Deze inschrijving is er niet meer."))
        charge = session.get(LedgerEntry, done.charge_id) if done.charge_id else None
        job_id = writing.account_job_of(session, actor_id, done.at)
        card = cards.main_card(session, actor_id)
    return Enrolled(
        customer=opening.refresh(desk, actor_id),
        period_id=period.id,
        begin_on=period.begin_on,
        end_on=period.end_on,
        status=period.status,
        charge_id=charge.id if charge else None,
        balance_cents=charge.amount_cents if charge else 0,
        card_number=card,
        account_job_id=job_id,
        repeated=repeated,
    )


def _enrol(desk: Desk, session: "Session", form: EnrolmentForm) -> int:
    customer = data.subject(desk, session, form)
    if form.actor_id is None:
        # It needs its number first: addresses and all else refer to it.
        session.add(customer)
        session.flush()
    else:
        require_version(session, customer, form.version)
    draft = data.checked(desk, session, form, customer)
    bought = _quote(session.connection(), desk, form)
    logbook = Logbook(desk, session, draft.actor_id)
    _write_data(draft, logbook, is_new=form.actor_id is None)
    _write_membership(desk, session, logbook, form, customer, bought)
    if form.actor_id is not None:
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return draft.actor_id


def _write_data(draft: "Draft", logbook: Logbook, *, is_new: bool) -> None:
    for change in draft.changes:
        change.write()
        if not is_new:
            logbook.line("edit", change.name, change.old, change.new)
    draft.session.flush()
    index_customer(draft.customer, addresses.of(draft.session, draft.actor_id))
    draft.session.add(draft.customer)


def _write_membership(
    desk: Desk,
    session: "Session",
    logbook: Logbook,
    form: EnrolmentForm,
    customer: "Customer",
    bought: Quote,
) -> None:
    actor_id = customer.actor_id or 0
    branch = customer.branch_code
    if number := cards.number_for(session, form.card, branch, form.actor_id):
        cards.give(desk, session, logbook, actor_id, number, branch)
    writing.supersede_web(desk, session, logbook, actor_id)
    limits = tariffs.price_list(session.connection()).limits[bought.membership_code]
    period, charge_id = writing.write_period(desk, session, actor_id, bought, limits.sector)
    logbook.line("enrol", "membership", "", f"{bought.membership_code}-{bought.membership_name}")
    writing.write_role(desk, session, logbook, actor_id)
    writing.write_relative(session, actor_id, form, bought.age)
    account.write(desk, session, logbook, customer, form)
    writing.drop_draft(desk, session, form.key)
    writing.remember(session, logbook, "enrol", form.key, actor_id, period.id, charge_id)


def _quote(connection: "Reader", desk: Desk, form: EnrolmentForm) -> Quote:
    who = applicant(connection, desk, form.actor_id, form.values)
    prices = tariffs.price_list(connection)
    return pricing.quote(prices, who, form.customer_type, form.membership_code, form.fee_zone)


def _like(connection: "Reader", desk: Desk, relative: int | None) -> dict[str, str]:
    texts = blank(desk)
    if relative is None:
        return texts
    known = known_texts(connection, the_row(connection, relative), desk.today)
    shared = (*_SHARED, *(f"address.1.{part}" for part in ADDRESS_PARTS))
    return texts | {name: known[name] for name in shared if name in known}


def _card_of(connection: "Reader", actor_id: int | None) -> str:
    found = parts.cards(connection, actor_id) if actor_id is not None else ()
    living = (card for card in found if card.kind == "main" and card.status != "replaced")
    return next((card.number for card in living), "")


def _institution(connection: "Reader", desk: Desk, branch: str) -> str:
    known = {one.code: one.institution_code for one in library.branches(connection)}
    return known.get(branch, desk.place.branch.institution_code)
