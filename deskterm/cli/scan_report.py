"""What a test scan tells: what came, how fast, how it ended, what it is, how to set the scanner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deskterm.cli.raw_terminal import Stroke, spelled
from deskterm.config import Settings
from deskterm.rules import cards
from deskterm.rules.cards import CardScheme
from deskterm.text import N_, _

ENDS = {"enter": N_("Enter (CR)"), "ctrl+j": N_("LF"), "tab": N_("Tab")}
# What the digit row of a Belgian or French keyboard gives without Shift.
_AZERTY = set("&é\"'(§è!çà-_")
_AIM_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Scan:
    """The keys of one scan, and those that ended it."""

    strokes: tuple[Stroke, ...]
    ends: tuple[str, ...]

    @property
    def text(self) -> str:
        """What it typed; a key such as F5 typed nothing."""
        return "".join(stroke.character for stroke in self.strokes)


def report(scan: Scan, settings: Settings) -> Iterator[tuple[str, str]]:
    """The report as labels and values."""
    yield (
        _("Ontvangen"),
        _("{characters} ({count} tekens)").format(
            characters=spelled(scan.text).replace(" ", ""), count=len(scan.text)
        ),
    )
    yield _("Tussenpozen"), _gaps(scan.strokes)
    yield _("Einde"), " + ".join(_(ENDS[end]) for end in scan.ends) or _("geen")
    yield _("Oordeel"), verdict(scan.text, settings)
    advice = list(_advice(scan, settings))
    for sentence in advice or [_("goed ingesteld")]:
        yield _("Scanner"), sentence


def verdict(text: str, settings: Settings) -> str:
    """What these characters are to the desk."""
    number = cards.strip_codabar(_without_prefix(text, settings.scanner.prefix))
    if not cards.is_digits(number):
        return _("onbekend: er zitten andere tekens dan cijfers in")
    if len(number) == cards.LONGEST_CARD and number.startswith(cards.ITEM_LEAD):
        return _("exemplaar, {check}").format(check=_check_words(cards.has_valid_check(number)))
    schemes = [scheme for scheme in CardScheme if cards.fits(number, scheme)]
    if len(number) in settings.cards.lengths and schemes:
        return _card_words(number, schemes[0])
    if settings.cards.national_number and cards.is_national_number(number):
        return _("nationaal nummer, controlegetal klopt")
    lengths = ", ".join(map(str, settings.cards.lengths))
    return _("onbekend: geen exemplaar, en een pas heeft hier {lengths} cijfers").format(
        lengths=lengths
    )


def setup_sheet() -> tuple[str, ...]:
    """How any scanner is to be set, once, with the bar codes in its own manual."""
    return (
        _("Stel de scanner in met de codes in zijn handleiding:"),
        _("  - als toetsenbord (USB HID), met de toetsenbordindeling van deze computer"),
        _("  - achtervoegsel: alleen Enter (CR), geen LF en geen Tab"),
        _("  - geen voorvoegsel; hoofdletters en kleine letters niet omwisselen"),
        _("  - Codabar: start- en stopletter niet meesturen (mag wel, ze vallen weg)"),
    )


def _card_words(number: str, scheme: CardScheme) -> str:
    words = _("pas van vestiging {branch}, volgnummer {serial}").format(
        branch=cards.branch_of(number, scheme), serial=cards.serial_of(number, scheme)
    )
    if scheme in (CardScheme.STANDARD_14, CardScheme.ELEVEN_11):
        return f"{words}, {_check_words(cards.has_valid_check(number, scheme))}"
    return words


def _check_words(right: bool) -> str:
    return _("controlecijfer klopt") if right else _("controlecijfer klopt NIET")


def _gaps(strokes: Sequence[Stroke]) -> str:
    gaps = [round((after.at - before.at) * 1000) for before, after in pairwise(strokes)]
    if not gaps:
        return "-"
    return _("{least} tot {most} ms, samen {total} ms").format(
        least=min(gaps), most=max(gaps), total=sum(gaps)
    )


def _advice(scan: Scan, settings: Settings) -> Iterator[str]:
    text = scan.text
    if not scan.ends:
        yield _("er komt geen Enter: zet het achtervoegsel op CR")
    if "ctrl+j" in scan.ends:
        yield _("er komt een LF: zet het achtervoegsel op alleen CR (het werkt ook zo)")
    if "tab" in scan.ends and not settings.scanner.tab_ends:
        yield _("er komt een Tab: zet het achtervoegsel op CR, of scanner.tab_ends op true")
    if any(stroke.key == "paste" for stroke in scan.strokes):
        yield _("dit werd geplakt, niet getypt")
    if text and len(_AZERTY.intersection(text)) >= len(set(text)) / 2:
        yield _("de toetsenbordindeling klopt niet: zet de scanner op die van deze computer")
    aim = text.startswith("]") and len(text) > _AIM_LENGTH
    if aim and not settings.scanner.prefix:
        sentence = _("er komt een voorvoegsel: zet het uit, of scanner.prefix op {prefix}")
        yield sentence.format(prefix=text[:_AIM_LENGTH])
    if cards.strip_codabar(text) != text:
        yield _("Codabar-letters komen mee; ze vallen weg, maar mogen uit")


def _without_prefix(text: str, prefix: str) -> str:
    return text.removeprefix(prefix) if prefix else text
