"""Verwijder: the person goes, the figures stay; refused while something is not finished.

What tells who it was goes at once and is kept by the deed, so that Herstel brings it back the same
day. When that day has passed, `services.tidying` erases the rest for good, as the privacy run does.
"""

from typing import TYPE_CHECKING

from deskterm.rules.membership import MembershipStatus
from deskterm.rules.rights import Right
from deskterm.services.customer_rows import require_known
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.labels import label
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading, writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store.reads import ledger, memberships
from deskterm.store.reads.removing import unfinished
from deskterm.text import _, cents_text, date_text, ngettext
from deskterm.views.removing import Obstacle, Removed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from deskterm.services.deeds.undoing import Left
    from deskterm.services.removal.hiding import Tie
    from deskterm.store.light import Reader
    from deskterm.store.tables import Deed

_OVER = (MembershipStatus.BLACKLISTED, MembershipStatus.ENDED)


class NotFinished(DeskError):
    """The customer cannot be removed yet; `obstacles` say why."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        reasons = "; ".join(one.sentence for one in obstacles)
        super().__init__(
            _("Niet verwijderd: {reasons}.").format(reasons=reasons), _("Handel dat eerst af.")
        )
        self.obstacles = obstacles


def obstacles(desk: Desk, actor_id: int) -> tuple[Obstacle, ...]:
    """Give every reason why a customer cannot be removed now; none when they can.

    Raises:
        NotFound: the customer is gone; Erased when they were removed.
    """
    desk.require(Right.CUSTOMER_DELETE)
    with reading(desk) as connection:
        require_known(connection, actor_id)
        return _obstacles(connection, desk, actor_id)


def remove(desk: Desk, actor_id: int, version: int, key: str) -> Removed:
    """Take away what tells who a customer was; asked again with the same key it gives the same.

    The row, its periods, cards (as replaced ones), loans and ledger stay. Nothing personal is
    logged.

    Raises:
        NotFinished: something is under way; nothing was changed.
        NotAllowed, Conflict, NotFound: as `editing.save`; Erased when they were removed already.
        ValueError: no key, or one that stands for another deed; a screen made a mistake.
    """
    from deskterm.services.deeds.recording import known_deed, recorded
    from deskterm.services.removal.hiding import hide, ties_of

    desk.require(Right.CUSTOMER_DELETE)
    if not key:
        raise ValueError("a removal needs a key")
    with writing(desk) as session:
        known = known_deed(session, key)
        if known is not None:
            return _removed(known, actor_id)
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        found = _obstacles(session.connection(), desk, actor_id)
        if found:
            raise NotFinished(found)
        ties = ties_of(session, actor_id)
        with recorded(
            desk, session, "remove", key, until=desk.today, customer_id=actor_id
        ) as recording:
            hide(session, recording, actor_id, desk.today)
        _tell(desk, session, actor_id, ties, is_back=False)
        return Removed(actor_id, recording.deed_id, desk.today)


def left_of(desk: Desk, deed_id: int) -> tuple[str, ...]:
    """Say what Herstel of a removal could not bring back, in sentences.

    Raises:
        NotAllowed: the employee may not remove customers.
        NotFound, DeskError: as `deeds.standing.standing_deed`.
    """
    from deskterm.services.deeds.standing import standing_deed
    from deskterm.services.deeds.undoing import left_behind

    desk.require(Right.CUSTOMER_DELETE)
    with writing(desk) as session:
        left = left_behind(session, standing_deed(desk, session, deed_id, "remove"))
    return tuple(sorted({_left(one) for one in left}))


def take_back(desk: Desk, deed_id: int) -> str:
    """Herstel of a removal on its own day: the customer is there again as before; says so.

    Raises as `left_of`.
    """
    from deskterm.services.deeds import undoing
    from deskterm.services.deeds.standing import mark_undone, standing_deed
    from deskterm.services.removal.hiding import show_again, ties_of

    desk.require(Right.CUSTOMER_DELETE)
    with writing(desk) as session:
        deed = standing_deed(desk, session, deed_id, "remove")
        actor_id = deed.customer_id or 0
        undoing.take_back(session, deed)
        show_again(session, actor_id)
        mark_undone(desk, deed)
        session.add(deed)
        _tell(desk, session, actor_id, ties_of(session, actor_id), is_back=True)
    return _("De klant met actor-id {number} is er weer.").format(number=actor_id)


def _left(left: "Left") -> str:
    """Only a tie to somebody else can have changed: nobody can change who was removed."""
    if left.table == "relation":
        return _("De relatie met een andere klant is intussen gewijzigd.")
    return _("{what} is intussen gewijzigd.").format(what=label(left.column or left.table))


def _obstacles(connection: "Reader", desk: Desk, actor_id: int) -> tuple[Obstacle, ...]:
    return (
        *_of_circulation(connection, actor_id),
        *_of_money(connection, actor_id),
        *_of_memberships(connection, desk, actor_id),
        *_of_accounts_and_jobs(connection, actor_id),
    )


def _of_circulation(connection: "Reader", actor_id: int) -> list[Obstacle]:
    counts, found = unfinished(connection, actor_id), []
    if counts.loans:
        words = ngettext("{count} exemplaar in bezit", "{count} exemplaren in bezit", counts.loans)
        found.append(Obstacle(words.format(count=counts.loans), "customer.loans"))
    if counts.holds:
        words = ngettext("{count} reservering", "{count} reserveringen", counts.holds)
        found.append(Obstacle(words.format(count=counts.holds), "customer.holds"))
    return found


def _of_money(connection: "Reader", actor_id: int) -> list[Obstacle]:
    owed = sum(charge.open_cents for charge in ledger.charges(connection, actor_id))
    in_hand = ledger.credit(connection, actor_id)
    found = []
    if owed:
        words = _("{amount} te betalen").format(amount=cents_text(owed))
        found.append(Obstacle(words, "customer.settle"))
    if in_hand:
        words = _("{amount} tegoed").format(amount=cents_text(in_hand))
        found.append(Obstacle(words, "customer.financial"))
    debits = unfinished(connection, actor_id).debits
    if debits:
        words = ngettext("{count} incasso onderweg", "{count} incasso's onderweg", debits)
        found.append(Obstacle(words.format(count=debits), "customer.financial"))
    return found


def _of_memberships(connection: "Reader", desk: Desk, actor_id: int) -> list[Obstacle]:
    """A membership that runs, or that was bought ahead; the one that lasts longest is named."""
    running = [
        row.view
        for row in memberships.periods(connection, actor_id)
        if row.view.end_on >= desk.today and row.view.status not in _OVER
    ]
    if not running:
        return []
    last = max(running, key=lambda period: period.end_on)
    words = _("abonnement {name} t/m {day}").format(
        name=last.membership_name, day=date_text(last.end_on)
    )
    return [Obstacle(words, "tab.3")]


def _of_accounts_and_jobs(connection: "Reader", actor_id: int) -> list[Obstacle]:
    counts, found = unfinished(connection, actor_id), []
    if counts.accounts:
        found.append(Obstacle(_("een inlogaccount"), "customer.account"))
    if counts.account_jobs:
        found.append(Obstacle(_("een inlogaccount dat gemaakt wordt"), "customer.account"))
    if counts.prints:
        words = ngettext("{count} afdruktaak", "{count} afdruktaken", counts.prints)
        found.append(Obstacle(words.format(count=counts.prints), "print.queue"))
    if counts.mails:
        words = ngettext("{count} mail onderweg", "{count} mails onderweg", counts.mails)
        found.append(Obstacle(words.format(count=counts.mails), ""))
    return found


def _removed(deed: "Deed", actor_id: int) -> Removed:
    if (deed.kind, deed.customer_id) != ("remove", actor_id):
        raise ValueError("a key that stands for another deed")
    return Removed(actor_id, deed.id or 0, deed.until_on)


def _tell(
    desk: Desk, session: "Session", actor_id: int, ties: "Iterable[Tie]", *, is_back: bool
) -> None:
    """Log a removal or its Herstel, also with those whose relation it was; all count as changed."""
    from deskterm.store.tables import Customer

    number = str(actor_id)
    old, new = ("", number) if is_back else (number, "")
    logs = {actor_id: Logbook(desk, session, actor_id)}
    logs[actor_id].line("remove.undo" if is_back else "remove")
    for tie in ties:
        log = logs.setdefault(tie.actor_id, Logbook(desk, session, tie.actor_id))
        log.line("edit", f"relation.{tie.what}", old, new)
    for changed_id, log in logs.items():
        customer = session.get_one(Customer, changed_id)
        mark_changed(desk, customer, log.at)
        session.add(customer)
