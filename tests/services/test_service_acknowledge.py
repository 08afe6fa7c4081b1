"""Who answered which pop-up is kept, on both engines, and only for pop-ups that exist."""

import pytest
from sqlalchemy import text

from deskterm.services import acknowledge
from deskterm.services.errors import NotAllowed, NotFound
from tests.services.library import Library

KEPT = text("SELECT staff_id, kind, answer FROM acknowledgement WHERE customer_id = 413700")


def test_an_answer_is_kept_with_who_gave_it(library: Library) -> None:
    library.customer()
    desk = library.desk()
    acknowledge.acknowledge(desk, 413700, "not_valid", "continue")
    acknowledge.acknowledge(desk, 413700, "message", "end")
    with desk.store.read() as connection:
        kept = [tuple(row) for row in connection.execute(KEPT)]
    assert desk.staff is not None
    assert kept == [
        (desk.staff.id, "not_valid", "continue"),
        (desk.staff.id, "message", "end"),
    ]


def test_nothing_is_kept_for_a_customer_who_is_gone(library: Library) -> None:
    with pytest.raises(NotFound):
        acknowledge.acknowledge(library.desk(), 999_999, "not_valid", "continue")


@pytest.mark.parametrize(("kind", "answer"), [("weather", "continue"), ("message", "perhaps")])
def test_a_pop_up_or_answer_that_does_not_exist_is_a_mistake_of_the_screen(
    library: Library, kind: str, answer: str
) -> None:
    with pytest.raises(ValueError, match="no pop-up"):
        acknowledge.acknowledge(library.desk(), 413700, kind, answer)


def test_nobody_signed_in_may_not_answer(library: Library) -> None:
    library.customer()
    with pytest.raises(NotAllowed):
        acknowledge.acknowledge(library.desk().signed_in_as(None), 413700, "not_valid", "continue")
