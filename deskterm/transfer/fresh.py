"""A line that the store has no customer for yet."""

from datetime import date

from deskterm.rules.faults import N_, RuleFault
from deskterm.services.edit.draft import Value
from deskterm.store.search.keys import address_keys, keys_of
from deskterm.transfer.changes import Changes
from deskterm.transfer.columns import LISTS
from deskterm.transfer.known import Row
from deskterm.transfer.parsing import Library, Parsed, complete_period


def check(line: Parsed, library: Library) -> None:
    """Note the faults of a line that are faults only because the customer is new."""
    for name in ("surname", "branch_code"):
        if not line.person.get(name) and name not in (fault[0] for fault in line.faults):
            line.fault(name, RuleFault(N_("{label} moet ingevuld worden.")))
    if line.faults:
        return
    if line.period is not None:
        code, today = str(line.period["membership_code"]), library.facts.today
        branch = str(line.person["branch_code"])
        begin = _registered_on(line, today)
        try:
            complete_period(line.period, begin, branch, library.memberships[code], today)
        except RuleFault as fault:
            line.fault("membership_end", fault)


def add(changes: Changes, line: Parsed, actor_id: int) -> None:
    """Take a new customer with everything the line says."""
    today = changes.maker.day
    branch = str(line.person["branch_code"])
    registered_on = _registered_on(line, today)
    addresses = addresses_of(line)
    person: dict[str, Value] = {**line.person, "registered_on": registered_on}
    changes.add(
        "customer",
        actor_id=actor_id,
        changed_at=changes.maker.at,
        changed_by=changes.maker.staff_actor_id,
        **person,
        **keys_of(person, addresses),
    )
    for address in addresses:
        changes.add("address", customer_id=actor_id, **address, **address_keys(address))
    if line.card_number:
        add_card(changes, line, actor_id, branch, registered_on)
    for period in line.lists.get("more_memberships", ()):
        changes.add("membership_period", customer_id=actor_id, **period)
    if line.period is not None:
        changes.add("membership_period", customer_id=actor_id, **line.period)
    for number, text in (line.messages or {}).items():
        if text:
            changes.add("message", customer_id=actor_id, line=number, text=text)
    for kind, note in line.blocks.items():
        changes.add("block", customer_id=actor_id, kind=kind, note=note, since=today)
    for column in LISTS:
        if column.table not in ("address", "membership_period"):
            for row in line.lists.get(column.name, ()):
                changes.add(column.table, customer_id=actor_id, **row)
    changes.log(actor_id, line.number, "", "")


def add_card(changes: Changes, line: Parsed, actor_id: int, branch: str, day: date) -> None:
    """The hoofdpas of a customer who has none yet."""
    values = {"issued_on": day, **line.card}
    changes.add("card", number=line.card_number, customer_id=actor_id, branch_code=branch, **values)


def addresses_of(line: Parsed) -> list[Row]:
    """All addresses of a line, numbered as they come."""
    rows: list[Row] = []
    if line.address is not None:
        rows.append({**line.address, "position": 1})
    if line.second_address is not None:
        rows.append({**line.second_address, "position": 2})
    rows.extend(line.lists.get("more_addresses", ()))
    return rows


def _registered_on(line: Parsed, today: date) -> date:
    value = line.person.get("registered_on")
    return value if isinstance(value, date) else today
