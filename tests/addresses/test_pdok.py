"""The Dutch register: what is sent, what is made of an answer, and what is refused."""

import pytest

from deskterm.addresses.model import BadAnswer
from deskterm.addresses.pdok import Pdok
from deskterm.rules.names import inert
from deskterm.views.addresses import FoundAddress
from tests.addresses.registers import Say, as_json, asked, host, pdok, pdok_doc, pdok_said, register
from tests.security.corpus import HOSTILE, dangers


def told(say: Say, number: str = "41") -> list[FoundAddress]:
    """What a register that answers so knows of a number in 9468BG."""
    with register(say) as stub:
        return list(Pdok(host(stub), 10.0).by_postcode("9468BG", number))


def test_postcode_and_number_are_all_that_is_sent() -> None:
    with register(pdok(pdok_doc(41))) as stub:
        found = Pdok(host(stub), 10.0).by_postcode("9468BG", "41")
    assert found == [FoundAddress("Kruisakkers", "Annen", "41")]
    [question] = stub.questions
    path, query = asked(question)
    assert path == "/bzk/locatieserver/search/v3_1/free"
    assert query == {
        "fq": ["postcode:9468BG", "huisnummer:41", "type:adres"],
        "rows": ["50"],
        "fl": ["straatnaam,huisnummer,huis_nlt,postcode,woonplaatsnaam"],
    }
    heads = {line.split(b":")[0].lower() for line in question.split(b"\r\n")[1:] if line}
    assert heads == {b"host", b"accept", b"accept-encoding", b"user-agent", b"connection"}


def test_every_addition_is_a_door() -> None:
    docs = [pdok_doc(41, behind) for behind in ("A-2", "-2", "", "A", "A")]
    assert [one.house_addition for one in told(pdok(*docs))] == ["", "2", "A", "A-2"]


def test_nothing_found_is_no_trouble() -> None:
    assert told(pdok()) == []


def test_what_was_not_asked_is_left_out() -> None:
    others = (pdok_doc(4), pdok_doc(41, postcode="9468BH"))
    assert told(pdok(*others, pdok_doc(41))) == [FoundAddress("Kruisakkers", "Annen", "41")]


def test_the_place_is_no_municipality() -> None:
    doc = pdok_doc(41, gemeentenaam="Aa en Hunze", weergavenaam="Kruisakkers 41, 9468BG Annen")
    assert told(pdok(doc))[0].place == "Annen"


@pytest.mark.parametrize(
    "said",
    [
        [],
        "Kruisakkers",
        None,
        {"response": []},
        {"response": {"docs": {}}},
        {"docs": []},
        pdok_said("Kruisakkers"),
        pdok_said([]),
        pdok_said({"straatnaam": "Kruisakkers"}),
        pdok_said(pdok_doc(41, straatnaam=None)),
        pdok_said(pdok_doc(41, straatnaam=["Kruisakkers"])),
        pdok_said(pdok_doc(41, straatnaam="")),
        pdok_said(pdok_doc(41, straatnaam="K" * 81)),
        pdok_said(pdok_doc(41, woonplaatsnaam=7)),
        pdok_said(pdok_doc(41, huis_nlt=41)),
        pdok_said(pdok_doc(41, postcode=9468)),
        {"error": {"msg": "undefined field", "code": 400}},
    ],
)
def test_another_shape_is_no_answer(said: object) -> None:
    with pytest.raises(BadAnswer):
        told(lambda _path, _query: as_json(said))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_names_of_a_register_are_text(text: str) -> None:
    if "\ud800" in text:
        text = text.replace("\ud800", "")
    try:
        [found] = told(pdok(pdok_doc(41, straatnaam=text, woonplaatsnaam=text)))
    except BadAnswer:
        assert not 0 < len(" ".join(inert(text).split())) <= 80
        return
    assert dangers(found.street + found.place) == ""
    assert found.street == " ".join(inert(text).split())
