"""Kwijtschelden: forgive what is open, signed with a PIN by someone who may."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.rules.settling import waiver_journal
from deskterm.services import staff
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, FormFaults
from deskterm.services.settings import value_of
from deskterm.services.settle.book import begin, done
from deskterm.services.settle.lines import chosen, entry_of
from deskterm.services.trouble import reading, writing
from deskterm.store.light import Reader, beneath
from deskterm.store.reads import library, settling
from deskterm.text import _, cents_text
from deskterm.views.desk import StaffView
from deskterm.views.money import OpenLine, Waived

if TYPE_CHECKING:
    from sqlmodel import Session

REASONS = "waive_reason"
"""The word list of reasons; the library adds its own."""


class SignerMayNot(DeskError):
    """Who signed has not the right to forgive this, or not so much."""


def waive(
    desk: Desk,
    actor_id: int,
    key: str,
    charge_ids: Collection[int],
    reason: str,
    signer: str,
    pin: str,
) -> Waived:
    """Forgive the ticked lines whole (all when none is), for a reason of the library's list.

    `signer` is the actor-id or user name of who allows it, with `pin`; that may be who asks. How
    much a role may forgive is the library's choice `waive.limit.<ROLE>`. The change log keeps who
    asked, who allowed, why, and how much.

    Raises:
        FormFaults: the reason is not on the list.
        SignInRefused: wrong PIN, or five wrong ones: then this signer has to wait, never the desk.
        SignerMayNot: the signer may not forgive this much.
        AlreadySettled, DeskError, NotAllowed, StoreTrouble: as `pay`.
    """
    desk.require(Right.PAYMENT)
    with reading(desk) as connection:
        known = settling.act_of_key(connection, key)
        reasons = {word.code for word in library.words(connection, REASONS)}
    if reason not in reasons:
        raise FormFaults((("reason", _("Kies een reden uit de lijst.")),))
    # A repeated press was signed the first time; hashing the PIN again would only be slow.
    allowed = staff.check_pin(desk, signer, pin) if known is None else None
    with writing(desk) as session:
        reader = beneath(session.connection())
        act_id = done(reader, key, "waive", actor_id)
        if act_id is None and allowed is not None:
            lines = chosen(desk, reader, actor_id, charge_ids)
            _require_limit(reader, allowed, lines)
            act_id = _waive(desk, session, actor_id, key, lines, reason, allowed)
        return _waived(reader, act_id or 0)


def _require_limit(connection: Reader, signer: StaffView, lines: Sequence[OpenLine]) -> None:
    limit = value_of(library.settings(connection), f"waive.limit.{signer.role}")
    cents = sum(line.open_cents for line in lines)
    if Right.WAIVE in signer.rights and (not limit or cents <= int(limit)):
        return
    raise SignerMayNot(
        _("{name} mag geen {amount} kwijtschelden; het hoogste bedrag is {most}.").format(
            name=signer.name, amount=cents_text(cents), most=cents_text(int(limit or 0))
        ),
        _("Laat een collega met meer rechten tekenen, of kies minder posten."),
    )


def _waive(
    desk: Desk,
    session: "Session",
    actor_id: int,
    key: str,
    lines: Sequence[OpenLine],
    reason: str,
    signer: StaffView,
) -> int:
    book = begin(
        desk,
        session,
        key,
        "waive",
        actor_id,
        reason=reason,
        signer_id=signer.id,
    )
    for line in lines:
        charge = entry_of(session, line.charge_id)
        journal = waiver_journal(line.account).value
        book.settle(charge, line.open_cents, "waiver", journal, reason=reason)
    log = book.log(actor_id)
    log.line("waive", "waive_asked_by", "", str(desk.staff.actor_id if desk.staff else ""))
    log.line("waive", "waive_allowed_by", "", str(signer.actor_id))
    log.line("waive", "waive_reason", "", reason)
    log.line("waive", "waive_amount", "", cents_text(sum(line.open_cents for line in lines)))
    return book.close()


def _waived(connection: Reader, act_id: int) -> Waived:
    act = settling.act(connection, act_id)
    lines = settling.settled(connection, act_id)
    return Waived(
        act_id=act_id,
        cents=sum(line.cents for line in lines),
        reason=act.reason,
        asked_by=act.staff,
        allowed_by=act.signer,
        lines=lines,
    )
