"""Herstel, the one place: what can go back now, by whom and until when, and taking it back."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.trouble import reading
from deskterm.store.reads import undoing as reads
from deskterm.text import N_, _, cents_text, ngettext
from deskterm.views.undoing import Undoable, UndoKind

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_RIGHTS: dict[UndoKind, Right] = {
    "merge": Right.CUSTOMER_MERGE,
    "series": Right.CUSTOMER_EDIT,
    "death": Right.CUSTOMER_ENROL,
    "remove": Right.CUSTOMER_DELETE,
    "booking": Right.PAYMENT,
    "card": Right.CARD_REPLACE,
}
"""What it takes to take each of them back: what it took to do it."""
_BOOKED = {
    "charge": N_("Kosten geboekt, {amount}"),
    "pay": N_("Betaald, {amount}"),
    "register": N_("Geregistreerd, {amount}"),
    "waive": N_("Kwijtgescholden, {amount}"),
}


def undoable(desk: Desk, actor_id: int | None) -> tuple[Undoable, ...]:
    """List what can be taken back now, the newest first.

    Of a customer: the deeds about them, what was booked for them today, the cards they got today.
    Without one: the deeds of this branch, and what this desk booked and handed out today.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        found = [
            *_deeds(desk, connection, actor_id),
            *_bookings(desk, connection, actor_id),
            *_cards(desk, connection, actor_id),
        ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def left_of(desk: Desk, undoable: Undoable) -> tuple[str, ...]:
    """Say what would stay as it is now if it were taken back, in sentences; mostly nothing.

    Raises as `take_back`.
    """
    from deskterm.services import deaths, merging, removing, series

    desk.require(_RIGHTS[undoable.kind])
    ways: dict[UndoKind, Callable[[Desk, int], tuple[str, ...]]] = {
        "merge": merging.left_of,
        "series": series.left_of,
        "death": deaths.left_of,
        "remove": removing.left_of,
    }
    way = ways.get(undoable.kind)
    return way(desk, undoable.id) if way else ()


def take_back(desk: Desk, undoable: Undoable) -> str:
    """Take it back, all but what `left_of` tells; the answer says what was done.

    Raises:
        NotAllowed: it takes a right that the employee has not.
        DeskError: it was taken back already, its days are over, or others build on it.
        Conflict: the customer of a card was changed since the list was made.
    """
    desk.require(_RIGHTS[undoable.kind])
    return _WAYS[undoable.kind](desk, undoable)


def _deeds(desk: Desk, connection: "Reader", actor_id: int | None) -> Iterator[Undoable]:
    for deed in reads.deeds(connection, desk.today, desk.place.branch.code, actor_id):
        kind = _deed_kind(deed)
        yield Undoable(
            kind=kind,
            id=deed.id,
            actor_id=deed.actor_id,
            version=deed.version,
            what=_deed_words(connection, deed),
            staff=deed.staff,
            at=deed.at,
            until_on=deed.until_on,
            why_not=_why_not(desk, kind),
        )


def _deed_kind(deed: reads.DoneDeed) -> UndoKind:
    if deed.kind == "series":
        return "series" if deed.actor_id is None else "death"
    return "merge" if deed.kind == "merge" else "remove"


def _deed_words(connection: "Reader", deed: reads.DoneDeed) -> str:
    if _deed_kind(deed) == "death":
        return _("Overleden: {name} ({number})").format(name=deed.name, number=deed.actor_id)
    if deed.kind == "series":
        words = ngettext("Seriemutatie, {count} klant", "Seriemutatie, {count} klanten",
                         deed.people)  # fmt: skip
        return words.format(count=deed.people)
    if deed.kind == "merge":
        return _("Ontdubbeld: {name} ({keeper}), met {loser}").format(
            name=deed.name, keeper=deed.actor_id, loser=deed.other_id
        )
    name = reads.name_before(connection, deed.id, deed.actor_id or 0)
    return _("Verwijderd: {name} ({number})").format(name=name, number=deed.actor_id)


def _bookings(desk: Desk, connection: "Reader", actor_id: int | None) -> Iterator[Undoable]:
    for booking in reads.bookings(connection, desk.today, desk.place.id, actor_id):
        why_not = _why_not(desk, "booking")
        if booking.desk_id != desk.place.id:
            why_not = why_not or _("aan een andere balie geboekt")
        elif booking.is_built_on:
            why_not = why_not or _("herstel eerst wat erop geboekt is")
        yield Undoable(
            kind="booking",
            id=booking.entry_id,
            actor_id=booking.actor_id,
            version=booking.version,
            what=_booking_words(booking),
            staff=booking.staff,
            at=booking.at,
            until_on=desk.today,
            why_not=why_not,
        )


def _booking_words(booking: reads.Booking) -> str:
    words = _(_BOOKED[booking.kind]).format(amount=cents_text(abs(booking.cents)))
    about = booking.description
    if booking.entries > 1:
        about = _("{description} en meer").format(description=about)
    return f"{words}: {about} ({booking.name})"


def _cards(desk: Desk, connection: "Reader", actor_id: int | None) -> Iterator[Undoable]:
    for card in reads.cards(connection, desk.today, desk.place.id, actor_id):
        words = _("Pas {number} uitgegeven ({name})")
        if card.old_number:
            words = _("Pas {old} vervangen door {number} ({name})")
        yield Undoable(
            kind="card",
            id=card.id,
            actor_id=card.actor_id,
            version=card.version,
            what=words.format(number=card.number, old=card.old_number, name=card.name),
            staff=card.staff,
            at=card.at,
            until_on=desk.today,
            why_not=_why_not(desk, "card"),
        )


def _why_not(desk: Desk, kind: UndoKind) -> str:
    may = desk.staff is not None and _RIGHTS[kind] in desk.staff.rights
    return "" if may else _("hiervoor heeft u geen recht")


def _take_apart(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import merging

    apart = merging.take_apart(desk, undoable.id, anyway=True)
    return _("Weer twee klanten: {keeper} en {loser}.").format(
        keeper=apart.customer.actor_id, loser=apart.loser_id
    )


def _take_back_series(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import series

    return series.take_back(desk, undoable.id)


def _take_death_back(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import deaths

    return deaths.take_back(desk, undoable.id)


def _bring_back(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import removing

    return removing.take_back(desk, undoable.id)


def _book_back(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import settling

    undone = settling.undo(desk, undoable.actor_id or 0, undoable.id)
    words = [_("Hersteld.")]
    if undone.receipt_number:
        words.append(_("Bon {number}.").format(number=undone.receipt_number))
    if undone.back_cents:
        back = cents_text(undone.back_cents)
        words.append(_("Terug aan de klant: {amount}.").format(amount=back))
    return " ".join(words)


def _take_card_back(desk: Desk, undoable: Undoable) -> str:
    from deskterm.services import cards

    if undoable.actor_id is None:
        raise DeskError(_("Deze pas is van niemand."))
    changed = cards.undo(desk, undoable.actor_id, undoable.version, undoable.id)
    number = changed.block.card_number
    if number:
        return _("Hersteld; de hoofdpas is nu {number}.").format(number=number)
    return _("Hersteld; de klant heeft geen hoofdpas.")


_WAYS: dict[UndoKind, Callable[[Desk, Undoable], str]] = {
    "merge": _take_apart,
    "series": _take_back_series,
    "death": _take_death_back,
    "remove": _bring_back,
    "booking": _book_back,
    "card": _take_card_back,
}
"""How each kind goes back."""
