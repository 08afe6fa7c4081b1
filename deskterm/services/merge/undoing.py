"""Take a merge apart again: Herstel, within its days."""

from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.deeds.undoing import take_back
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.merge.fields import ADDED_UP
from deskterm.services.merge.leaving import account_left, cards_left, credit_left, send_along
from deskterm.services.merge.left_words import sentences
from deskterm.services.merge.writing import index
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed
from deskterm.text import _, date_text
from deskterm.views.merging import TakenApart

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.deeds.undoing import Left
    from deskterm.store.tables import Customer, Deed


def left_of(desk: Desk, deed_id: int) -> tuple[str, ...]:
    """Tell what taking a merge apart would have to leave as it is now, in sentences.

    Raises as `take_apart`, except for what is left.
    """
    desk.require(Right.CUSTOMER_MERGE)
    with writing(desk) as session:
        left = _put_back(session, _the_merge(desk, session, deed_id))
        session.rollback()
    return left


def take_apart(desk: Desk, deed_id: int, *, anyway: bool = False) -> TakenApart:
    """Take a merge apart: both records are what they were, but for what changed since.

    What was added to the keeper since stays with the keeper; a payment goes with what it paid.
    When something cannot go back, it asks for `anyway`, after staff have seen `left_of`.

    Raises:
        DeskError: its days are over, it was taken apart already, the keeper was itself merged or
            erased since, or something cannot go back and it is not to be done `anyway`.
        NotAllowed: the employee may not merge customers.
        NotFound: there is no such merge.
    """
    staff = desk.require(Right.CUSTOMER_MERGE)
    with writing(desk) as session:
        deed = _the_merge(desk, session, deed_id)
        left = _put_back(session, deed)
        if left and not anyway:
            raise DeskError(
                _("Niet alles kan terug: {what}").format(what=" ".join(left)),
                _("Herstel het toch, of laat het ontdubbeld."),
            )
        keeper_id, loser_id = _ids(deed)
        for actor_id in (keeper_id, loser_id):
            _note(desk, session, actor_id, (loser_id, keeper_id))
        deed.undone_at, deed.undone_by = desk.clock.now(), staff.id or None
        session.add(deed)
    return TakenApart(opening.refresh(desk, keeper_id), loser_id, left)


def _the_merge(desk: Desk, session: "Session", deed_id: int) -> "Deed":
    """Read the deed, which must be one that can be taken apart now."""
    from deskterm.store.tables import Customer, Deed

    deed = session.get(Deed, deed_id)
    if deed is None or deed.kind != "merge":
        raise NotFound(_("Dit is niet ontdubbeld."))
    keeper_id, loser_id = _ids(deed)
    if deed.undone_at is not None:
        raise DeskError(_("Dit is al uit elkaar gehaald."))
    if deed.until_on < desk.today or deed.emptied_at is not None:
        raise DeskError(
            _("Uit elkaar halen kon tot en met {day}.").format(day=date_text(deed.until_on)),
            _("Schrijf de andere klant opnieuw in."),
        )
    keeper = session.get_one(Customer, keeper_id)
    if keeper.merged_into_id is not None:
        raise DeskError(
            _("Actor-id {number} is daarna zelf ontdubbeld met {keeper}.").format(
                number=keeper_id, keeper=keeper.merged_into_id
            ),
            _("Herstel dat eerst."),
        )
    loser = session.get_one(Customer, loser_id)
    if keeper.erased_on is not None or loser.erased_on is not None:
        raise DeskError(_("De gegevens van deze klant zijn daarna verwijderd."))
    return deed


def _put_back(session: "Session", deed: "Deed") -> tuple[str, ...]:
    """Put everything back that can be; the answer says what cannot, in sentences."""
    from deskterm.store.tables import Customer

    keeper_id, loser_id = _ids(deed)
    leave, told = credit_left(session, deed)
    cards, told_of_cards = cards_left(session, deed)
    send_along(session, deed, leave)
    account, told_of_account = account_left(session, deed)
    left = take_back(session, deed, {*leave, *cards, *account})
    keeper, loser = session.get_one(Customer, keeper_id), session.get_one(Customer, loser_id)
    _subtract(keeper, loser, left)
    session.add(keeper)
    for actor_id in (keeper_id, loser_id):
        index(session, actor_id)
    return (*told, *told_of_cards, *told_of_account, *sentences(left))


def _subtract(keeper: "Customer", loser: "Customer", left: "tuple[Left, ...]") -> None:
    """A counter that went on since loses what was the loser's of it."""
    for one in left:
        if one.table == "customer" and one.column in ADDED_UP:
            setattr(keeper, one.column, max(0, one.now - getattr(loser, one.column)))


def _note(desk: Desk, session: "Session", actor_id: int, which: tuple[int, int]) -> None:
    from deskterm.store.tables import Customer

    loser_id, keeper_id = which
    log = Logbook(desk, session, actor_id)
    log.line("merge.undo", "actor_id", str(keeper_id), str(loser_id))
    customer = session.get_one(Customer, actor_id)
    mark_changed(desk, customer, log.at)
    session.add(customer)


def _ids(deed: "Deed") -> tuple[int, int]:
    """The keeper and the loser of a merge."""
    return deed.customer_id or 0, deed.other_id or 0
