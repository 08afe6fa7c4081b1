"""`make audit`: known weaknesses in the frozen set, where a database of them can be reached.

pip-audit lives in an environment of its own, so that what it brings along is no part of ours.
Without it, or without a database, this says so and ends well: it has found nothing either way.
"""

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOL = "pip-audit==2.10.1"
PLACE = ROOT / ".venv" / "audit"
SERVICES = ("pypi", "osv")
"""Databases, tried in this order; the first that knows any of our packages counts."""
LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one database said."""

    known: int
    """Packages that it knows."""
    unknown: int
    weaknesses: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        unknown = f"; {self.unknown} not known there" if self.unknown else ""
        if self.weaknesses:
            return f"{len(self.weaknesses)} known weaknesses{unknown}."
        return f"{self.known} packages, no known weakness{unknown}."


def verdict(report: str) -> Verdict | None:
    """Read pip-audit's JSON; None when it reached no database that knows any package."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    known = [one for one in packages if "skip_reason" not in one]
    if not known:
        return None
    weaknesses = (
        f"{one['name']} {one['version']}: {found['id']}"
        + (f", mended in {', '.join(found['fix_versions'])}" if found["fix_versions"] else "")
        for one in known
        for found in one["vulns"]
    )
    return Verdict(len(known), len(packages) - len(known), tuple(weaknesses))


def installed() -> Path | None:
    """The program, installed where needed; None when it cannot be had here."""
    program = PLACE / "bin" / "pip-audit"
    if program.exists():
        return program
    venv.create(PLACE, with_pip=True, clear=True)
    pip = (str(PLACE / "bin" / "python"), "-m", "pip", "install", "-q", "--no-input", TOOL)
    done = _output_of(*pip)
    return program if done is not None and program.exists() else None


def audit(program: Path) -> int:
    """Ask the databases; 1 when one knows a weakness, and says which."""
    for service in SERVICES:
        report = _output_of(
            str(program), "-r", str(ROOT / "constraints.txt"), "--no-deps", "--disable-pip",
            "-s", service, "-f", "json", "--progress-spinner", "off",
        )  # fmt: skip
        if report is not None and (found := verdict(report)) is not None:
            print(*found.weaknesses, found.sentence, sep="\n")
            return 1 if found.weaknesses else 0
    print("No database of weaknesses can be reached from here: nothing was audited.")
    return 0


def main() -> int:
    """Install, ask, and tell; the answer is the exit status."""
    program = installed()
    if program is None:
        print("pip-audit cannot be installed here: nothing was audited.")
        return 0
    return audit(program)


def _output_of(*command: str) -> str | None:
    """What a program prints, whatever its status; None when it does not start or does not end."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
