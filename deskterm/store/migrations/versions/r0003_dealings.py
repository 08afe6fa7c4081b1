"""What customers do: membership periods, loans, holds, and the ledger of what they owe."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _hold()
    _loan()
    _membership_period()
    _ledger_entry()


def _hold() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("pickup_branch", sa.String(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("ready_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('B', 'N', 'I', 'O', 'E')", name="ck_hold_kind_known"),
        sa.CheckConstraint(
            "status IN ('A', 'T', 'O', 'B', 'U', 'R', 'Z')", name="ck_hold_status_known"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.actor_id"], name="fk_hold_customer_id"),
        sa.ForeignKeyConstraint(["pickup_branch"], ["branch.code"], name="fk_hold_pickup_branch"),
        sa.ForeignKeyConstraint(["title_id"], ["title.id"], name="fk_hold_title_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hold"),
        sa.UniqueConstraint("number", name="uq_hold_number"),
    )
    op.create_index("ix_hold_customer_id", "hold", ["customer_id"])


def _loan() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_loan_branch_code"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.actor_id"], name="fk_loan_customer_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_loan_item_id"),
        sa.PrimaryKeyConstraint("id", name="pk_loan"),
    )
    op.create_index("ix_loan_customer_id", "loan", ["customer_id"])
    op.create_index("ix_loan_item_id", "loan", ["item_id"])
    op.create_index(
        "uq_loan_item_out",
        "loan",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("returned_on IS NULL"),
        postgresql_where=sa.text("returned_on IS NULL"),
    )


def _membership_period() -> None:
    op.create_table(
        "membership_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("membership_code", sa.String(), nullable=False),
        sa.Column("begin_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.CheckConstraint("end_on >= begin_on", name="ck_membership_period_end_after_begin"),
        sa.CheckConstraint("status BETWEEN 1 AND 9", name="ck_membership_period_status_known"),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name="fk_membership_period_branch_code"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_membership_period_customer_id"
        ),
        sa.ForeignKeyConstraint(
            ["membership_code"],
            ["membership_type.code"],
            name="fk_membership_period_membership_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership_period"),
    )
    op.create_index("ix_membership_period_customer_id", "membership_period", ["customer_id"])


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("booking_code", sa.String(), nullable=False),
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=True),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(charge_id IS NULL) = (kind IN ('charge', 'credit'))", name="ck_ledger_entry_settles"
        ),
        sa.CheckConstraint(
            "account IN ('contribution', 'registration', 'credit')",
            name="ck_ledger_entry_account_known",
        ),
        sa.CheckConstraint(
            "kind IN ('charge', 'payment', 'waiver', 'correction', 'credit')",
            name="ck_ledger_entry_kind_known",
        ),
        sa.CheckConstraint("amount_cents <> 0", name="ck_ledger_entry_amount_not_zero"),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name="fk_ledger_entry_branch_code"
        ),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["ledger_entry.id"], name="fk_ledger_entry_charge_id"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_ledger_entry_customer_id"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_ledger_entry_desk_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_ledger_entry_item_id"),
        sa.ForeignKeyConstraint(
            ["period_id"], ["membership_period.id"], name="fk_ledger_entry_period_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_ledger_entry_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
    )
    op.create_index("ix_ledger_entry_charge_id", "ledger_entry", ["charge_id"])
    op.create_index("ix_ledger_entry_customer_id", "ledger_entry", ["customer_id"])
