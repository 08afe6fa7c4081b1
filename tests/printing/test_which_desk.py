"""Which desk a program stands at: by what is said, by the machine, by the SSH session."""

import pytest

from deskterm.printing.options import DeskMatch, DeskOptions, PrintingOptions
from deskterm.printing.which_desk import named_desk, recognised_desk

DESKS = PrintingOptions(
    desks={
        "balie1": DeskOptions("balie1", match=DeskMatch(host=("Balie-PC-1.annen.local",))),
        "5280/balie2": DeskOptions(
            "5280/balie2", match=DeskMatch(ssh_client=("10.1.2.11", "fd00::2"), env="kinderhoek")
        ),
    }
)


@pytest.mark.parametrize(
    ("said", "desk"),
    [("", ""), (" ", ""), ("kinderhoek", "5280/balie2"), ("9401/balie7", "9401/balie7")],
)
def test_what_is_said_goes_before_all(said: str, desk: str) -> None:
    assert named_desk(DESKS, said) == desk


@pytest.mark.parametrize(
    ("host", "environ", "desk"),
    [
        ("balie-pc-1", {}, "balie1"),
        ("BALIE-PC-1.elders.nl", {}, "balie1"),
        ("balie-pc-11", {}, ""),
        ("", {}, ""),
        ("server", {"SSH_CONNECTION": "10.1.2.11 50022 10.1.2.1 22"}, "5280/balie2"),
        ("server", {"SSH_CONNECTION": "::ffff:10.1.2.11 1 ::1 22"}, "5280/balie2"),
        ("server", {"SSH_CLIENT": "fd00:0::2 50022 22"}, "5280/balie2"),
        ("server", {"SSH_CONNECTION": "10.1.2.12 50022 10.1.2.1 22"}, ""),
        ("server", {"SSH_CONNECTION": "onzin"}, ""),
        ("balie-pc-1", {"SSH_CONNECTION": "10.1.2.11 1 10.1.2.1 22"}, "balie1"),
    ],
)
def test_the_machine_goes_before_the_session(host: str, environ: dict[str, str], desk: str) -> None:
    assert recognised_desk(DESKS, environ, host) == desk
