"""Cards that a desk handed out, so that a replacement can be taken back the same day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "card_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("old_number", sa.String(), nullable=False),
        sa.Column("old_kind", sa.String(), nullable=False),
        sa.Column("old_status", sa.String(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('main', 'extra')", name="ck_card_issue_kind_known"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_card_issue_customer_id"
        ),
        sa.ForeignKeyConstraint(["charge_id"], ["ledger_entry.id"], name="fk_card_issue_charge_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_card_issue_staff_id"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_card_issue_desk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_issue"),
        sa.UniqueConstraint("key", name="uq_card_issue_key"),
    )
    op.create_index("ix_card_issue_customer_id", "card_issue", ["customer_id"])
