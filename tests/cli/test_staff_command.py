"""`deskterm staff`."""

from pathlib import Path

from tests.cli.conftest import Run


def test_staff_who_are_locked_out_can_sign_in_again(run: Run, practice: Path) -> None:
    one = run("staff", "unlock", "9001", "--store", practice)
    assert (one.status, one.out) == (0, "9001 kan weer aanmelden.\n")
    assert run("staff", "unlock", "--store", practice).out == "Iedereen kan weer aanmelden.\n"
    nobody = run("staff", "unlock", "nobody", "--store", practice)
    assert nobody.status == 1
    assert "nobody" in nobody.err


def test_who_leaves_who_comes_back_and_who_forgot_the_pin(run: Run, practice: Path) -> None:
    said = {
        "end": "bakker kan zich niet meer aanmelden.\n",
        "back": "bakker kan zich weer aanmelden.\n",
        "reset-pin": "bakker meldt zich aan met dag en maand van de geboortedatum.\n",
    }
    for way, sentence in said.items():
        one = run("staff", way, "bakker", "--store", practice)
        assert (one.status, one.out) == (0, sentence), one.err
        assert run("staff", way, "nobody", "--store", practice).status == 1
