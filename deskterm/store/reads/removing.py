"""What of a customer is not finished: what stands in the way of removing them."""

from dataclasses import dataclass, fields

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows

_UNFINISHED = text(
    """
    SELECT
        (SELECT count(*) FROM loan
         WHERE customer_id = :actor_id AND returned_on IS NULL) AS loans,
        (SELECT count(*) FROM hold
         WHERE customer_id = :actor_id AND status NOT IN ('U', 'Z')) AS holds,
        (SELECT count(*) FROM debit_line d JOIN ledger_entry e ON e.id = d.charge_id
         WHERE d.state = 'sent'
         AND (d.customer_id = :actor_id OR e.customer_id = :actor_id)) AS debits,
        (SELECT count(*) FROM login_account WHERE customer_id = :actor_id) AS accounts,
        (SELECT count(*) FROM account_job
         WHERE customer_id = :actor_id AND state = 'queued') AS account_jobs,
        (SELECT count(*) FROM mail_job
         WHERE customer_id = :actor_id AND state = 'queued') AS mails,
        (SELECT count(*) FROM print_job WHERE customer_id = :actor_id AND state IN
         ('queued', 'claimed', 'waiting', 'sending', 'sent', 'unknown')) AS prints
    """
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How many there are of each."""

    loans: int
    holds: int
    debits: int
    accounts: int
    account_jobs: int
    mails: int
    prints: int


def unfinished(connection: Reader, actor_id: int) -> Unfinished:
    """Count what is under way for a customer, but for money and memberships."""
    (row,) = rows(connection, _UNFINISHED, {"actor_id": actor_id})
    return Unfinished(**{one.name: int(row[one.name]) for one in fields(Unfinished)})
