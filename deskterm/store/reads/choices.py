"""What a library offers and a customer chose: profiles, labels, newsletters, badges, messages."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, text_of, word
from deskterm.store.values import as_date
from deskterm.text import language
from deskterm.views.customer import ChoiceView

PROFILE = "profile:"
"""Word lists of profiles are named `profile:<type>`."""

_OFFERED = text(
    """
    SELECT kind, code, nl, en FROM word
    WHERE active AND (kind IN ('label', 'newsletter', 'badge', 'message_kind', 'profile_type')
                      OR kind >= 'profile:' AND kind < 'profile;')
    ORDER BY kind, position, code
    """
)
_CHOSEN = text(
    """
    SELECT kind AS kind, code AS code, NULL AS detail, NULL AS since
    FROM customer_label WHERE customer_id = :actor_id
    UNION ALL
    SELECT 'profile:' || kind, code, NULL, NULL
    FROM customer_profile WHERE customer_id = :actor_id
    UNION ALL
    SELECT 'message_kind', message_kind, delivery, NULL
    FROM notification_preference WHERE customer_id = :actor_id
    UNION ALL
    SELECT 'badge', code, NULL, CAST(given_on AS CHAR(10))
    FROM customer_badge WHERE customer_id = :actor_id
    """
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything offered with whether it is chosen, and the delivery of each kind of message."""

    offered: tuple[ChoiceView, ...]
    """`kind` is the word list's; profiles have theirs as `profile:<type>`."""
    deliveries: dict[str, str]

    def of(self, kind: str) -> tuple[ChoiceView, ...]:
        """The choices of one word list."""
        return tuple(choice for choice in self.offered if choice.kind == kind)

    def profiles(self) -> tuple[ChoiceView, ...]:
        """The profiles, with their type as kind and its words as group."""
        types = {choice.code: choice.name for choice in self.of("profile_type")}
        return tuple(
            ChoiceView(kind, one.code, one.name, one.chosen, one.since, types.get(kind, kind))
            for one in self.offered
            if (kind := one.kind.removeprefix(PROFILE)) != one.kind
        )


def choices(connection: Reader, actor_id: int) -> Choices:
    """Read what is offered and what this customer chose of it.

    What a customer once chose and the library offers no more is not shown.
    """
    chosen: dict[tuple[str, str], date | None] = {}
    deliveries: dict[str, str] = {}
    for row in rows(connection, _CHOSEN, {"actor_id": actor_id}):
        chosen[row["kind"], row["code"]] = as_date(row["since"])
        if row["kind"] == "message_kind":
            deliveries[row["code"]] = text_of(row["detail"])
    words = tuple(map(tuple, connection.execute(_OFFERED).all()))
    offered = tuple(
        replace(one, chosen=True, since=chosen[one.kind, one.code])
        if (one.kind, one.code) in chosen
        else one
        for one in _offered(words, language())
    )
    return Choices(offered, deliveries)


# The words are the same for nearly every customer, and making them anew took a quarter of a scan.
@lru_cache(maxsize=2)
def _offered(words: tuple[tuple[str, ...], ...], _language: str) -> tuple[ChoiceView, ...]:
    return tuple(
        ChoiceView(kind=kind, code=code, name=word(nl, en), chosen=False)
        for kind, code, nl, en in words
    )
