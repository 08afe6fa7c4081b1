"""Memberships in full: terms of types, discounts, costs, fee zones, and work under way."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Widen the tables that are there, then make the new ones."""
    _membership_type()
    _membership_period()
    op.create_index("ix_customer_email", "customer", ["email"])
    _discount()
    _cost()
    _fee_zone()
    _draft()
    _done_act()
    _account_job()
    _letter()
    _month_run()


def _membership_type() -> None:
    # Plain SQL, which both engines take: Alembic would copy the table for a CHECK on SQLite, and
    # the rows that refer to it are in the way.
    for column in (
        "term VARCHAR DEFAULT 'months' NOT NULL CONSTRAINT ck_membership_type_term_known"
        " CHECK (term IN ('months', 'fixed_month', 'fixed_date', 'days'))",
        "expiry_month INTEGER CONSTRAINT ck_membership_type_expiry_month_known"
        " CHECK (expiry_month BETWEEN 1 AND 12)",
        "expires_on DATE",
        "days INTEGER",
        "renews BOOLEAN DEFAULT TRUE NOT NULL",
        "debit_only BOOLEAN DEFAULT FALSE NOT NULL",
        "next_code VARCHAR DEFAULT '' NOT NULL",
        "bill_before INTEGER DEFAULT 1 NOT NULL",
        "remind_after INTEGER DEFAULT 1 NOT NULL",
        "overdue_after INTEGER DEFAULT 1 NOT NULL",
        "end_after INTEGER DEFAULT 1 NOT NULL",
    ):
        op.execute(f"ALTER TABLE membership_type ADD COLUMN {column}")


def _membership_period() -> None:
    for name in ("tariff_code", "ending_reason"):
        op.add_column(
            "membership_period", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
    op.add_column("membership_period", sa.Column("status_on", sa.Date(), nullable=True))


def _discount() -> None:
    op.create_table(
        "discount",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("membership_code", sa.String(), nullable=True),
        sa.Column("branch_code", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("only_new", sa.Boolean(), nullable=False),
        sa.Column("selection_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100 AND cents >= 0", name="ck_discount_not_negative"
        ),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_discount_branch_code"),
        sa.ForeignKeyConstraint(
            ["membership_code"], ["membership_type.code"], name="fk_discount_membership_code"
        ),
        sa.PrimaryKeyConstraint("code", name="pk_discount"),
    )


def _cost() -> None:
    op.create_table(
        "cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("booking_code", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("price_cents >= 0", name="ck_cost_price_not_negative"),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_cost_branch_code"),
        sa.PrimaryKeyConstraint("id", name="pk_cost"),
    )
    op.create_index("ix_cost_code", "cost", ["code"])


def _fee_zone() -> None:
    op.create_table(
        "fee_zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("from_postcode", sa.Integer(), nullable=False),
        sa.Column("to_postcode", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_postcode <= to_postcode", name="ck_fee_zone_in_order"),
        sa.PrimaryKeyConstraint("id", name="pk_fee_zone"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_draft_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("staff_id", "kind", "key", name="uq_draft_staff_id_kind_key"),
    )


def _done_act() -> None:
    op.create_table(
        "done_act",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("charge_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["charge_id"], ["ledger_entry.id"], name="fk_done_act_charge_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_done_act_customer_id"
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["membership_period.id"], name="fk_done_act_period_id"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_done_act"),
    )


def _account_job() -> None:
    op.create_table(
        "account_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('create', 'link')", name="ck_account_job_kind_known"),
        sa.CheckConstraint(
            "state IN ('queued', 'done', 'failed')", name="ck_account_job_state_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_account_job_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_job"),
    )
    op.create_index("ix_account_job_customer_id", "account_job", ["customer_id"])


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'written', 'no_address')", name="ck_letter_state_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_letter_customer_id"
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["membership_period.id"], name="fk_letter_period_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint(
            "customer_id", "kind", "period_id", "day",
            name="uq_letter_customer_id_kind_period_id_day",
        ),
    )  # fmt: skip
    op.create_index("ix_letter_customer_id", "letter", ["customer_id"])


def _month_run() -> None:
    op.create_table(
        "month_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_month_run"),
    )
