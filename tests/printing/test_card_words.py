"""Names as they come out on a card: every letter there is a glyph for, and never a box."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deskterm.printing.render.fonts import Fitted, _face, _font_of, draw, has_glyph, height, width
from deskterm.printing.render.words import drawable, visual
from tests.printing.cards import ink

NAMES = "Zoë d’Arrière, Ağaoğlu, Łukasz, Győző, Ĳsbrand ĳ, Nguyễn Thị, Ærø, Jürgen ß, € 12 … ẞ"
ARABIC = "محمد بن عبد الله"


def test_every_letter_of_the_names_differs_from_the_box() -> None:
    assert [one for one in NAMES if not has_glyph(one)] == []
    assert not has_glyph("😀")
    assert not has_glyph("王")


@pytest.mark.parametrize(
    ("text", "shown", "lost"),
    [
        (NAMES, NAMES, False),
        ("Zoe\u0308", "Zoë", False),
        ("José 😀 Peña", "José Peña", True),
        ("José 👩‍👩‍👧‍👦", "José", True),
        ("王 Wei", "… Wei", True),
        ("王小明 小 Wei", "… Wei", True),
        ("王小明", "", True),
        ("Cohen כהן", "Cohen …", True),
        ("a\x1b[2Jb\r\nc\u202e", "a[2Jb c", False),
        ("  Zoë \t  Bos ", "Zoë Bos", False),
        ("", "", False),
    ],
)
def test_what_cannot_be_drawn_is_left_out_or_marked(text: str, shown: str, lost: bool) -> None:
    found = drawable(text, has_glyph)
    assert (found.text, found.lost) == (shown, lost)


@given(st.text(max_size=40))
def test_nothing_is_ever_drawn_that_has_no_glyph(text: str) -> None:
    shown = drawable(text, has_glyph).text
    assert all(one == " " or has_glyph(one) for one in visual(shown))
    assert not any(unicodedata.category(one) == "Cc" for one in shown)
    assert drawable(shown, has_glyph).text == shown


def test_arabic_is_joined_and_runs_from_the_right() -> None:
    # heh, lam, lam, alef, space, ... : the last letter of the name stands leftmost.
    drawn = visual(ARABIC)
    assert [unicodedata.name(one) for one in drawn[:4]] == [
        "ARABIC LETTER HEH FINAL FORM",
        "ARABIC LETTER LAM MEDIAL FORM",
        "ARABIC LETTER LAM INITIAL FORM",
        "ARABIC LETTER ALEF ISOLATED FORM",
    ]
    assert unicodedata.name(drawn[-1]) == "ARABIC LETTER MEEM INITIAL FORM"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Zoë Bos", "Zoë Bos"),
        ("Bos אב 12", "Bos בא 12"),
        ("Bos (אב) 12", "Bos (בא) 12"),
        ("אב Bos 12", "Bos 12 בא"),
        ("אב 12 גד", "דג 12 בא"),
        ("(אב) Bos", "Bos (בא)"),
        ("لا", "\ufefb"),
        ("بلا", "\ufefc\ufe91"),
    ],
)
def test_each_script_keeps_its_direction(text: str, drawn: str) -> None:
    assert visual(text) == drawn


@given(st.text(alphabet="abאב 1(ل", max_size=12))
def test_turning_loses_nothing(text: str) -> None:
    # Ligatures and forms decompose to the letters they were made of.
    back = unicodedata.normalize("NFKD", visual(text))
    assert sorted(back.replace(")", "(")) == sorted(text.replace(")", "("))


@pytest.mark.parametrize("text", [NAMES, ARABIC, "Fatima الزهراء (Zahra) 12"])
def test_a_text_is_drawn_within_its_measure(text: str) -> None:
    size = 40
    image = Image.new("1", (2400, 100), 1)
    draw(image, (10, 10), text, size)
    left, top, right, bottom = ink(image)
    assert left >= 8
    assert top >= 10
    assert right <= 10 + width(text, size) + 2
    assert bottom <= 10 + height(size) + 1


def test_letters_are_as_wide_together_as_alone() -> None:
    text = "AVATAR To We Ty fi ffl " + NAMES + visual(ARABIC)
    for which in (0, 1):
        face = _face(which, 40, False)
        known = "".join(one for one in text if _font_of(one) == which)
        assert sum(face.getlength(one) for one in known) == face.getlength(known)


@pytest.mark.parametrize("room", [60, 200, 500, 900])
@pytest.mark.parametrize("text", [NAMES, ARABIC * 3, "W" * 80, "Zoë"])
def test_a_fitted_text_fits(text: str, room: int) -> None:
    fitted = Fitted(text, room, 60, 30)
    assert width(fitted.text, fitted.size) <= room
    assert 30 <= fitted.size <= 60
    assert fitted.was_cut == (fitted.text != drawable(text, has_glyph).text)
