"""The columns of the customer that staff may edit, and how each is read."""

from collections.abc import Mapping
from functools import partial

from deskterm.rules.faults import N_
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Draft, Parser, Value, as_text

_NAME = parsers.line(80)

COLUMNS: Mapping[str, Parser] = {
    "customer_type": parsers.choice("customer_type", required=True),
    "branch_code": parsers.branch,
    "stop": parsers.line(40),
    "title": parsers.choice("title"),
    "initials": parsers.line(20),
    "first_name": _NAME,
    "prefix": parsers.line(20),
    "surname": parsers.line(80, required=True),
    "suffix": parsers.line(20),
    "preferred_first_name": _NAME,
    "preferred_surname": _NAME,
    "tag": parsers.line(40),
    "sex": parsers.one_of("M", "V", "I", "X"),
    "organization_type": parsers.choice("organization_type"),
    "born": parsers.birth,
    "phone": parsers.phone,
    "phone2": parsers.phone,
    "phone3": parsers.phone,
    "mobile": parsers.phone,
    "fax": parsers.phone,
    "email": parsers.email,
    "email_bcc1": parsers.email,
    "email_bcc2": parsers.email,
    "billing_email": parsers.email,
    "contact_person": _NAME,
    "contact_phone": parsers.phone,
    "id_kind": parsers.choice("id_kind"),
    "id_number": parsers.line(40),
    "id_country": parsers.choice("country"),
    "iban": parsers.iban,
    "bic": parsers.bic,
    "direct_debit": parsers.flag,
    "switch_service": parsers.flag,
    "mandate_given_on": parsers.day,
    "mandate_revoked_on": parsers.day,
    "selection_code": parsers.choice("selection"),
    "statistical_category": parsers.choice("statistical_category"),
    "bypassed_checkins": parsers.counter,
    "login_failures": parsers.counter,
    "notify_previous": parsers.flag,
    "show_history": parsers.flag,
    "erase_history": parsers.flag,
    "receipts": parsers.flag,
    "hold_messages": parsers.flag,
    "classification": parsers.choice("classification"),
    "language": parsers.choice("language", required=True),
    "external_number": parsers.line(40),
    "external_number2": parsers.line(40),
    "username": parsers.username,
    "private_comment": parsers.line(2000),
    "target_group": parsers.choice("target_group"),
    "no_information": parsers.flag,
    "no_marketing": parsers.flag,
    "no_mail": parsers.flag,
    "no_email": parsers.flag,
    "no_phone": parsers.flag,
    "no_website": parsers.flag,
}
_COUNTERS = ("bypassed_checkins", "login_failures")


def plan(draft: Draft, typed: Mapping[str, str]) -> None:
    """Check the typed columns and note what changes.

    A value that was there already is let be, also when it would be refused today: an import or an
    older rule may have brought it, and it must not keep staff from changing another field.
    """
    new: dict[str, Value] = {}
    for name, text in typed.items():
        if text == draft_text(draft, name):
            continue
        is_read, value = draft.parse(name, COLUMNS[name], text)
        if is_read:
            new[name] = value
    for name, value in new.items():
        write = partial(setattr, draft.customer, name, value)
        draft.change(name, getattr(draft.customer, name), value, write)
    _check_counters(draft, new)
    _check_username(draft, new)


def draft_text(draft: Draft, name: str) -> str:
    """Give what the form was filled with for a column."""

    value: Value = getattr(draft.customer, name)
    return as_text(value)


def _check_counters(draft: Draft, new: Mapping[str, Value]) -> None:
    for name in _COUNTERS:
        if name in new and new[name] not in (0, getattr(draft.customer, name)):
            draft.fault(name, N_("{label} kan alleen op 0 gezet worden."))


def _check_username(draft: Draft, new: Mapping[str, Value]) -> None:
    from sqlmodel import col, select

    from deskterm.store.tables import Customer, LoginAccount

    if "username" not in new:
        return
    if draft.session.get(LoginAccount, draft.actor_id) is not None:
        # The provider's name for the account: another one would be nobody's.
        draft.fault(
            "username", N_("{label} hoort bij het inlogaccount: gebruik Vergeet inlogaccount.")
        )
        return
    name = new["username"]
    if name:
        others = select(Customer.actor_id).where(
            col(Customer.username) == name, col(Customer.actor_id) != draft.actor_id
        )
        if draft.session.exec(others).first() is not None:
            draft.fault("username", N_("Gebruikersnaam {text} is al in gebruik."), text=str(name))
