"""The pop-ups of families: whom a relation is with."""

from deskterm.screens.money.asking import Asked
from deskterm.text import _


class AskWhom(Asked):
    """A customer by card, number or name; a scan lands in the field."""

    help_page = "family"

    def __init__(self, heading: str, typed: str, refusal: str) -> None:
        fields = (("whom", _("Pasnummer, actor-id of naam"), False),)
        super().__init__(heading, (), fields, {"whom": typed}, (refusal,))

    @property
    def in_number_field(self) -> bool:
        return True
