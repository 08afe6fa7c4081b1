"""How long a login account waits for its customer."""

from datetime import datetime, timedelta

UNHEARD_FOR = timedelta(hours=1)
"""How long after its deadline a pending account counts as expired that nobody could ask about:
the clocks of the library and of the account server are not the same."""


def is_unheard(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a pending account is gone for certain, without asking; None is no deadline."""
    return expires_at is not None and now >= expires_at + UNHEARD_FOR
