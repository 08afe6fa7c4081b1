"""Lists of one customer in place of a tab: loans, holds, history, money, under the same block."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.lists import charges, family, history, holds, loans, payments, years
from deskterm.screens.session import Session
from deskterm.text import N_, _
from deskterm.widgets.sheet import BLANK, Row, line

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

TITLES = {
    "loans": N_("Geleende exemplaren"),
    "holds": N_("Reserveringen"),
    "history": N_("Leenhistorie"),
    "money": N_("Financieel"),
    "family": N_("Gezin"),
    "years": N_("Geleend per jaar"),
}


def title(overview: str) -> str:
    """The words above a list."""
    return _(TITLES[overview])


def rows(session: Session, overview: str, width: int) -> Sequence[Row]:
    """The rows of a list, head first."""
    return DRAWN[overview](session, width)


async def open_overview(place: "CustomerPlace", overview: str) -> None:
    """Read and show a list; the loan history only when the customer allows it."""
    session, app = place.session, place.desk_app
    if session is None or place.editing:
        return
    if overview == "history" and not session.view.person.show_history:
        app.say(_("Deze klant wil niet dat de leenhistorie getoond wordt (tab 6)."), bad=True)
        return
    actor_id = session.actor_id
    if overview == "history":
        session.history = await app.work.call(
            lambda: services.overviews.history(app.desk, actor_id)
        )
    elif overview == "money":
        await _read_money(app, session)
    elif overview == "family":
        await _read_family(app, session)
    elif overview == "years":
        session.years = await app.work.call(
            lambda: services.overviews.loan_years(app.desk, actor_id)
        )
    session.overview = overview
    place.draw()
    app.main.draw_bars()


async def refresh(app: "DesktermApp", actor_id: int) -> None:
    """Show a customer anew where they are open, after something was booked for them."""
    session = app.sessions.of(actor_id)
    if session is None or session.editing:
        return
    session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    if session.overview == "money":
        await _read_money(app, session)
    elif session.overview == "family":
        await _read_family(app, session)
    if app.main.customer_place.session is session:
        app.main.customer_place.show(session)


async def _read_money(app: "DesktermApp", session: Session) -> None:
    actor_id = session.actor_id
    session.charges = await app.work.call(lambda: services.overviews.charges(app.desk, actor_id))
    session.payments = await app.work.call(lambda: services.overviews.payments(app.desk, actor_id))


async def _read_family(app: "DesktermApp", session: Session) -> None:
    actor_id = session.actor_id
    session.family = await app.work.call(lambda: services.families.family(app.desk, actor_id))


def _loans(session: Session, width: int) -> list[Row]:
    return _table(loans.header(width), loans.rows(session.view.loans, width), width)


def _holds(session: Session, width: int) -> list[Row]:
    return _table(holds.header(width), holds.rows(session.view.holds, width), width)


def _history(session: Session, width: int) -> list[Row]:
    return _table(history.header(width), history.rows(session.history, width), width)


def _money(session: Session, width: int) -> list[Row]:
    still_open = [charge for charge in session.charges if charge.open_cents]
    settled = [charge for charge in session.charges if not charge.open_cents]
    return [
        line(f" {_('Openstaand')}", width, "title"),
        *_table(charges.header(width), charges.rows(still_open, width), width),
        BLANK,
        line(f" {_('Historie')}", width, "title"),
        *_table(charges.header(width), charges.rows(settled, width), width),
        BLANK,
        *_table(payments.header(width), payments.rows(session.payments, width), width),
    ]


def _family(session: Session, width: int) -> list[Row]:
    rows = family.rows(session.family, width) if session.family else []
    return _table(family.header(width), rows, width)


def _years(session: Session, width: int) -> list[Row]:
    return years.rows(session.years, session.view.person, width)


def _table(head: Row, body: Sequence[Row], width: int) -> list[Row]:
    return [head, *(body or [line(f" {_('Niets')}", width, "dim")])]


DRAWN: dict[str, Callable[[Session, int], list[Row]]] = {
    "loans": _loans,
    "holds": _holds,
    "history": _history,
    "money": _money,
    "family": _family,
    "years": _years,
}
