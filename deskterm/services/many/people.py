"""Many customers at a time, with what hangs on each: a statement for each table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from deskterm.rules.names import display_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address, Block, Customer

AT_A_TIME = 500
"""As many as a statement has room for on any engine."""
Item = TypeVar("Item")


@dataclass(slots=True)
class Person:
    """A customer with addresses, by position, and the blocks in force."""

    customer: "Customer"
    today: date
    addresses: "list[Address]" = field(default_factory=list)
    blocks: "dict[str, Block]" = field(default_factory=dict)

    @property
    def actor_id(self) -> int:
        return self.customer.actor_id or 0

    @property
    def name(self) -> str:
        return name_of(self.customer)

    @property
    def is_gone(self) -> bool:
        """Whether the customer was merged into another one, or erased."""
        customer = self.customer
        return customer.merged_into_id is not None or customer.erased_on is not None

    @property
    def home(self) -> "Address | None":
        """The address that counts: the first one without an end."""
        return next((one for one in self.addresses if lives_at(one, self.today)), None)

    @property
    def home_number(self) -> int:
        """Which of the addresses that is, as tab 2 counts them; 1 without any."""
        home = self.home
        return self.addresses.index(home) + 1 if home else 1


def lives_at(address: "Address", today: date) -> bool:
    """Whether an address has begun and not ended."""
    begun = address.from_on is None or address.from_on <= today
    return begun and (address.until_on is None or address.until_on >= today)


def name_of(customer: "Customer") -> str:
    """The name as the block on the screen has it."""
    return display_name(
        customer.surname,
        prefix=customer.prefix,
        initials=customer.initials,
        first=customer.first_name,
        title=customer.title,
    )


def people_of(session: "Session", actor_ids: Sequence[int], today: date) -> dict[int, Person]:
    """Read so many customers as a statement takes; who is not there is left out."""
    from sqlmodel import col, select

    from deskterm.store.tables import Address, Block, Customer

    people = {
        one.actor_id or 0: Person(one, today)
        for one in session.exec(select(Customer).where(col(Customer.actor_id).in_(actor_ids)))
    }
    addresses = select(Address).where(col(Address.customer_id).in_(actor_ids))
    for address in session.exec(addresses.order_by(col(Address.position), col(Address.id))):
        people[address.customer_id].addresses.append(address)
    blocks = select(Block).where(
        col(Block.customer_id).in_(actor_ids), col(Block.lifted_at).is_(None)
    )
    for block in session.exec(blocks):
        people[block.customer_id].blocks[block.kind] = block
    return people


def in_parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, so many at a time as a statement has room for."""
    for start in range(0, len(items), AT_A_TIME):
        yield items[start : start + AT_A_TIME]
