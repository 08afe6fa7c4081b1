"""Klant, Print klantgegevens: what this desk can print of a customer, and Afdruktaken."""

from typing import TYPE_CHECKING, Final

from deskterm import services
from deskterm.screens import flows
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.printing import receipts
from deskterm.screens.printing.dialog import HELP, PrintDialog
from deskterm.screens.printing.rows import Card
from deskterm.screens.printing.table import JobTable
from deskterm.screens.wording import CARD_KINDS, moment_text, word
from deskterm.text import _
from deskterm.views.customer import CustomerView
from deskterm.views.printing import PrintJobView, PrintKind, ReceiptKind

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

CARD: Final = "card"
QUEUE: Final = "queue"
_ENTRIES: dict[ReceiptKind, str] = {"enrolment": "I", "customer": "O", "loans": "E", "status": "K"}
"""The receipts of the menu with their letters."""


async def open_menu(place: "CustomerPlace") -> None:
    """Offer what can be printed; what cannot says why."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    possible = await app.work.call(lambda: services.printing.what(app.desk))
    card = possible.of("card")
    why_not = app.main.why_not("card.print") or card.reason
    choices = [Choice(CARD, card.name, "L", why_not)]
    for kind, letter in _ENTRIES.items():
        one = possible.of(kind)
        choices.append(Choice(kind, one.name, letter, one.reason))
    choices.append(Choice(QUEUE, _("Afdruktaken van deze balie"), "A"))
    question = Choose(_("Print klantgegevens"), (), choices)
    question.help_page = HELP
    chosen = await app.ask(question)
    if chosen == QUEUE:
        await show_queue(app)
    elif chosen == CARD:
        await print_card(place)
    for kind in _ENTRIES:
        if kind == chosen:
            await print_receipt(app, kind, session.actor_id)


async def print_card(place: "CustomerPlace") -> None:
    """Ledenpas: the dialog over the card printer."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    choice = (await app.work.call(lambda: services.printing.what(app.desk))).of("card")
    if not choice.possible:
        app.bell()
        app.say(choice.reason, bad=True)
        return
    actor_id = session.actor_id
    view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    number = await _which_card(app, view)
    if not number:
        return
    drawn = await app.work.call(
        lambda: services.printing.preview(app.desk, CARD, actor_id, number=number)
    )
    jobs = await app.work.call(lambda: services.printing.queue(app.desk))
    of_card = [job for job in jobs if job.kind == CARD and job.number == number]
    going = next((job for job in of_card if job.is_open or job.needs_answer), None)
    before = next((job for job in of_card if job.state in ("done", "verified")), None)
    told = ""
    if before is not None:
        words = _("LET OP! Deze pas is al geprint: {moment}.")
        told = words.format(moment=moment_text(before.updated_at))
    await _follow(app, PrintDialog(Card(actor_id, number, drawn, told), going))


async def print_receipt(app: "DesktermApp", kind: ReceiptKind, actor_id: int) -> None:
    """Ask for a receipt; it prints beside everything else, and the title line says so."""
    jobs = await app.work.call(lambda: services.printing.open_jobs(app.desk))
    going = _of_customer(jobs, kind, actor_id)
    if going is not None:
        await _follow(app, PrintDialog(None, going))
        return
    app.say(await receipts.to_printer(app, kind, actor_id))


async def show_queue(app: "DesktermApp") -> None:
    """Afdruktaken: the jobs of this desk, newest first, until staff leave them."""
    heading = _("Afdruktaken van {desk}").format(desk=app.desk.place.name)
    chosen = await app.ask(JobTable(heading, services.printing.queue))
    app.prints.begin()
    if chosen is not None and chosen.actor_id is not None:
        await flows.open_customer(app, chosen.actor_id)


async def _follow(app: "DesktermApp", dialog: PrintDialog) -> None:
    """Show the dialog; what goes on after it is told in the title line."""
    job = await app.ask(dialog)
    app.prints.begin()
    if job is None:
        app.say(_("Er is niets geprint."))
    elif job.state == "verified":
        app.say(_("Pas {number} is geprint en gecontroleerd.").format(number=job.number))
    elif job.is_open:
        app.say(_("Het printen gaat door; Afdruktaken laat zien hoe het gaat."))


async def _which_card(app: "DesktermApp", view: CustomerView) -> str | None:
    """The number of the card to print: the only one, or the one that staff choose."""
    cards = [card for card in view.cards if card.status == "active"]
    if not cards:
        app.bell()
        app.say(_("Deze klant heeft geen geldige pas om te printen. Zie tab 8.Passen."), bad=True)
        return None
    if len(cards) == 1:
        return cards[0].number
    main_first = sorted(cards, key=lambda card: card.kind != "main")
    choices = [
        Choice(card.number, f"{card.number}  {word(CARD_KINDS, card.kind)}") for card in main_first
    ]
    return await app.ask(Choose(_("Welke pas?"), (), choices))


def _of_customer(
    jobs: tuple[PrintJobView, ...], kind: PrintKind, actor_id: int
) -> PrintJobView | None:
    return next((job for job in jobs if (job.kind, job.actor_id) == (kind, actor_id)), None)
