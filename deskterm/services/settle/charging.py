"""New charges made by hand, and payment arrangements (Regeling)."""

from collections.abc import Collection
from datetime import date, timedelta

from deskterm.rules.money import LARGEST_TYPED
from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import FormFaults
from deskterm.services.settle.book import begin, done
from deskterm.services.settle.lines import chosen, settlement
from deskterm.services.trouble import writing
from deskterm.services.versions import require_living
from deskterm.store.light import beneath
from deskterm.store.reads import library
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import Settlement

BOOKING_CODES = "booking_code"
"""The word list of Wise's four-digit codes: 1xxx contributie, 2xxx registraties (desk.md 1.3)."""
LONGEST_DESCRIPTION = 60
LONGEST_ARRANGEMENT = timedelta(days=366)


def charge(
    desk: Desk, actor_id: int, key: str, booking_code: str, cents: int, description: str = ""
) -> Settlement:
    """Book a cost by hand; without a description it gets the booking code's name.

    Raises:
        FormFaults: `booking_code`, `amount` or `description` is wrong.
        NotAllowed, NotFound, StoreTrouble: as everywhere.
    """
    desk.require(Right.PAYMENT)
    with writing(desk) as session:
        reader = beneath(session.connection())
        names = {word.code: word.name for word in library.words(reader, BOOKING_CODES)}
        text = inert(description).strip() or names.get(booking_code, "")
        _check(booking_code, names, cents, text)
        if done(reader, key, "charge", actor_id) is None:
            require_living(reader, actor_id)
            book = begin(desk, session, key, "charge", actor_id, reason="hand")
            account = "contribution" if booking_code.startswith("1") else "registration"
            book.entry(
                actor_id,
                kind="charge",
                account=account,
                booking_code=booking_code,
                amount_cents=cents,
                description=text,
                reason="hand",
            )
            book.log(actor_id).line("charge", account, "", f"{text} {cents_text(cents)}")
            book.close()
        return settlement(reader, actor_id)


def _check(code: str, names: Collection[str], cents: int, text: str) -> None:
    faults = []
    if code not in names or not code.startswith(("1", "2")):
        faults.append(("booking_code", _("Kies een boekingscode uit de lijst.")))
    if not 0 < cents <= LARGEST_TYPED:
        faults.append(("amount", _("Vul een bedrag in, zoals 58,00.")))
    if len(text) > LONGEST_DESCRIPTION:
        faults.append(
            ("description", _("Hoogstens {most} tekens.").format(most=LONGEST_DESCRIPTION))
        )
    if faults:
        raise FormFaults(tuple(faults))


def arrange(
    desk: Desk, actor_id: int, key: str, charge_ids: Collection[int], until: date
) -> Settlement:
    """Let lines not count for the limit up to and including a day (Regeling).

    Raises:
        FormFaults: `until` is not after today, or more than a year away.
        AlreadySettled, DeskError, NotAllowed, StoreTrouble: as `pay`.
    """
    desk.require(Right.PAYMENT)
    if not desk.today < until <= desk.today + LONGEST_ARRANGEMENT:
        sentence = _("Kies een dag na vandaag, hoogstens een jaar vooruit.")
        raise FormFaults((("until", sentence),))
    with writing(desk) as session:
        reader = beneath(session.connection())
        if done(reader, key, "arrange", actor_id) is None:
            from sqlmodel import col, select

            from deskterm.store.tables import ChargeMark

            lines = chosen(desk, reader, actor_id, charge_ids)
            book = begin(desk, session, key, "arrange", actor_id)
            for line in lines:
                earlier = select(ChargeMark).where(
                    col(ChargeMark.charge_id) == line.charge_id,
                    col(ChargeMark.mark) == "R",
                    col(ChargeMark.lifted_at).is_(None),
                )
                for mark in session.exec(earlier):
                    mark.lifted_at = book.act.at
                    session.add(mark)
                session.flush()
                session.add(
                    ChargeMark(
                        charge_id=line.charge_id,
                        mark="R",
                        act_id=book.act_id,
                        since=desk.today,
                        until_on=until,
                    )
                )
                old = date_text(line.arranged_until) if line.arranged_until else ""
                book.log(line.actor_id).line("arrange", "arrangement", old, date_text(until))
            book.close()
        return settlement(reader, actor_id)
