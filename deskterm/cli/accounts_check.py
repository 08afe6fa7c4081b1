"""`deskterm accounts check`: whether account server, token and mail work, making nothing."""

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_store, say_faults, settings_of
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.bootstrap import Bootstrap
    from deskterm.store.engine import Store

_ACCOUNTS: Mapping[str, str] = {
    "unavailable": N_("de accountdienst is niet bereikbaar"),
    "bad_answer": N_("wat op dit adres antwoordt, spreekt geen SCIM 2.0 zoals het hoort"),
    "not_authorised": N_("de accountdienst weigert het toegangsbewijs (token)"),
    "rejected": N_("de accountdienst weigert de proefvraag"),
}
"""By code of AccountError. Nothing is tried again here, as it is for a customer."""
_MAIL: Mapping[str, str] = {
    "unreachable": N_("de mailserver is niet bereikbaar"),
    "busy": N_("de mailserver zegt: later"),
    "tls": N_("het certificaat van de mailserver wordt niet vertrouwd"),
    "no_starttls": N_("de mailserver versleutelt niet (STARTTLS)"),
    "not_authorised": N_("de mailserver weigert naam of wachtwoord"),
    "no_password": N_(
        "er is geen wachtwoord: zet het in DESKTERM_MAIL_PASSWORD, in de systemd-credential"
        " mail-password, of in een bestand met rechten 0600 achter mail.password_file"
    ),
    "sender_refused": N_("de mailserver weigert de afzender"),
    "sender": N_("mail.sender is geen e-mailadres"),
    "template": N_("een sjabloon klopt niet"),
    "mailbox": N_("in de map voor mail kan niet geschreven worden"),
}
"""By code of MailTrouble."""


def check(given: Namespace) -> int:
    """Try both and say what came of it."""
    built = settings_of(given)
    with open_store(built) as store:
        accounts = _accounts(built, store)
        mail = _mail(built, store)
    return Ending.DONE if accounts and mail else Ending.FAILED


def _accounts(built: "Bootstrap", store: "Store") -> bool:
    from deskterm.accounts.model import AccountError
    from deskterm.accounts.token import TokenTrouble

    section = built.account_section(store)
    say_faults(section.faults)
    if section.faults:
        return False
    provider = built.provider(store, section)
    if provider is None:
        print(_('Inlogaccounts: geen (provider = "none").'))
        return True
    try:
        provider.check()
    except TokenTrouble as trouble:
        say(_("Inlogaccounts: {sentence}").format(sentence=trouble.sentence))
        return False
    except AccountError as error:
        # The detail names a status, never a person; it is what the manager searches for.
        told = f"{_(_ACCOUNTS.get(error.code, error.code))} ({error})"
        say(_("Inlogaccounts: {sentence}.").format(sentence=told))
        return False
    finally:
        provider.close()
    place = section.options.scim.base_url if provider.name == "scim" else built.store_name
    print(_("Inlogaccounts: {place} werkt.").format(place=place))
    return True


def _mail(built: "Bootstrap", store: "Store") -> bool:
    import os

    from deskterm.mail.model import MailTrouble
    from deskterm.mail.senders import choose

    section = built.mail_section(store)
    say_faults(section.faults)
    if section.faults:
        return False
    try:
        choose(section.options, os.environ).check()
    except MailTrouble as trouble:
        told = f"{_(_MAIL.get(trouble.code, trouble.code))} ({trouble})"
        say(_("Mail: {sentence}.").format(sentence=told))
        return False
    if section.options.host:
        print(_("Mail: {host} werkt.").format(host=section.options.host))
    else:
        print(_("Mail: blijft in een map, want er is geen mailserver ingesteld."))
    return True
