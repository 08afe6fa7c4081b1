"""Kwijtschelden: what is forgiven, why, and the signature of someone who may."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money.asking import Asked
from deskterm.text import _, cents_text
from deskterm.views.money import OpenLine, Waived

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

REASONS = "waive_reason"


async def waive(
    app: "DesktermApp", actor_id: int, key: str, lines: Sequence[OpenLine]
) -> Waived | None:
    """Have these lines forgiven whole; None when staff step back before it is signed."""
    total = cents_text(sum(line.open_cents for line in lines))
    said = [f"{line.description}  {cents_text(line.open_cents)}" for line in lines]
    said.append(_("Samen wordt {total} kwijtgescholden.").format(total=total))
    if await app.ask(Choose(_("Kwijtschelden"), said, (Choice("ok", _("OK"), "O"),))) is None:
        return None
    words = await app.work.call(lambda: services.libraries.words(app.desk, REASONS))
    offered = [Choice(word.code, word.name) for word in words]
    reason = await app.ask(Choose(_("Reden van kwijtschelden"), (), offered))
    if reason is None:
        return None
    why = next(word.name for word in words if word.code == reason)
    asked = _("{total} kwijtschelden, reden {reason}. Wie geeft toestemming?")
    return await _signed(app, actor_id, key, lines, reason, asked.format(total=total, reason=why))


async def _signed(
    app: "DesktermApp",
    actor_id: int,
    key: str,
    lines: Sequence[OpenLine],
    reason: str,
    asked: str,
) -> Waived | None:
    fields = (
        ("signer", _("Actor-id of gebruikersnaam"), False),
        ("pin", _("Pincode"), True),
    )
    heading, name, refusals = _("Kwijtschelden: toestemming"), "", list[str]()
    charge_ids = [line.charge_id for line in lines]
    while True:
        signed = await app.ask(Asked(heading, [asked], fields, {"signer": name}, refusals))
        if signed is None:
            return None
        name, pin = signed["signer"].strip(), signed["pin"]
        try:
            return await app.work.call(
                lambda name=name, pin=pin: services.settling.waive(  # type: ignore[misc]
                    app.desk, actor_id, key, charge_ids, reason, name, pin
                )
            )
        except (services.staff.SignInRefused, services.settling.SignerMayNot) as refused:
            refusals = [refused.sentence, refused.hint]
