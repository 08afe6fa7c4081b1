"""The sections of config.toml for what others are asked: accounts, addresses, mail, printing.

They are read when they are needed, so that a start costs nothing for them. Who finds a fault in a
section must not act on its options: a slip in the name of a mail server is no reason to leave the
mail of customers in a folder. Of a file that cannot be read every section has a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from deskterm.config import Reading, Section, SettingFault
from deskterm.config.checks import (
    Check,
    choice,
    number,
    switch,
    table,
    text,
    texts,
    web_address,
    whole,
)
from deskterm.config.reading import TableReader
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.accounts.options import AccountOptions, ScimOptions
    from deskterm.addresses.options import AddressOptions
    from deskterm.mail.options import MailOptions
    from deskterm.printing.options import PrintingOptions


def accounts(reading: Reading) -> Section[AccountOptions]:
    """Read `[accounts]` and `[accounts.scim]`."""
    from deskterm.accounts.options import AccountOptions

    reader = TableReader(reading.source, ACCOUNT_CHECKS)
    written = _without_secrets(reader, reading.elsewhere, "accounts", _TOKEN)
    options = reader.read(AccountOptions(), written, ("accounts",))
    if options.provider == "scim" and not reader.faults:
        _judge_server(options.scim, reader)
    return Section(options, reading.unreadable + reader.in_order())


def _judge_server(scim: ScimOptions, reader: TableReader) -> None:
    from deskterm.accounts.scim_settings import BASE_URL, SettingError, checked_base

    if not scim.base_url:
        reader.fault(tuple(BASE_URL.split(".")), _("deze instelling ontbreekt"))
        return
    try:
        checked_base(scim)
    except SettingError as error:
        reader.fault(tuple(error.setting.split(".")), error.sentence)


def address(reading: Reading) -> Section[AddressOptions]:
    """Read `[address]`."""
    from deskterm.addresses.options import AddressOptions

    reader = TableReader(reading.source, ADDRESS_CHECKS)
    written = _without_secrets(reader, reading.elsewhere, "address", _NO_SECRET)
    options = reader.read(AddressOptions(), written, ("address",))
    return Section(options, reading.unreadable + reader.in_order())


def mail(reading: Reading) -> Section[MailOptions]:
    """Read `[mail]`."""
    from deskterm.mail.options import BadMailOptions, MailOptions

    reader = TableReader(reading.source, MAIL_CHECKS)
    written = _without_secrets(reader, reading.elsewhere, "mail", _PASSWORD)
    options = MailOptions()
    try:
        options = reader.read(options, written, ("mail",))
    except BadMailOptions as bad:
        # Without a setting that is faulty by itself the others need not fit together.
        if not reader.faults:
            name, sentence = _MISFITS[bad.code]
            reader.fault(("mail", name), _(sentence))
    return Section(options, reading.unreadable + reader.in_order())


def printing(reading: Reading) -> Section[PrintingOptions]:
    """Read `[printing]`, every `[[printer]]`, `[printing.desk.NAME]` and `[printing.branch.CODE]`.

    Desks and branches lie below `printing`, as `desk` and `branch` name those of this desk.
    """
    from deskterm.printing.option_reading import read_printing

    reader = TableReader(reading.source, {})
    try:
        general = dict(table(reading.elsewhere.get("printing", {})))
    except ValueError as error:
        general = {}
        reader.fault(("printing",), str(error))
    printers = reading.elsewhere.get("printer", [])
    parts = {name: general.pop(name, {}) for name in _BELOW_PRINTING}
    options, found = read_printing({**parts, "printing": general, "printer": printers})
    for name, sentence in found:
        reader.fault(_written_at(name, printers), sentence)
    return Section(options, reading.unreadable + reader.in_order())


_BELOW_PRINTING = ("desk", "branch")


def _written_at(name: str, printers: object) -> tuple[str, ...]:
    """Where a setting stands in the file: printers are numbered, desks lie below `printing`."""
    part, *path = name.split(".")
    if part in _BELOW_PRINTING:
        return ("printing", part, *path)
    if part == "printer" and path and isinstance(printers, list):
        for number, one in enumerate(printers, start=1):
            if isinstance(one, dict) and one.get("name") == path[0]:
                return ("printer", str(number), *path[1:])
    return (part, *path)


READERS: Mapping[str, Callable[[Reading], Section[Any]]] = {
    "accounts": accounts,
    "address": address,
    "mail": mail,
    "printing": printing,
}
"""By the name of what a section is about."""
_NAMES: Mapping[str, tuple[str, ...]] = {"printing": ("printing", "printer")}
"""What its sections are called in config.toml, where that is more than one name."""


def faults(reading: Reading) -> tuple[SettingFault, ...]:
    """Everything that is wrong in the sections of this file."""
    found = [
        fault
        for name, read in READERS.items()
        if reading.elsewhere.keys() & set(_NAMES.get(name, (name,)))
        for fault in read(reading).faults
    ]
    return tuple(sorted(found, key=lambda fault: fault.line))


_SECRET = re.compile(r"(.*_)?(token|bearer|api_?key|password|passwd|wachtwoord|secret)")
_TOKEN = N_(
    "een token hoort niet in dit bestand: zet het in DESKTERM_ACCOUNTS_TOKEN, in de"
    " systemd-credential accounts-token, of in een eigen bestand achter accounts.scim.token_file"
)
_PASSWORD = N_(
    "een wachtwoord hoort niet in dit bestand: zet het in DESKTERM_MAIL_PASSWORD, in de"
    " systemd-credential mail-password, of in een eigen bestand achter mail.password_file"
)
_NO_SECRET = N_("de adresregisters vragen geen sleutel: haal deze regel weg")
_MISFITS: Mapping[str, tuple[str, str]] = {
    "security": ("security", N_("zonder versleuteling gaat mail alleen naar deze machine zelf")),
    "sender": ("sender", N_("bij een mailserver hoort een adres van afzender")),
    "timeout": ("timeout_s", N_("timeout_s mag niet langer zijn dan total_s, en die hoogstens 45")),
}
"""By code of BadMailOptions: the setting and the sentence."""


def _without_secrets(
    reader: TableReader, sections: Mapping[str, object], name: str, sentence: str
) -> Mapping[str, object]:
    """The table of a section without what must not stand in it; that is a fault."""

    def cleaned(written: Mapping[str, object], path: tuple[str, ...]) -> dict[str, object]:
        kept: dict[str, object] = {}
        for key, value in written.items():
            if _SECRET.fullmatch(key.casefold().replace("-", "_")):
                reader.fault((*path, key), _(sentence))
            else:
                kept[key] = cleaned(value, (*path, key)) if isinstance(value, dict) else value
        return kept

    try:
        return cleaned(table(sections.get(name, {})), (name,))
    except ValueError as error:
        reader.fault((name,), str(error))
        return {}


def _templates(value: object) -> tuple[str, ...]:
    return _names(texts(value), "")[0]


def _pattern(value: object) -> str:
    return _names(("{pas}",), text(value))[1]


def _names(templates: tuple[str, ...], pattern: str) -> tuple[tuple[str, ...], str]:
    from deskterm.rules.faults import RuleFault
    from deskterm.rules.usernames import check_templates

    try:
        check_templates(templates, pattern)
    except RuleFault as fault:
        raise ValueError(_(fault.msgid).format(**fault.params)) from fault
    return templates, pattern


def _address(value: object) -> str:
    if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text(value)):
        return text(value)
    raise ValueError(_("dit hoort een e-mailadres te zijn"))


ACCOUNT_CHECKS: Mapping[str, Check] = {
    "accounts.provider": choice("local", "scim", "none"),
    "accounts.activation_hours": whole(1, 720),
    "accounts.username_candidates": _templates,
    "accounts.username_pattern": _pattern,
    "accounts.delete_pending_on_forget": switch,
    "accounts.interactive_budget_s": number(0.5, 30),
    "accounts.scim.base_url": text,
    "accounts.scim.search": choice("post", "get", "path"),
    "accounts.scim.has_external_id": switch,
    "accounts.scim.created_active": switch,
    "accounts.scim.ca_file": text,
    "accounts.scim.token_file": text,
    "accounts.scim.connect_s": number(0.1, 30),
    "accounts.scim.read_s": number(0.1, 30),
}
ADDRESS_CHECKS: Mapping[str, Check] = {
    "address.lookup": choice("off", "pdok", "vlaanderen"),
    "address.url": web_address,
    "address.budget_s": number(0.1, 10),
}
MAIL_CHECKS: Mapping[str, Check] = {
    "mail.sender": _address,
    "mail.sender_name": text,
    "mail.library": text,
    "mail.host": text,
    "mail.port": whole(0, 65535),
    "mail.security": choice("starttls", "tls", "none"),
    "mail.user": text,
    "mail.password_file": text,
    "mail.ca_file": text,
    "mail.timeout_s": number(0.1, 45),
    "mail.total_s": number(0.1, 45),
    "mail.templates": text,
    "mail.maildir": text,
}
