"""Families: who belongs to a customer, on one screen, and the relations that say so.

A relation stays until staff take it away, also when a child turns adult: who pays then is for the
family to say, and the monthly run cannot ask.
"""

from datetime import date
from typing import TYPE_CHECKING, get_args

from deskterm.rules import cards
from deskterm.rules.dates import age_on
from deskterm.rules.names import display_name, inert
from deskterm.rules.relations import IN_ORDER, INVERSE, WRITTEN, makes_circle
from deskterm.rules.rights import Right
from deskterm.services.customer_rows import the_row
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.numbers import matches
from deskterm.services.trouble import reading, writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store import search
from deskterm.store.reads import family as reads
from deskterm.store.search.pages import listed
from deskterm.text import N_, _
from deskterm.views.family import FamilyMember, FamilyView, Tie
from deskterm.views.lists import FoundCustomer

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Customer, Relation

MOST = 100
"""More than a family: the pupils of a school are looked up by other means."""
_CIRCLES = {
    "parent": N_("Dan zouden {lower} en {upper} elkaars ouder zijn."),
    "payer": N_("Dan zouden {lower} en {upper} voor elkaar betalen."),
    "institution": N_("Dan zouden {lower} en {upper} bij elkaar horen als instelling."),
}


def family(desk: Desk, actor_id: int) -> FamilyView:
    """Give who lives at the customer's door and who is tied to the customer, who comes first.

    Raises:
        NotFound: the customer is gone.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        row = the_row(connection, actor_id)
        own = listed(connection, [actor_id], desk.today)
        others, following = search.family(connection, actor_id, today=desk.today, limit=MOST)
        people = (*own, *others)
        ties = reads.ties(connection, actor_id)
        door = search.housemates(connection, actor_id, today=desk.today) | {actor_id}
        ids = [one.actor_id for one in people]
        names, holdings = reads.names(connection, ids), reads.holdings(connection, ids)
    members = tuple(
        _member(
            desk.today,
            one,
            names[one.actor_id],
            holdings,
            ties=ties.get(one.actor_id, ()),
            at_same_door=one.actor_id in door,
        )
        for one in people
    )
    return FamilyView(actor_id, row.version, members, following is not None)


def whom(desk: Desk, text: str) -> tuple[FoundCustomer, ...]:
    """Find who may be meant by a number or a name, without opening anybody.

    Raises:
        NotFound: nobody is.
    """
    desk.require(Right.CUSTOMER_READ)
    typed = " ".join(inert(text).split())[:200]
    with reading(desk) as connection:
        number = cards.clean(typed)
        found = matches(connection, desk.place.branch.code, typed, number) if typed else []
        rows = listed(connection, [match.actor_id for match in found], desk.today)
        if not rows:
            rows, _none = search.find(connection, typed, today=desk.today, limit=MOST)
    if not rows:
        raise NotFound(_("Geen klant gevonden met {text}.").format(text=typed))
    return rows


def relate(
    desk: Desk, actor_id: int, version: int, other_id: int, tie: Tie, instead_of: str = ""
) -> FamilyView:
    """Write down what another customer is to this one, in place of another tie if that is given.

    Raises:
        DeskError: it is there already, makes a circle, is with oneself, with somebody who is not
            there any more, a parent younger than the child, a second payer, or no institution.
        NotAllowed, Conflict, NotFound: as `editing.save`.
        ValueError: no such tie; a screen made a mistake.
    """
    desk.require(Right.CUSTOMER_EDIT)
    _require_tie(tie)
    with writing(desk) as session:
        two = _both(desk, session, actor_id, version, other_id)
        if instead_of:
            _require_tie(instead_of)
            _take(two, instead_of)
        lower, upper, kind = two.written(tie)
        _check(session, lower, upper, kind)
        _write(session, lower, upper, kind)
        two.note(tie, is_new=True)
        two.mark()
    return family(desk, actor_id)


def unrelate(desk: Desk, actor_id: int, version: int, other_id: int, tie: Tie) -> FamilyView:
    """Take away what another customer is to this one; raises as `relate`."""
    desk.require(Right.CUSTOMER_EDIT)
    _require_tie(tie)
    with writing(desk) as session:
        two = _both(desk, session, actor_id, version, other_id)
        _take(two, tie)
        two.mark()
    return family(desk, actor_id)


class _Two:
    """The open customer and the other, each with a log of this use case."""

    def __init__(
        self, desk: Desk, session: "Session", customer: "Customer", other: "Customer"
    ) -> None:
        self.desk, self.session = desk, session
        self.customer, self.other = customer, other
        self._logs = [Logbook(desk, session, one.actor_id) for one in (customer, other)]

    def written(self, tie: str) -> "tuple[Customer, Customer, str]":
        """The lower, the upper and the kind, as a tie is kept."""
        if tie in WRITTEN:
            return self.customer, self.other, tie
        return self.other, self.customer, INVERSE[tie]

    def note(self, tie: str, *, is_new: bool) -> None:
        """A line in the log of each: what the other is to them."""
        seen = ((self.other, tie), (self.customer, INVERSE[tie]))
        for log, (another, what) in zip(self._logs, seen, strict=True):
            number = str(another.actor_id)
            old, new = ("", number) if is_new else (number, "")
            log.line("edit", f"relation.{what}", old, new)

    def mark(self) -> None:
        """A next version of both."""
        for log, one in zip(self._logs, (self.customer, self.other), strict=True):
            mark_changed(self.desk, one, log.at)
            self.session.add(one)


def _member(
    today: date,
    one: FoundCustomer,
    called: reads.Called,
    holdings: reads.Holdings,
    *,
    ties: tuple[str, ...],
    at_same_door: bool,
) -> FamilyMember:
    return FamilyMember(
        actor_id=one.actor_id,
        name=f"{one.name} ({called.first_name})" if called.first_name else one.name,
        display_name=called.display_name,
        born=one.born,
        age=age_on(one.born, today) if one.born else None,
        ties=tuple(tie for tie in get_args(Tie) if tie in ties),
        at_same_door=at_same_door,
        membership_name=one.membership_name,
        status=one.status,
        valid=one.valid,
        on_loan=holdings.loans.get(one.actor_id, 0),
        open_cents=holdings.open_cents.get(one.actor_id, 0),
    )


def _both(desk: Desk, session: "Session", actor_id: int, version: int, other_id: int) -> _Two:
    customer = the_customer(session, actor_id)
    require_version(session, customer, version)
    if actor_id == other_id:
        raise DeskError(_("Een relatie is er met iemand anders, niet met de klant zelf."))
    other = the_customer(session, other_id)
    if other.merged_into_id is not None or other.erased_on is not None:
        raise DeskError(
            _("Klant {number} is ontdubbeld of verwijderd.").format(number=other_id),
            _("Zoek de klant opnieuw op naam."),
        )
    return _Two(desk, session, customer, other)


def _require_tie(tie: str) -> None:
    if tie not in INVERSE:
        raise ValueError(f"no such tie: {tie!r}")


def _check(session: "Session", lower: "Customer", upper: "Customer", kind: str) -> None:
    """Refuse a tie that cannot be, in a sentence with both names."""
    names = {"lower": _name(lower), "upper": _name(upper)}
    pairs = [(lower, upper)] if kind in IN_ORDER else [(lower, upper), (upper, lower)]
    if any(_found(session, one, another, kind) for one, another in pairs):
        raise DeskError(_("Deze relatie tussen {lower} en {upper} is er al.").format(**names))
    if kind == "institution" and upper.sex != "I":
        raise DeskError(
            _("{upper} is geen instelling.").format(**names),
            _("Kies bij Geslacht op tab 2 eerst Instelling."),
        )
    if kind == "parent" and lower.born and upper.born and upper.born >= lower.born:
        raise DeskError(_("{upper} is niet ouder dan {lower}.").format(**names))
    if kind == "payer" and (payers := _above(session, lower.actor_id or 0, kind)):
        payer = _name(the_customer(session, payers[0]))
        raise DeskError(
            _("{payer} betaalt al voor {lower}.").format(payer=payer, **names),
            _("Verwijder of wijzig die relatie eerst."),
        )
    if kind in IN_ORDER and makes_circle(
        lower.actor_id or 0, upper.actor_id or 0, lambda one: _above(session, one, kind)
    ):
        raise DeskError(_(_CIRCLES[kind]).format(**names))


def _above(session: "Session", actor_id: int, kind: str) -> list[int]:
    from sqlmodel import col, select

    from deskterm.store.tables import Relation

    query = select(Relation.other_id).where(
        col(Relation.customer_id) == actor_id, col(Relation.kind) == kind
    )
    return list(session.exec(query.order_by(col(Relation.id))))


def _found(session: "Session", lower: "Customer", upper: "Customer", kind: str) -> "list[Relation]":
    from sqlmodel import col, select

    from deskterm.store.tables import Relation

    query = select(Relation).where(
        col(Relation.customer_id) == lower.actor_id,
        col(Relation.other_id) == upper.actor_id,
        col(Relation.kind) == kind,
    )
    return list(session.exec(query))


def _write(session: "Session", lower: "Customer", upper: "Customer", kind: str) -> None:
    from deskterm.store.tables import Relation

    session.add(Relation(customer_id=lower.actor_id or 0, other_id=upper.actor_id or 0, kind=kind))
    session.flush()


def _take(two: _Two, tie: str) -> None:
    lower, upper, kind = two.written(tie)
    found = _found(two.session, lower, upper, kind)
    if kind not in IN_ORDER:
        found += _found(two.session, upper, lower, kind)
    if not found:
        raise DeskError(_("Deze relatie is er niet meer."))
    for relation in found:
        two.session.delete(relation)
    two.session.flush()
    two.note(tie, is_new=False)


def _name(customer: "Customer") -> str:
    return inert(
        display_name(
            customer.surname,
            prefix=customer.prefix,
            initials=customer.initials,
            first=customer.first_name,
        )
    )
