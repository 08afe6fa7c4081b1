"""What F8 in Financieel asks before it books: a charge, an arrangement, a step back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.money import parse_cents
from deskterm.rules.settling import STORNO_DAYS, may_carry_payment_day
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.screens.money.asking import Asked
from deskterm.services.errors import FormFaults
from deskterm.text import _, cents_text, date_text
from deskterm.views.lists import ChargeLine, PaymentLine
from deskterm.views.money import Undone

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

BOOKING_CODES = "booking_code"


async def charge(app: "DesktermApp", actor_id: int) -> str:
    """Nieuwe post: a cost booked by hand. What was done in words; nothing when staff step back."""
    words = await app.work.call(lambda: services.libraries.words(app.desk, BOOKING_CODES))
    offered = [Choice(word.code, f"{word.code} {word.name}") for word in words]
    code = await app.ask(Choose(_("Nieuwe post"), (), offered))
    if code is None:
        return ""
    name = next(word.name for word in words if word.code == code)
    fields = (("amount", _("Bedrag"), False), ("description", _("Omschrijving"), False))
    heading = _("Nieuwe post: {code} {name}").format(code=code, name=name)
    key, refusals = uuid4().hex, list[str]()
    typed: Mapping[str, str] | None = {"description": name}
    while True:
        typed = await app.ask(Asked(heading, (), fields, typed, refusals))
        if typed is None:
            return ""
        try:
            cents, description = parse_cents(typed["amount"]), typed["description"]
            await app.work.call(
                lambda cents=cents, description=description: services.settling.charge(  # type: ignore[misc]
                    app.desk, actor_id, key, code, cents, description
                )
            )
        except RuleFault as fault:
            refusals = [_(fault.msgid).format(**fault.params)]
        except FormFaults as faults:
            refusals = [sentence for _name, sentence in faults.faults]
        else:
            return _("{description} {amount} opgeboekt.").format(
                description=description, amount=cents_text(cents)
            )


async def arrange(app: "DesktermApp", actor_id: int, line: ChargeLine) -> str:
    """Regeling: a line does not count for the limit until a day."""
    said = [f"{line.description}  {cents_text(line.open_cents)}",
            _("Tot en met deze dag telt de post niet mee voor de limiet.")]  # fmt: skip
    fields = (("until", _("Regeling tot en met"), False),)
    key, refusals = uuid4().hex, list[str]()
    typed: Mapping[str, str] | None = {"until": date_text(line.arranged_until)}
    while True:
        typed = await app.ask(Asked(_("Regeling"), said, fields, typed, refusals))
        if typed is None:
            return ""
        try:
            until = parse_date(typed["until"], app.desk.today)
            await app.work.call(
                lambda until=until: services.settling.arrange(  # type: ignore[misc]
                    app.desk, actor_id, key, (line.id,), until
                )
            )
        except RuleFault as fault:
            refusals = [_(fault.msgid).format(**fault.params)]
        except FormFaults as faults:
            refusals = [sentence for _name, sentence in faults.faults]
        else:
            return _("Regeling tot en met {day}.").format(day=date_text(until))


async def undo(app: "DesktermApp", actor_id: int, entry_id: int, what: str) -> str:
    """Herstel of something of today, after a clear yes."""
    said = [what, _("Alles wat in één keer is geboekt, gaat samen terug.")]
    if await app.ask(Confirm(_("Herstel"), said, _("Ja, herstel"))) != "yes":
        return ""
    undone = await app.work.call(lambda: services.settling.undo(app.desk, actor_id, entry_id))
    return _taken_back(_("Hersteld."), undone)


async def storno(app: "DesktermApp", actor_id: int, line: PaymentLine) -> str:
    """Storno of a payment of an earlier day, dated today or on the payment's own day."""
    said = [f"{line.description}  {cents_text(-line.amount_cents)}"]
    then = _("Storneren op {day}").format(day=date_text(line.day))
    can_then = may_carry_payment_day(line.day, app.desk.today)
    too_long = _("langer dan {days} dagen geleden").format(days=STORNO_DAYS)
    choices = (
        Choice("no", _("Niet storneren"), "N"),
        Choice("today", _("Storneren op vandaag"), "V"),
        Choice("then", then, "D", "" if can_then else too_long),
    )
    chosen = await app.ask(Choose(_("Storno"), said, choices))
    if chosen not in ("today", "then"):
        return ""
    key = uuid4().hex
    undone = await app.work.call(
        lambda: services.settling.storno(
            app.desk, actor_id, line.id, key, on_payment_day=chosen == "then"
        )
    )
    return _taken_back(_("Gestorneerd."), undone)


def _taken_back(words: str, undone: Undone) -> str:
    if undone.receipt_number:
        words += " " + _("Bon {number}.").format(number=undone.receipt_number)
    if undone.back_cents:
        words += " " + _("Terug aan de klant: {amount}.").format(
            amount=cents_text(undone.back_cents)
        )
    return words
