"""What a tab is made of: rows to read, fields to edit, actions on the row of the cursor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskterm.views.customer import CustomerView
from deskterm.views.desk import WordView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Row

Words = Mapping[str, tuple[WordView, ...]]
"""The library's pick lists by word kind; `branch` holds the branches."""


@dataclass(frozen=True, slots=True)
class RowAction:
    """An entry of the F8 menu. `target` is the id or code of the row it is about.

    `changes` are (field name, typed text) for `services.editing.save` when that is all it does.
    """

    id: str
    label: str
    enabled: bool = True
    why_not: str = ""
    target: str = ""
    changes: tuple[tuple[str, str], ...] = ()


def no_form(_view: CustomerView, _words: Words) -> list[Field]:
    """A tab that is edited through row actions, or not at all."""
    return []


def no_actions(_view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """A tab without row actions."""
    return []


def always(_view: CustomerView) -> bool:
    """A tab that every customer has."""
    return True


@dataclass(frozen=True, slots=True)
class Tab:
    """One numbered tab of the customer screen; labels are message ids without the number.

    The short labels of all twelve, numbers included, fit on a line of 80 columns.
    """

    key: str
    label: str
    short: str
    read: Callable[[CustomerView, int], list[Row]]
    form: Callable[[CustomerView, Words], list[Field]] = no_form
    actions: Callable[[CustomerView, str | None], list[RowAction]] = no_actions
    shown: Callable[[CustomerView], bool] = always


def target_of(row_key: str | None, kind: str) -> str:
    """The id in a row's key (`card:12` gives `12`), or nothing for another kind of row."""
    name, _colon, target = (row_key or "").partition(":")
    return target if name == kind else ""
