"""The collection of the practice library: titles, and a new copy for whoever borrows one."""

import csv
from random import Random

from deskterm.paths import resource
from deskterm.rules.cards import ITEM_LEAD, check_digit
from deskterm.store.bulk import BulkWriter

_BRANCHES = ("9401", "5280", "3550")
_COPIES_AT_HOME = 100_000
"""Serials from here on are copies made for a loan, below are those that stand on the shelf."""


class Shelf:
    """Hands out titles and copies; makes them in the writer's batch."""

    def __init__(self, writer: BulkWriter) -> None:
        self._writer = writer
        self._serial = _COPIES_AT_HOME
        self.titles: list[int] = []
        self._material: dict[int, str] = {}
        self._standing: list[int] = []

    def fill(self) -> None:
        """Write the catalogue, with one copy of each title on the shelf of every branch."""
        with resource("demo", "titles.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                title = self._writer.add("title", name=row["name"], author=row["author"])
                self.titles.append(title)
                self._material[title] = row["material"]
        serial = 0
        for title in self.titles:
            for branch in _BRANCHES:
                serial += 1
                self._standing.append(self._copy(title, branch, serial, status="B"))

    def lent_copy(
        self, branch: str, random: Random, *, material: str = "", status: str = "U"
    ) -> int:
        """A copy that is at a customer's home, of any title or one of that material."""
        titles = self.titles
        if material:
            titles = [title for title in titles if self._material[title] == material]
        self._serial += 1
        return self._copy(random.choice(titles), branch, self._serial, status=status)

    def known_copy(self, random: Random) -> int:
        """A copy of the shelf, for loans of the past."""
        return random.choice(self._standing)

    def _copy(self, title: int, branch: str, serial: int, *, status: str) -> int:
        digits = f"{ITEM_LEAD}{branch}{serial:08}"
        return self._writer.add(
            "item",
            number=digits + check_digit(digits),
            title_id=title,
            branch_code=branch,
            material=self._material[title],
            status=status,
        )
