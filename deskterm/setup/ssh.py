"""A server that staff reach over SSH: every file that makes it lead to the desk and nowhere else.

The library's data belong to a user of their own. Whoever works at a desk has a login that sshd
gives one program, and that one comes to the data through sudo, with fixed words. Python cannot be
made setgid: the system would start the interpreter, whose variables and options are the caller's.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from deskterm.paths import resource
from deskterm.services.errors import DeskError
from deskterm.text import _

_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}", re.ASCII)
_PATH = re.compile(r"(/[A-Za-z0-9_.][A-Za-z0-9_.+-]*)+", re.ASCII)
_MARK = re.compile(r"@([a-z_]+)@")
STATE_NAME = "deskterm"
"""How the folder of the data is called: the program looks for one of this name."""
_OWN_HOME = """\
home="{}/$(/usr/bin/id -un)"
mkdir -p -m 0700 "$home"
# Whoever was here before could have made it, with modules in it that this desk would load.
if [ ! -O "$home" ] || [ -L "$home" ]; then
    echo {} >&2
    exit 1
fi
data="$home\""""
OF_DESK = " and of one desk's printers"
LEAN = '-OO -X no_debug_ranges -X pycache_prefix="$home/compiled"'
"""What Python is told in the launcher, so that a desk takes a tenth less memory: to load neither
docstrings nor columns for tracebacks. Few systems come with modules that are compiled so, so the
first desk keeps them beside the data."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs from server to server."""

    program: tuple[str, ...]
    """The words that start deskterm."""
    lean: bool = False
    """Whether the first of them is Python, which a desk then gets `LEAN` for."""
    group: str = "deskterm-desk"
    """Of everybody who works at a desk."""
    user: str = "deskterm"
    """To whom the data belong."""
    settings: str = "/etc/deskterm/config.toml"
    state: str = "/var/lib/deskterm"
    """The folder of the data."""
    launcher: str = "/usr/local/lib/deskterm"
    """The folder of the two scripts that start the desk."""
    print_ports: tuple[int, ...] = ()
    """Ports of the server at which printers of desks may be found (`ssh -R`)."""
    own_rights: bool = False
    """Staff reach the store as themselves: PostgreSQL knows each of them."""


@dataclass(frozen=True, slots=True)
class ServerFile:
    """A file where it goes on the server, with its rights."""

    path: PurePosixPath
    mode: int
    text: str


def server_files(plan: Plan) -> tuple[ServerFile, ...]:
    """Every file for a server, the script that puts them in place last.

    Raises:
        DeskError: a name or path that sshd, sudo or the shell would read as something else.
    """
    _check(plan)
    words = _words(plan)
    of_desk = {**words, "of_desk": OF_DESK, "work": "printing at desk %I", "desk": " --desk %I"}
    worker = "deskterm-worker.service"

    def file(path: str, template: str, words: Mapping[str, str], mode: int = 0o644) -> ServerFile:
        return ServerFile(PurePosixPath(path), mode, _filled(template, words))

    files = [
        file("/etc/ssh/sshd_config.d/50-deskterm.conf", "sshd.conf", words),
        file(f"{plan.launcher}/desk", "desk", words, 0o755),
        file(f"{plan.launcher}/desk-inside", "desk-inside", words, 0o755),
        file("/etc/sysusers.d/deskterm.conf", "sysusers.conf", words),
        file("/etc/tmpfiles.d/deskterm.conf", "tmpfiles.conf", words),
        file("/etc/systemd/system/deskterm-worker.service", worker, words),
        file("/etc/systemd/system/deskterm-worker@.service", worker, of_desk),
    ]
    if not plan.own_rights:
        files.append(file("/etc/sudoers.d/deskterm", "sudoers", words, 0o440))
        # With own rights logs stand in folders of others, in which root could be led astray.
        files.append(file("/etc/logrotate.d/deskterm", "logrotate", words))
    puts = "\n".join(f"put {one.mode:04o} {one.path}" for one in files)
    config = file(plan.settings, "config.toml", words, 0o640)
    return (*files, config, file("install.sh", "install.sh", {**words, "puts": puts}, 0o755))


def _check(plan: Plan) -> None:
    for name in (plan.group, plan.user):
        if not _NAME.fullmatch(name):
            raise DeskError(_("{name} kan geen gebruiker of groep heten.").format(name=name))
    paths = (plan.settings, plan.state, plan.launcher)
    for path in (*paths, plan.program[0]):
        if not _PATH.fullmatch(path):
            raise DeskError(
                _("{path} kan hier niet staan.").format(path=path),
                _("Geef een heel pad van letters, cijfers en . _ + -."),
            )
    if PurePosixPath(plan.state).name != STATE_NAME:
        raise DeskError(
            _("De map met gegevens heet {name}.").format(name=STATE_NAME),
            _("Geef bijvoorbeeld {path}.").format(path=f"{plan.state}/{STATE_NAME}"),
        )


def _words(plan: Plan) -> dict[str, str]:
    inside = f"{plan.launcher}/desk-inside"
    folder, data = PurePosixPath(plan.settings).parent, PurePosixPath(plan.state).parent
    own = plan.own_rights
    home = f'home="{plan.state}"\ndata="{data}"'
    if own:
        taken = _("De map met uw gegevens is van iemand anders: meld dat aan de beheerder.")
        home = _OWN_HOME.format(plan.state, shlex.quote(taken))
    names = ("group", "user", "settings", "state", "launcher")
    return (
        {name: getattr(plan, name) for name in names}
        | _worker_words(plan)
        | {
            "program": shlex.join(plan.program),
            "desk_program": _desk_program(plan),
            "folder": str(folder),
            "keys": str(folder / "keys"),
            "forwarding": _forwarding(plan.print_ports),
            "refusal": shlex.quote(_("Hier is alleen de balie: geef geen opdracht mee.")),
            "enter": inside if own else f"/usr/bin/sudo -n -u {plan.user} -- {inside}",
            "whose": "as whoever logged in" if own else f"as user {plan.user}",
            "home": home,
            "login": "" if own else ' --login "${SUDO_USER:?}"',
            "state_rights": f"1733 root {plan.group}" if own else f"0700 {plan.user} {plan.user}",
            "member": f"\nm {plan.user} {plan.group}" if own else "",
            "reader": plan.group if own else plan.user,
            "store": f"postgresql+psycopg:///{STATE_NAME}" if own else f"{plan.state}/deskterm.db",
            "check": "" if own else 'visudo -cqf "root/etc/sudoers.d/deskterm"',
            "of_desk": "",
            "work": "login accounts and mail beside the desks of the library",
            "desk": "",
        }
    )


def _desk_program(plan: Plan) -> str:
    first, *rest = map(shlex.quote, plan.program)
    return " ".join([first, *([LEAN] if plan.lean else []), *rest])


def _worker_words(plan: Plan) -> dict[str, str]:
    """Where a worker keeps what is its own: systemd only makes folders under /var/lib."""
    home = f"{plan.state}/{plan.user}"
    if plan.own_rights:
        return {
            "worker_folder": f"ReadWritePaths={home}",
            "worker_data": home,
            "worker_home": f"\nd {home} 0700 {plan.user} {plan.user}",
        }
    usual = plan.state == f"/var/lib/{STATE_NAME}"
    made = f"StateDirectory={STATE_NAME}\nStateDirectoryMode=0700"
    return {
        "worker_folder": made if usual else f"ReadWritePaths={plan.state}",
        "worker_data": str(PurePosixPath(plan.state).parent),
        "worker_home": "",
    }


def _forwarding(ports: tuple[int, ...]) -> str:
    if not ports:
        return "    DisableForwarding yes"
    listen = " ".join(f"localhost:{port} 127.0.0.1:{port}" for port in ports)
    return f"""\
    # Printers of desks, each at the other end of a desk's own line, and nothing else.
    AllowTcpForwarding remote
    PermitListen {listen}
    PermitOpen none
    GatewayPorts no
    AllowStreamLocalForwarding no
    AllowAgentForwarding no
    X11Forwarding no
    PermitTunnel no"""


def _filled(name: str, words: Mapping[str, str]) -> str:
    text = resource("ssh", name).read_text(encoding="utf-8")
    return _MARK.sub(lambda found: words[found[1]], text)
