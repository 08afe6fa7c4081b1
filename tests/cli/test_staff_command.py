"""`deskterm staff unlock`."""

from pathlib import Path

from tests.cli.conftest import Run


def test_staff_who_are_locked_out_can_sign_in_again(run: Run, practice: Path) -> None:
    one = run("staff", "unlock", "9001", "--store", practice)
    assert (one.status, one.out) == (0, "9001 kan weer aanmelden.\n")
    assert run("staff", "unlock", "--store", practice).out == "Iedereen kan weer aanmelden.\n"
    nobody = run("staff", "unlock", "nobody", "--store", practice)
    assert nobody.status == 1
    assert "nobody" in nobody.err
