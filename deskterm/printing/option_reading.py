"""Check the printing part of the settings: every fault at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from deskterm.config.checks import Check, number, switch, whole
from deskterm.config.checks import table as a_table
from deskterm.printing.documents import Symbology
from deskterm.printing.options import (
    ESCPOS_TYPES,
    PDF_PRINTER,
    BranchOptions,
    DeskMatch,
    DeskOptions,
    PrinterOptions,
    PrinterType,
    PrintingOptions,
)
from deskterm.printing.profiles import PROFILES
from deskterm.rules.cards import CardScheme
from deskterm.text import _

Fault = tuple[str, str]
"""The name of the setting, and the sentence."""

# Card printers are slow to start and wait for somebody to put a card in.
_CARD_TIMEOUT = 180.0


def read_printing(table: Mapping[str, object]) -> tuple[PrintingOptions, tuple[Fault, ...]]:
    """Read the four sections from a table of settings, and what is wrong with them.

    What is faulty is left out, and the rest is as it was written; other sections are not looked
    at. Whether a desk or branch exists is not known here.
    """
    faults: list[Fault] = []
    general = _checked(_section(table, "printing", faults), _GENERAL, "printing", faults)
    printers = _printers(table.get("printer", []), faults)
    usable = {PDF_PRINTER.name: PDF_PRINTER, **printers}
    desks = {
        name: _desk(name, _under(inner, f"desk.{name}", faults), usable, faults)
        for name, inner in _section(table, "desk", faults).items()
    }
    branches = {}
    for code, inner in _section(table, "branch", faults).items():
        where = f"branch.{code}"
        values = _checked(_under(inner, where, faults), _BRANCH, where, faults)
        branches[code] = BranchOptions(code, **values)
    return PrintingOptions(**general, printers=printers, desks=desks, branches=branches), tuple(
        faults
    )


def _printers(listed: object, faults: list[Fault]) -> dict[str, PrinterOptions]:
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        faults.append(("printer", _("schrijf elke printer onder een eigen [[printer]]")))
        return {}
    printers: dict[str, PrinterOptions] = {}
    for place, inner in enumerate(cast("list[dict[str, object]]", listed), start=1):
        where = f"printer.{inner.get('name') or place}"
        found = len(faults)
        values = _checked(inner, _PRINTER, where, faults)
        faults += ((f"{where}.{name}", text) for name, text in _missing(inner))
        if values.get("name") in printers:
            faults.append((f"{where}.name", _("er is al een printer met deze naam")))
        if len(faults) > found:
            continue
        if values["type"] not in ESCPOS_TYPES:
            values.setdefault("timeout_s", _CARD_TIMEOUT)
        printer = PrinterOptions(**values)
        faults += ((f"{where}.{name}", text) for name, text in _misfits(printer, inner))
        if len(faults) == found:
            printers[printer.name] = printer
    return printers


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "escpos-network": ("host",),
    "escpos-usb": ("vendor_id", "product_id"),
    "escpos-serial": ("device",),
    "escpos-file": ("device",),
    "ipp": ("uri",),
}
# What only some types can use; all else is for every type.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "host": ("escpos-network",),
    "port": ("escpos-network",),
    "vendor_id": ("escpos-usb",),
    "product_id": ("escpos-usb",),
    "in_ep": ("escpos-usb",),
    "out_ep": ("escpos-usb",),
    "device": ("escpos-serial", "escpos-file", "evolis"),
    "baudrate": ("escpos-serial",),
    "flow": ("escpos-serial",),
    "uri": ("ipp",),
    "ca_file": ("ipp",),
    "folder": ("pdf-file",),
    "paper": ("ipp",),
}


def _missing(inner: Mapping[str, object]) -> Iterator[Fault]:
    for name in ("name", "type", *_NEEDED.get(str(inner.get("type")), ())):
        if name not in inner:
            yield name, _("deze instelling ontbreekt")


def _misfits(printer: PrinterOptions, inner: Mapping[str, object]) -> Iterator[Fault]:
    """What is right by itself and wrong together."""
    for name in inner:
        if printer.type not in _PLACES.get(name, (printer.type,)):
            yield (
                name,
                _("dit hoort niet bij een printer van type {type}").format(type=printer.type),
            )
    speaks_escpos = printer.type in ESCPOS_TYPES and printer.language == "escpos"
    pages = printer.model.codepages
    if speaks_escpos and pages and printer.codepage not in pages:
        yield (
            "codepage",
            _("een {profile} heeft deze tekens niet; kies uit {choices}").format(
                profile=printer.profile, choices=", ".join(pages)
            ),
        )


def _desk(
    name: str,
    inner: Mapping[str, object],
    printers: Mapping[str, PrinterOptions],
    faults: list[Fault],
) -> DeskOptions:
    where = f"desk.{name}"
    values = _checked(inner, _DESK, where, faults)
    if "match" in values:
        match = _checked(values["match"], _MATCH, f"{where}.match", faults)
        values["match"] = DeskMatch(**match)
    uses = {
        "receipt": ("prints_receipts", _("deze printer print geen bonnen")),
        "card": ("prints_cards", _("deze printer print geen passen")),
    }
    for key, (ability, sentence) in uses.items():
        printer = printers.get(values.get(key, ""))
        if printer is None and values.get(key):
            # A printer with a fault of its own has been told of already.
            if not any(told.startswith(f"printer.{values[key]}") for told, _sentence in faults):
                faults.append((f"{where}.{key}", _("er is geen printer met deze naam")))
            del values[key]
        elif printer is not None and not getattr(printer, ability):
            faults.append((f"{where}.{key}", sentence))
            del values[key]
    return DeskOptions(name, **values)


def _section(table: Mapping[str, object], name: str, faults: list[Fault]) -> Mapping[str, object]:
    return _under(table.get(name, {}), name, faults)


def _under(value: object, where: str, faults: list[Fault]) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    faults.append((where, _("dit hoort een tabel te zijn")))
    return {}


def _checked(
    table: Mapping[str, object], checks: Mapping[str, Check], where: str, faults: list[Fault]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in table.items():
        try:
            if name not in checks:
                raise ValueError(_("deze instelling bestaat niet"))
            values[name] = checks[name](value)
        except ValueError as error:
            faults.append((f"{where}.{name}", str(error)))
    return values


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError(_("dit hoort tekst tussen aanhalingstekens te zijn"))


def _choice(*choices: object) -> Check:
    def check(value: object) -> object:
        for choice in choices:
            if value == choice and not isinstance(value, bool):
                return choice
        known = ", ".join(str(choice) for choice in choices)
        raise ValueError(_("kies uit {choices}").format(choices=known))

    return check


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    if isinstance(value, list):
        return tuple(_text(one) for one in value)
    raise ValueError(_("dit hoort een lijst van teksten te zijn"))


def _size(value: object) -> tuple[float, float]:
    side = number(20, 300)
    if isinstance(value, list) and len(value) == 2:
        return side(value[0]), side(value[1])
    raise ValueError(_("schrijf breedte en hoogte in mm, bijvoorbeeld [85.60, 53.98]"))


def _uri(value: object) -> str:
    text = _text(value)
    if re.fullmatch(r"ipps?://[^/\s]+(/\S*)?", text):
        return text
    raise ValueError(_("dit hoort een adres te zijn als ipp://server:631/printers/naam"))


_GENERAL: Mapping[str, Check] = {"keep_payload_days": whole(0, 365)}
_PRINTER: Mapping[str, Check] = {
    "name": _text,
    "type": _choice(*PrinterType),
    "host": _text,
    "port": whole(1, 65535),
    "vendor_id": whole(1, 0xFFFF),
    "product_id": whole(1, 0xFFFF),
    "in_ep": whole(0x80, 0x8F),
    "out_ep": whole(0x00, 0x0F),
    "device": _text,
    "baudrate": _choice(9600, 19200, 38400, 57600, 115200),
    "flow": _choice("none", "rtscts", "xonxoff", "dsrdtr"),
    "uri": _uri,
    "ca_file": _text,
    "folder": _text,
    "language": _choice("escpos", "zpl"),
    "profile": _choice(*PROFILES),
    "codepage": _choice("CP437", "CP850", "CP858", "CP1252"),
    "width_px": whole(100, 1200),
    "cut": _choice("full", "part", "none"),
    "confirm": _choice("process-id", "gs-r", "none"),
    "timeout_s": number(0.5, 600),
    "paper": _choice("card", "a4"),
    "media_mm": _size,
    "bleed_mm": number(0, 5),
    "dpi": _choice(203, 300),
    "rotate": _choice(0, 90, 180, 270),
    "manual_feed": switch,
}
_DESK: Mapping[str, Check] = {
    "receipt": _text,
    "card": _text,
    "receipts": _choice("always", "ask", "never"),
    "match": a_table,
}
_MATCH: Mapping[str, Check] = {"host": _texts, "ssh_client": _texts, "env": _text}
_BRANCH: Mapping[str, Check] = {
    "symbology": _choice(*Symbology),
    "scheme": _choice(*CardScheme),
    "card_title": _text,
    "card_template": _text,
}
