"""Names: folding, prefixes, order, and text that cannot harm a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules import names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Yılmaz", "yilmaz"),
        ("YILMAZ", "yilmaz"),
        ("İstanbul", "istanbul"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Sørensen", "sorensen"),
        ("Strauß", "strauss"),
        ("Æthelred Œuvre", "aethelred oeuvre"),
        ("Đorđević", "dordevic"),
        ("Ĳsbrand", "ijsbrand"),
        ("IJsbrand", "ijsbrand"),
        ("José Müller-Núñez", "jose muller nunez"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("'t Hart", "t hart"),
        ("  de   Vries,  J.P. ", "de vries j p"),
        ("*Jansen", "*jansen"),
        ("* Jansen", "*jansen"),
        ("Jan*sen", "jan sen"),
        ("Αθήνα", "αθηνα"),
        ("😀", "😀"),
        ("100%_", "100"),
        ("Zacht\u00adstreep", "zachtstreep"),
        ("\x1b[31mrood\u202e", "31mrood"),
        ("", ""),
    ],
)
def test_letters_are_folded_for_search(text: str, folded: str) -> None:
    assert names.fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text(st.characters(codec="latin-1", categories=["L"])))
def test_case_does_not_count(text: str) -> None:
    assert names.fold(text.upper()) == names.fold(text.lower())


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("de Vries", ("de", "Vries")),
        ("van der Meer", ("van der", "Meer")),
        ("Van Den Berg", ("Van Den", "Berg")),
        ("'t Hart", ("'t", "Hart")),
        ("in ’t Veld", ("in ’t", "Veld")),
        ("Vries, de", ("de", "Vries")),
        ("Jansen", ("", "Jansen")),
        ("Jansen, Piet", ("", "Jansen, Piet")),
        ("Ten", ("", "Ten")),
        ("van de Van", ("van de", "Van")),
    ],
)
def test_a_prefix_is_parted_from_the_surname(typed: str, parted: tuple[str, str]) -> None:
    assert names.split_prefix(typed) == parted


def test_people_stand_in_dutch_order() -> None:
    ordered = [
        ("Berg", "van den", "Anna"),
        ("Berg", "", "Bert"),
        ("Berg Jansen", "", "Aad"),
        ("Bergh", "van", "Aad"),
        ("*Bergman", "", "Zus"),
        ("Bergmans", "", "Aad"),
        ("Ünal", "", "Can"),
        ("Vries", "de", "Jan"),
        ("Vries", "de", "Jan Piet"),
    ]
    keys = [names.sort_key(*name) for name in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"title": "Dhr.", "initials": "T."}, "Dhr. T. Testabo"),
        ({"title": "Mw.", "initials": "A.B.", "prefix": "van der"}, "Mw. A.B. van der Testabo"),
        ({"first": "Tine"}, "Tine Testabo"),
        ({}, "Testabo"),
    ],
)
def test_a_name_is_shown_as_the_block_has_it(parts: dict[str, str], shown: str) -> None:
    assert names.display_name("Testabo", **parts) == shown


def test_a_list_puts_the_surname_first() -> None:
    assert names.list_name("Vries", prefix="de", initials="J.") == "Vries, J. de"
    assert names.list_name("Testabo") == "Testabo"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Renée Łukasz 😀 👍🏽", "Renée Łukasz 😀 👍🏽"),
        ("[red]Jan[/red]", "[red]Jan[/red]"),
        ("\x1b[31mrood\x1b[0m", "rood"),
        ("\x1b]0;titel\x07naam", "naam"),
        ("\x1b]0;titel\x1b\\naam", "naam"),
        ("\x9b2Jleeg", "leeg"),
        ("\x1bPq\x9cdcs", "dcs"),
        ("\x1b\x1b[m[31mx", "[31mx"),
        ("een\r\ntwee\tdrie", "een  twee drie"),
        ("bel\x07\x00\x7f\x85x", "bel x"),
        ("links\u202erechts\u2066\u200f", "linksrechts"),
        ("nul\u200b\u2060\ufeffbreed\u00ad", "nulbreed"),
        ("hard\u00a0spatie\u2028regel", "hard spatie regel"),
        ("half\ud800", "half\ufffd"),
    ],
)
def test_text_is_made_inert(text: str, drawn: str) -> None:
    assert names.inert(text) == drawn


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_that_moves_a_cursor_survives(text: str) -> None:
    drawn = names.inert(text)
    assert not {unicodedata.category(character) for character in drawn} & {"Cc", "Cf", "Cs"}
    assert names.inert(drawn) == drawn
