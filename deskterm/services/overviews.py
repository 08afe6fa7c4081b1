"""The overviews of the Klant menu: what was lent, what was owed, what was paid."""

from dataclasses import replace

from deskterm.rules.rights import Right
from deskterm.services.customer_rows import the_row
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.trouble import reading
from deskterm.store.reads import circulation, ledger, library
from deskterm.text import _
from deskterm.views.lists import ChargeLine, LoanLine, LoanYear, PaymentLine


def history(desk: Desk, actor_id: int) -> tuple[LoanLine, ...]:
    """Give what a customer brought back, latest first.

    Raises:
        DeskError: the customer does not allow it to be shown (Leenhistorie tonen: Nee).
        NotFound: the customer is gone.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        row = the_row(connection, actor_id)
        if not row.person.show_history:
            raise DeskError(
                _("Deze klant wil niet dat de leenhistorie getoond wordt."),
                _("De klant kan dat laten wijzigen: 6.Eigenschappen-1, Leenhistorie tonen."),
            )
        return circulation.history(connection, actor_id, desk.today)


def loan_years(desk: Desk, actor_id: int) -> tuple[LoanYear, ...]:
    """Give how many loans began in each year, latest first, up to the oldest that is known.

    This year and the last are at least what the customer's own counters say; older ones come from
    the loans that are kept, unless the customer does not let them be shown.

    Raises:
        NotFound: the customer is gone.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        row = the_row(connection, actor_id)
        person, this = row.person, desk.today.year
        found = circulation.loans_by_year(connection, actor_id) if person.show_history else {}
    counted = {this: person.loans_this_year, this - 1: person.loans_last_year}
    years = range(this, min([this - 1, *found]) - 1, -1)
    return tuple(LoanYear(year, max(found.get(year, 0), counted.get(year, 0))) for year in years)


def charges(desk: Desk, actor_id: int) -> tuple[ChargeLine, ...]:
    """Give every charge of a customer, open and closed, newest first."""
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        return ledger.charges(connection, actor_id)


def payments(desk: Desk, actor_id: int) -> tuple[PaymentLine, ...]:
    """Give everything a customer paid, was forgiven or has as credit, newest first.

    The reason of a waiver is in the reader's words where the library's list still has it.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        reasons = {word.code: word.name for word in library.words(connection, "waive_reason")}
        return tuple(
            replace(line, reason=reasons.get(line.reason, line.reason))
            for line in ledger.payments(connection, actor_id)
        )
