"""Open a customer: by whatever stands on the desk line, by actor-id, or by an item at home."""

from typing import TYPE_CHECKING

from deskterm.rules import cards
from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import NotFound, merged_sentence
from deskterm.services.numbers import Match, card_match, matches
from deskterm.services.popups import pop_ups
from deskterm.services.trouble import reading
from deskterm.services.viewing import found_customer, known
from deskterm.store.reads import codes
from deskterm.text import _
from deskterm.views.customer import CustomerView, Opened
from deskterm.views.lists import FoundPage

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_LONGEST = 200
"""More than this in the desk line is no name and no number, but a paste that went wrong."""


def open_text(desk: Desk, text: str) -> Opened | FoundPage:
    """Open whom a scanned or typed text means, or give the list when it may be several.

    A card number (also one that is replaced or blocked), the serial of a card alone, an actor-id
    or an external number of more than seven characters; anything else is looked up as a name.

    Raises:
        NotFound: nobody; the sentence says what the text was taken for and what to do.
    """
    desk.require(Right.CUSTOMER_READ)
    typed = inert(text).strip()
    if not typed or len(typed) > _LONGEST:
        raise NotFound(
            _("Typ of scan een pasnummer, of typ een naam."),
            _("Met F2 zoekt u op andere gegevens."),
        )
    number = cards.clean(typed)
    with reading(desk) as connection:
        found = matches(connection, desk.place.branch.code, typed, number)
        if len(found) == 1:
            return _open(connection, desk, found[0])
        if found:
            return _page(connection, desk, found)
    if cards.looks_like_card(number):
        raise _unknown_number(number)
    return _by_name(desk, typed)


def open_customer(desk: Desk, actor_id: int, matched: str = "", number: str = "") -> Opened:
    """Open a customer of whom the actor-id is known, such as a row of the result list.

    Who was merged opens the keeper, and says so.

    `number` is what was looked for, if it was a number: a card that is replaced or blocked says
    so however it was found.

    Raises:
        NotFound: the customer is gone.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        match = card_match(connection, actor_id, cards.clean(inert(number).strip()))
        return _open(connection, desk, match if match.card else Match(actor_id, matched))


def refresh(desk: Desk, actor_id: int) -> CustomerView:
    """Read an opened customer again, without pop-ups; raises NotFound when it is gone.

    Who was merged since is read as the keeper.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        return known(connection, actor_id, desk.clock).view


def open_by_item(desk: Desk, item_number: str) -> Opened:
    """Open who has an item at home.

    Raises:
        NotFound: there is no such item, or nobody has it.
    """
    desk.require(Right.CUSTOMER_READ)
    number = cards.clean(inert(item_number).strip())
    with reading(desk) as connection:
        item = codes.item(connection, number)
        if item is None:
            raise NotFound(
                _("Exemplaar {number} is onbekend.").format(number=number),
                _("Kijk het nummer na of scan het exemplaar opnieuw."),
            )
        if item.actor_id is None:
            raise NotFound(
                _("{title} ({number}) is niet uitgeleend.").format(title=item.title, number=number),
                _("Wie het eerder had, wordt niet onthouden op het exemplaar."),
            )
        matched = _("Heeft {title} ({number}) in bezit.").format(title=item.title, number=number)
        return _open(connection, desk, Match(item.actor_id, matched))


def _open(connection: "Reader", desk: Desk, match: Match) -> Opened:
    customer = known(connection, match.actor_id, desk.clock)
    staff = desk.require(Right.CUSTOMER_READ)
    matched, opened_id = match.sentence, customer.view.actor_id
    if opened_id != match.actor_id:
        matched = merged_sentence(match.actor_id, opened_id)
    return Opened(customer.view, pop_ups(customer, match.card, staff, desk.today), matched)


def _page(connection: "Reader", desk: Desk, found: list[Match]) -> FoundPage:
    """Several customers go by the same number: staff choose."""
    views = (known(connection, match.actor_id, desk.clock).view for match in found)
    return FoundPage(tuple(found_customer(view) for view in views), next_key=None)


def _by_name(desk: Desk, typed: str) -> Opened | FoundPage:
    from deskterm.services import finding  # a scan does without it

    page = finding.find(desk, typed)
    if not page.rows:
        raise NotFound(
            _("Geen klant gevonden met {text}.").format(text=typed),
            _("Probeer een deel van de naam, of zoek met F2 op andere gegevens."),
        )
    if len(page.rows) == 1 and page.next_key is None:
        return open_customer(
            desk, page.rows[0].actor_id, _("De enige klant met {text}.").format(text=typed)
        )
    return page


def _unknown_number(number: str) -> NotFound:
    is_item = cards.kind_of(number, cards.CodeShapes()) is cards.CodeKind.ITEM
    if is_item:
        return NotFound(
            _("{number} is een exemplaar, geen pas.").format(number=number),
            _("Wie het heeft, vindt u met Klant, Zoek klant, Exemplaarnummer."),
        )
    if not cards.has_valid_check(number):
        return NotFound(
            _("Pas {number} is onbekend en het controlecijfer klopt niet.").format(number=number),
            _("Kijk het nummer na of scan de pas opnieuw."),
        )
    return NotFound(
        _("Pas {number} is onbekend.").format(number=number),
        _("Zoek de klant op naam (F2); misschien hoort de pas bij een andere bibliotheek."),
    )
