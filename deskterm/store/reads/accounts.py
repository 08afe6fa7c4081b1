"""Login accounts of customers, and the jobs that make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskterm.rules.names import list_name
from deskterm.store.light import Reader, Record, text
from deskterm.store.reads.rows import Parameter, rows, text_of
from deskterm.store.values import as_moment

COLUMNS = """
    c.username AS account_customer, c.email AS account_mail_to,
    a.provider AS account_provider, a.ref AS account_ref, a.username AS account_username,
    a.email AS account_email, a.state AS account_state, a.expires_at AS account_expires_at,
    a.made_here AS account_made_here, a.etag AS account_etag,
    j.id AS job_id, j.state AS job_state, j.email AS job_email, j.error AS job_error
"""
"""What `account_row` reads, for a statement over `customer c` that has `JOINS` too."""
JOINS = """
    LEFT JOIN login_account a ON a.customer_id = c.actor_id
    LEFT JOIN account_job j ON j.id =
        (SELECT max(last.id) FROM account_job last WHERE last.customer_id = c.actor_id)
"""
_ONE = text(f"SELECT {COLUMNS} FROM customer c {JOINS} WHERE c.actor_id = :actor_id")
_NAMES = "c.actor_id, c.surname, c.prefix, c.initials, c.first_name"
_OTHERS = text(
    f"""
    SELECT 1 AS is_linked, {_NAMES}, c.username
    FROM customer c JOIN login_account a ON a.customer_id = c.actor_id
    WHERE a.provider = :provider AND a.ref = :ref AND c.actor_id <> :but
    UNION ALL
    SELECT 0, {_NAMES}, c.username FROM customer c
    WHERE c.username = :username AND :username <> '' AND c.actor_id <> :but
    """
)
_JOBS = f"""
    SELECT j.id, j.customer_id, j.state, j.email, j.username, j.at, j.attempts, j.next_at, j.error,
           {_NAMES}
    FROM account_job j JOIN customer c ON c.actor_id = j.customer_id
"""
_LISTED = text(f"{_JOBS} WHERE j.state IN :states ORDER BY j.id DESC LIMIT :most", many=("states",))
_OUTCOME = text(
    """
    SELECT j.state, j.username, j.email, j.error, j.lease_until, a.username AS account_username,
           a.email AS account_email, a.expires_at
    FROM account_job j LEFT JOIN login_account a ON a.customer_id = j.customer_id
    WHERE j.id = :id
    """
)
_STUCK = text(
    f"""
    {_JOBS}
    WHERE (j.state = 'failed' AND j.error <> :dismissed OR j.state = 'queued' AND j.error IN :codes)
      AND j.id = (SELECT max(x.id) FROM account_job x WHERE x.customer_id = j.customer_id)
      AND NOT EXISTS (SELECT 1 FROM login_account a WHERE a.customer_id = j.customer_id)
    ORDER BY j.state, j.at, j.id LIMIT :most
    """,
    many=("codes",),
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The account of a customer with the last job for it; texts are empty where there is none."""

    username: str
    """Of the customer, who may have one that an import brought."""
    mail_to: str
    """The customer's own address."""
    provider: str
    """Empty without a link."""
    ref: str
    account_username: str
    account_email: str
    state: str
    expires_at: datetime | None
    made_here: bool
    etag: str
    job_id: int | None
    job_state: str
    job_email: str
    job_error: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job with whom it is for."""

    id: int
    actor_id: int
    name: str
    state: str
    email: str
    username: str
    at: datetime
    attempts: int
    next_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A job with the account that its customer has now."""

    state: str
    username: str
    email: str
    error: str
    lease_until: datetime | None
    expires_at: datetime | None


def account_row(row: Record) -> AccountRow:
    """Take the account out of a row of a statement with `COLUMNS`."""
    return AccountRow(
        username=text_of(row["account_customer"]),
        mail_to=text_of(row["account_mail_to"]),
        provider=text_of(row["account_provider"]),
        ref="" if row["account_ref"] is None else str(row["account_ref"]),
        account_username=text_of(row["account_username"]),
        account_email=text_of(row["account_email"]),
        state=text_of(row["account_state"]),
        expires_at=_moment(row["account_expires_at"]),
        made_here=bool(row["account_made_here"]),
        etag="" if row["account_etag"] is None else str(row["account_etag"]),
        job_id=row["job_id"],
        job_state=text_of(row["job_state"]),
        job_email=text_of(row["job_email"]),
        job_error=text_of(row["job_error"]),
    )


def account_of(connection: Reader, actor_id: int) -> AccountRow | None:
    """Read the account of a customer; None when the customer is gone."""
    for row in rows(connection, _ONE, {"actor_id": actor_id}):
        return account_row(row)
    return None


def other_with(
    connection: Reader, provider: str, ref: str, username: str, but: int
) -> tuple[int, str] | None:
    """Give actor-id and name of a customer, other than `but`, who has an account already.

    Who has the user name by an import counts too, unless none is asked for; the comparison does
    not rest on a collation.
    """
    values: dict[str, Parameter] = {
        "provider": provider,
        "ref": ref,
        "username": username,
        "but": but,
    }
    for row in rows(connection, _OTHERS, values):
        if row["is_linked"] or row["username"] == username:
            return row["actor_id"], _name(row)
    return None


def outcome(connection: Reader, job_id: int) -> OutcomeRow | None:
    """Read what came of a job; None when there is none with this number."""
    for row in rows(connection, _OUTCOME, {"id": job_id}):
        return OutcomeRow(
            state=row["state"],
            username=text_of(row["username"] or row["account_username"]),
            email=text_of(row["email"] or row["account_email"]),
            error=text_of(row["error"]),
            lease_until=_moment(row["lease_until"]),
            expires_at=_moment(row["expires_at"]),
        )
    return None


def jobs(connection: Reader, states: Sequence[str], most: int) -> tuple[JobRow, ...]:
    """Read jobs in these states, the newest first."""
    found = rows(connection, _LISTED, {"states": states, "most": most})
    return tuple(_job(row) for row in found)


def stuck(
    connection: Reader, codes: Sequence[str], dismissed: str, most: int
) -> tuple[JobRow, ...]:
    """Read the last jobs that failed, but for the dismissed, and those that wait with a code."""
    values: dict[str, Parameter] = {"codes": codes, "dismissed": dismissed, "most": most}
    return tuple(_job(row) for row in rows(connection, _STUCK, values))


def _job(row: Record) -> JobRow:
    return JobRow(
        id=row["id"],
        actor_id=row["customer_id"],
        name=_name(row),
        state=row["state"],
        email=text_of(row["email"]),
        username=text_of(row["username"]),
        at=as_moment(row["at"]),
        attempts=row["attempts"],
        next_at=_moment(row["next_at"]),
        error=text_of(row["error"]),
    )


def _name(row: Record) -> str:
    return list_name(
        text_of(row["surname"]),
        prefix=text_of(row["prefix"]),
        initials=text_of(row["initials"]),
        first=text_of(row["first_name"]),
    )


def _moment(value: object) -> datetime | None:
    return None if value is None else as_moment(value)
