"""What can be collected by direct debit, and what became of what was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from deskterm.rules.debit import NOTICE_DAYS, mandate_id
from deskterm.rules.names import display_name
from deskterm.store.light import Reader, text
from deskterm.store.reads.ledger import OPEN_CENTS
from deskterm.store.reads.rows import Parameter, rows, text_of
from deskterm.store.values import as_date

# Whose account is debited: who pays for somebody, else the customer. One row per charge, payers
# first; what is with the bank, the bailiff or under an arrangement waits.
_CLAIMS = text(
    f"""
    SELECT c.id AS charge_id, c.customer_id, c.period_id, c.description, w.debtor,
           p.initials, p.first_name, p.prefix, p.surname, p.iban, p.bic,
           p.mandate_given_on, p.mandate_revoked_on, b.institution_code,
           {OPEN_CENTS} AS open_cents
    FROM (
        SELECT r.other_id AS debtor, r.customer_id AS owner, 0 AS rank
        FROM relation r JOIN customer q ON q.actor_id = r.other_id
        WHERE r.kind = 'payer' AND q.direct_debit
        UNION ALL
        SELECT actor_id, actor_id, 1 FROM customer WHERE direct_debit
    ) w
    JOIN customer p ON p.actor_id = w.debtor
    JOIN branch b ON b.code = p.branch_code
    JOIN ledger_entry c ON c.customer_id = w.owner
    WHERE c.kind = 'charge' AND c.account = 'contribution' AND c.day <= :today
      AND c.mark NOT IN ('I', 'D')
      AND NOT EXISTS (
          SELECT 1 FROM charge_mark m
          WHERE m.charge_id = c.id AND m.lifted_at IS NULL
            AND (m.mark IN ('I', 'D') OR m.mark = 'R' AND m.until_on >= :collection_on)
      )
    ORDER BY w.rank, w.debtor, c.id
    """
)
_USED = text("SELECT mandate_id FROM debit_line WHERE state <> 'returned' GROUP BY mandate_id")
_BATCHES = text("SELECT COUNT(*) FROM debit_batch")
_CONTENT = text("SELECT content FROM debit_batch WHERE message_id = :message_id")
_ANNOUNCED = text(
    """
    SELECT SUM(d.amount_cents) AS cents, MAX(d.iban) AS iban, MAX(d.mandate_id) AS mandate
    FROM debit_line d JOIN debit_batch b ON b.id = d.batch_id
    WHERE d.customer_id = :actor_id AND b.collection_on = :collection_on
      AND d.state <> 'returned'
    """
)
_BOOKED = text("SELECT 1 FROM bank_answer WHERE message_id = :message_id")


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement (PFI) tells a debtor."""

    cents: int
    iban: str
    mandate: str
    collection_on: date


@dataclass(frozen=True, slots=True)
class Claim:
    """A charge that the bank may be asked for, and whose account it is asked of."""

    charge_id: int
    owner_id: int
    debtor_id: int
    period_id: int | None
    name: str
    iban: str
    bic: str
    given_on: date | None
    revoked_on: date | None
    mandate: str
    first: bool
    cents: int
    description: str

    @property
    def sequence(self) -> str:
        """What the bank calls it: FRST the first time under a mandate, else RCUR."""
        return "FRST" if self.first else "RCUR"


def claims(connection: Reader, today: date, collection_on: date) -> Iterator[Claim]:
    """Read every open contribution of who pays by direct debit, by debtor."""
    used = set(connection.execute(_USED).scalars())
    seen: set[int] = set()
    for row in rows(connection, _CLAIMS, {"today": today, "collection_on": collection_on}):
        if row["charge_id"] in seen or row["open_cents"] <= 0:
            continue
        seen.add(row["charge_id"])
        given = as_date(row["mandate_given_on"])
        mandate = mandate_id(row["institution_code"], row["debtor"], given) if given else ""
        yield Claim(
            charge_id=row["charge_id"],
            owner_id=row["customer_id"],
            debtor_id=row["debtor"],
            period_id=row["period_id"],
            name=display_name(
                text_of(row["surname"]),
                prefix=text_of(row["prefix"]),
                initials=text_of(row["initials"]),
                first=text_of(row["first_name"]),
            ),
            iban=text_of(row["iban"]).replace(" ", ""),
            bic=text_of(row["bic"]),
            given_on=given,
            revoked_on=as_date(row["mandate_revoked_on"]),
            mandate=mandate,
            first=mandate not in used,
            cents=int(row["open_cents"]),
            description=text_of(row["description"]),
        )
        used.add(mandate)


def announced(connection: Reader, actor_id: int, day: date) -> Announced:
    """Read what the announcement of a day is about, `NOTICE_DAYS` before the debit."""
    collection_on = day + timedelta(days=NOTICE_DAYS)
    values: dict[str, Parameter] = {"actor_id": actor_id, "collection_on": collection_on}
    for row in rows(connection, _ANNOUNCED, values):
        cents, mandate = int(row["cents"] or 0), text_of(row["mandate"])
        return Announced(cents, text_of(row["iban"]), mandate, collection_on)
    raise LookupError("a sum always has a row")


def batches(connection: Reader) -> int:
    """Count the batches that were made."""
    return int(connection.execute(_BATCHES).scalar_one())


def content(connection: Reader, message_id: str) -> str | None:
    """Read the file of a batch as it was made; None when there is no such batch."""
    found = connection.execute(_CONTENT, {"message_id": message_id}).scalar()
    return None if found is None else str(found)


def is_booked(connection: Reader, message_id: str) -> bool:
    """Tell whether an answer of the bank was booked before."""
    return connection.execute(_BOOKED, {"message_id": message_id}).first() is not None
