"""Registers that tests start: what the real ones say, and what nobody should say."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from tests.accounts.exchanges import Reply, Stub, answer

Say = Callable[[str, Mapping[str, list[str]]], Reply]
"""From the path of a question and its parameters to what is answered."""


def asked(question: bytes) -> tuple[str, dict[str, list[str]]]:
    """The path of a question, and its parameters."""
    target = urlsplit(question.split(b" ")[1].decode())
    return target.path, parse_qs(target.query)


def register(say: Say) -> Stub:
    """A register that answers as a function says; to be used in a `with`."""
    return Stub(lambda question: say(*asked(question)))


def host(stub: Stub) -> str:
    """Its address, as `[address] url` has it."""
    return f"http://127.0.0.1:{stub.port}"


def as_json(body: object, kind: str = "application/json") -> bytes:
    """A whole answer in JSON."""
    return answer(200, json.dumps(body).encode(), kind)


def pdok_doc(number: int, behind: str = "", **other: object) -> dict[str, object]:
    """One address of Locatieserver with the fields that are asked for."""
    return {
        "straatnaam": "Kruisakkers",
        "huisnummer": number,
        "huis_nlt": f"{number}{behind}",
        "postcode": "9468BG",
        "woonplaatsnaam": "Annen",
        **other,
    }


def pdok_said(*docs: object) -> dict[str, object]:
    """An answer of Locatieserver 3.1."""
    return {
        "response": {
            "numFound": len(docs),
            "start": 0,
            "maxScore": 4.9,
            "numFoundExact": True,
            "docs": list(docs),
        }
    }


def pdok(*docs: object) -> Say:
    """A Locatieserver that knows these addresses."""
    return lambda _path, _query: as_json(pdok_said(*docs))


def spelled(name: str) -> dict[str, object]:
    """A name as the Flemish base registers write one."""
    return {"geografischeNaam": {"spelling": name, "taal": "nl"}}


def postinfo(postcode: str, town: str, *names: str) -> dict[str, object]:
    """What the base registers know of a postcode."""
    return {
        "@type": "PostInfo",
        "identificator": {"objectId": postcode, "versieId": "2020-02-10T12:44:14+01:00"},
        "gemeente": {"objectId": "11001", "gemeentenaam": spelled(town)},
        "postnamen": [spelled(name) for name in names],
        "postInfoStatus": "gerealiseerd",
    }


def adres(street: str, number: str, box: str = "", status: str = "inGebruik") -> dict[str, object]:
    """An address in a list of the base registers, in Aartselaar."""
    door = f"{street} {number}{f' bus {box}' if box else ''}"
    return {
        "@type": "Adres",
        "identificator": {"objectId": "307106", "versieId": "2023-11-01T12:12:49+01:00"},
        "huisnummer": number,
        **({"busnummer": box} if box else {}),
        "volledigAdres": spelled(f"{door}, 2630 Aartselaar"),
        "adresStatus": status,
    }


def flanders(*doors: object, streets: tuple[str, ...] = ()) -> Say:
    """Both Flemish services in one: Aartselaar with these doors, and these streets written out."""

    def say(path: str, _query: Mapping[str, list[str]]) -> Reply:
        if path == "/geolocation/v4/Suggestion":
            return as_json({"SuggestionResult": list(streets)})
        if path == "/v2/adressen":
            return as_json({"adressen": list(doors)}, "application/ld+json")
        if path == "/v2/postinfo/2630":
            said = postinfo("2630", "Aartselaar", "AARTSELAAR")
            return as_json(said, "application/ld+json")
        return answer(404, b'{"title": "Onbestaande postcode."}', "application/problem+json")

    return say
