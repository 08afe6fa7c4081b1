"""Receipts that come of something else: a betaalbewijs after paying, a proof after enrolling.

The rule of the desk says whether (always, ask, never), and *Klantbonnen Nee* of the customer. What
a printer cannot do must never look as if the payment went wrong.
"""

from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.screens.asks import Confirm
from deskterm.screens.printing.dialog import HELP
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.printing import ReceiptKind

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def after_paying(app: "DesktermApp", actor_id: int, act_id: int, paid: str) -> str:
    """Print the betaalbewijs of a settlement as the rules say; `paid` is what was booked.

    Gives a sentence about it for the notice line, empty when nothing is printed.
    """
    try:
        wish = await app.work.call(
            lambda: services.printing.wants_receipt(app.desk, "payment", actor_id)
        )
        if wish == "ask":
            question = Confirm(_("Betaalbewijs printen?"), (paid,), _("Ja, printen"))
            question.help_page = HELP
            wish = "print" if await app.ask(question) == "yes" else "no"
        if wish == "no":
            return ""
        return await to_printer(app, "payment", actor_id, act_id)
    except DeskError as refused:
        app.bell()
        return refused.sentence


async def after_enrolling(app: "DesktermApp", actor_id: int) -> None:
    """Print the inschrijfbewijs where the desk always prints; asking would hold the steps up that
    follow, and the menu has it."""
    try:
        wish = await app.work.call(
            lambda: services.printing.wants_receipt(app.desk, "enrolment", actor_id)
        )
        if wish == "print":
            await to_printer(app, "enrolment", actor_id)
    except DeskError as refused:
        app.bell()
        app.say(refused.sentence, bad=True)


async def to_printer(
    app: "DesktermApp", kind: ReceiptKind, actor_id: int, act_id: int | None = None
) -> str:
    """Ask for a receipt; it prints beside everything else. Gives a sentence about it.

    Raises DeskError when this desk cannot print it.
    """
    key = f"{kind}:{act_id}" if act_id is not None else uuid4().hex
    job = await app.work.call(
        lambda: services.printing.print_receipt(app.desk, kind, actor_id, key, act_id=act_id)
    )
    app.prints.begin()
    await app.errands.look_after()
    return _("{title}: naar printer {printer}.").format(title=job.title, printer=job.printer)
