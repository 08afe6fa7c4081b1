"""Pop-ups that a new value is typed into."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskterm.screens.asks import TypeIn
from deskterm.services.labels import label
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

_ADDRESS = ("street", "house_number", "house_addition", "postcode", "place")
LONGEST = 254
"""Characters of a mail address; the service judges every value by its own rule."""


class Typed(TypeIn):
    """Inputs that hold what was typed before."""

    help_page = "series"

    def __init__(
        self, heading: str, said: Sequence[str], names: Sequence[str], values: Mapping[str, str]
    ) -> None:
        """`names` are those of `services.labels`."""
        fields = [(name.replace(".", "-"), label(name), False) for name in names]
        super().__init__(heading, said, fields)
        self.names = {name.replace(".", "-"): name for name in names}
        self.values = values

    def prepare(self) -> None:
        super().prepare()
        from textual.widgets import Input

        for field in self.query(Input):
            field.max_length = LONGEST
            field.value = field.value or self.values.get(self.names[(field.id or "")[3:]], "")


async def ask_texts(
    app: "DesktermApp",
    heading: str,
    names: Sequence[str],
    values: Mapping[str, str],
    said: Sequence[str] = (),
) -> dict[str, str] | None:
    """Have some fields typed, by their name of `services.labels`; None for Esc."""
    question = Typed(heading, said, names, values)
    typed = await app.ask(question)
    if typed is None:
        return None
    return {question.names[name]: text.strip() for name, text in typed.items()}


async def ask_address(app: "DesktermApp", values: Mapping[str, str]) -> dict[str, str] | None:
    """Have an address typed, of the country that it was in; None for Esc."""
    before = {f"address.1.{part}": values.get(f"address.{part}", "") for part in _ADDRESS}
    said = (_("Het oude adres blijft bewaard, met gisteren als laatste dag."),)
    typed = await ask_texts(app, _("Nieuw adres"), list(before), before, said)
    if typed is None:
        return None
    country = values.get("address.country") or "NL"
    texts = {f"address.{part}": typed[f"address.1.{part}"] for part in _ADDRESS}
    return {**texts, "address.country": country}
