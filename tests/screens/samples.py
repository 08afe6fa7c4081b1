"""Customers as the services answer with them: seed document 1's, and one with all there can be."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

from deskterm.views.customer import (
    AddressView,
    Block,
    BlockNote,
    CardView,
    ChoiceView,
    CustomerView,
    LogLine,
    PeriodView,
    Person,
    PreferenceView,
    RelationView,
    RoleView,
)

SEED_BLOCK = Block(
    actor_id=413700,
    card_number="29401000075868",
    branch_code="9401",
    branch_name="Annen",
    membership_name="Compleet",
    status=9,
    end_reason="Afgevoerd",
    valid=False,
    valid_until=date(2023, 7, 31),
    title="Dhr.",
    display_name="Dhr. T. Testabo",
    street_line="Kruisakkers 41",
    place_line="9468 BG ANNEN",
    born=date(1985, 1, 1),
    age=39,
    last_activity_on=date(2022, 7, 6),
    on_loan=0,
    active_cards=1,
    contribution_cents=0,
    registration_cents=0,
    punches=0,
    credit_cents=0,
    over_limit=frozenset(),
    has_messages=False,
    block_kinds=(),
)

_BLANKS: dict[object, object] = {str: "", bool: False, int: 0, date: date(2022, 7, 4)}
_BLANK_PERSON: dict[str, Any] = {field.name: _BLANKS.get(field.type) for field in fields(Person)}
EMPTY_PERSON = Person(**_BLANK_PERSON)


def _period(number: int, begin: date, end: date, status: int, reason: str) -> PeriodView:
    return PeriodView(
        id=number,
        institution_code="1001",
        branch_code="9401",
        begin_on=begin,
        end_on=end,
        membership_code="53",
        membership_name="Compleet",
        status=status,
        end_reason=reason,
        price_cents=6000,
        sector="BIEB",
    )


SEED = CustomerView(
    actor_id=413700,
    version=1,
    block=SEED_BLOCK,
    person=replace(
        EMPTY_PERSON,
        customer_type="00",
        branch_code="9401",
        title="Dhr.",
        initials="T.",
        surname="Testabo",
        sex="M",
        born=date(1985, 1, 1),
    ),
    names={"customer_type": "Reguliere klant"},
    addresses=(
        AddressView(1, "home", "Kruisakkers", "41", "", "9468 BG", "ANNEN", "NL", None, None),
    ),
    periods=(
        _period(2, date(2022, 7, 6), date(2023, 7, 31), 9, "Afgevoerd"),
        _period(1, date(2022, 7, 4), date(2022, 7, 5), 2, ""),
    ),
    cards=(
        CardView(
            id=1,
            number="29401000075868",
            kind="main",
            status="active",
            branch_code="9401",
            branch_name="Annen",
            issued_on=date(2022, 7, 4),
            last_used_on=date(2022, 7, 6),
        ),
    ),
    messages=(),
    blocks=(),
    log=(),
    roles=(),
    profiles=(),
    labels=(),
    newsletters=(),
    badges=(),
    preferences=(),
    relations=(),
    loans=(),
    holds=(),
    charges=(),
    changed_at=datetime(2022, 7, 6, 12, 5, tzinfo=UTC),
    changed_by=9001,
)


def crowded_block(text: str) -> Block:
    """A block with every hint and limit, every text of which is `text`."""
    return replace(
        SEED_BLOCK,
        branch_name=text,
        membership_name=text,
        end_reason=text,
        display_name=text,
        street_line=text,
        place_line=text,
        age=101,
        on_loan=120,
        registration_cents=1234567,
        over_limit=frozenset({"on_loan", "registration_cents"}),
        has_messages=True,
        block_kinds=("general", "collections", "missing"),
    )


def crowded(text: str) -> CustomerView:
    """A customer with something on every tab, every text of which is `text`."""
    words: dict[str, Any] = {field.name: text for field in fields(Person) if field.type is str}
    person = replace(EMPTY_PERSON, **words)
    person = replace(person, sex="I", card_missing_on=date(2026, 3, 1))
    day = date(2026, 3, 15)
    moment = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)
    choice = ChoiceView("theme", "DET", text, chosen=True, since=day, group=text)
    card = SEED.cards[0]
    return replace(
        SEED,
        block=crowded_block(text),
        person=person,
        names={},
        addresses=(
            AddressView(1, "home", text, text, text, text, text, "NL", day, day),
            AddressView(2, "post", text, text, text, text, text, "BE", None, None),
        ),
        periods=tuple(
            replace(SEED.periods[0], id=status, status=status, membership_name=text)
            for status in range(1, 10)
        ),
        cards=(
            replace(card, branch_name=text),
            replace(card, id=2, kind="extra", status="blocked"),
            replace(card, id=3, kind="extra", status="replaced", last_used_on=None),
        ),
        messages=(text, text, text, text),
        blocks=(BlockNote(1, "general", text, day), BlockNote(2, "collections", "", day)),
        log=(
            LogLine(moment, text, text, "edit", "email", text, text),
            LogLine(moment, text, text, "card.block", "", "", text),
            LogLine(moment, "", "", text, text, text, ""),
        ),
        roles=(RoleView(1, "ABO", text, day, None), RoleView(2, "ABO", text, day, day)),
        profiles=(choice, replace(choice, code="SCI", chosen=False)),
        labels=(choice,),
        newsletters=(choice,),
        badges=(choice, replace(choice, code="OPEN", chosen=False, since=None)),
        preferences=(PreferenceView("HR1", text, "M", "MFI"), PreferenceView("NBF", text, "", "F")),
        relations=(RelationView("parent", 413701, text),),
    )
