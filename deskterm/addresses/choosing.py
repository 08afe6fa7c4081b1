"""Which register of addresses a library asks."""

from deskterm.addresses.model import AddressRegister
from deskterm.addresses.options import AddressOptions


def choose(options: AddressOptions) -> AddressRegister | None:
    """The register that the options name, which is not asked yet; None for none."""
    from deskterm.addresses.pdok import Pdok
    from deskterm.addresses.vlaanderen import Vlaanderen

    if options.lookup == "pdok":
        return Pdok(options.url, options.budget_s)
    if options.lookup == "vlaanderen":
        return Vlaanderen(options.url, options.budget_s)
    return None
