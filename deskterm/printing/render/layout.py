"""Where everything stands on a card: read from a TOML template, checked before it is used.

Sizes are in mm from the top left corner of a card of ISO/IEC 7810 ID-1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from deskterm.paths import resource
from deskterm.printing.documents import Align
from deskterm.printing.rendering import TemplateFault
from deskterm.text import _, reason_text

CARD_MM = (85.60, 53.98)
TEXT_FIELDS = ("title", "name", "branch", "number")
LINE_HEIGHT = 1.37
"""How high a line is against its letters: Noto Sans."""
_ROUNDING = 1e-6
_MODULES = range(3, 9)

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm."""

    left: float
    top: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.left + other.width - _ROUNDING
            and other.left < self.left + self.width - _ROUNDING
            and self.top < other.top + other.height - _ROUNDING
            and other.top < self.top + self.height - _ROUNDING
        )

    def lies_within(self, margin: float) -> bool:
        """Whether it lies on the card, `margin` from the edges."""
        return (
            self.left >= margin - _ROUNDING
            and self.top >= margin - _ROUNDING
            and self.left + self.width <= CARD_MM[0] - margin + _ROUNDING
            and self.top + self.height <= CARD_MM[1] - margin + _ROUNDING
        )


@dataclass(frozen=True, slots=True)
class TextField:
    """One line of words."""

    box: Box
    letter_mm: tuple[float, float]
    """The size of the letters (the em), largest and smallest."""
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class BarcodeField:
    """The number in bars, its quiet zones within the box."""

    box: Box
    modules: tuple[int, ...] = (4, 3)
    """Dots of 1/300 inch that the narrowest bar may take: the first that fits. The squares of a
    QR code become as large as the box lets them."""


@dataclass(frozen=True, slots=True)
class LogoField:
    """A picture, as large as fits its box."""

    box: Box
    file: Path


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """The layout of a card."""

    barcode: BarcodeField
    texts: Mapping[str, TextField]
    """By what they show: TEXT_FIELDS."""
    logo: LogoField | None = None


def load_template(path: str = "") -> CardTemplate:
    """Read a template; the one that comes with the program where none is named.

    Raises TemplateFault with every fault of the file.
    """
    file = Path(path) if path else resource("cards", "default.toml")
    try:
        return read_template(file.read_text(encoding="utf-8-sig"), file.parent)
    except (OSError, UnicodeDecodeError) as error:
        sentence = _("{path} is niet te lezen: {reason}").format(
            path=file, reason=reason_text(error)
        )
        raise TemplateFault((("", sentence),)) from error


def read_template(source: str, folder: Path) -> CardTemplate:
    """Read a template from TOML; `folder` is where its logo lies.

    Raises TemplateFault: unknown names, boxes that overlap or leave the card, a missing logo.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        sentence = _("dit is geen TOML: {reason}").format(reason=error)
        raise TemplateFault((("", sentence),)) from error
    faults: list[Fault] = []
    margin = _value(table.pop("safe_mm", 3.0), _length, "safe_mm", faults)
    fields = {
        name: read for name, inner in table.items() if (read := _field(name, inner, folder, faults))
    }
    if "barcode" not in table:
        faults.append(("barcode", _("zonder streepjescode is het geen pas")))
    faults += _misplaced(fields, margin or 0.0)
    if faults:
        raise TemplateFault(tuple(faults))
    return CardTemplate(
        barcode=cast(BarcodeField, fields["barcode"]),
        texts={name: cast(TextField, fields[name]) for name in TEXT_FIELDS if name in fields},
        logo=cast("LogoField | None", fields.get("logo")),
    )


Field = TextField | BarcodeField | LogoField


def _field(name: str, inner: object, folder: Path, faults: list[Fault]) -> Field | None:
    kinds = {"barcode": _BARCODE, "logo": _LOGO, **dict.fromkeys(TEXT_FIELDS, _TEXT)}
    if name not in kinds:
        known = ", ".join(("safe_mm", *kinds))
        faults.append((name, _("dit veld bestaat niet; kies uit {choices}").format(choices=known)))
        return None
    if not isinstance(inner, dict):
        faults.append((name, _("dit hoort een tabel te zijn")))
        return None
    needed, checks, make = kinds[name]
    found = len(faults)
    values: dict[str, Any] = {}
    for key, value in inner.items():
        if key in checks:
            values[key] = _value(value, checks[key], f"{name}.{key}", faults)
        else:
            faults.append((f"{name}.{key}", _("deze instelling bestaat niet")))
    faults += ((f"{name}.{key}", _("deze instelling ontbreekt")) for key in needed - inner.keys())
    if name == "logo" and "file" in values and len(faults) == found:
        values["file"] = folder / values["file"]
        if not values["file"].is_file():
            faults.append(("logo.file", _("dit bestand is er niet")))
    return make(**values) if len(faults) == found else None


def _misplaced(fields: Mapping[str, Field], margin: float) -> Iterator[Fault]:
    for name, field in fields.items():
        if not field.box.lies_within(margin):
            yield (
                f"{name}.box",
                _("dit veld steekt buiten de pas, of komt te dicht bij de rand"),
            )
        if isinstance(field, TextField) and field.letter_mm[0] * LINE_HEIGHT > field.box.height:
            sentence = _("letters van {size} mm vragen een vak van {height} mm hoog")
            height = f"{field.letter_mm[0] * LINE_HEIGHT:.1f}"
            yield f"{name}.box", sentence.format(size=field.letter_mm[0], height=height)
    for (one, first), (other, second) in combinations(fields.items(), 2):
        if first.box.overlaps(second.box):
            yield f"{other}.box", _("dit veld ligt over {field}").format(field=one)


def _value(value: object, check: Callable[[object], Any], where: str, faults: list[Fault]) -> Any:
    try:
        return check(value)
    except ValueError as error:
        faults.append((where, str(error)))
        return None


def _length(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:
        return float(value)
    raise ValueError(_("dit hoort een maat in mm te zijn"))


def _box(value: object) -> Box:
    if isinstance(value, list) and len(value) == 4:
        box = Box(*(_length(one) for one in value))
        if box.width > 0 and box.height > 0:
            return box
    raise ValueError(_("schrijf links, boven, breedte en hoogte in mm, bijvoorbeeld [5, 4, 60, 8]"))


def _letters(value: object) -> tuple[float, float]:
    if isinstance(value, list) and len(value) == 2:
        most, least = (_length(one) for one in value)
        if 1.5 <= least <= most:
            return most, least
    raise ValueError(_("schrijf de grootste en de kleinste letter in mm, bijvoorbeeld [5, 3]"))


def _modules(value: object) -> tuple[int, ...]:
    # Under three dots (0.25 mm) the scanners of a desk begin to miss.
    if isinstance(value, list) and value and all(one in _MODULES for one in value):
        return tuple(value)
    raise ValueError(_("dit hoort een lijst van hele getallen van 3 tot en met 8 te zijn"))


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(_("dit hoort true of false te zijn"))


def _align(value: object) -> Align:
    if isinstance(value, str) and value in tuple(Align):
        return Align(value)
    raise ValueError(_("kies uit {choices}").format(choices=", ".join(Align)))


def _file(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(_("dit hoort de naam van een bestand te zijn"))


_Kind = tuple[frozenset[str], Mapping[str, Callable[[object], Any]], Callable[..., Field]]
_TEXT: _Kind = (
    frozenset({"box", "letter_mm"}),
    {"box": _box, "letter_mm": _letters, "bold": _switch, "align": _align},
    TextField,
)
_BARCODE: _Kind = (frozenset({"box"}), {"box": _box, "modules": _modules}, BarcodeField)
_LOGO: _Kind = (frozenset({"box", "file"}), {"box": _box, "file": _file}, LogoField)
