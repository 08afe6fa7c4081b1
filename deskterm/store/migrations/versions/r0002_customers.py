"""Customers: who they are, where they live, their cards, choices, messages and blocks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _change_log()
    _customer()
    _acknowledgement()
    _address()
    _block()
    _card()
    _customer_badge()
    _customer_label()
    _customer_profile()
    _customer_role()
    _message()
    _notification_preference()
    _relation()


def _change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_actor_id", sa.Integer(), nullable=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_log"),
    )
    op.create_index("ix_change_log_customer_id", "change_log", ["customer_id"])


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_type", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("stop", sa.String(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("last_activity_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("preferred_first_name", sa.String(), nullable=False),
        sa.Column("preferred_surname", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("organization_type", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("phone2", sa.String(), nullable=False),
        sa.Column("phone3", sa.String(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=False),
        sa.Column("fax", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_bcc1", sa.String(), nullable=False),
        sa.Column("email_bcc2", sa.String(), nullable=False),
        sa.Column("billing_email", sa.String(), nullable=False),
        sa.Column("contact_person", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("id_country", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("bic", sa.String(), nullable=False),
        sa.Column("direct_debit", sa.Boolean(), nullable=False),
        sa.Column("switch_service", sa.Boolean(), nullable=False),
        sa.Column("mandate_given_on", sa.Date(), nullable=True),
        sa.Column("mandate_revoked_on", sa.Date(), nullable=True),
        sa.Column("selection_code", sa.String(), nullable=False),
        sa.Column("statistical_category", sa.String(), nullable=False),
        sa.Column("bypassed_checkins", sa.Integer(), nullable=False),
        sa.Column("punches", sa.Integer(), nullable=False),
        sa.Column("login_failures", sa.Integer(), nullable=False),
        sa.Column("notify_previous", sa.Boolean(), nullable=False),
        sa.Column("show_history", sa.Boolean(), nullable=False),
        sa.Column("erase_history", sa.Boolean(), nullable=False),
        sa.Column("card_missing_on", sa.Date(), nullable=True),
        sa.Column("receipts", sa.Boolean(), nullable=False),
        sa.Column("hold_messages", sa.Boolean(), nullable=False),
        sa.Column("classification", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("external_number", sa.String(), nullable=False),
        sa.Column("external_number2", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("private_comment", sa.String(), nullable=False),
        sa.Column("target_group", sa.String(), nullable=False),
        sa.Column("no_information", sa.Boolean(), nullable=False),
        sa.Column("no_marketing", sa.Boolean(), nullable=False),
        sa.Column("no_mail", sa.Boolean(), nullable=False),
        sa.Column("no_email", sa.Boolean(), nullable=False),
        sa.Column("no_phone", sa.Boolean(), nullable=False),
        sa.Column("no_website", sa.Boolean(), nullable=False),
        sa.Column("loans_this_year", sa.Integer(), nullable=False),
        sa.Column("loans_last_year", sa.Integer(), nullable=False),
        sa.Column("loans_total", sa.Integer(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name_text", sa.String(), nullable=False),
        sa.Column("contact_text", sa.String(), nullable=False),
        sa.Column("place_key", sa.String(), nullable=False),
        sa.CheckConstraint("sex IN ('M', 'V', 'I', 'X')", name="ck_customer_sex_known"),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_customer_branch_code"),
        sa.PrimaryKeyConstraint("actor_id", name="pk_customer"),
    )
    op.create_index("ix_customer_born", "customer", ["born"])
    op.create_index("ix_customer_branch_code", "customer", ["branch_code"])
    op.create_index("ix_customer_external_number", "customer", ["external_number"])
    op.create_index("ix_customer_external_number2", "customer", ["external_number2"])
    op.create_index("ix_customer_place_key", "customer", ["place_key"])
    op.create_index("ix_customer_username", "customer", ["username"])


def _acknowledgement() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("answer IN ('continue', 'end')", name="ck_acknowledgement_answer_known"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_acknowledgement_customer_id"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_acknowledgement_desk_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_acknowledgement_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement"),
    )
    op.create_index("ix_acknowledgement_customer_id", "acknowledgement", ["customer_id"])


def _address() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("house_number", sa.String(), nullable=False),
        sa.Column("house_addition", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("postcode_key", sa.String(), nullable=False),
        sa.Column("street_key", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('home', 'post', 'student', 'work')", name="ck_address_kind_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_address_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
    )
    op.create_index("ix_address_customer_id", "address", ["customer_id"])
    op.create_index("ix_address_postcode_key", "address", ["postcode_key"])
    op.create_index("ix_address_street_key", "address", ["street_key"])


def _block() -> None:
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('general', 'collections', 'payment', 'internet', 'missing', 'address',"
            " 'public')",
            name="ck_block_kind_known",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_block_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_block"),
    )
    op.create_index("ix_block_customer_id", "block", ["customer_id"])
    op.create_index(
        "uq_block_in_force",
        "block",
        ["customer_id", "kind"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )


def _card() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('main', 'extra')", name="ck_card_kind_known"),
        sa.CheckConstraint(
            "status IN ('active', 'blocked', 'replaced')", name="ck_card_status_known"
        ),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_card_branch_code"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.actor_id"], name="fk_card_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint("number", name="uq_card_number"),
    )
    op.create_index("ix_card_customer_id", "card", ["customer_id"])
    op.create_index(
        "uq_card_one_main",
        "card",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'main' AND status <> 'replaced'"),
        postgresql_where=sa.text("kind = 'main' AND status <> 'replaced'"),
    )


def _customer_badge() -> None:
    op.create_table(
        "customer_badge",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_customer_badge_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "code", name="pk_customer_badge"),
    )


def _customer_label() -> None:
    op.create_table(
        "customer_label",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_customer_label_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "kind", "code", name="pk_customer_label"),
    )


def _customer_profile() -> None:
    op.create_table(
        "customer_profile",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_customer_profile_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "kind", "code", name="pk_customer_profile"),
    )


def _customer_role() -> None:
    op.create_table(
        "customer_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("begin_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_customer_role_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_customer_role"),
    )
    op.create_index("ix_customer_role_customer_id", "customer_role", ["customer_id"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_message_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "line", name="pk_message"),
    )


def _notification_preference() -> None:
    op.create_table(
        "notification_preference",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("message_kind", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_notification_preference_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "message_kind", name="pk_notification_preference"),
    )


def _relation() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('parent', 'payer', 'partner', 'institution')", name="ck_relation_kind_known"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_relation_customer_id"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["customer.actor_id"], name="fk_relation_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
    )
    op.create_index("ix_relation_customer_id", "relation", ["customer_id"])
    op.create_index("ix_relation_other_id", "relation", ["other_id"])
