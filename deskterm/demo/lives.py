"""What happened to the invented customers: memberships, cards, loans, money, blocks."""

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from deskterm.demo.days import months_after
from deskterm.demo.people import Household, Person
from deskterm.demo.records import Records
from deskterm.rules.blocks import BlockKind
from deskterm.rules.membership import MembershipStatus as Status
from deskterm.rules.names import fold

FIRST_ACTOR_ID = 500_001
_FIRST_SERIAL = 10_000
_OLD_CARD_SERIAL = 50_000_000
_EXTRA_CARD_SERIAL = 60_000_000

_STATUSES = (
    Status.NORMAL, Status.BILLED, Status.REMINDED, Status.OVERDUE, Status.NEW,
    Status.WEB_VERIFIED, Status.WEB_UNVERIFIED, Status.BLACKLISTED, Status.ENDED,
)  # fmt: skip
_SHARES = tuple(accumulate((760, 60, 20, 20, 10, 8, 5, 7, 110)))
_OWING = (Status.BILLED, Status.REMINDED, Status.OVERDUE)
_PRICES = {"52": 5400, "53": 6250, "54": 4200, "61": 2500, "62": 3000}
"""Cents by membership type; the others are free."""
_MESSAGES = ("Adres controleren", "E-mailadres vragen", "Pas gevonden, ligt bij de balie")
_END_REASONS = ("AF", "AF", "OP", "VH", "NB", "GB")


@dataclass(frozen=True, slots=True)
class _Life:
    """Who it is about, where it is written, and what decides most of it."""

    records: Records
    random: Random
    person: Person
    number: int
    branch: str
    status: Status
    registered_on: date
    last_activity_on: date

    @property
    def actor_id(self) -> int:
        return FIRST_ACTOR_ID + self.number

    @property
    def day(self) -> date:
        return self.records.day


def write(records: Records, home: Household, first_number: int, limit: int) -> int:
    """Take at most `limit` people of a household, counted on from `first_number`.

    The answer is how many were taken.
    """
    taken = home.people[:limit]
    ids = [FIRST_ACTOR_ID + first_number + place for place in range(len(taken))]
    for number, person in enumerate(taken, start=first_number):
        _write_person(records, home, person, number)
    for actor_id, person in zip(ids[1:], taken[1:], strict=True):
        kind = "parent" if person.age < 18 else "partner"
        records.writer.add("relation", customer_id=actor_id, other_id=ids[0], kind=kind)
    return len(taken)


def _write_person(records: Records, home: Household, person: Person, number: int) -> None:
    random, day = home.random, records.day
    status = _STATUSES[bisect(_SHARES, random.randrange(_SHARES[-1]))]
    registered_on = _registered(person, status, random, day)
    last_activity_on = max(registered_on, day - timedelta(days=random.randint(0, 300)))
    life = _Life(
        records, random, person, number, home.branch_code, status, registered_on, last_activity_on
    )
    at_home = _at_home(person, status, random)
    records.customer(
        _columns(person, home, random, number)
        | {
            "actor_id": life.actor_id,
            "branch_code": life.branch,
            "customer_type": _customer_type(person, status),
            "registered_on": registered_on,
            "last_activity_on": last_activity_on,
            "loans_this_year": at_home + random.randint(0, 12),
            "loans_last_year": random.randint(0, 40),
            "loans_total": random.randint(40, 400),
        },
        [home.address],
    )
    _write_cards(life)
    _write_membership(life)
    _write_loans(life, at_home)
    _write_past(life)
    _write_blocks(life)


def _columns(person: Person, home: Household, random: Random, number: int) -> dict[str, object]:
    adult = person.age >= 18
    mark = "*" if random.random() < 0.004 and person.age > 60 else ""
    mailbox = fold(f"{person.initials[:1]} {person.prefix} {person.surname}").replace(" ", ".")
    belgian = home.address["country"] == "BE"
    return {
        "title": {"M": "Dhr.", "V": "Mevr."}.get(person.sex, "") if adult else "",
        "initials": person.initials,
        "first_name": person.first_name,
        "prefix": person.prefix,
        "surname": mark + person.surname,
        "sex": person.sex,
        "born": person.born,
        "organization_type": person.organization_type,
        "email": f"{mailbox}{number}@example.org" if adult and random.random() < 0.7 else "",
        "mobile": _mobile(number, belgian=belgian) if adult and random.random() < 0.6 else "",
        "language": "nl_BE" if belgian else "nl_NL",
        "statistical_category": _category(person),
        "external_number": f"LL{number:07}"
        if 6 <= person.age <= 12 and random.random() < 0.2
        else "",
    }


def _mobile(number: int, *, belgian: bool) -> str:
    # Numbers that no operator gives out.
    digits = f"{number % 1_000_000:06}"
    pairs = f"{digits[:2]} {digits[2:4]} {digits[4:]}"
    return f"0400 {pairs}" if belgian else f"06-00 {pairs}"


def _category(person: Person) -> str:
    if person.sex == "I":
        return "INS"
    bands = ((6, "J06"), (12, "J12"), (18, "J18"), (30, "V30"), (64, "V64"))
    return next((code for oldest, code in bands if person.age <= oldest), "V99")


def _customer_type(person: Person, status: Status) -> str:
    if person.sex == "I":
        return "02" if person.organization_type == "SCH" else "03"
    if status in (Status.WEB_VERIFIED, Status.WEB_UNVERIFIED):
        return "06"
    return "01" if person.age <= 18 else "00"


def _membership(person: Person, random: Random) -> str:
    if person.sex == "I":
        return "60" if person.organization_type == "SCH" else "61"
    if person.age <= 18:
        return "50"
    if person.age <= 30:
        return "51"
    return random.choice(("52", "53", "53", "53", "54", "62" if person.age > 75 else "53"))


def _registered(person: Person, status: Status, random: Random, day: date) -> date:
    if status is Status.NEW:
        return day - timedelta(days=random.randint(0, 6))
    years = max(0, min(20, person.age if person.sex != "I" else 12))
    registered_on = day - timedelta(days=random.randint(400, 500 + years * 300))
    return max(registered_on, person.born or registered_on)


def _at_home(person: Person, status: Status, random: Random) -> int:
    if status not in (Status.NORMAL, Status.BILLED) or random.random() > 0.22:
        return 0
    return random.randint(1, 12 if person.sex == "I" else 5)


def _write_cards(life: _Life) -> None:
    if life.status in (Status.WEB_VERIFIED, Status.WEB_UNVERIFIED):
        return
    add, number, random = life.records.card, life.number, life.random
    issued_on, chance = life.registered_on, random.random()
    if chance < 0.05:
        old = _OLD_CARD_SERIAL + number
        add(life.actor_id, life.branch, old, issued_on, kind="extra", status="replaced")
        issued_on = max(issued_on, life.day - timedelta(days=random.randint(1, 900)))
    elif chance < 0.07:
        add(life.actor_id, life.branch, _EXTRA_CARD_SERIAL + number, issued_on, kind="extra")
    add(
        life.actor_id,
        life.branch,
        _FIRST_SERIAL + number,
        issued_on,
        status="blocked" if 0.07 <= chance < 0.08 else "active",
        last_used_on=life.last_activity_on,
    )


def _write_membership(life: _Life) -> None:
    random, status = life.random, life.status
    membership = _membership(life.person, random)
    price = _PRICES.get(membership, 0)
    if not price and status in _OWING:
        status = Status.NORMAL
    ended = status in (Status.ENDED, Status.BLACKLISTED)
    months = random.randint(13, 40) if ended else random.randint(0, 11)
    begin_on = max(life.registered_on, months_after(life.day, -months))
    period = life.records.period(
        life.actor_id,
        life.branch,
        begin_on,
        status=int(status),
        end_reason=random.choice(_END_REASONS) if ended else "",
        sector="EDUB" if membership == "60" else "BIEB",
        membership_code=membership,
        price_cents=price,
    )
    if price and status in (*_OWING, Status.WEB_VERIFIED):
        life.records.charge(
            life.actor_id,
            life.branch,
            day=begin_on,
            account="contribution",
            booking_code="1001",
            amount_cents=price,
            description="Contributie",
            mark="F" if status is Status.BILLED else "H",
            period_id=period,
        )


def _write_loans(life: _Life, count: int) -> None:
    random = life.random
    for _ in range(count):
        lent_on = life.day - timedelta(days=random.choice((1, 4, 8, 12, 15, 18, 20, 20, 27, 33)))
        due_on = lent_on + timedelta(days=21)
        life.records.loan(
            life.actor_id,
            life.branch,
            random,
            lent_on=lent_on,
            due_on=due_on,
            renewals=random.choice((0, 0, 0, 1)),
            reminders=1 if (life.day - due_on).days > 7 else 0,
        )


def _write_past(life: _Life) -> None:
    random = life.random
    if random.random() < 0.1:
        life.records.history(life.actor_id, life.branch, random, random.randint(1, 6))
    if random.random() < 0.06:
        _write_hold(life)
    if random.random() < 0.06:
        life.records.charge(
            life.actor_id,
            life.branch,
            day=life.day - timedelta(days=random.randint(1, 90)),
            account="registration",
            booking_code="2101",
            amount_cents=random.randint(1, 60) * 15,
            description="Te-laat-geld",
        )


def _write_hold(life: _Life) -> None:
    random = life.random
    ready = random.random() < 0.4
    ready_on = life.day - timedelta(days=random.randint(0, 4)) if ready else None
    life.records.hold(
        life.actor_id,
        life.branch,
        random,
        placed_on=life.day - timedelta(days=random.randint(5, 40)),
        status="B" if ready else "A",
        ready_on=ready_on,
        expires_on=ready_on + timedelta(days=7) if ready_on else None,
    )


def _write_blocks(life: _Life) -> None:
    random, add = life.random, life.records.writer.add
    kinds: list[BlockKind] = []
    if life.status in (Status.WEB_VERIFIED, Status.WEB_UNVERIFIED):
        kinds.append(BlockKind.INTERNET)
    if random.random() < 0.01:
        kinds.append(random.choice((BlockKind.GENERAL, BlockKind.ADDRESS, BlockKind.PUBLIC)))
    since = life.day - timedelta(days=random.randint(1, 200))
    for kind in kinds:
        add("block", customer_id=life.actor_id, kind=str(kind), since=since)
    if random.random() < 0.02:
        add("message", customer_id=life.actor_id, line=1, text=random.choice(_MESSAGES))
