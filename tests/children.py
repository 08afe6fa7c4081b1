"""Programs that tests start, and that go with the tests however those end."""

import shutil
from collections.abc import Sequence


def bound(command: Sequence[str]) -> list[str]:
    """The command line of a program that the system kills when the one who starts it is gone.

    A fixture cannot do that: a run that is killed runs no fixture any more. Where the system has no
    such way the program is started as it is.
    """
    setpriv = shutil.which("setpriv")
    return [*([setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []), *command]
