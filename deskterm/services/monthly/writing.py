"""Writes the steps of one batch: many rows at a time, in the transaction of that batch."""

from collections import Counter, defaultdict
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
_CHARGE = {"kind": "charge", "account": "contribution", "booking_code": CONTRIBUTION_CODE}
_MOVE = text(
    "UPDATE membership_period SET status = :status, status_on = :day, end_reason = :reason"
    " WHERE id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_HOLDS = text(
    "SELECT id, customer_id, number, status FROM hold WHERE customer_id IN :ids AND status IN :open"
).bindparams(bindparam("ids", expanding=True), bindparam("open", expanding=True))
_CANCEL = text("UPDATE hold SET status = 'Z' WHERE id = :id")
_END_ROLE = text(
    "UPDATE customer_role SET end_on = CASE WHEN begin_on > :day THEN begin_on ELSE :day END"
    " WHERE customer_id IN :ids AND code = :code AND end_on IS NULL"
).bindparams(bindparam("ids", expanding=True))
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
        self._day = day.isoformat() if connection.dialect.name == "sqlite" else day
        self._rows: dict[str, list[dict[str, object]]] = defaultdict(list)
        self._moves: dict[tuple[Status, str], list[int]] = defaultdict(list)
        self._ended: list[int] = []
        # What all rows of a run have alike, made plain once: for each row that takes too long.
        self._alike = {
            "membership_period": new_row("membership_period", {"status_on": day}),
            "ledger_entry": new_row("ledger_entry", {"day": day, "at": at, **_CHARGE}),
            "letter": new_row("letter", {"day": day, "at": at}),
            "change_log": new_row("change_log", {"day": day, "at": at, "desk": name}),
        }
        self._next = {table: next_id(connection, table) for table in self._alike}
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
        self._moves[status, reason].append(member.period_id)
        self.counts[step.value] += 1
        self._log(
            member.actor_id, "month", "membership_status",
            str(int(member.standing.status)), f"{int(status)} {reason}".strip(),
        )  # fmt: skip
        if step in _LETTER and not (step is Step.BILL and member.pays_by_debit):
            self._letter(member, _LETTER[step], member.period_id)

    def write(self) -> None:
        """Write everything that was noted."""
        for (status, reason), ids in self._moves.items():
            values = {"status": int(status), "day": self._day, "reason": reason, "ids": ids}
            self._connection.execute(_MOVE, values)
        self._write_ended()
        write_rows(self._connection, self._rows)
        advance_sequences(self._connection, self._next)

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
            begin_on=period.begin_on.isoformat(),
            end_on=period.end_on.isoformat(),
            status=int(Status.BILLED if owes else Status.NORMAL),
            price_cents=price.balance_cents,
            tariff_code=price.tariff_code,
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
            amount_cents=cents,
            description=f"Contributie {name}",
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
        self._connection.execute(_END_ROLE, {"day": self._day, "ids": gone, "code": MEMBER_ROLE})

    def _without_membership(self, actor_ids: Sequence[int]) -> list[int]:
        if not actor_ids:
            return []
        asked = {"ids": list(actor_ids), "day": self._day}
        valid = set(self._connection.scalars(_STILL_VALID, asked))
        return [actor_id for actor_id in actor_ids if actor_id not in valid]

    def _letter(self, member: Member, kind: str, period_id: int) -> None:
        if not member.standing.deceased:
            self._add("letter", customer_id=member.actor_id, kind=kind, period_id=period_id)
            self.counts["letters"] += 1

    def _log(self, actor_id: int, action: str, field: str, old: str, new: str) -> None:
        self._add("change_log", customer_id=actor_id, action=action, field=field, old=old, new=new)

    def _add(self, table: str, **values: object) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        self._rows[table].append({**self._alike[table], "id": number, **values})
        return number
