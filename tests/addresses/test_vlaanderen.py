"""The Flemish registers: from postcode to place, from street to door."""

from collections.abc import Sequence

import pytest

from deskterm.addresses.model import BadAnswer
from deskterm.addresses.vlaanderen import Vlaanderen
from deskterm.views.addresses import FoundAddress
from tests.accounts.exchanges import answer
from tests.addresses.registers import (
    Say,
    adres,
    as_json,
    asked,
    flanders,
    host,
    postinfo,
    register,
)


def places(say: Say, postcode: str = "2630") -> list[str]:
    with register(say) as stub:
        return [one.place for one in Vlaanderen(host(stub), 10.0).by_postcode(postcode, "4")]


def doors(say: Say, street: str = "Acacialaan", number: str = "4") -> Sequence[FoundAddress]:
    with register(say) as stub:
        return list(Vlaanderen(host(stub), 10.0).suggest("2630", street, number))


def test_a_postcode_tells_its_places() -> None:
    assert places(flanders()) == ["Aartselaar"]
    several = postinfo("3520", "Zonhoven", "ZONHOVEN", "Termolen")
    assert places(lambda _path, _query: as_json(several), "3520") == ["Zonhoven", "Termolen"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_postcode_that_is_none_has_no_places(status: int) -> None:
    assert places(lambda _path, _query: answer(status, b"{}"), "9999") == []


def test_a_street_and_a_number_are_a_door() -> None:
    with register(flanders(adres("Acacialaan", "4"))) as stub:
        found = Vlaanderen(host(stub), 10.0).suggest("2630", "acacialaan", "4")
    assert found == [FoundAddress("Acacialaan", "Aartselaar", "4")]
    assert [asked(one) for one in stub.questions] == [
        ("/v2/adressen", {"postcode": ["2630"], "straatnaam": ["acacialaan"], "huisnummer": ["4"]})
    ]


def test_boxes_are_doors_of_their_own() -> None:
    say = flanders(adres("Bellevue", "5"), adres("Bellevue", "5", "0001"), adres("Bellevue", "5A"))
    assert doors(say, "Bellevue", "5") == [
        FoundAddress("Bellevue", "Aartselaar", "5"),
        FoundAddress("Bellevue", "Aartselaar", "5", "bus 0001"),
    ]


def test_a_door_that_is_gone_is_none() -> None:
    assert doors(flanders(adres("Acacialaan", "4", status="gehistoreerd"))) == []


def test_a_street_that_is_half_written_is_written_out() -> None:
    said = ("Acacialaan, 2630 Aartselaar", "Acacialaan, 9000 Gent", "Acaciapark, 2630 Aartselaar")
    say = flanders(streets=said)
    assert doors(say, "acac") == [
        FoundAddress("Acacialaan", "Aartselaar"),
        FoundAddress("Acaciapark", "Aartselaar"),
    ]
    with register(say) as stub:
        Vlaanderen(host(stub), 10.0).suggest("2630", "acac", "")
    assert [asked(one) for one in stub.questions] == [
        ("/geolocation/v4/Suggestion", {"q": ["acac, 2630"], "c": ["5"]})
    ]


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"adressen": {}},
        {"adressen": ["Acacialaan 4"]},
        {"adressen": [{"huisnummer": "4", "adresStatus": "inGebruik"}]},
        {"adressen": [adres("Acacialaan", "4") | {"volledigAdres": "Acacialaan 4"}]},
        {"adressen": [adres("Acacialaan", "4") | {"busnummer": 3}]},
    ],
)
def test_another_shape_is_no_answer(said: object) -> None:
    with pytest.raises(BadAnswer):
        doors(lambda _path, _query: as_json(said))


def test_another_postcode_than_was_asked_is_no_answer() -> None:
    with pytest.raises(BadAnswer, match="another postcode"):
        places(lambda _path, _query: as_json(postinfo("2631", "Elders", "ELDERS")))
    elsewhere = {"volledigAdres": {"geografischeNaam": {"spelling": "Acacialaan 4, 9000 Gent"}}}
    with pytest.raises(BadAnswer, match="another postcode"):
        doors(flanders(adres("Acacialaan", "4") | elsewhere))
