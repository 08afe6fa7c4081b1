"""The practice library without its customers: places, staff, pick lists, memberships, titles."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from deskterm.paths import resource
from deskterm.rules.cards import from_serial
from deskterm.store.bulk import BulkWriter


def write(writer: BulkWriter) -> None:
    """Take every row of the library itself, in the batch that the writer collects."""
    places = read("demo", "library.toml")
    for institution in places["institution"]:
        writer.add("institution", **institution)
    for branch in places["branch"]:
        desks = branch.pop("desks")
        writer.add("branch", **branch)
        for name in desks:
            writer.add("desk", branch_code=branch["code"], name=name)
    for employee in places["staff"]:
        _write_staff(writer, employee)
    _write_words(writer)
    _write_memberships(writer)
    _write_settings(writer, places["setting"])


def read(*parts: str) -> dict[str, Any]:
    """A TOML file that comes with the program; what is in it has no one type."""
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))


def _write_staff(writer: BulkWriter, employee: Mapping[str, Any]) -> None:
    values = {"pin_must_change": False, **employee}
    born: date = values["born"]
    serial = values.pop("card_serial")
    writer.add(
        "staff",
        card_number=from_serial(values["branch_code"], serial),
        pin_hash=_pin_hash(f"{born:%d%m}", values["actor_id"]),
        **values,
    )


def _pin_hash(pin: str, actor_id: int) -> str:
    # These PINs stand in the manual: a cheap hash builds sooner, and a salt that does not change
    # gives the same practice library every time.
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return cheap.hash(pin, salt=f"practice-{actor_id:07}".encode())


def _write_words(writer: BulkWriter) -> None:
    for kind, entries in read("defaults", "words.toml").items():
        for position, (code, texts) in enumerate(entries.items(), start=1):
            writer.add("word", kind=kind, code=code, position=position, **texts)


def _write_memberships(writer: BulkWriter) -> None:
    prices = read("defaults", "memberships.toml")
    for membership in prices["membership"]:
        tariffs: Sequence[Mapping[str, Any]] = membership.pop("tariffs")
        writer.add("membership_type", **membership)
        for tariff in tariffs:
            writer.add("tariff", membership_code=membership["code"], **tariff)
    for table in ("discount", "cost"):
        for row in prices[table]:
            writer.add(table, **row)


def _write_settings(writer: BulkWriter, chosen: Mapping[str, str]) -> None:
    for key, value in chosen.items():
        writer.add("library_setting", key=key, value=value)
    for code, choice in read("defaults", "settings.toml")["message_kind"].items():
        for name, value in choice.items():
            writer.add("library_setting", key=f"message_kind.{code}.{name}", value=value)
