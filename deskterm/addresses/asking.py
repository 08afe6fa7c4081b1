"""Asking a register within its budget: the limits of sockets do not hold all that may hang."""

from collections.abc import Callable
from typing import TypeVar

from deskterm.addresses.model import Unavailable
from deskterm.bounded import Deadline, Errands

Result = TypeVar("Result")


def within(seconds: float, act: Callable[[Deadline], Result]) -> Result:
    """What `act` answers or raises; Unavailable when it is not done by then.

    Looking up a name server's answer and connecting count too.
    """
    from deskterm.addresses import wire  # noqa: F401 - loaded at the first question, on no budget

    deadline, errands = Deadline(seconds, Unavailable), Errands("address register")
    try:
        return errands.within(seconds, lambda: act(deadline))
    except TimeoutError:
        raise Unavailable("deadline") from None
    finally:
        errands.leave()
