"""Saving an edit the way a screen does: with the version of the view that was edited."""

import pytest

from deskterm.services import editing, opening
from deskterm.services.errors import FormFaults
from deskterm.views.customer import CustomerView
from tests.services.library import Library


def save(library: Library, changes: dict[str, str], role: str = "ADMIN") -> CustomerView:
    """Save as somebody of a role; the answer is the customer as it now is."""
    version = opening.refresh(library.desk(), 413700).version
    return editing.save(library.desk(role), 413700, version, changes)


def faults(library: Library, changes: dict[str, str]) -> dict[str, str]:
    """Save what must be refused; the answer is the sentence at each field."""
    with pytest.raises(FormFaults) as refused:
        save(library, changes)
    return dict(refused.value.faults)
