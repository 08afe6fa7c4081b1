"""Names of people: letters folded for search, Dutch sorting, and text made safe for a terminal."""

import re
import unicodedata

PREFIXES: frozenset[str] = frozenset(
    re.split(
        r"\s*\|\s*",
        "'s | 't | aan | aan 't | aan de | aan den | aan der | aan het | bij | bij 't | bij "
        "de | bij den | bij het | d' | da | dal | dal' | dalla | das | de | de die | de l' "
        "| de la | de las | de le | de van der | deca | degli | dei | del | della | den | "
        "der | des | di | die le | do | don | dos | du | el | gli | het | i | im | in | in "
        "'t | in de | in den | in der | in het | l' | la | las | le | les | lo | los | of | "
        "onder | onder 't | onder de | onder den | onder het | op | op 't | op de | op den "
        "| op der | op gen | op het | op ten | over | over 't | over de | over den | over "
        "het | te | ten | ter | tho | thoe | thor | to | toe | tot | uijt | uijt de | uijt "
        "den | uijt te de | uijt ten | uit | uit 't | uit de | uit den | uit het | uit te "
        "de | uit ten | unter | van | van 't | van de | van de l' | van den | van der | van "
        "gen | van het | van la | van ter | van van de | ver | vom | von | von 't | von dem "
        "| von den | von der | voor | voor de | voor den | voor in 't | vor | zu | zum | "
        "zur",
    )
)
"""Tussenvoegsels, lower case with a straight apostrophe; after the Dutch civil register's list."""

_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
        "ß": "ss",
    }
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′ʹ"))
DECEASED_MARK = "*"
"""Stands before the surname of who has died (customers.md 5.9)."""
_LOOSE_MARK = re.compile(r"(?<!\S)(\*)\*?\s*|\*")
# No such string holds the beginning of another, or a text of nothing else would take hours.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
)
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0]")
"""Fillers and joiners that count as letters or accents and are drawn as nothing."""
_BLANKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")


def fold(text: str) -> str:
    """Fold a text to the letters people search by: no case, no diacritics, single spaces.

    Apostrophes vanish, other punctuation parts words; a ``*`` before a word stays, because Wise
    marks the deceased with it. Letters of other scripts and emoji stay as they are.
    """
    spread = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    spread = unicodedata.normalize("NFKD", spread).translate(_LETTERS).translate(_APOSTROPHES)
    kept = "".join(filter(None, map(_folded_character, spread)))
    return " ".join(_LOOSE_MARK.sub(lambda match: match[1] or " ", kept).split())


def is_prefix(text: str) -> bool:
    """Tell whether a word, or a few, is a tussenvoegsel (de, van der, 't)."""
    return " ".join(text.casefold().replace("’", "'").split()) in PREFIXES


def split_prefix(surname: str) -> tuple[str, str]:
    """Part ``de Vries``, or ``Vries, de``, into prefix and surname; no prefix gives ``""``."""
    name, comma, after = (part.strip() for part in surname.partition(","))
    if comma and is_prefix(after):
        return after, name
    words = surname.split()
    for count in range(min(3, len(words) - 1), 0, -1):
        if is_prefix(" ".join(words[:count])):
            return " ".join(words[:count]), " ".join(words[count:])
    return "", " ".join(words)


def sort_key(surname: str, prefix: str = "", first: str = "") -> str:
    """Give the text that puts people in Dutch order: surname, then first name, then prefix.

    The mark of the deceased does not count. Parts are set two spaces apart, which sorts before
    anything inside a name, so a plain comparison of the texts is right in any database.
    """
    return "  ".join(fold(part).replace(DECEASED_MARK, "") for part in (surname, first, prefix))


def display_name(
    surname: str, *, prefix: str = "", initials: str = "", first: str = "", title: str = ""
) -> str:
    """Give the name as a letter or the customer block has it: ``Dhr. T. Testabo``.

    Initials go before a first name, as in Wise; a customer without either has title and surname.
    """
    return " ".join(part for part in (title, initials or first, prefix, surname) if part)


def list_name(surname: str, *, prefix: str = "", initials: str = "", first: str = "") -> str:
    """Give the name as a sorted list has it: ``Vries, J. de``."""
    rest = " ".join(part for part in (initials or first, prefix) if part)
    return f"{surname}, {rest}" if rest else surname


def inert(text: str) -> str:
    """Make any text safe to put in one row of terminal cells.

    Escape sequences, control, bidirectional, zero-width and invisible characters go (line ends and
    tabs become a space); letters, accents and emoji stay. Markup is no matter of this function:
    what is drawn as text is never parsed.
    """
    if text.isprintable():
        return text if text.isascii() else _INVISIBLE.sub("", text)
    kept = _INVISIBLE.sub("", _ESCAPES.sub("", text))
    return "".join(filter(None, map(_drawable_character, kept)))


def _folded_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Cf", "Cc"):
        return " " if character in _BLANKS else ""
    if character == DECEASED_MARK:
        return character
    return " " if category[0] in "PZC" or category == "Sk" else character


def _drawable_character(character: str) -> str:
    if character in _BLANKS:
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    if category == "Cs":
        return "\ufffd"
    return " " if category == "Zs" else character
