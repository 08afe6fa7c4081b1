"""What screens hand to the services: plain forms of texts as they were typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The fields of the Search screen; a customer has to match every one that is filled in."""

    number: str = ""
    """Card number, actor-id, or an external number of more than seven characters."""
    external_number: str = ""
    name: str = ""
    """Any part of a name, several words in any order, or the customer tag."""
    given_name: str = ""
    """First name or initials."""
    born: str = ""
    postcode: str = ""
    house_number: str = ""
    street: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    branch: str = ""
    item_number: str = ""
    """Who has this item at home."""
    include_ended: bool = True

    @property
    def is_item(self) -> bool:
        """Whether nothing but who has an item is asked."""
        item = SearchForm(item_number=self.item_number, include_ended=self.include_ended)
        return bool(self.item_number.strip()) and self == item


@dataclass(frozen=True, slots=True)
class StaffForm:
    """A new member of staff; the first PIN is day and month of birth."""

    actor_id: str
    username: str
    name: str
    born: str
    role: str
    branch_code: str
    card_number: str = ""
    language: str = ""
