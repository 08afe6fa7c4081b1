"""Kwijtschelden: what is forgiven, why, and the signature of someone who may."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.asks import Choice, Choose, TypeIn
from deskterm.text import _, cents_text
from deskterm.views.money import OpenLine, Waived

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

REASONS = "waive_reason"


class Sign(TypeIn):
    """Actor-id and PIN of who allows something; a name that was typed before stays."""

    help_page = "settle"

    def __init__(self, said: Sequence[str], name: str = "") -> None:
        fields = (
            ("signer", _("Actor-id of gebruikersnaam"), False),
            ("pin", _("Pincode"), True),
        )
        super().__init__(_("Kwijtschelden: toestemming"), said, fields)
        self.name_so_far = name

    def prepare(self) -> None:
        super().prepare()
        if self.name_so_far:
            self.fill("signer", self.name_so_far)


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
    said: Sequence[str] = [asked]
    charge_ids = [line.charge_id for line in lines]
    name = ""
    while True:
        signed = await app.ask(Sign(said, name))
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
            said = [asked, refused.sentence, refused.hint]
