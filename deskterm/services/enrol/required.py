"""Which fields of the data form must be filled in, by institution and customer type."""

from collections.abc import Mapping

from deskterm.services.settings import value_of

PREFIX = "enrol.required"
_PEOPLE_ONLY = frozenset({"born", "initials", "first_name"})
"""What an institution does not have."""


def required(
    settings: Mapping[str, str], institution: str, customer_type: str, *, is_institution: bool
) -> frozenset[str]:
    """Give the names of the fields; the setting that says most about the customer counts.

    `enrol.required.<institution>.<customer type>`, then `enrol.required.<institution>`, then
    `enrol.required`: names of `services.editing.save`, parted by blanks.
    """
    own = (f"{PREFIX}.{institution}.{customer_type}", f"{PREFIX}.{institution}")
    found = next((settings[key] for key in own if key in settings), None)
    names = frozenset((found if found is not None else value_of(settings, PREFIX)).split())
    return names - _PEOPLE_ONLY if is_institution else names
