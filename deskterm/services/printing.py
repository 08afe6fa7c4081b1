"""Cards and receipts: what this desk can print, asking for it, and what came of it.

Nothing here speaks to a printer: a job is written into the store, and the worker of the desk does
it. A job is printed at most once; one whose end nobody saw waits for somebody to say what came out.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.printing import sights
from deskterm.printing.documents import CardDocument, Document
from deskterm.rules.cards import clean
from deskterm.rules.names import list_name
from deskterm.services.customer_rows import the_row
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.prints import cards, choices, receipts, words
from deskterm.services.prints.answering import again, cancel, resolve, verify
from deskterm.services.prints.asking import asking_in, machine_now, require
from deskterm.services.prints.watching import batch, job, open_jobs, queue
from deskterm.services.trouble import reading, writing_plain
from deskterm.views.printing import (
    PrintBatch,
    PrintChoices,
    PrinterView,
    PrintJobView,
    PrintKind,
    ReceiptKind,
    Refusal,
    Wish,
)

if TYPE_CHECKING:
    from deskterm.store.light import Reader

__all__ = [
    "again",
    "batch",
    "cancel",
    "job",
    "look_at_printer",
    "open_jobs",
    "preview",
    "print_batch",
    "print_card",
    "print_receipt",
    "printer",
    "queue",
    "resolve",
    "verify",
    "wants_receipt",
    "what",
]
_RULES: dict[str, Wish] = {"always": "print", "ask": "ask", "never": "no"}


def what(desk: Desk) -> PrintChoices:
    """Tell what this desk can print and on which printer, and why not; no printer is asked."""
    return PrintChoices(tuple(choices.choice(desk, kind) for kind in choices.MENU))


def look_at_printer(desk: Desk, kind: PrintKind) -> PrinterView:
    """Have the worker of this desk look at the printer for a kind of document; the answer comes
    with `printer`, mostly within a second or two.

    Raises:
        DeskError: this desk cannot print that.
        NotAllowed: the employee may not print that.
    """
    require(desk, kind)
    name = choices.printer_for(desk, kind)
    with writing_plain(desk) as connection:
        sights.ask(connection, desk.place.id, name, machine_now())
    return printer(desk, kind)


def printer(desk: Desk, kind: PrintKind) -> PrinterView:
    """Give the printer for a kind of document as the worker last found it; raises DeskError as
    `look_at_printer`."""
    require(desk, kind)
    name = choices.printer_for(desk, kind)
    with reading(desk) as connection:
        seen = sights.sight(connection, desk.place.id, name)
    sentence = words.why(seen.reason)
    return PrinterView(name, seen.readiness.value, sentence, seen.asked_at, seen.seen_at)


def preview(
    desk: Desk, kind: PrintKind, actor_id: int, *, number: str = "", act_id: int | None = None
) -> str:
    """Give as plain text what would be printed; `number` is that of a card. Raises as
    `print_card` and `print_receipt`, but for printers: it can be looked at without one."""
    from deskterm.printing.options import PrintingOptions
    from deskterm.printing.render.preview import preview as drawn

    require(desk, kind)
    with reading(desk) as connection:
        found = _document(desk, connection, kind, actor_id, number, act_id)
    branch = found.branch_code if isinstance(found, CardDocument) else ""
    return drawn(found, (desk.printing or PrintingOptions()).branch(branch))


def print_card(desk: Desk, actor_id: int, card_number: str, key: str) -> PrintJobView:
    """Ask for a card (Ledenpas) to be printed; the same key gives the same job, `repeated`.

    Raises:
        DeskError: no card printer here, the card is blocked or replaced or of somebody else, or
            its number is too long.
        NotAllowed, NotFound: the employee may not replace cards; the customer is gone.
    """
    return _print(desk, "card", actor_id, key, number=clean(card_number))


def print_receipt(
    desk: Desk, kind: ReceiptKind, actor_id: int, key: str, *, act_id: int | None = None
) -> PrintJobView:
    """Ask for a receipt, or the same as an A4 page where the desk prints those; the same key gives
    the same job, `repeated`. `act_id` is the settlement of a `payment`.

    Raises:
        DeskError: this desk prints no receipts, or the settlement is not of this customer.
        NotAllowed, NotFound: the employee may not; the customer is gone.
    """
    return _print(desk, kind, actor_id, key, act_id=act_id)


def print_batch(desk: Desk, actor_ids: Sequence[int], key: str) -> PrintBatch:
    """Ask for the cards of a class, in this order; who cannot have one is told beside the jobs.

    Raises:
        DeskError: no card printer here.
        NotAllowed: the employee may not replace cards.
    """
    require(desk, "card")
    choices.printer_for(desk, "card")
    jobs, refused = list[PrintJobView](), list[Refusal]()
    with asking_in(desk) as asking:
        for actor_id in dict.fromkeys(actor_ids):
            own_key = f"{key}:{actor_id}"
            try:
                job = asking.by_key(own_key)
                if job is None:
                    card = cards.document(asking.connection, actor_id, "")
                    job = asking.ask("card", actor_id, card, own_key, key)
            except DeskError as refusal:
                refused.append(_refusal(asking.connection, actor_id, refusal))
            else:
                jobs.append(job)
    return PrintBatch(key, tuple(jobs), tuple(refused))


def wants_receipt(desk: Desk, kind: ReceiptKind, actor_id: int) -> Wish:
    """Tell whether a receipt is due without being asked for: the rule of the desk, and
    *Klantbonnen Nee* of the customer. Raises NotFound when the customer is gone, NotAllowed as
    `print_receipt`."""
    require(desk, kind)
    options = desk.printing
    if options is None or not choices.choice(desk, kind).possible:
        return "no"
    with reading(desk) as connection:
        person = the_row(connection, actor_id).person
    if not person.receipts:
        return "no"
    return _RULES[choices.desk_options(desk, options).receipts]


def _print(
    desk: Desk,
    kind: PrintKind,
    actor_id: int,
    key: str,
    *,
    number: str = "",
    act_id: int | None = None,
) -> PrintJobView:
    require(desk, kind)
    with asking_in(desk) as asking:
        known = asking.by_key(key)
        if known is not None:
            return known
        choices.printer_for(desk, kind)
        made = _document(desk, asking.connection, kind, actor_id, number, act_id)
        return asking.ask(kind, actor_id, made, key)


def _document(
    desk: Desk,
    connection: "Reader",
    kind: PrintKind,
    actor_id: int,
    number: str,
    act_id: int | None,
) -> Document:
    if kind == "card":
        return cards.document(connection, actor_id, number)
    if kind == "test":
        raise LookupError(kind)
    return receipts.document(desk, connection, kind, actor_id, act_id)


def _refusal(connection: "Reader", actor_id: int, refusal: DeskError) -> Refusal:
    name = ""
    if not isinstance(refusal, NotFound):
        person = the_row(connection, actor_id).person
        name = list_name(
            person.surname,
            prefix=person.prefix,
            initials=person.initials,
            first=person.first_name,
        )
    return Refusal(actor_id, name, refusal.sentence)
