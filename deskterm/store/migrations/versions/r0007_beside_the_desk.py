"""What is done beside the desk: login accounts, mail, printing, and the workers that do it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'queued'")
AT_THE_PRINTER = sa.text("state IN ('claimed', 'waiting', 'sending', 'sent')")

# Plain SQL, as for a CHECK or a NOT NULL Alembic would copy the table on SQLite.
JOB_COLUMNS = (
    "key VARCHAR DEFAULT '' NOT NULL",
    "attempts INTEGER DEFAULT 0 NOT NULL",
    "worker VARCHAR DEFAULT '' NOT NULL",
    "error VARCHAR DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _login_account()
    _local_account()
    _account_job()
    _mail_job()
    _print_job()
    _printer_sight()
    _worker()


def _login_account() -> None:
    op.create_table(
        "login_account",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_here", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'active', 'expired')", name="ck_login_account_state_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_login_account_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", name="pk_login_account"),
    )
    op.create_index("ix_login_account_username", "login_account", ["username"])
    op.create_index("ix_login_account_provider_ref", "login_account", ["provider", "ref"])


def _local_account() -> None:
    op.create_table(
        "local_account",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("activated_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("ref", name="pk_local_account"),
        sa.UniqueConstraint("key", name="uq_local_account_key"),
        sa.UniqueConstraint("username", name="uq_local_account_username"),
        sa.UniqueConstraint("folded", name="uq_local_account_folded"),
    )


def _account_job() -> None:
    for column in JOB_COLUMNS:
        op.execute(f"ALTER TABLE account_job ADD COLUMN {column}")
    for name in ("next_at", "lease_until", "done_at"):
        op.add_column("account_job", sa.Column(name, MOMENT, nullable=True))
    # Jobs that waited for this: one a customer stays, the last.
    op.execute("UPDATE account_job SET key = 'job-' || id, next_at = at")
    op.execute(
        "UPDATE account_job SET state = 'failed' WHERE state = 'queued' AND id NOT IN"
        " (SELECT max(id) FROM account_job WHERE state = 'queued' GROUP BY customer_id)"
    )
    op.create_index("uq_account_job_key", "account_job", ["key"], unique=True)
    op.create_index(
        "uq_account_job_open",
        "account_job",
        ["customer_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _mail_job() -> None:
    op.create_table(
        "mail_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name="ck_mail_job_state_known"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_mail_job_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_job"),
        sa.UniqueConstraint("key", name="uq_mail_job_key"),
    )
    op.create_index("ix_mail_job_customer_id", "mail_job", ["customer_id"])


def _print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("device_job", sa.String(), nullable=False),
        sa.Column("reprint_of", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'claimed', 'waiting', 'sending', 'sent', 'done', 'verified',"
            " 'unknown', 'failed', 'cancelled')",
            name="ck_print_job_state_known",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_print_job_customer_id"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_print_job_desk_id"),
        sa.ForeignKeyConstraint(["reprint_of"], ["print_job.id"], name="fk_print_job_reprint_of"),
        sa.ForeignKeyConstraint(["resolved_by"], ["staff.id"], name="fk_print_job_resolved_by"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_print_job_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_print_job"),
        sa.UniqueConstraint("key", name="uq_print_job_key"),
    )
    for column in ("desk_id", "customer_id", "state"):
        op.create_index(f"ix_print_job_{column}", "print_job", [column])
    op.create_index(
        "uq_print_job_at_printer",
        "print_job",
        ["desk_id", "printer"],
        unique=True,
        sqlite_where=AT_THE_PRINTER,
        postgresql_where=AT_THE_PRINTER,
    )


def _printer_sight() -> None:
    op.create_table(
        "printer_sight",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("readiness", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_printer_sight_desk_id"),
        sa.PrimaryKeyConstraint("desk_id", "printer", name="pk_printer_sight"),
    )


def _worker() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_worker_desk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_index("ix_worker_desk_id", "worker", ["desk_id"])
