"""Vervangen and Nieuwe volgpas: ask for the card until it will do, hand it out, and settle it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.screens import settle
from deskterm.screens.cards.asking import NUMBER, AskNumber, confirm
from deskterm.services.errors import FormFaults
from deskterm.text import _, pgettext
from deskterm.views.cards import CardIssued, CardOffer
from deskterm.views.customer import CardView, CustomerView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace
    from deskterm.services.cards import CardKind


async def replace(place: "CustomerPlace", view: CustomerView, card: CardView) -> str:
    """Vervangen, then Afrekenen when the new card costs something."""
    app, key = place.desk_app, uuid4().hex
    said = [_("Pas {number} wordt voorgoed ongeldig.").format(number=card.number)]
    if view.person.card_missing_on is not None:
        said.append(_("De klant meldde een pas vermist: hef dat op op tabblad 6."))
    done = await _handed_out(
        app,
        pgettext("act", "Vervangen"),
        said,
        lambda typed: services.cards.offer(app.desk, view.actor_id, typed, card.id),
        lambda typed: services.cards.replace(
            app.desk, view.actor_id, view.version, card.id, typed, key
        ),
    )
    if done is None:
        return ""
    _show(place, done)
    words = _("Pas {old} is vervangen door {new}.").format(old=done.old_number, new=done.number)
    words = f"{words} {_how_to_print(done)}".strip()
    app.say(words)
    if done.charge_id is not None:
        await settle.settle(app, view.actor_id, [done.charge_id], words)
    return ""


async def add(place: "CustomerPlace", view: CustomerView, kind: "CardKind") -> str:
    """Nieuwe volgpas, or the hoofdpas of who has none; what was done in words."""
    app, key = place.desk_app, uuid4().hex
    heading = _("Nieuwe hoofdpas") if kind == "main" else _("Nieuwe volgpas")
    done = await _handed_out(
        app,
        heading,
        [],
        lambda typed: services.cards.offer(app.desk, view.actor_id, typed),
        lambda typed: services.cards.add(app.desk, view.actor_id, view.version, kind, typed, key),
    )
    if done is None:
        return ""
    _show(place, done)
    words = _("Pas {number} is uitgegeven.").format(number=done.number)
    return f"{words} {_how_to_print(done)}".strip()


async def _handed_out(
    app: "DesktermApp",
    heading: str,
    said: Sequence[str],
    offer: Callable[[str], CardOffer],
    hand_out: Callable[[str], CardIssued],
) -> CardIssued | None:
    """Ask for the number until it will do and staff say OK; None when they step back."""
    typed = refusal = ""
    prefix = app.bootstrap.settings.scanner.prefix
    while True:
        answer = await app.ask(AskNumber(heading, said, typed, refusal))
        if answer is None:
            return None
        # A field gets what the scanner is set to send before a code as well.
        typed, refusal = answer[NUMBER].strip(), ""
        number = typed.removeprefix(prefix)
        try:
            offered = await app.work.call(lambda number=number: offer(number))  # type: ignore[misc]
            if await app.ask(confirm(heading, said, offered)) == "ok":
                return await app.work.call(lambda number=number: hand_out(number))  # type: ignore[misc]
        except FormFaults as faults:
            refusal = " ".join(sentence for _name, sentence in faults.faults)
            app.bell()


def _show(place: "CustomerPlace", done: CardIssued) -> None:
    """Show the customer with the new number, and the cursor on the new card."""
    session = place.session
    if session is None:
        return
    session.view = done.customer
    place.show(session)
    new = next((card for card in done.customer.cards if card.number == done.number), None)
    if new is not None:
        place.body.put_cursor(f"card:{new.id}")


def _how_to_print(done: CardIssued) -> str:
    if not done.made:
        return ""
    return _("Print de pas met Klant, Print klantgegevens.")
