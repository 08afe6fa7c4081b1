"""Herstel of a death that was written down by mistake: on its own day, all of it at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import memberships
from deskterm.services.deeds.standing import mark_undone, standing_deed
from deskterm.services.deeds.undoing import take_back as put_back
from deskterm.services.deeds.values import from_json
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.merge.left_words import sentences
from deskterm.services.settle.book import begin
from deskterm.services.settle.correcting import book_back
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, the_customer
from deskterm.store.search import index_customer
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Deed


def left_of(desk: Desk, deed_id: int) -> tuple[str, ...]:
    """Say what Herstel would leave as it is now, as it was changed since, in sentences.

    Raises as `take_back`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with writing(desk) as session:
        left = _put_back(desk, session, standing_deed(desk, session, deed_id, "series"))
        session.rollback()
    return left


def take_back(desk: Desk, deed_id: int) -> str:
    """Let a customer be alive again, with the membership and the holds of before; says so.

    Money that the end of the membership gave back or let go is booked the other way round: the
    books are only ever added to.

    Raises:
        NotAllowed: the employee may not end memberships.
        NotFound: there is no such deed; Merged or Erased when the customer is gone since.
        DeskError: it was taken back already, its day is over, the customer was enrolled again
            since, or the credit that came back was used.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with writing(desk) as session:
        deed = standing_deed(desk, session, deed_id, "series")
        _put_back(desk, session, deed)
        mark_undone(desk, deed)
        session.add(deed)
    return _("De klant staat niet meer als overleden in de bibliotheek.")


def _put_back(desk: Desk, session: "Session", deed: "Deed") -> tuple[str, ...]:
    actor_id = deed.customer_id or 0
    the_customer(session, actor_id)
    _require_not_enrolled(desk, session, deed)
    booked = _rows_of(session, deed, "ledger_entry")
    left = put_back(session, deed, booked)
    _book_back(desk, session, deed, booked.values())
    customer = the_customer(session, actor_id)
    index_customer(customer, addresses.of(session, actor_id))
    log = Logbook(desk, session, actor_id)
    log.line("death.undo")
    mark_changed(desk, customer, log.at)
    session.add(customer)
    return sentences(left)


def _require_not_enrolled(desk: Desk, session: "Session", deed: "Deed") -> None:
    known = set(_rows_of(session, deed, "membership_period").values())
    running = memberships.running(session, deed.customer_id or 0, desk.today)
    if not known.issuperset(one.id or 0 for one in running):
        raise DeskError(
            _("De klant is daarna opnieuw ingeschreven."),
            _("Wijzig wat nog niet klopt met de hand."),
        )


def _book_back(desk: Desk, session: "Session", deed: "Deed", entry_ids: Iterable[int]) -> None:
    from deskterm.store.tables import LedgerEntry

    entries = [session.get_one(LedgerEntry, one) for one in sorted(entry_ids)]
    if entries:
        book = begin(desk, session, f"undo death {deed.id}", "undo", deed.customer_id or 0)
        book_back(book, entries, desk.today)
        book.close()


def _rows_of(session: "Session", deed: "Deed", table: str) -> dict[int, int]:
    """The rows of a table that the deed changed: by the number of its own row, theirs."""
    from sqlmodel import col, select

    from deskterm.store.tables import DeedRow, metadata

    query = select(DeedRow).where(col(DeedRow.deed_id) == deed.id, col(DeedRow.table_name) == table)
    return {
        row.id or 0: from_json(metadata.tables[table], row.row_key)["id"]
        for row in session.exec(query)
    }
