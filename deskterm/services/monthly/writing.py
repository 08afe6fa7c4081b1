"""Writes the steps of one batch: many rows at a time, in the transaction of that batch."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from deskterm.rules.dates import age_on
from deskterm.rules.membership import MembershipStatus as Status
from deskterm.rules.monthly import Step
from deskterm.rules.tariffs import Buyer, price_of, zone_of
from deskterm.rules.terms import next_period, turned_into
from deskterm.services import letters
from deskterm.services.enrol.ending import OPEN_HOLDS
from deskterm.services.enrol.writing import CONTRIBUTION_CODE, MEMBER_ROLE
from deskterm.services.monthly.reading import Member, postcode
from deskterm.store.bulk import advance_sequences, new_row, next_id, write_rows
from deskterm.store.reads.tariffs import PriceList

if TYPE_CHECKING:
    from sqlalchemy import Connection

LAPSED, UNPAID = "AF", "NB"
"""Afgevoerd and Niet betaald, in the word list `end_reason`."""
_STATUS: dict[Step, Status] = {
    Step.BILL: Status.BILLED,
    Step.ACCEPT: Status.NORMAL,
    Step.REMIND: Status.REMINDED,
    Step.OVERDUE: Status.OVERDUE,
    Step.END_UNPAID: Status.ENDED,
    Step.LAPSE: Status.ENDED,
    Step.END_WEB: Status.ENDED,
}
_LETTER = {
    Step.BILL: letters.CONTRIBUTION,
    Step.REMIND: letters.REMINDER,
    Step.END_UNPAID: letters.ENDED,
    Step.LAPSE: letters.ENDED,
}
_MOVE = text(
    "UPDATE membership_period SET status = :status, status_on = :day, end_reason = :reason"
    " WHERE id = :id"
)
_HOLDS = text(
    "SELECT id, customer_id, number, status FROM hold WHERE customer_id IN :ids AND status IN :open"
).bindparams(bindparam("ids", expanding=True), bindparam("open", expanding=True))
_CANCEL = text("UPDATE hold SET status = 'Z' WHERE id = :id")
_END_ROLE = text(
    "UPDATE customer_role SET end_on = CASE WHEN begin_on > :day THEN begin_on ELSE :day END"
    " WHERE customer_id = :actor_id AND code = :code AND end_on IS NULL"
)
_STILL_VALID = text(
    "SELECT DISTINCT customer_id FROM membership_period WHERE customer_id IN :ids"
    " AND status BETWEEN 1 AND 5 AND end_on >= :day"
).bindparams(bindparam("ids", expanding=True))


class Batch:
    """The steps of a range of customers; `write` puts them into the store."""

    def __init__(
        self, connection: "Connection", prices: PriceList, day: date, at: datetime, name: str
    ) -> None:
        self._connection = connection
        self._prices = prices
        self._day, self._at, self._name = day, at, name
        self._rows: dict[str, list[dict[str, object]]] = {}
        self._moves: list[dict[str, object]] = []
        self._ended: list[int] = []
        self._next = {
            table: next_id(connection, table)
            for table in ("membership_period", "ledger_entry", "letter", "change_log")
        }
        self.counts: Counter[str] = Counter()

    def take(self, member: Member, step: Step) -> None:
        """Note a step of a period."""
        if step is Step.RENEW:
            self._renew(member)
            return
        reason = ""
        if _STATUS[step] is Status.ENDED:
            reason = member.ending_reason or (LAPSED if step is Step.LAPSE else UNPAID)
            self._ended.append(member.actor_id)
        status = _STATUS[step]
        self._moves.append(
            {
                "id": member.period_id,
                "status": int(status),
                "day": self._day.isoformat() if self._is_sqlite else self._day,
                "reason": reason,
            }
        )
        self.counts[step.value] += 1
        self._log(
            member.actor_id, "month", "membership_status",
            str(int(member.standing.status)), f"{int(status)} {reason}".strip(),
        )  # fmt: skip
        if step in _LETTER and not (step is Step.BILL and member.pays_by_debit):
            self._letter(member, _LETTER[step], member.period_id)

    def write(self) -> None:
        """Write everything that was noted."""
        if self._moves:
            self._connection.execute(_MOVE, self._moves)
        self._write_ended()
        write_rows(self._connection, self._rows)
        advance_sequences(self._connection, self._next)

    @property
    def _is_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"

    def _renew(self, member: Member) -> None:
        begin_from = member.standing.end_on
        age = age_on(member.born, begin_from) if member.born is not None else None
        types = dict(self._prices.types)
        code = turned_into(member.membership_code, types, age)
        period = next_period(types[code], begin_from, begin_from)
        zone = ""
        if self._prices.zones:
            zone = zone_of(postcode(self._connection, member.actor_id), self._prices.zones)
        buyer = Buyer(member.branch_code, age, zone, member.selection_code)
        lists = self._prices.tariffs, self._prices.discounts
        price = price_of(*lists, code, buyer, period.begin_on)
        if price is None:
            self.counts["no_tariff"] += 1
            return
        owes = price.balance_cents > 0
        period_id = self._add(
            "membership_period",
            customer_id=member.actor_id,
            branch_code=member.branch_code,
            membership_code=code,
            begin_on=period.begin_on,
            end_on=period.end_on,
            status=int(Status.BILLED if owes else Status.NORMAL),
            price_cents=price.balance_cents,
            tariff_code=price.tariff_code,
            status_on=self._day,
            sector=self._prices.limits[code].sector,
        )
        self.counts["renew"] += 1
        self.counts["grown"] += code != member.membership_code
        names = [f"{one}-{types[one].name}" for one in (member.membership_code, code)]
        self._log(member.actor_id, "membership.renew", "membership", *names)
        if owes:
            self.counts["bill"] += 1
            self._charge(member, period_id, price.balance_cents, names[1])

    def _charge(self, member: Member, period_id: int, cents: int, name: str) -> None:
        self._add(
            "ledger_entry",
            customer_id=member.actor_id,
            kind="charge",
            account="contribution",
            booking_code=CONTRIBUTION_CODE,
            amount_cents=cents,
            description=f"Contributie {name}",
            day=self._day,
            at=self._at,
            period_id=period_id,
            branch_code=member.branch_code,
        )
        if not member.pays_by_debit:
            self._letter(member, letters.CONTRIBUTION, period_id)

    def _write_ended(self) -> None:
        """Holds and the role go for who has no other membership left."""
        gone = self._without_membership(self._ended)
        if not gone:
            return
        asked = {"ids": gone, "open": list(OPEN_HOLDS)}
        holds = list(self._connection.execute(_HOLDS, asked))
        for hold in holds:
            old, new = f"{hold.number} {hold.status}", f"{hold.number} Z"
            self._log(hold.customer_id, "hold.cancel", "hold", old, new)
        if holds:
            self._connection.execute(_CANCEL, [{"id": hold.id} for hold in holds])
        self.counts["holds_cancelled"] += len(holds)
        day = self._day.isoformat() if self._is_sqlite else self._day
        ends = [{"day": day, "actor_id": actor_id, "code": MEMBER_ROLE} for actor_id in gone]
        self._connection.execute(_END_ROLE, ends)

    def _without_membership(self, actor_ids: Sequence[int]) -> list[int]:
        if not actor_ids:
            return []
        day = self._day.isoformat() if self._is_sqlite else self._day
        asked = {"ids": list(actor_ids), "day": day}
        valid = set(self._connection.scalars(_STILL_VALID, asked))
        return [actor_id for actor_id in actor_ids if actor_id not in valid]

    def _letter(self, member: Member, kind: str, period_id: int) -> None:
        if not member.standing.deceased:
            self._add(
                "letter", customer_id=member.actor_id, kind=kind, period_id=period_id,
                day=self._day, at=self._at,
            )  # fmt: skip
            self.counts["letters"] += 1

    def _log(self, actor_id: int, action: str, field: str, old: str, new: str) -> None:
        self._add(
            "change_log", customer_id=actor_id, at=self._at, day=self._day, desk=self._name,
            action=action, field=field, old=old, new=new,
        )  # fmt: skip

    def _add(self, table: str, **values: object) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        self._rows.setdefault(table, []).append(new_row(table, {"id": number, **values}))
        return number
