"""What a customer chooses: `preference.<kind>`, `profile.<type>.<code>`, and the simple lists.

The simple lists are `badge.<code>`, `label.<code>` and `newsletter.<code>`.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.faults import N_
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Draft
from deskterm.services.settings import allowed_deliveries

if TYPE_CHECKING:
    from sqlmodel import SQLModel


def plan_preferences(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check how the customer wants each kind of message; empty is the library's own way."""
    from deskterm.store.tables import NotificationPreference

    for kind, letter in typed.items():
        name = f"preference.{kind}"
        _require_known(draft, "message_kind", kind, name)
        row = draft.session.get(NotificationPreference, (draft.actor_id, kind))
        old = row.delivery if row else ""
        allowed = allowed_deliveries(draft.facts.settings, kind)
        if letter and letter != old and (len(letter) != 1 or letter not in allowed):
            draft.fault(name, N_("{label}: kies uit {letters}."), letters=", ".join(allowed))
            continue
        write = partial(_write_preference, draft, row, kind, letter)
        draft.change(name, old, letter, write)


def plan_profiles(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check the profiles; starting one needs a mail address, where its news goes."""
    from deskterm.store.tables import CustomerProfile

    email = next((c.value for c in draft.changes if c.name == "email"), draft.customer.email)
    for rest, text in typed.items():
        kind, _point, code = rest.partition(".")
        name = f"profile.{rest}"
        _require_known(draft, f"profile:{kind}", code, name)
        row = draft.session.get(CustomerProfile, (draft.actor_id, kind, code))
        if text == "1" and row is None and not email:
            draft.fault(name, N_("{label}: vul eerst een e-mailadres in."))
            continue
        new = CustomerProfile(customer_id=draft.actor_id, kind=kind, code=code)
        _plan_flag(draft, name, text, row, new)


def plan_badges(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check the badges."""
    from deskterm.store.tables import CustomerBadge

    for code, text in typed.items():
        _require_known(draft, "badge", code, f"badge.{code}")
        row = draft.session.get(CustomerBadge, (draft.actor_id, code))
        new = CustomerBadge(customer_id=draft.actor_id, code=code, given_on=draft.facts.today)
        _plan_flag(draft, f"badge.{code}", text, row, new)


def plan_labels(draft: Draft, typed: Mapping[str, str], kind: str) -> None:
    """Check the labels or the newsletters, as `kind` says."""
    from deskterm.store.tables import CustomerLabel

    for code, text in typed.items():
        _require_known(draft, kind, code, f"{kind}.{code}")
        row = draft.session.get(CustomerLabel, (draft.actor_id, kind, code))
        new = CustomerLabel(customer_id=draft.actor_id, kind=kind, code=code)
        _plan_flag(draft, f"{kind}.{code}", text, row, new)


def _plan_flag(draft: Draft, name: str, text: str, row: "SQLModel | None", new: "SQLModel") -> None:
    is_read, wanted = draft.parse(name, parsers.flag, text)
    if is_read and row is None and wanted:
        draft.change(name, False, True, partial(draft.session.add, new))
    elif is_read and row is not None and not wanted:
        draft.change(name, True, False, partial(draft.session.delete, row))


def _require_known(draft: Draft, kind: str, code: str, name: str) -> None:
    """A form only offers what the library has: another name is a mistake of the program."""
    if code not in draft.facts.words.get(kind, ()):
        raise ValueError(f"no such field: {name}")


def _write_preference(draft: Draft, row: "SQLModel | None", kind: str, letter: str) -> None:
    from deskterm.store.tables import NotificationPreference

    if row is not None:
        draft.session.delete(row)
        draft.session.flush()
    if letter:
        draft.session.add(
            NotificationPreference(customer_id=draft.actor_id, message_kind=kind, delivery=letter)
        )
