"""docs/printing.md, from which a manager sets printers up, names what there is to set."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from deskterm.printing.option_reading import read_printing
from deskterm.printing.options import (
    BranchOptions,
    DeskMatch,
    DeskOptions,
    PrinterOptions,
    PrinterType,
)

GUIDE = (Path(__file__).parents[2] / "docs" / "printing.md").read_text(encoding="utf-8")
KEYS = ("name", "code")
"""What stands in the heading of a section of the settings."""


def test_every_setting_and_every_type_is_named() -> None:
    table = set(re.findall(r"`(\w+)`", GUIDE))
    assert {one.name for one in fields(PrinterOptions)} - table == set()
    parts = (*fields(DeskOptions), *fields(DeskMatch), *fields(BranchOptions))
    others = {one.name for one in parts} - set(KEYS)
    assert {name for name in others if not re.search(rf"\b{name}\b", GUIDE)} == set()
    assert {kind for kind in PrinterType if kind not in GUIDE} == set()


def test_the_defaults_are_those_of_the_program() -> None:
    told = dict(re.findall(r"^\| (`[^|]+) \| ([^|]*) \|", GUIDE, re.MULTILINE))
    usual = PrinterOptions("x", PrinterType.NULL)
    for row in ("baudrate", "flow", "paper", "profile", "codepage", "confirm"):
        assert told[f"`{row}`"].strip('"') == str(getattr(usual, row))


def test_the_example_has_no_fault() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    table = tomllib.loads(example)
    inner = table.pop("printing")
    printing, faults = read_printing({**table, **inner})
    assert faults == ()
    assert set(printing.printers) == {"bon-balie1", "pas-balie1"}
