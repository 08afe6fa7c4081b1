"""The twelve tabs: the seed's third tab to the letter, every text inert, every field known."""

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.rules.blocks import BlockKind
from deskterm.screens.tabs import FIRST_TAB, TABS, Tab, tabs_of
from deskterm.views.customer import CustomerView, Person
from deskterm.views.desk import WordView
from deskterm.widgets.form_layout import place_fields
from tests.screens.samples import SEED, crowded

BY_KEY = {tab.key: tab for tab in TABS}
WORDS = {
    "title": (WordView("Dhr.", "Dhr."), WordView("Mevr.", "Mevr.")),
    "branch": (WordView("9401", "Annen"),),
    "country": (WordView("NL", "Nederland"), WordView("BE", "België")),
    "predefined_message": (WordView("P", "Paraplu vergeten"),),
}
HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "[bold red]markup[/]",
            "\x1b[31mred\x1b[0m\x1b]0;title\x07",
            "漢字かな交じり文",
            "👩‍👩‍👧‍👦🇳🇱",
            "e\u0301" * 40,
            "\u202eright to left",
            "x" * 5000,
            "漢" * 5000,
            "a\nb\r\nc\td",
        ]
    ),
)

SEED_TAB_3 = """\
 Inschrijfdatum              4 juli 2022
 Producten/diensten
 Instantie    Begin       Eind        Abonnement   Status         Kosten  Sector
 1001 / 9401  06-07-2022  31-07-2023  53-Compleet  Ongeldig        60,00  BIEB
 1001 / 9401  04-07-2022  05-07-2022  53-Compleet  Gefactureerd    60,00  BIEB
 Muteer abonnement
 Nieuwe status               ( ) Zwarte lijst  (x) Ongeldig
 Reden opzegging             Afgevoerd
 IBAN
 BIC (*)
 * Alleen bij buitenlandse rekeningnummers
 [ ] Incasso  [ ] Klant gebruikt overstapservice
 Datum afgifte machtiging
 Datum intrekking machtiging
"""


def _lines(tab: Tab, view: CustomerView, width: int) -> list[str]:
    return [row.text.rstrip() for row in tab.read(view, width)]


def test_tab_3_of_the_seed_stands_as_in_the_desk_manual() -> None:
    assert "".join(f"{line}\n" for line in _lines(BY_KEY["3"], SEED, 80)) == SEED_TAB_3


def test_tab_3_tells_the_number_of_a_mandate_that_was_given() -> None:
    given = replace(SEED, mandate="1001-413700-20240201")
    assert any(
        re.search(r"Machtigingsnummer +1001-413700-20240201$", line)
        for line in _lines(BY_KEY["3"], given, 80)
    )


def test_tab_2_shows_name_and_address_in_the_twelve_rows_of_80x24() -> None:
    assert FIRST_TAB == "2"
    shown = _lines(BY_KEY["2"], SEED, 80)[:12]
    assert any(re.search(r"Achternaam +Testabo", line) for line in shown)
    assert any(re.search(r"Adres +Kruisakkers 41$", line) for line in shown)
    assert any(re.search(r"Woonplaats +9468 BG ANNEN$", line) for line in shown)
    assert any(re.search(r"Geboortedatum +01-01-1985", line) for line in shown)


def test_the_tabs_are_those_of_wise_and_badges_come_with_badges() -> None:
    assert [tab.key for tab in tabs_of(SEED)] == [*"123456789AB"]
    assert [tab.key for tab in tabs_of(crowded("x"))] == [*"123456789ABC"]


def test_all_short_labels_fit_on_a_line_of_80() -> None:
    strip = " " + " ".join(f"{tab.key}.{tab.short}" for tab in TABS)
    assert cell_len(strip) <= 80


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.label)
@given(text=HOSTILE, width=st.sampled_from([40, 80, 132, 200]))
def test_no_text_breaks_a_tab(tab: Tab, text: str, width: int) -> None:
    rows = tab.read(crowded(text), width)
    assert rows
    for row in rows:
        assert cell_len(row.text) <= width
        assert "\x1b" not in row.text
        assert len(row.text.splitlines()) <= 1


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.label)
def test_markup_in_a_name_stays_text(tab: Tab) -> None:
    name = "[red]x[/]"
    shown = " ".join(_lines(tab, crowded(name), 200))
    assert name in shown


def test_what_can_hold_a_cursor_has_a_key_of_its_own() -> None:
    for tab in TABS:
        keys = [row.key for row in tab.read(crowded("x"), 80) if row.key]
        assert len(keys) == len(set(keys)), tab.label


PERSON = "|".join(field.name for field in fields(Person))
BLOCKS = "|".join(kind.value for kind in BlockKind)
PLACE = "street|house_number|house_addition|postcode|place|country|kind|from_on|until_on"
KNOWN = re.compile(
    rf"({PERSON})|address\.\d\.({PLACE})|message\.[1-4]|block\.({BLOCKS})(\.note)?"
    r"|preference\.\w{3}|profile\.\w+\.\w+|badge\.\w+|label\.\w+|newsletter\.\w+"
)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.label)
def test_every_field_is_one_that_can_be_saved_and_stands_once(tab: Tab) -> None:
    names = [field.name for field in tab.form(crowded("x"), WORDS)]
    assert [name for name in names if not KNOWN.fullmatch(name)] == []
    assert len(names) == len(set(names))
    for field in tab.form(crowded("x"), WORDS):
        assert field.label not in ("", field.name), "a field that staff can name"


def test_the_tabs_that_wise_edits_in_a_form_have_one() -> None:
    forms = {tab.key for tab in TABS if tab.form(crowded("x"), WORDS)}
    assert forms == {*"235679BC"}


def test_a_form_starts_with_what_is_saved() -> None:
    values = {field.name: field.value for field in BY_KEY["2"].form(SEED, WORDS)}
    assert values["surname"] == "Testabo"
    assert values["born"] == "01-01-1985"
    assert values["address.1.postcode"] == "9468 BG"
    assert values["address.2.street"] == "", "an empty address to fill in"


def test_only_the_surname_and_the_address_must_be_filled_in() -> None:
    required = {field.name for field in BY_KEY["2"].form(SEED, WORDS) if field.required}
    assert required == {
        "surname", "address.1.street", "address.1.house_number", "address.1.place",
    }  # fmt: skip


def test_a_choice_keeps_a_value_that_the_library_dropped() -> None:
    odd = replace(SEED, person=replace(SEED.person, title="Jkvr."))
    title = next(field for field in BY_KEY["2"].form(odd, WORDS) if field.name == "title")
    assert title.value == "Jkvr."
    assert [code for code, _name in title.choices] == ["", "Jkvr.", "Dhr.", "Mevr."]


def test_a_preference_offers_only_the_ways_that_are_allowed() -> None:
    form = BY_KEY["7"].form(crowded("Herinnering"), WORDS)
    first = next(field for field in form if field.name == "preference.HR1")
    assert first.label == "HR1 Herinnering"
    assert [name for _code, name in first.choices] == ["Als gewoonlijk", "E-mail", "Brief", "Inbox"]


def test_the_change_log_says_when_and_who_in_local_time() -> None:
    view = crowded("x")
    change = replace(view.log[0], staff="J. Prins", old="jan@oud.nl", new="jan@nieuw.nl")
    line = _lines(BY_KEY["4"], replace(view, log=(change,)), 100)[1]
    assert line.startswith(" 16-03-2026 00:30  J. Prins")
    assert line.endswith("E-mail gewijzigd van jan@oud.nl in jan@nieuw.nl")


def test_long_private_comments_are_shown_whole() -> None:
    comment = "lang " * 60 + "woord" * 40
    view = replace(SEED, person=replace(SEED.person, private_comment=comment))
    shown = "".join("".join(_lines(BY_KEY["5"], view, 80)).split())
    assert "".join(comment.split()) in shown


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.label)
def test_a_tab_opens_at_its_top_at_80x24(tab: Tab) -> None:
    """The cursor stands on the first row with a key, and the screen scrolls to the cursor."""
    keys = [index for index, row in enumerate(tab.read(crowded("x"), 80)) if row.key]
    assert not keys or keys[0] < 12


def test_codes_are_shown_in_the_librarys_words() -> None:
    person = replace(SEED.person, language="nl_NL", target_group="OLD")
    view = replace(SEED, person=person, names={"language": "Nederlands"})
    assert any(
        re.search("Voorkeurstaal +Nederlands", line) for line in _lines(BY_KEY["7"], view, 80)
    )
    assert _lines(BY_KEY["9"], view, 80)[0].endswith("OLD"), "a code without a word is shown"


def test_every_answer_of_a_choice_can_be_read_whole_at_80_columns() -> None:
    long = WordView("EIK", "Europese identiteitskaart")
    words = {**WORDS, "id_kind": (long, WordView("PAS", "Paspoort"))}
    for tab in TABS:
        fields_of_tab = tab.form(crowded("x"), words)
        placed, _height = place_fields(fields_of_tab, {}, 78)
        for field, place in zip(fields_of_tab, placed, strict=True):
            for _code, answer in field.choices if field.kind == "choice" else ():
                assert cell_len(f"< {answer} >") <= place.width, f"{field.label}: {answer}"
