"""What is written to and read from a SCIM server: plain values of RFC 7643 and RFC 7644."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deskterm.accounts.model import BadAnswer, NewAccount, ProviderAccount

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"

Resource = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Hits:
    """The users that are exactly what was looked for, and what else the server came with."""

    exact: tuple[Resource, ...]
    others: int = 0
    whole: bool = True
    """Whether the server showed all that it has: not one page of several."""


def equal(attribute: str, value: str) -> str:
    """A filter for one value, which may hold quotes and the language of filters itself.

    Values of a filter are JSON strings (RFC 7644, 3.4.2.2).
    """
    return f"{attribute} eq {json.dumps(value, ensure_ascii=False)}"


def search_for(filter_: str) -> dict[str, object]:
    """The body that asks for users (RFC 7644, 3.4.3)."""
    return {"schemas": [SEARCH], "filter": filter_}


def hits_in(body: object, attribute: str, value: str) -> Hits:
    """What a list of users holds of this value, capitals and all.

    Servers compare user names without capitals, and some leave the filter unread and answer with
    everybody, an administrator first.

    Raises:
        BadAnswer: it is no list of users.
    """
    if not isinstance(body, dict):
        raise BadAnswer("no list")
    listed, total = body.get("Resources"), body.get("totalResults")
    # A list may be left out only when it is empty (RFC 7644, 3.4.2).
    if listed is None and total == 0:
        listed = []
    if not isinstance(listed, list):
        raise BadAnswer("no list")
    exact = tuple(one for one in listed if isinstance(one, dict) and one.get(attribute) == value)
    whole = not isinstance(total, int) or total <= len(listed)
    return Hits(exact, len(listed) - len(exact), whole)


def user_of(new: NewAccount, *, with_key: bool, active: bool) -> dict[str, object]:
    """The body that makes an account. No more than is needed: some servers refuse the rest."""
    body: dict[str, object] = {
        "schemas": [USER],
        "userName": new.username,
        "active": active,
        "name": {"formatted": new.name, "familyName": new.family_name},
        "emails": [{"value": new.email}],
        "preferredLanguage": new.language,
    }
    return {**body, "externalId": new.key} if with_key else body


def account_of(body: object, pending_for: timedelta, etag: str = "") -> ProviderAccount:
    """The account that a user of SCIM is; BadAnswer when it cannot be one.

    SCIM knows no pending accounts: one that is not active waits for its customer, for as long
    after it was made as the provider gives.
    """
    if not isinstance(body, dict):
        raise BadAnswer("no user")
    ref, username = body.get("id"), body.get("userName")
    if not (isinstance(ref, str) and ref and isinstance(username, str) and username):
        raise BadAnswer("no user")
    meta = body.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    active = body.get("active", True) is not False
    made_at, expires_at = _moments(meta.get("created"), pending_for)
    return ProviderAccount(
        ref=ref,
        username=username,
        email=_email(body.get("emails")),
        active=active,
        made_at=made_at,
        expires_at=None if active else expires_at,
        etag=etag or _text(meta.get("version")),
    )


def scim_type(body: object) -> str:
    """The kind of error that a server names (RFC 7644, 3.12), one of its fixed words."""
    said = _text(body.get("scimType")) if isinstance(body, dict) else ""
    return said if said in _SCIM_TYPES else ""


_SCIM_TYPES = (
    "invalidFilter",
    "tooMany",
    "uniqueness",
    "mutability",
    "invalidSyntax",
    "invalidPath",
    "noTarget",
    "invalidValue",
    "invalidVers",
    "sensitive",
)


def _email(emails: object) -> str:
    listed = [one for one in emails if isinstance(one, dict)] if isinstance(emails, list) else []
    listed.sort(key=lambda one: one.get("primary") is not True)
    return next((text for one in listed if (text := _text(one.get("value")))), "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moments(said: object, later: timedelta) -> tuple[datetime | None, datetime | None]:
    """When it was made, and so much later; None for what is no moment."""
    try:
        made = datetime.fromisoformat(_text(said))
        made = made.astimezone(UTC) if made.tzinfo else made.replace(tzinfo=UTC)
        return made, made + later
    except (ValueError, OverflowError):
        return None, None
