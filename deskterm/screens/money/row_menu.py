"""F8 in Financieel: what can be done with a charge, or with what settled one."""

from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.screens import overviews, settle
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money import charging
from deskterm.screens.session import Session
from deskterm.text import _, cents_text
from deskterm.views.lists import ChargeLine, PaymentLine
from deskterm.views.money import IN_DEBIT

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace


async def open_menu(place: "CustomerPlace") -> None:
    """Offer what can be done with the row of the cursor, carry it out and show the new sums."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    row = _row(session, place.body.cursor_key)
    may_storno = bool(app.desk.staff and Right.STORNO in app.desk.staff.rights)
    offered = choices(row, app.desk.today, may_storno=may_storno)
    if any(charge.open_cents for charge in session.charges):
        offered.insert(-1, Choice("settle", _("Alles afrekenen"), "A"))
    chosen = await app.ask(Choose(_("Financieel"), (), offered))
    if chosen is None:
        return
    done = await _carry_out(app, session.actor_id, chosen, row)
    if done:
        # What is taken back may have been paid for others: show every open customer anew.
        for one in tuple(app.sessions):
            await overviews.refresh(app, one.actor_id)
        app.say(done)


def choices(row: ChargeLine | PaymentLine | None, today: date, *, may_storno: bool) -> list[Choice]:
    """What can be done with a row, and Nieuwe post; what cannot be done now says why."""
    offered: list[Choice] = []
    if isinstance(row, ChargeLine):
        offered = _of_charge(row, today)
    elif row is not None:
        offered = _of_payment(row, today, may_storno=may_storno)
    return [*offered, Choice("charge", _("Nieuwe post"), "N")]


def _of_charge(line: ChargeLine, today: date) -> list[Choice]:
    closed = "" if line.open_cents else _("staat niet open")
    in_debit = _("is in incasso") if line.mark == IN_DEBIT else ""
    return [
        Choice("pay", _("Betalen"), "B", closed or in_debit),
        Choice("waive", _("Kwijtschelden"), "K", closed or in_debit),
        Choice("arrange", _("Regeling"), "R", closed or in_debit),
        Choice("undo", _("Herstel"), "H", _not_of_today(line.day, today)),
    ]


def _of_payment(line: PaymentLine, today: date, *, may_storno: bool) -> list[Choice]:
    corrected = _("is zelf een herstel") if line.kind == "correction" else ""
    if line.is_undone:
        corrected = _("is al teruggedraaid")
    why_no_storno = corrected
    if not may_storno:
        why_no_storno = _("hiervoor heeft u geen recht")
    elif not line.journal.startswith(("K", "B")):
        why_no_storno = corrected or _("alleen bij contant en pin")
    elif line.day >= today:
        why_no_storno = corrected or _("is van vandaag: Herstel")
    return [
        Choice("undo", _("Herstel"), "H", corrected or _not_of_today(line.day, today)),
        Choice("storno", _("Storno"), "S", why_no_storno),
    ]


def _not_of_today(day: date, today: date) -> str:
    return "" if day == today else _("alleen op de dag zelf")


def _row(session: Session, key: str | None) -> ChargeLine | PaymentLine | None:
    lines: tuple[ChargeLine | PaymentLine, ...] = (*session.charges, *session.payments)
    return next((line for line in lines if str(line.id) == key), None)


async def _carry_out(
    app: "DesktermApp", actor_id: int, chosen: str, row: ChargeLine | PaymentLine | None
) -> str:
    """Do it; what was done in words, unless Afrekenen says that itself."""
    if chosen == "charge":
        return await charging.charge(app, actor_id)
    if chosen == "settle":
        await settle.settle(app, actor_id)
    elif isinstance(row, ChargeLine) and chosen == "pay":
        await settle.settle(app, actor_id, [row.id])
    elif isinstance(row, ChargeLine) and chosen == "waive":
        await settle.forgive(app, actor_id, row.id)
    elif isinstance(row, ChargeLine) and chosen == "arrange":
        return await charging.arrange(app, actor_id, row)
    elif isinstance(row, PaymentLine) and chosen == "storno":
        return await charging.storno(app, actor_id, row)
    elif row is not None:
        what = f"{row.description}  {cents_text(abs(row.amount_cents))}"
        return await charging.undo(app, actor_id, row.id, what)
    return ""
