"""`deskterm accounts`: the login accounts of customers, for the manager."""

from argparse import Namespace
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.services.errors import DeskError
from deskterm.text import N_, _, date_text, ngettext

if TYPE_CHECKING:
    from deskterm.views.accounts import AccountJobView

_STATES = {
    "queued": N_("in de wachtrij"),
    "done": N_("klaar"),
    "failed": N_("mislukt"),
}


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its ways."""
    accounts = subjects.add_parser(
        "accounts", parents=[common], help=_("de inlogaccounts van klanten")
    )
    ways = accounts.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    check = ways.add_parser(
        "check", parents=[common], help=_("kijk of accountdienst, token en mail werken")
    )
    check.set_defaults(run=_check)
    listed = ways.add_parser(
        "list", parents=[common], help=_("toon de inlogaccounts die gemaakt worden of werden")
    )
    listed.add_argument("--state", choices=tuple(_STATES), help=_("alleen in deze toestand"))
    listed.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))
    listed.set_defaults(run=_list)
    retry = ways.add_parser("retry", parents=[common], help=_("probeer het opnieuw"))
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "job", nargs="?", type=int, metavar=_("NUMMER"), help=_("het nummer dat `list` noemt")
    )
    which.add_argument(
        "--all", action="store_true", help=_("alles wat mislukt is of op het token wacht")
    )
    retry.set_defaults(run=_retry)
    forget = ways.add_parser(
        "forget", parents=[common], help=_("vergeet het inlogaccount van een klant")
    )
    forget.add_argument("actor_id", type=int, metavar=_("ACTOR_ID"))
    forget.set_defaults(run=_forget)
    activate = ways.add_parser(
        "activate", parents=[common], help=_("activeer een inlogaccount met de code uit de mail")
    )
    activate.add_argument("code", metavar=_("CODE"))
    activate.set_defaults(run=_activate)


def _check(given: Namespace) -> int:
    from deskterm.cli.accounts_check import check

    return check(given)


def _list(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.services import login_accounts

    with open_desk(given) as desk:
        jobs = login_accounts.jobs(desk, given.state)
    if given.json:
        print(as_json(jobs))
        return Ending.DONE
    for job in jobs:
        print(_line(job))
    if not jobs:
        say(_("Er zijn er geen."))
    return Ending.DONE


def _line(job: "AccountJobView") -> str:
    state = _(_STATES[job.state])
    told = job.username or job.error
    return f"{job.id:>6}  {date_text(job.at)}  {state:<14}  {job.name} [{job.actor_id}]  {told}"


def _retry(given: Namespace) -> int:
    from deskterm.services import login_accounts

    with open_desk(given) as desk:
        if not given.all:
            login_accounts.retry(desk, given.job)
            print(_("Inlogaccount {number} staat weer in de wachtrij.").format(number=given.job))
            return Ending.DONE
        refused = 0
        jobs = login_accounts.work_list(desk)
        for job in jobs:
            try:
                login_accounts.retry(desk, job.id)
            except DeskError as error:
                refused += 1
                say(f"{job.id}: {error.sentence} {error.hint}".strip())
    again = len(jobs) - refused
    print(
        ngettext(
            "{count} inlogaccount staat weer in de wachtrij.",
            "{count} inlogaccounts staan weer in de wachtrij.",
            again,
        ).format(count=again)
    )
    return Ending.FAILED if refused else Ending.DONE


def _forget(given: Namespace) -> int:
    from deskterm.services import login_accounts

    with open_desk(given) as desk:
        view = login_accounts.forget(desk, given.actor_id)
    print(_("Het inlogaccount van klant {number} is vergeten.").format(number=given.actor_id))
    if view.error:
        say(view.error)
    return Ending.DONE


def _activate(given: Namespace) -> int:
    from deskterm.accounts.local import LocalProvider
    from deskterm.accounts.model import AccountError
    from deskterm.accounts.refreshing import refresh_ref

    with open_desk(given) as desk:
        if desk.accounts is None or desk.accounts.name != LocalProvider.name:
            raise DeskError(
                _("Hier worden inlogaccounts niet met een code geactiveerd."),
                _("De klant doet dat met de koppeling in de mail van de accountdienst."),
            )
        provider = LocalProvider(desk.store, desk.clock, desk.account_options)
        try:
            account = provider.activate(given.code)
            if account is None:
                raise DeskError(
                    _("Deze code is onbekend, al gebruikt of verlopen."),
                    _("Typ hem over uit de mail, of laat een nieuw inlogaccount maken."),
                )
            refresh_ref(desk.store, provider, desk.clock, account.ref)
        except AccountError as error:
            raise DeskError(_("De bibliotheek is niet te lezen; probeer het opnieuw.")) from error
    print(_("Inlogaccount {username} is geactiveerd.").format(username=account.username))
    return Ending.DONE
