"""Finding customers: the folded texts kept for it, and the questions asked of them."""

from deskterm.store.search.asks import SearchTerms
from deskterm.store.search.fields import search
from deskterm.store.search.keys import address_keys, door_keys, index_customer, keys_of
from deskterm.store.search.names import find
from deskterm.store.search.relatives import family, housemates

__all__ = [
    "SearchTerms", "address_keys", "door_keys", "family", "find", "housemates", "index_customer",
    "keys_of", "search",
]  # fmt: skip
