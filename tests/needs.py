"""Programs of others that prove what we make: there in CI, and told by name where they are not."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

# Where .ci/run installs packages of npm; in a checkout somebody may have named another.
NODE_FOLDER = "DESKTERM_NODE_MODULES"


def program(name: str, package: str) -> str:
    """The path of a program that a Debian package brings. In CI it has to be there."""
    path = shutil.which(name)
    if path is None:
        absent(f"{name} is not installed: apt-get install {package}")
    return str(path)


def node_package(name: str) -> Path:
    """The folder of a package of npm, under the folder that DESKTERM_NODE_MODULES names."""
    folder = Path(os.environ.get(NODE_FOLDER, "")) / name
    if not os.environ.get(NODE_FOLDER) or not folder.is_dir():
        absent(f"{name} is not installed: npm install {name}, and name its folder {NODE_FOLDER}")
    return folder


def output_of(*command: str | Path, stdin: bytes = b"") -> bytes:
    """What a program says; its complaints are the failure."""
    run = subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    return run.stdout


def absent(reason: str) -> NoReturn:
    """Skip the test for want of something; in CI, where all has to be there, fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
