"""A set-up into the store, in one transaction: what is new is added, what differs is changed.

What the set-up does not name stays. A member of staff who is there keeps the PIN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import SQLModel, select

from deskterm.services import pins
from deskterm.services.errors import FormFaults
from deskterm.setup.checking import check
from deskterm.setup.defaults import settings_of_new_library, words_of_new_library
from deskterm.setup.model import (
    BranchRow,
    CostRow,
    DiscountRow,
    FeeZoneRow,
    MembershipRow,
    Row,
    SetUp,
    StaffRow,
    TariffRow,
    WordRow,
)
from deskterm.store import tables

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.desk import Clock
    from deskterm.store.engine import Store

Value = object


@dataclass(slots=True)
class Written:
    """What a set-up did, counted by table."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    new_staff: list[StaffRow] = field(default_factory=list)
    """Who got a first PIN: day and month of birth."""


def write(store: Store, setup: SetUp, clock: Clock) -> Written:
    """Put the set-up into the store, with a line in the change log for every row that changes.

    Raises:
        FormFaults: it does not fit what the store has (see `setup.checking`); nothing was written.
        StoreError: the store cannot be written.
    """
    with store.write() as session:
        if faults := check(session, setup):
            raise FormFaults(faults)
        writer = Writer(session, clock)
        writer.write(setup)
    return writer.written


class Writer:
    """Puts rows into a session, and counts and logs what that adds or changes."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self.written = Written()

    def write(self, setup: SetUp) -> None:
        """Write every row, parents before children."""
        for institution in setup.institutions:
            self._put(tables.Institution, institution.code, institution.model_dump())
        self._session.flush()
        for branch in setup.branches:
            self._put_branch(branch)
        for membership in setup.memberships:
            self.put_membership(membership)
        for one in setup.staff:
            self._put_staff(one)
        for position, (kind, code, texts) in enumerate(setup.words, start=1):
            self._put_word(kind, code, texts, position)
        for key, value in setup.settings:
            self._put(tables.LibrarySetting, key, {"key": key, "value": value})
        self._fill_in()

    def _put_branch(self, branch: BranchRow) -> None:
        values = branch.model_dump(exclude={"desks"}, mode="json")
        if not branch.institution_code:
            # The check has seen to it that there is one only.
            values["institution_code"] = self._session.exec(select(tables.Institution)).one().code
        self._put(tables.Branch, branch.code, values)
        self._session.flush()
        there = select(tables.Desk.name).where(tables.Desk.branch_code == branch.code)
        known = set(self._session.exec(there))
        for name in dict.fromkeys(branch.desks):
            if name in known:
                continue
            self._add(tables.Desk(branch_code=branch.code, name=name), f"{branch.code} {name}")

    def put_membership(self, membership: MembershipRow) -> None:
        """Write a type with its tariffs."""
        values = membership.model_dump(exclude={"tariffs"})
        self._put(tables.MembershipType, membership.code, {**values, "term": values["term"].value})
        self._session.flush()
        self.put_tariffs(membership.code, membership.tariffs)

    def put_tariffs(self, code: str, tariffs: Sequence[TariffRow]) -> None:
        """Write tariffs of a type that is there.

        Of a line that has no end and is followed by a new one for the same ages, the day before
        that becomes the last.
        """
        there = select(tables.Tariff).where(tables.Tariff.membership_code == code)
        known = {
            (one.branch_code, one.tariff_code, one.from_age, one.fee_zone, one.valid_from): one
            for one in self._session.exec(there)
        }
        for tariff in tariffs:
            key = (
                tariff.branch_code, tariff.tariff_code, tariff.from_age,
                tariff.fee_zone, tariff.valid_from,
            )  # fmt: skip
            name = f"{code} {tariff.tariff_code} {tariff.valid_from.isoformat()}"
            if key in known:
                self._change(known[key], tariff.model_dump(), name)
                continue
            for old in known.values():
                if _is_followed(old, tariff):
                    end = {"valid_until": tariff.valid_from - timedelta(days=1)}
                    self._change(old, end, f"{code} {old.tariff_code} {old.valid_from}")
            self._add(tables.Tariff(membership_code=code, **tariff.model_dump()), name)
        self._session.flush()

    def put_discount(self, discount: DiscountRow) -> None:
        """Write a discount, known by its code."""
        self._put(tables.Discount, discount.code, discount.model_dump())

    def put_cost(self, cost: CostRow) -> None:
        """Write a cost, known by code, branch and first day."""
        same = select(tables.Cost).where(
            tables.Cost.code == cost.code,
            tables.Cost.branch_code == cost.branch_code,
            tables.Cost.valid_from == cost.valid_from,
        )
        self._put_found(self._session.exec(same).first(), tables.Cost, cost, cost.code)

    def put_fee_zone(self, zone: FeeZoneRow) -> None:
        """Write an area, known by code and first postcode."""
        same = select(tables.FeeZone).where(
            tables.FeeZone.code == zone.code, tables.FeeZone.from_postcode == zone.from_postcode
        )
        name = f"{zone.code} {zone.from_postcode}"
        self._put_found(self._session.exec(same).first(), tables.FeeZone, zone, name)

    def _put_found(self, row: SQLModel | None, table: type[SQLModel], new: Row, name: str) -> None:
        if row is None:
            self._add(table(**new.model_dump()), name)
        else:
            self._change(row, new.model_dump(), name)

    def _put_staff(self, one: StaffRow) -> None:
        there = select(tables.Staff).where(tables.Staff.actor_id == one.actor_id)
        row = self._session.exec(there).first()
        if row is not None:
            self._change(row, one.model_dump(), str(one.actor_id))
            return
        pin_hash = pins.hash_of(pins.first_pin(one.born))
        self._add(tables.Staff(**one.model_dump(), pin_hash=pin_hash), str(one.actor_id))
        self.written.new_staff.append(one)

    def _put_word(self, kind: str, code: str, texts: WordRow, position: int) -> None:
        values = {"kind": kind, "code": code, **texts.model_dump()}
        if self._session.get(tables.Word, (kind, code)) is None:
            values["position"] = position
        self._put(tables.Word, (kind, code), values)

    def _fill_in(self) -> None:
        """Add the words and settings of a new library that nobody has given others for."""
        self._session.flush()
        for position, (kind, code, texts) in enumerate(words_of_new_library(), start=1):
            if self._session.get(tables.Word, (kind, code)) is None:
                self._put_word(kind, code, texts, position)
        for key, value in settings_of_new_library():
            if self._session.get(tables.LibrarySetting, key) is None:
                self._put(tables.LibrarySetting, key, {"key": key, "value": value})

    def _put(self, table: type[SQLModel], key: object, values: dict[str, Value]) -> None:
        row = self._session.get(table, key)
        name = " ".join(key) if isinstance(key, tuple) else str(key)
        if row is None:
            self._add(table(**values), name)
        else:
            self._change(row, values, name)

    def _add(self, row: SQLModel, name: str) -> None:
        self._session.add(row)
        self.written.added[str(row.__tablename__)] += 1
        self._log(row, name, "", "", name)

    def _change(self, row: SQLModel, values: Mapping[str, Value], name: str) -> None:
        changed = False
        for column, value in values.items():
            old = getattr(row, column)
            if old != value:
                setattr(row, column, value)
                self._log(row, name, column, _shown(old), _shown(value))
                changed = True
        if changed:
            self.written.changed[str(row.__tablename__)] += 1

    def _log(self, row: SQLModel, name: str, column: str, old: str, new: str) -> None:
        self._session.add(
            tables.ChangeLogLine(
                at=self._clock.now(),
                day=self._clock.today(),
                action="init",
                field=f"{row.__tablename__} {name} {column}".strip(),
                old=old,
                new=new,
            )
        )


def _is_followed(old: tables.Tariff, new: TariffRow) -> bool:
    """Whether a tariff without an end prices the same people as a later one."""
    place = (old.branch_code, old.fee_zone, old.from_age, old.to_age)
    same = place == (new.branch_code, new.fee_zone, new.from_age, new.to_age)
    return same and old.valid_until is None and old.valid_from < new.valid_from


def _shown(value: object) -> str:
    return "" if value is None else str(value)
