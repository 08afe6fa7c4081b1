"""Afrekenen: what a customer owes, settled in one of the ways a library knows.

Three pop-ups follow each other: the lines with the amount received, the change, and how. Esc goes
one step back and keeps what was typed; out of the first one it leaves everything open. All that is
booked in one opening carries one key, so a press that is repeated books nothing twice.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.screens import overviews
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money import means
from deskterm.screens.money.means import Means
from deskterm.screens.money.signing import waive
from deskterm.screens.money.tally import Tallied, Tally
from deskterm.services.errors import DeskError
from deskterm.text import _, cents_text, ngettext
from deskterm.views.money import OpenLine, Paid, Registered, Settlement, Waived

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def settle(
    app: "DesktermApp", actor_id: int, charge_ids: Sequence[int] | None = None, said: str = ""
) -> None:
    """Open Afrekenen for a customer; only `charge_ids` are ticked, or every line without them.

    `said` is what was done just before, which the pop-up would hide.
    """
    settlement = await app.work.call(lambda: services.settling.open_lines(app.desk, actor_id))
    if not settlement.lines:
        app.say(_("Er staat niets open."))
        return
    key, typed = uuid4().hex, None
    ticked: Collection[int] = (
        [line.charge_id for line in settlement.lines] if charge_ids is None else charge_ids
    )
    while True:
        tallied = await app.ask(Tally(settlement, ticked, typed, said))
        if tallied is None:
            return
        ticked, typed = tallied.charge_ids, tallied.typed
        if await app.ask(_change(tallied)) is None:
            continue
        if await _settled(app, settlement, tallied, key):
            return


async def forgive(app: "DesktermApp", actor_id: int, charge_id: int) -> None:
    """Kwijtschelden of one line, without the steps of paying."""
    settlement = await app.work.call(lambda: services.settling.open_lines(app.desk, actor_id))
    lines = [line for line in settlement.lines if line.charge_id == charge_id]
    waived = await waive(app, actor_id, uuid4().hex, lines) if lines else None
    if waived is not None:
        await _show(app, actor_id, lines)
        app.say(_words(waived))


def _change(tallied: Tallied) -> Choose:
    """The second pop-up: what goes back over the counter, or stays open."""
    said = [
        _("Te betalen {amount}").format(amount=cents_text(tallied.due_cents)),
        _("Ontvangen {amount}").format(amount=cents_text(tallied.received_cents)),
        _("Terug {amount}").format(amount=cents_text(tallied.change_cents)),
    ]
    if tallied.short_cents:
        said.append(_("Blijft open {amount}").format(amount=cents_text(tallied.short_cents)))
    question = Choose(_("Afrekenen"), said, (Choice("ok", _("OK"), "O"),))
    question.help_page = "settle"
    return question


async def _settled(app: "DesktermApp", settlement: Settlement, tallied: Tallied, key: str) -> bool:
    """Ask how until it is done; whether it was, rather than staff stepping back."""
    actor_id, refusal = settlement.actor_id, list[str]()
    while True:
        chosen = await app.ask(Means(tallied, settlement.credit_cents, refusal))
        if chosen is None:
            return False
        try:
            done = await _carry_out(app, actor_id, tallied, chosen, key)
        except services.settling.AlreadySettled as gone:
            await _show(app, actor_id, tallied.lines)
            app.trouble(gone)
            return True
        except DeskError as refused:
            refusal = [f"{refused.sentence} {refused.hint}".strip()]
            continue
        if done is not None:
            await _show(app, actor_id, tallied.lines)
            app.say(await _with_receipt(app, actor_id, done))
            return True


async def _with_receipt(app: "DesktermApp", actor_id: int, done: Paid | Registered | Waived) -> str:
    """What was done, and what is printed of it: of money that came in there is a betaalbewijs."""
    words = _words(done)
    if not isinstance(done, Paid):
        return words
    from deskterm.screens.printing import receipts

    printed = await receipts.after_paying(app, actor_id, done.act_id, words)
    return f"{words} {printed}".strip()


async def _carry_out(
    app: "DesktermApp", actor_id: int, tallied: Tallied, chosen: str, key: str
) -> Paid | Registered | Waived | None:
    charge_ids, received = tallied.charge_ids, tallied.received_cents
    if chosen == means.WAIVE:
        return await waive(app, actor_id, key, tallied.lines)
    if chosen == means.REGISTER:
        return await app.work.call(
            lambda: services.settling.register(app.desk, actor_id, key, charge_ids)
        )
    return await app.work.call(
        lambda: services.settling.pay(
            app.desk,
            actor_id,
            key,
            charge_ids,
            means.JOURNALS[chosen],
            received,
            keep_change=chosen == means.CASH_KEPT,
        )
    )


def _words(done: Paid | Registered | Waived) -> str:
    """What was done, for the notice line."""
    if isinstance(done, Waived):
        return _("{amount} kwijtgescholden, toestemming van {name}.").format(
            amount=cents_text(done.cents), name=done.allowed_by
        )
    if isinstance(done, Registered):
        words = _("Geregistreerd: {amount} blijft open.").format(amount=cents_text(done.open_cents))
        if count := done.letters:
            letters = ngettext("Er volgt {count} brief.", "Er volgen {count} brieven.", count)
            words += " " + letters.format(count=count)
        return words
    words = _("Bon {number}: {amount} betaald.").format(
        number=done.receipt_number, amount=cents_text(done.settled_cents)
    )
    if done.change_cents:
        words += " " + _("Terug {amount}.").format(amount=cents_text(done.change_cents))
    if done.credited_cents:
        words += " " + _("{amount} is tegoed.").format(amount=cents_text(done.credited_cents))
    return words


async def _show(app: "DesktermApp", actor_id: int, lines: Sequence[OpenLine]) -> None:
    """Show the new sums of who paid and of whom it was."""
    for one in {actor_id, *(line.actor_id for line in lines)}:
        await overviews.refresh(app, one)
