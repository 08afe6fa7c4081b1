"""The Flemish registers: the base registers know addresses, the geolocation writes streets out.

A Belgian postcode has many streets, so the way is: postcode, place, street, number.
https://docs.basisregisters.vlaanderen.be and https://geo.api.vlaanderen.be/Geolocation.
"""

import re
from collections.abc import Sequence

from deskterm.addresses.asking import within
from deskterm.addresses.model import BadAnswer, parts, words
from deskterm.bounded import Deadline
from deskterm.views.addresses import FoundAddress

REGISTER_HOST = "https://api.basisregisters.vlaanderen.be"
GEOLOCATION_HOST = "https://geo.api.vlaanderen.be"
PLACES, DOORS = "/v2/postinfo/", "/v2/adressen"
STREETS = "/geolocation/v4/Suggestion"
MOST_STREETS = 5
"""The geolocation gives no more."""
_WRITTEN_OUT = re.compile(r"(?P<street>.+), (?P<postcode>\d{4}) (?P<place>.+)", re.ASCII)
_IN_USE = "inGebruik"


class Vlaanderen:
    """Addresses of Flanders; nothing is sent but postcode, house number and street."""

    name = "vlaanderen"
    country = "BE"

    def __init__(self, host: str = "", budget_s: float = 2.0) -> None:
        """`host` stands in for those of both services, `https://` and all."""
        self.url = host or REGISTER_HOST
        self._geolocation = host or GEOLOCATION_HOST
        self._budget_s = budget_s

    def by_postcode(self, postcode: str, number: str) -> Sequence[FoundAddress]:  # noqa: ARG002
        return within(self._budget_s, lambda deadline: self._places(postcode, deadline))

    def suggest(self, postcode: str, street: str, number: str) -> Sequence[FoundAddress]:
        def act(deadline: Deadline) -> Sequence[FoundAddress]:
            doors = self._doors(postcode, street, number, deadline) if number else []
            return doors or self._streets(postcode, street, deadline)

        return within(self._budget_s, act)

    def _places(self, postcode: str, deadline: Deadline) -> list[FoundAddress]:
        from deskterm.addresses.wire import ask

        answer = ask(f"{self.url}{PLACES}{postcode}", {}, deadline)
        if answer is None:
            return []
        if words(answer, "identificator", "objectId") != postcode:
            raise BadAnswer("another postcode")
        names = [words(name, "geografischeNaam", "spelling") for name in parts(answer, "postnamen")]
        # The name of a whole municipality stands in capitals in the one list only.
        town = _town(answer)
        told = [town if name.casefold() == town.casefold() else name for name in names]
        return [FoundAddress("", name) for name in dict.fromkeys(told)]

    def _doors(
        self, postcode: str, street: str, number: str, deadline: Deadline
    ) -> list[FoundAddress]:
        from deskterm.addresses.wire import ask

        asked = {"postcode": postcode, "straatnaam": street, "huisnummer": number}
        answer = ask(f"{self.url}{DOORS}", asked, deadline)
        if answer is None:
            return []
        return [
            _door(one, postcode, number)
            for one in parts(answer, "adressen")
            if words(one, "adresStatus") == _IN_USE and words(one, "huisnummer") == number
        ]

    def _streets(self, postcode: str, street: str, deadline: Deadline) -> list[FoundAddress]:
        from deskterm.addresses.wire import ask

        asked = {"q": f"{street}, {postcode}", "c": str(MOST_STREETS)}
        answer = ask(f"{self._geolocation}{STREETS}", asked, deadline)
        found = []
        for one in parts(answer, "SuggestionResult"):
            match = _WRITTEN_OUT.fullmatch(words({"it": one}, "it"))
            if match and match["postcode"] == postcode:
                found.append(FoundAddress(match["street"], match["place"]))
        return found


def _town(answer: object) -> str:
    if not isinstance(answer, dict) or "gemeente" not in answer:
        return ""
    return words(answer, "gemeente", "gemeentenaam", "geografischeNaam", "spelling")


def _door(one: object, postcode: str, number: str) -> FoundAddress:
    written = _WRITTEN_OUT.fullmatch(words(one, "volledigAdres", "geografischeNaam", "spelling"))
    box = words(one, "busnummer") if isinstance(one, dict) and one.get("busnummer") else ""
    if written is None or written["postcode"] != postcode:
        raise BadAnswer("another postcode")
    street = written["street"].removesuffix(f" bus {box}").removesuffix(f" {number}")
    return FoundAddress(street, written["place"], number, f"bus {box}" if box else "")
