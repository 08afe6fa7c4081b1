"""What `make audit` makes of what pip-audit says."""

import json
from pathlib import Path

import pytest

from tests import audit
from tests.audit import verdict

SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
WEAK = {
    "name": "jinja2",
    "version": "3.0.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
SKIPPED = {"name": "attrs", "skip_reason": "not found"}


def program(folder: Path, script: str) -> Path:
    file = folder / "pip-audit"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def said(*packages: object) -> str:
    return f"cat <<'END'\n{json.dumps({'dependencies': packages})}\nEND"


def test_weaknesses_are_named_with_what_mends_them() -> None:
    found = verdict(json.dumps({"dependencies": [SOUND, WEAK, SKIPPED]}))
    assert found is not None
    assert found.weaknesses == ("jinja2 3.0.0: PYSEC-1, mended in 3.1.6", "jinja2 3.0.0: PYSEC-2")
    assert found.sentence == "2 known weaknesses; 1 not known there."


@pytest.mark.parametrize("report", ["", "{}", "[]", json.dumps({"dependencies": [SKIPPED]})])
def test_who_knows_nothing_has_audited_nothing(report: str) -> None:
    assert verdict(report) is None


@pytest.mark.parametrize(
    ("script", "status", "words"),
    [
        (said(SOUND), 0, "1 packages, no known weakness."),
        (f"{said(SOUND, WEAK)}\nexit 1", 1, "PYSEC-1"),
        (said(SKIPPED), 0, "nothing was audited"),
        ("echo no network >&2; exit 1", 0, "nothing was audited"),
        (f'case "$*" in *osv*) {said(WEAK)}\n;; *) {said(SKIPPED)}\n;; esac', 1, "PYSEC-2"),
    ],
)
def test_the_outcome_is_said_and_only_a_weakness_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], script: str, status: int, words: str
) -> None:
    assert audit.audit(program(tmp_path, script)) == status
    assert words in capsys.readouterr().out


def test_a_program_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "installed", lambda: None)
    assert audit.main() == 0
    assert "cannot be installed" in capsys.readouterr().out
    assert audit.audit(tmp_path / "none") == 0
