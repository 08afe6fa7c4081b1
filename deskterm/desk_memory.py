"""Which desk this machine is, as somebody said once when neither the settings nor the machine
could tell.

Who comes in over SSH is known by the address they come from: they share the server's memory.
"""

import json
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deskterm import paths


def recall() -> str:
    """The desk of this machine as `branch/desk`; empty when nobody said it yet."""
    known = _known(paths.desk_file())
    return known.get(_machine(), "") if known else ""


def remember(desk: str) -> None:
    """Keep which desk this machine is. Raises OSError when it cannot be written."""
    file = paths.desk_file()
    paths.private_folder(file.parent)
    known = {**_known(file), _machine(): desk}
    # Another program may start and read it at this very moment.
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    half.replace(file)


def _machine() -> str:
    from deskterm.printing import which_desk

    return which_desk.machine(os.environ, socket.gethostname())


def _known(file: Path) -> Mapping[str, str]:
    # A file that cannot be read says as little as none: staff are asked again.
    with suppress(OSError, ValueError):
        found = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(machine): str(desk) for machine, desk in found.items()}
    return {}
