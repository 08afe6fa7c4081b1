"""Card numbers (lenersnummers) and item barcodes: their shapes, check digits and kinds.

The schemes are those of Wise's table LBLPAS (OCLC help, *08 System tables Customers*). The check
digit of the standard scheme is Luhn's: the one printed sample, 29401000075868, agrees with it.
The weights of the eleven-test over eleven digits are printed nowhere and are our reading.
"""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum

from deskterm.rules.faults import N_, RuleFault

CARD_LEAD = "2"
ITEM_LEAD = "3"
SHORTEST_CARD, LONGEST_CARD = 10, 14

_GROUPING = re.compile(r"[\s.-]")
_CODABAR = re.compile(r"[A-DENT*](\d{6,})[A-DENT*]", re.ASCII | re.IGNORECASE)
_NATIONAL_NUMBER_DIGITS = 11


class CardScheme(StrEnum):
    """How a branch numbers its cards; V is the branch code, S the serial, C a check digit."""

    STANDARD_14 = "standard-14"
    """``2VVVV SSSSSSSS C``, Luhn: Wise's method 1."""
    LIBRARY_13 = "library-13"
    """``VVVV SSSSSSSSS``, no check digit: method 2, public library."""
    SCHOOL_13 = "school-13"
    """``VVVV LLL 9 SSSSS``, no check digit: method 2, school; the serial is ``LLLSSSSS``."""
    BRANCH_12 = "branch-12"
    """``VVVV SSSSSSSS``, no check digit: method 5."""
    ELEVEN_11 = "eleven-11"
    """``VVVV SSSSSS C``, eleven-test (elfproef): methods 3, 4 and 8."""
    BRANCH_10 = "branch-10"
    """``VVVV SSSSSS``, no check digit: method 6."""


class CodeKind(Enum):
    """What a code stands for."""

    CARD = "card"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class CodeShapes:
    """Which codes this library knows.

    ``branches`` limits card numbers to those branch codes (empty: any); schemes without a check
    digit need it, or any telephone number would pass for a card. ``national_number`` lets a
    Belgian national number stand for the card.
    """

    schemes: tuple[CardScheme, ...] = (CardScheme.STANDARD_14,)
    branches: frozenset[str] = frozenset()
    national_number: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    total: int
    lead: str
    serial: int
    checked: bool


_LAYOUTS = {
    CardScheme.STANDARD_14: _Layout(14, CARD_LEAD, 8, True),
    CardScheme.LIBRARY_13: _Layout(13, "", 9, False),
    CardScheme.SCHOOL_13: _Layout(13, "", 8, False),
    CardScheme.BRANCH_12: _Layout(12, "", 8, False),
    CardScheme.ELEVEN_11: _Layout(11, "", 6, True),
    CardScheme.BRANCH_10: _Layout(10, "", 6, False),
}
_SCHOOL_MARK = "9"
_DOUBLED = str.maketrans("0123456789", "0246813579")
"""A digit times two, and the digits of that added up."""


def is_digits(text: str) -> bool:
    """Tell whether the text is ASCII digits only; other scripts' digits are no card number."""
    return text.isascii() and text.isdigit()


def check_digit(digits: str) -> str:
    """Give Luhn's check digit for the digits before it."""
    back = digits[::-1]
    total = sum(map(int, back[::2].translate(_DOUBLED))) + sum(map(int, back[1::2]))
    return str(-total % 10)


def eleven_check_digit(digits: str) -> str | None:
    """Give the check digit of the eleven-test, or None for a serial that has none (a rest of 10).

    Weights count up from the right: the check digit weighs 1, the digit before it 2.
    """
    rest = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), start=2))
    check = -rest % 11
    return None if check == 10 else str(check)


def has_valid_check(number: str, scheme: CardScheme | None = None) -> bool:
    """Tell whether the check digit is right; True where the scheme has none.

    Without a scheme the length decides: 14 digits are Luhn's, 11 the eleven-test.
    """
    if not is_digits(number):
        return False
    layout = _LAYOUTS[scheme] if scheme else None
    if len(number) != (layout.total if layout else len(number)):
        return False
    if len(number) == _LAYOUTS[CardScheme.STANDARD_14].total:
        return check_digit(number[:-1]) == number[-1]
    if len(number) == _LAYOUTS[CardScheme.ELEVEN_11].total:
        return eleven_check_digit(number[:-1]) == number[-1]
    return True


def fits(number: str, scheme: CardScheme) -> bool:
    """Tell whether a number has the scheme's length and fixed digits, its check digit aside."""
    layout = _LAYOUTS[scheme]
    if not is_digits(number) or len(number) != layout.total or not number.startswith(layout.lead):
        return False
    return scheme is not CardScheme.SCHOOL_13 or number[7] == _SCHOOL_MARK


def looks_like_card(text: str) -> bool:
    """Tell whether staff may have typed a card number: ten to fourteen digits of any scheme."""
    return is_digits(text) and SHORTEST_CARD <= len(text) <= LONGEST_CARD


def branch_of(number: str, scheme: CardScheme = CardScheme.STANDARD_14) -> str:
    """Give the branch code inside a number of the scheme; raises RuleFault for another."""
    _require_fit(number, scheme)
    start = len(_LAYOUTS[scheme].lead)
    return number[start : start + 4]


def serial_of(number: str, scheme: CardScheme = CardScheme.STANDARD_14) -> int:
    """Give the serial inside a number of the scheme; raises RuleFault for another."""
    _require_fit(number, scheme)
    if scheme is CardScheme.SCHOOL_13:
        return int(number[4:7] + number[8:])
    layout = _LAYOUTS[scheme]
    start = len(layout.lead) + 4
    return int(number[start : start + layout.serial])


def generate(scheme: CardScheme, branch: str, serial: int) -> str:
    """Make the card number of a serial at a branch.

    Raises RuleFault for a branch code that is not four digits, a serial that does not fit, or one
    of the eleven-test's serials that no check digit exists for: the caller takes the next.
    """
    layout = _LAYOUTS[scheme]
    if not is_digits(branch) or len(branch) != 4:
        raise RuleFault(N_("{branch} is geen vestigingsnummer van vier cijfers."), branch=branch)
    digits = str(serial).zfill(layout.serial)
    if serial < 0 or len(digits) > layout.serial:
        raise RuleFault(
            N_("Volgnummer {serial} past niet in {places} cijfers."),
            serial=serial,
            places=layout.serial,
        )
    if scheme is CardScheme.SCHOOL_13:
        digits = digits[:3] + _SCHOOL_MARK + digits[3:]
    body = layout.lead + branch + digits
    if not layout.checked:
        return body
    check = eleven_check_digit(body) if scheme is CardScheme.ELEVEN_11 else check_digit(body)
    if check is None:
        raise RuleFault(N_("Volgnummer {serial} heeft geen controlecijfer."), serial=serial)
    return body + check


def from_serial(branch: str, serial: int, scheme: CardScheme = CardScheme.STANDARD_14) -> str:
    """Give the full number staff mean by its serial alone: 7586 at 9401 is 29401000075868."""
    return generate(scheme, branch, serial)


def strip_codabar(text: str) -> str:
    """Drop the start and stop letters that some scanners send around the digits of a Codabar."""
    match = _CODABAR.fullmatch(text)
    return match[1] if match else text


def clean(text: str) -> str:
    """Give the digits of a number typed with spaces, dots or dashes, without Codabar letters."""
    return strip_codabar(_GROUPING.sub("", text))


def is_national_number(number: str) -> bool:
    """Tell whether this is a Belgian national number (rijksregisternummer): 97 minus the rest.

    Births from 2000 on are checked with a 2 put before the nine digits.
    """
    if not is_digits(number) or len(number) != _NATIONAL_NUMBER_DIGITS:
        return False
    body, check = number[:9], int(number[9:])
    return check in (97 - int(body) % 97, 97 - int("2" + body) % 97)


def kind_of(text: str, shapes: CodeShapes) -> CodeKind | None:
    """Tell what a complete code stands for: right length, fixed digits, branch and check digit.

    None is no code of this library: half a scan never opens a customer.
    """
    number = strip_codabar(text)
    if not is_digits(number):
        return None
    if any(_is_card(number, scheme, shapes.branches) for scheme in shapes.schemes):
        return CodeKind.CARD
    if len(number) == LONGEST_CARD and number.startswith(ITEM_LEAD) and has_valid_check(number):
        return CodeKind.ITEM
    if shapes.national_number and is_national_number(number):
        return CodeKind.CARD
    return None


def require_card(number: str, shapes: CodeShapes) -> None:
    """Raise RuleFault, with what is wrong, for a number that no new card can have.

    A Belgian national number stands for its owner and is never handed out.
    """
    if any(_is_card(number, scheme, shapes.branches) for scheme in shapes.schemes):
        return
    if kind_of(number, shapes) is CodeKind.ITEM:
        raise RuleFault(N_("{number} is een exemplaar, geen pas."), number=number)
    if any(
        fits(number, scheme) and not has_valid_check(number, scheme) for scheme in shapes.schemes
    ):
        raise RuleFault(
            N_("Het controlecijfer van {number} klopt niet: scan de pas opnieuw."), number=number
        )
    raise RuleFault(N_("{number} is geen pasnummer van deze bibliotheek."), number=number)


def _is_card(number: str, scheme: CardScheme, branches: frozenset[str]) -> bool:
    if not fits(number, scheme) or not has_valid_check(number, scheme):
        return False
    return not branches or branch_of(number, scheme) in branches


def _require_fit(number: str, scheme: CardScheme) -> None:
    if not fits(number, scheme):
        raise RuleFault(N_("{number} is geen pasnummer van deze bibliotheek."), number=number)
