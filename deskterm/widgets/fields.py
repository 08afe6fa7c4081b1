"""A field of a form, as data: what it is called, holds and accepts."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "date", "choice", "flag", "long", "readonly"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `name` is what a service calls it, `label` what staff read.

    A flag holds `1` or nothing. A choice holds the code of one of its `choices`, which are pairs of
    code and words. A text with choices suggests them and takes any other text too.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    width: int = 18
    """Cells to type in; a form may give less on a narrow screen."""
    required: bool = False
    number_field: bool = False
    """True where a card number is meant, so that a scan may land in it."""
    section: str = ""
    """Heading it stands under; fields of one section follow each other."""
    max_length: int = 0
    """Longest text in characters; 0 leaves it to the service."""
    help: str = ""
