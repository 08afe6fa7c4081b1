"""What the README says is so."""

import re

from tests.readme import README, written

TEXT = README.read_text(encoding="utf-8")


def test_the_tables_of_keys_and_settings_are_the_programs_own() -> None:
    assert written(TEXT) == TEXT, "run `make docs`"


def test_every_file_it_points_at_is_there() -> None:
    pointed_at = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert pointed_at
    assert [path for path in pointed_at if not (README.parent / path).exists()] == []


def test_every_file_the_documents_name_is_there() -> None:
    documents = [README, *sorted((README.parent / "docs").glob("*.md"))]
    named = {
        (document.name, path)
        for document in documents
        for path in re.findall(r"`((?:deskterm|tests|bench|data)/[\w./-]+)`", document.read_text())
    }
    assert len(named) > 30
    assert [one for one in sorted(named) if not (README.parent / one[1]).exists()] == []


def test_every_make_target_it_names_exists() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", TEXT)) - {"the"} <= targets
