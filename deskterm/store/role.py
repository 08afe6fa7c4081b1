"""The role of desks and workers on a PostgreSQL server: what they do, and nothing else.

The tables belong to another role, which makes and upgrades them. Rows of the books can be added by
desks, never changed or removed, not even by one that speaks SQL itself: the two columns of them
that a role may write are guarded by triggers (migration 0011).
"""

import re

from deskterm.store.tables import metadata

APPEND_ONLY = frozenset({"change_log", "ledger_act", "ledger_entry", "till_entry"})
"""Tables whose rows are only ever added; their triggers refuse the same to everybody."""
REWRITTEN = {
    "change_log": ("old", "new", "erased"),
    "ledger_act": ("customer_id", "reason"),
    "ledger_entry": ("customer_id", "description", "item_id", "reason"),
}
"""Columns of those that a person's erasure and a merge do write; the triggers see to it that
nothing else is done with them."""
EMPTIED = frozenset(
    {
        "account_job", "acknowledgement", "address", "card", "customer_badge", "customer_label",
        "customer_profile", "customer_role", "deed_row", "draft", "hold", "known_address", "loan",
        "local_account", "login_account", "message", "notification_preference", "pin_tries",
        "relation", "saved_search", "viewing", "worker",
    }
)  # fmt: skip
"""Tables that desks take rows out of."""

_SCRIPT = """\
-- The rights of the role {name} in a library of deskterm. Run it in the library's database as
-- the administrator of the server, and again after every upgrade of deskterm:
--   deskterm store role {name} | psql -1 -v ON_ERROR_STOP=1 -d DATABASE
-- Its password is not in here; give it one with \\password in psql.
DO $$
DECLARE
    role_name text := '{name}';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I LOGIN', role_name);
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), role_name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role_name);
    EXECUTE format(
        'GRANT USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA %I TO %I', current_schema(), role_name
    );
END $$;
-- For connections whose settings a pooler leaves out.
ALTER ROLE {name} SET timezone = 'UTC';
ALTER ROLE {name} SET lock_timeout = '5s';
ALTER ROLE {name} SET idle_in_transaction_session_timeout = '60s';
GRANT SELECT ON alembic_version TO {name};
GRANT SELECT, INSERT ON
    {every}
    TO {name};
GRANT UPDATE ON
    {changed}
    TO {name};
{rewritten}GRANT DELETE ON
    {emptied}
    TO {name};
"""


def script(role: str) -> str:
    """SQL for psql that makes the role if need be, and gives it these rights and no others.

    `role` is a name that needs no quotes (`is_plain`).
    """
    every = frozenset(metadata.tables)
    return _SCRIPT.format(
        name=role,
        every=_listed(every),
        changed=_listed(every - APPEND_ONLY),
        emptied=_listed(EMPTIED),
        rewritten="".join(
            f'GRANT UPDATE ({", ".join(columns)}) ON "{table}" TO {role};\n'
            for table, columns in REWRITTEN.items()
        ),
    )


def is_plain(name: str) -> bool:
    """Whether a role's name is taken as it is written, wherever it stands."""
    return re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name) is not None


def _listed(tables: frozenset[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(tables))
