"""The library: institutions, branches, desks, staff, word lists, memberships, its catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _institution()
    _library_setting()
    _membership_type()
    _title()
    _word()
    _branch()
    _desk()
    _item()
    _staff()
    _tariff()


def _institution() -> None:
    op.create_table(
        "institution",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_institution"),
    )


def _library_setting() -> None:
    op.create_table(
        "library_setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_library_setting"),
    )


def _membership_type() -> None:
    op.create_table(
        "membership_type",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("customer_types", sa.String(), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=False),
        sa.Column("to_age", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("max_items", sa.Integer(), nullable=True),
        sa.Column("max_open_cents", sa.Integer(), nullable=True),
        sa.Column("max_holds", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_membership_type"),
    )


def _title() -> None:
    op.create_table(
        "title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_title"),
    )


def _word() -> None:
    op.create_table(
        "word",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("nl", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name="pk_word"),
    )


def _branch() -> None:
    op.create_table(
        "branch",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("institution_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("card_scheme", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_code"], ["institution.code"], name="fk_branch_institution_code"
        ),
        sa.PrimaryKeyConstraint("code", name="pk_branch"),
    )
    op.create_index("ix_branch_institution_code", "branch", ["institution_code"])


def _desk() -> None:
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_desk_branch_code"),
        sa.PrimaryKeyConstraint("id", name="pk_desk"),
    )
    op.create_index("ix_desk_branch_code", "desk", ["branch_code"])


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_item_branch_code"),
        sa.ForeignKeyConstraint(["title_id"], ["title.id"], name="fk_item_title_id"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("number", name="uq_item_number"),
    )
    op.create_index("ix_item_title_id", "item", ["title_id"])


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("card_number", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("pin_must_change", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('BALIEBHR', 'CATABASIS', 'CATAPLUS', 'BESTELBHR', 'ADMIN')",
            name="ck_staff_role_known",
        ),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_staff_branch_code"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("actor_id", name="uq_staff_actor_id"),
        sa.UniqueConstraint("card_number", name="uq_staff_card_number"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
    )


def _tariff() -> None:
    op.create_table(
        "tariff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_code", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=True),
        sa.Column("tariff_code", sa.String(), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=False),
        sa.Column("to_age", sa.Integer(), nullable=False),
        sa.Column("fee_zone", sa.String(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("price_cents >= 0", name="ck_tariff_price_not_negative"),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_tariff_branch_code"),
        sa.ForeignKeyConstraint(
            ["membership_code"], ["membership_type.code"], name="fk_tariff_membership_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tariff"),
    )
    op.create_index("ix_tariff_membership_code", "tariff", ["membership_code"])
