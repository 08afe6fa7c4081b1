"""The Dutch register of addresses (BAG) through PDOK Locatieserver 3.1: free, without a key.

https://github.com/PDOK/locatieserver/wiki has its parameters; unknown ones are refused.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from deskterm.addresses.asking import within
from deskterm.addresses.model import BadAnswer, part, parts, words
from deskterm.bounded import Deadline
from deskterm.views.addresses import FoundAddress

HOST = "https://api.pdok.nl"
PATH = "/bzk/locatieserver/search/v3_1/free"
MOST = 50
"""Additions at one number; a block of flats has a number for each door."""
FIELDS = "straatnaam,huisnummer,huis_nlt,postcode,woonplaatsnaam"


class Pdok:
    """PDOK Locatieserver; nothing is sent but postcode and house number."""

    name = "pdok"
    country = "NL"

    def __init__(self, host: str = "", budget_s: float = 2.0) -> None:
        """`host` stands in for its own, `https://` and all."""
        self.url = (host or HOST) + PATH
        self._budget_s = budget_s

    def by_postcode(self, postcode: str, number: str) -> Sequence[FoundAddress]:
        return within(self._budget_s, lambda deadline: self._doors(postcode, number, deadline))

    def suggest(self, postcode: str, street: str, number: str) -> Sequence[FoundAddress]:  # noqa: ARG002
        """Nothing: a postcode and a number tell the street here."""
        return ()

    def _doors(self, postcode: str, number: str, deadline: Deadline) -> list[FoundAddress]:
        from deskterm.addresses.wire import ask

        # What these hold was checked: it stands in the syntax of Solr here.
        asked: Mapping[str, str | list[str]] = {
            "fq": [f"postcode:{postcode}", f"huisnummer:{number}", "type:adres"],
            "rows": str(MOST),
            "fl": FIELDS,
        }
        answer = ask(self.url, asked, deadline)
        if answer is None:
            # One that knows nothing says so with an empty list: this is another address.
            raise BadAnswer("404")
        docs = parts(answer, "response", "docs")
        found = [_door(doc, number) for doc in docs if _is_asked(doc, postcode, number)]
        return sorted(set(found), key=attrgetter("house_addition"))


def _is_asked(doc: object, postcode: str, number: str) -> bool:
    return words(doc, "postcode") == postcode and str(part(doc, "huisnummer")) == number


def _door(doc: object, number: str) -> FoundAddress:
    # The text with letter and addition: 41, 41A, 41-2, 41A-2. Wise has these behind the number.
    whole = words(doc, "huis_nlt")
    return FoundAddress(
        street=words(doc, "straatnaam"),
        place=words(doc, "woonplaatsnaam"),
        house_number=number,
        house_addition=whole.removeprefix(number).lstrip(" -"),
    )
