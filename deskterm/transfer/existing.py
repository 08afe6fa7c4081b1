"""A line about a customer whom the store has: only what differs is written."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from deskterm.rules.faults import N_, RuleFault
from deskterm.services.edit.draft import Value
from deskterm.store.search.keys import address_keys, keys_of
from deskterm.transfer.changes import Changes
from deskterm.transfer.columns import LISTS, ListColumn
from deskterm.transfer.fresh import add_card
from deskterm.transfer.known import Known, Row, cell_text
from deskterm.transfer.parsing import Library, Parsed, complete_period

_REPLACED_WHOLE = ("customer_role", "customer_profile", "customer_label", "customer_badge",
                   "notification_preference")  # fmt: skip


class Update:
    """Holds one line against one customer; `apply` writes and tells whether anything differed."""

    def __init__(
        self, changes: Changes, known: Known, library: Library, keep: frozenset[str]
    ) -> None:
        self._changes = changes
        self._known = known
        self._library = library
        self._keep = keep
        self._actor_id = int(str(known.person["actor_id"]))
        self._changed: list[str] = []

    def apply(self, line: Parsed) -> bool:
        """Take what differs.

        Raises RuleFault for what an import may not do to a customer.
        """
        self._check(line)
        old = self._known.person
        # What the file has as the store has it stays so, also when it would be tidied today.
        told = {n: v for n, v in line.person.items() if line.texts.get(n) != cell_text(old[n])}
        person = self._differing(told, old)
        if "username" in person and self._known.has_account:
            raise RuleFault(N_("De klant heeft een inlogaccount: vergeet dat eerst aan de balie."))
        addresses = self._addresses(line)
        self._card(line)
        self._period(line)
        self._messages(line)
        self._blocks(line)
        for column in LISTS:
            if column.name in line.lists and column.name not in self._keep:
                self._list(column, line.lists[column.name])
        if not (person or self._changed):
            return False
        keys: Mapping[str, str] = {}
        if person or addresses is not None:
            keys = keys_of({**self._known.person, **person}, addresses or self._known.addresses)
        self._changed[:0] = person
        maker = self._changes.maker
        values = {**person, **keys, "changed_at": maker.at, "changed_by": maker.staff_actor_id}
        version = int(str(self._known.person["version"])) + 1
        self._changes.update("customer", "actor_id", self._actor_id, {**values, "version": version})
        values_before = "; ".join(cell_text(old[name]) for name in person)[:500]
        self._changes.log(self._actor_id, line.number, values_before, ", ".join(self._changed))
        return True

    def _differing(self, new: Row, old: Row) -> Row:
        return {
            name: value
            for name, value in new.items()
            if name not in self._keep and value != old.get(name)
        }

    def _addresses(self, line: Parsed) -> list[Row] | None:
        """All addresses as they become; None when none changes."""
        now = [dict(address) for address in self._known.addresses]
        told = [(0, line.address), (1, line.second_address)]
        for place, values in told:
            if values is None or "street" in self._keep:
                continue
            if place < len(now):
                self._change_address(now[place], values)
            else:
                self._add_address(now, {**values, "position": place + 1})
        if "more_addresses" not in self._keep and len(now) <= 1:
            for values in line.lists.get("more_addresses", ()):
                self._add_address(now, values)
        return now if "address" in self._changed else None

    def _change_address(self, address: Row, values: Row) -> None:
        new = {name: value for name, value in values.items() if value != address.get(name)}
        if new:
            address.update(new)
            self._changes.update("address", "id", address["id"], {**new, **address_keys(address)})
            self._changed.append("address")

    def _add_address(self, now: list[Row], values: Row) -> None:
        now.append(values)
        self._changes.add("address", customer_id=self._actor_id, **values, **address_keys(values))
        self._changed.append("address")

    def _check(self, line: Parsed) -> None:
        """Raise for what may not be, before anything of the line is taken."""
        main = self._known.main_card
        told = line.card_number if "card_number" not in self._keep else ""
        if told and main is not None and told not in {c["number"] for c in self._known.cards}:
            raise RuleFault(
                N_("De klant heeft pas {number}: vervang die aan de balie."),
                number=str(main["number"]),
            )
        newest = self._newest
        if line.period is not None and not (newest and _is_same(line.period, newest)):
            today = self._library.facts.today
            months = self._library.memberships[str(line.period["membership_code"])]
            branch = str(line.person.get("branch_code") or self._known.person["branch_code"])
            complete_period(line.period, _next_begin(newest, today), branch, months, today)

    @property
    def _newest(self) -> Row | None:
        return self._known.periods[-1] if self._known.periods else None

    def _card(self, line: Parsed) -> None:
        main = self._known.main_card
        if not line.card_number or "card_number" in self._keep:
            return
        if main is None and all(card["number"] != line.card_number for card in self._known.cards):
            branch = str(line.person.get("branch_code") or self._known.person["branch_code"])
            add_card(self._changes, line, self._actor_id, branch, self._library.facts.today)
            self._changed.append("card_number")
        elif main is not None and main["number"] == line.card_number:
            new = self._differing(line.card, main)
            self._changes.update("card", "id", main["id"], new)
            self._changed.extend(f"card_{name}" for name in new)

    def _period(self, line: Parsed) -> None:
        if line.period is None or "membership" in self._keep:
            return
        newest = self._newest
        if newest is not None and _is_same(line.period, newest):
            new = self._differing(line.period, newest)
            self._changes.update("membership_period", "id", newest["id"], new)
            self._changed.extend(f"membership_{name}" for name in new)
        else:
            self._changes.add("membership_period", customer_id=self._actor_id, **line.period)
            self._changed.append("membership")

    def _messages(self, line: Parsed) -> None:
        if line.messages is None or "message" in self._keep:
            return
        now = {**self._known.messages, **line.messages}
        kept: list[Row] = [{"line": number, "text": text} for number, text in now.items() if text]
        if {int(str(row["line"])): row["text"] for row in kept} != self._known.messages:
            self._changes.replace("message", self._actor_id, kept)
            self._changed.append("message")

    def _blocks(self, line: Parsed) -> None:
        have = {row["kind"] for row in self._known.list_rows("blocks")}
        for kind, note in line.blocks.items():
            if kind not in have and "blocks" not in self._keep:
                self._add_block({"kind": kind, "note": note, "since": self._library.facts.today})

    def _add_block(self, values: Row) -> None:
        self._changes.add("block", customer_id=self._actor_id, **values)
        self._changed.append("blocks")

    def _list(self, column: ListColumn, rows: Sequence[Row]) -> None:
        old = [
            {name: row[name] for name in column.fields}
            for row in self._known.list_rows(column.name)
        ]
        if column.table == "block":
            have = {row["kind"]: row for row in self._known.list_rows("blocks")}
            for row in rows:
                if row["kind"] not in have:
                    self._add_block(row)
            for kind in have.keys() - {row["kind"] for row in rows}:
                moment = {"lifted_at": self._changes.maker.at}
                self._changes.update("block", "id", have[kind]["id"], moment)
                self._changed.append("blocks")
        elif column.table in _REPLACED_WHOLE:
            if _ordered(rows) != _ordered(old):
                self._changes.replace(column.table, self._actor_id, rows)
                self._changed.append(column.name)
        elif column.table != "address":
            self._add_missing(column, rows)

    def _add_missing(self, column: ListColumn, rows: Sequence[Row]) -> None:
        """Cards and periods are never taken away by a file: money and history hang on them."""
        identity = ("number",) if column.table == "card" else ("membership_code", "begin_on")
        everything = self._known.cards if column.table == "card" else self._known.periods
        have = {tuple(row[name] for name in identity) for row in everything}
        for row in rows:
            if tuple(row[name] for name in identity) not in have:
                self._changes.add(column.table, customer_id=self._actor_id, **row)
                self._changed.append(column.name)


def _is_same(values: Row, newest: Row) -> bool:
    """Whether the file speaks of the newest period: by its begin, else by its kind."""
    if values["membership_code"] != newest["membership_code"]:
        return False
    return values.get("begin_on", newest["begin_on"]) == newest["begin_on"]


def _next_begin(newest: Row | None, today: date) -> date:
    end = newest["end_on"] if newest else None
    return end + timedelta(days=1) if isinstance(end, date) and end >= today else today


def _ordered(rows: Sequence[Mapping[str, Value]]) -> list[tuple[str, ...]]:
    return sorted(tuple(f"{name}={row[name]}" for name in sorted(row)) for row in rows)
