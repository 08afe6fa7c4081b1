"""This process among others on a machine: who runs it, and what is kept from the rest."""

import os
import signal
from pathlib import Path

_KEPT = frozenset({"TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DISABLE_KITTY_KEY"})
"""What Textual may be told from outside. The rest of its variables name files to write, keys to
press and modules to load."""

_SWAMPED = 4
_LOAD = Path("/proc/loadavg")


def user_name() -> str:
    """Who runs this program; empty where the system does not tell.

    Of the environment nothing is believed: anybody sets that as they like.
    """
    if os.name != "posix":
        return ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def is_swamped() -> bool:
    """Whether far more wants to run on this machine than it has processors for."""
    return _wanting_to_run() > _SWAMPED * (os.cpu_count() or 1)


def _wanting_to_run() -> float:
    """How many programs: at this moment, or over the last minute where the system tells no more.

    A whole branch has signed in before that minute says so, and it says so for long after.
    """
    try:
        return int(_LOAD.read_text(encoding="ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def guard() -> None:
    """Leave no customers behind in a core dump, let nobody steer the screens from the
    environment, and end when the line does. Comes before Textual is imported."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL") and name not in _KEPT]:
        del os.environ[name]
    if os.name != "posix":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whoever was started by `nohup` would hear nothing of a terminal that has gone.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
