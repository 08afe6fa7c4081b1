"""Whom a number on the desk line means, and how to say so when it is not the hoofdpas."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.rules import cards
from deskterm.rules.faults import RuleFault
from deskterm.services.libraries import scheme_of
from deskterm.services.settings import value_of
from deskterm.store.reads import codes, library, merging
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.store.light import Reader

SHORTEST_EXTERNAL = 8
"""Wise looks an external number up in the number field when it has more than seven characters."""


@dataclass(frozen=True, slots=True)
class Match:
    """A customer that a text means; the sentence says by what, empty for the card itself."""

    actor_id: int
    sentence: str = ""
    card: codes.CardMatch | None = None


def matches(connection: "Reader", branch: str, typed: str, number: str) -> list[Match]:
    """Find everyone a text can mean as a number; each customer once.

    A card goes before all else. `branch` is where the desk stands: a serial alone is first taken
    for a card of this branch, then of the others. `number` is the text without grouping.
    """
    found: dict[int, Match] = {}
    if cards.is_digits(number):
        for card in codes.cards_with(connection, (number,)):
            return [Match(card.actor_id, _card_sentence(card), card)]
        for match in (*_serial(connection, branch, number), *_actor(connection, number)):
            found.setdefault(match.actor_id, match)
    for match in _external(connection, typed):
        found.setdefault(match.actor_id, match)
    # Who was merged and the keeper are one, and may have the same number.
    keepers = merging.keepers(connection, list(found))
    return [match for number, match in found.items() if keepers.get(number) not in found]


def card_match(connection: "Reader", actor_id: int, number: str) -> Match:
    """Give a customer who was found by a number, with the card if it is one of theirs."""
    for card in codes.cards_with(connection, (number,) if number else ()):
        if card.actor_id == actor_id:
            return Match(actor_id, _card_sentence(card), card)
    return Match(actor_id)


def _card_sentence(card: codes.CardMatch) -> str:
    if card.status == "replaced":
        return _("Gevonden met de oude pas {number}.").format(number=card.number)
    if not cards.has_valid_check(card.number):
        return _("Let op: het controlecijfer van pas {number} klopt niet.").format(
            number=card.number
        )
    if card.kind == "extra":
        return _("Gevonden met volgpas {number}.").format(number=card.number)
    return ""


def _serial(connection: "Reader", branch: str, number: str) -> Iterator[Match]:
    if len(number) >= cards.SHORTEST_CARD:
        return
    schemes = library.card_schemes(connection)
    own = {branch: schemes.pop(branch)} if branch in schemes else {}
    for choice in (own, schemes):
        found = codes.cards_with(connection, _numbers(choice, int(number)))
        for card in found:
            sentence = _("Gevonden met volgnummer {serial}: pas {number}.").format(
                serial=number, number=card.number
            )
            yield Match(card.actor_id, sentence, card)
        if found:
            return


def _numbers(schemes: dict[str, str], serial: int) -> list[str]:
    numbers = []
    for branch, scheme in schemes.items():
        try:
            numbers.append(cards.from_serial(branch, serial, scheme_of(scheme)))
        except RuleFault:
            continue  # no card of this branch can have that serial
    return numbers


def _actor(connection: "Reader", number: str) -> Iterator[Match]:
    if len(number) < cards.SHORTEST_CARD and codes.is_actor(connection, int(number)):
        yield Match(int(number), _("Gevonden met actor-id {number}.").format(number=int(number)))


def _external(connection: "Reader", typed: str) -> Iterator[Match]:
    if len(typed) < SHORTEST_EXTERNAL:
        return
    if cards.is_national_number(cards.clean(typed)):
        settings = library.settings(connection)
        if value_of(settings, "card.national_number") != "1":
            return
    for actor_id in codes.with_external_number(connection, typed):
        yield Match(actor_id, _("Gevonden met extern nummer {number}.").format(number=typed))
