"""The columns of a customer file: what the export writes and the import reads.

One line is one customer. Lists that hang on a customer (further cards, blocks, roles) stand as
JSON in one cell each, so that the round trip loses nothing. Loans, money and the change log are
no part of a customer file: `deskterm backup` keeps those.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from deskterm.services.edit import parsers
from deskterm.services.edit.columns import COLUMNS
from deskterm.services.edit.draft import Parser

PERSON: Mapping[str, Parser] = {
    **COLUMNS,
    "registered_on": parsers.day,
    "last_activity_on": parsers.day,
    "card_missing_on": parsers.day,
    "punches": parsers.counter,
    "loans_this_year": parsers.counter,
    "loans_last_year": parsers.counter,
    "loans_total": parsers.counter,
}
"""Columns of the customer itself, each with the reader that editing uses too."""

FLAGS = frozenset(name for name, parser in PERSON.items() if parser is parsers.flag)
KEYS = ("actor_id", "card_number", "external_number")
"""What a line is matched on, in this order."""
CARD = ("card_number", "card_status", "card_issued_on", "card_last_used_on")
ADDRESS = (
    "street", "house_number", "house_addition", "postcode", "place", "country",
    "address_kind", "address_from_on", "address_until_on",
)  # fmt: skip
SECOND_ADDRESS = tuple(
    f"address2_{name}" for name in ("street", "house_number", "postcode", "place", "country")
)
"""Read, never written: other systems have one further address in columns of its own."""
MEMBERSHIP = (
    "membership", "membership_begin", "membership_end", "membership_status",
    "membership_end_reason", "membership_price", "membership_sector", "membership_branch",
)  # fmt: skip
BLOCKS = ("block_general", "block_general_note", "block_address", "block_missing")
"""Read, never written: other systems have a mark per block."""
MESSAGES = ("message.1", "message.2", "message.3", "message.4")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A cell with a JSON list: rows of another table that belong to the customer."""

    name: str
    table: str
    fields: tuple[str, ...]
    where: str = ""
    """Which of the rows: the others stand in columns of their own, or are history."""


LISTS = (
    ListColumn(
        "more_cards", "card",
        ("number", "kind", "status", "branch_code", "issued_on", "last_used_on"),
        "NOT (kind = 'main' AND status <> 'replaced')",
    ),
    ListColumn(
        "more_addresses", "address",
        ("position", "kind", "street", "house_number", "house_addition", "postcode", "place",
         "country", "from_on", "until_on"),
        "position > 1",
    ),
    ListColumn(
        "more_memberships", "membership_period",
        ("branch_code", "membership_code", "begin_on", "end_on", "status", "end_reason",
         "price_cents", "sector"),
    ),
    ListColumn("blocks", "block", ("kind", "note", "since", "set_by"), "lifted_at IS NULL"),
    ListColumn("roles", "customer_role", ("code", "begin_on", "end_on")),
    ListColumn("profiles", "customer_profile", ("kind", "code")),
    ListColumn("labels", "customer_label", ("kind", "code")),
    ListColumn("badges", "customer_badge", ("code", "given_on")),
    ListColumn("preferences", "notification_preference", ("message_kind", "delivery")),
)  # fmt: skip

RELATIONS = ListColumn("relations", "relation", ("kind", "other_id"))
"""Ties to other customers, who may stand further down in the file."""
TIES = (*KEYS, RELATIONS.name)
"""What says whom a line is about and to whom they are tied."""

EXPORTED = (
    "actor_id", *CARD, *PERSON, *ADDRESS, *MEMBERSHIP, *MESSAGES,
    *(item.name for item in (*LISTS, RELATIONS)),
)  # fmt: skip
KNOWN = frozenset((*EXPORTED, *SECOND_ADDRESS, *BLOCKS))
