"""Wrong PINs counted per desk, so that guessing at one desk locks nobody out of another."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)
# What was counted until now was counted for all desks: it goes on for those that are not known.
CARRY_OVER = """
    INSERT INTO pin_tries (subject, act, desk_id, tries, wrong_at, locked_until)
    SELECT 'staff:' || id, '{act}', 0, {tries}, {until}, {until} FROM staff
    WHERE {tries} > 0 AND {until} IS NOT NULL
"""


def upgrade() -> None:
    """Make the table, and take the columns away that it replaces."""
    op.create_table(
        "pin_tries",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("wrong_at", MOMENT, nullable=True),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.Column("right_at", MOMENT, nullable=True),
        sa.CheckConstraint("act IN ('sign_in', 'authorise')", name="ck_pin_tries_act_known"),
        sa.PrimaryKeyConstraint("subject", "act", "desk_id", name="pk_pin_tries"),
    )
    columns = (
        ("sign_in", "failed_tries", "locked_until"),
        ("authorise", "sign_tries", "sign_locked_until"),
    )
    for act, tries, until in columns:
        op.execute(CARRY_OVER.format(act=act, tries=tries, until=until))
        # Plain SQL, as Alembic would copy the table on SQLite, which others refer to.
        op.execute(f"ALTER TABLE staff DROP COLUMN {tries}")
        op.execute(f"ALTER TABLE staff DROP COLUMN {until}")
