"""What a stranger with the login gets at a real sshd: the desk, and nothing else."""

import subprocess
from pathlib import Path

import pytest

from tests.needs import output_of, program
from tests.ports import free_port
from tests.ssh.conftest import OpenSsh
from tests.ssh.server import DESK, DESK_LINE, USER, Server
from tests.ssh.steps import open_plain

HOST = f"{USER}@127.0.0.1"
ALLOWED = {
    "PATH", "LANG", "HOME", "TERM", "DESKTERM_DESK", "SSH_CONNECTION",
    "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
    "MALLOC_ARENA_MAX",  # of the launcher, as the folders are
    "PWD",  # of the shell that starts it
}  # fmt: skip
EVIL = {
    "LD_PRELOAD": "/nowhere/evil.so",
    "PYTHONSTARTUP": "/nowhere/evil.py",
    "PYTHONPATH": "/nowhere",
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_LOG": "evil.log",
    "TEXTUAL_SCREENSHOT": "1",
    "BASH_ENV": "/nowhere/evil.sh",
    "DESKTERM_STORE": "/nowhere/other.db",
    "XDG_CONFIG_HOME": "/nowhere",
    "LC_ALL": "C",
    "IFS": "x",
}


def test_a_command_is_not_carried_out(server: Server) -> None:
    for command in ("id", "sh -i", "deskterm customer find testabo", "touch pwned"):
        run = server.run("ssh", [], HOST, command)
        assert (run.returncode, run.stdout) == (2, b"")
        assert "Hier is alleen de balie" in run.stderr.decode()
    assert not list(server.folder.rglob("pwned"))


def test_a_command_with_a_terminal_is_not_carried_out_either(over_ssh: OpenSsh) -> None:
    terminal = over_ssh(command=["sh"])
    assert terminal.wait_ended() == 2
    assert "Hier is alleen de balie" in terminal.text()


def test_without_a_terminal_there_is_a_sentence_and_no_shell(server: Server) -> None:
    run = server.run("ssh", ["-T"], HOST)
    assert (run.returncode, run.stdout) == (1, b"")
    assert "Het scherm heeft een terminal nodig" in run.stderr.decode()


@pytest.mark.parametrize("options", [[], ["-O"]], ids=["as sftp", "as of old"])
def test_no_file_is_fetched_or_brought_with_scp(
    server: Server, tmp_path: Path, options: list[str]
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("x", encoding="utf-8")
    there = server.folder / "brought"
    brought = server.run("scp", options, str(mine), f"{HOST}:{there}")
    fetched = server.run("scp", options, f"{HOST}:{server.settings}", str(tmp_path / "fetched"))
    assert brought.returncode != 0
    assert fetched.returncode != 0
    assert not there.exists()
    assert not (tmp_path / "fetched").exists()


def test_there_is_no_sftp(server: Server) -> None:
    run = server.run("sftp", [], HOST)
    assert run.returncode != 0
    assert b"sftp>" not in run.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-W", "127.0.0.1:{port}"], b"forwarding failed"),
        (
            ["-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:{port}"],
            b"forwarding failed",
        ),
        (["-o", "ExitOnForwardFailure=yes", "-N", "-R", "{folder}/s:127.0.0.1:1"], b"failed"),
    ],
    ids=["to the server's network", "from it", "from a socket of it"],
)
def test_nothing_is_forwarded(server: Server, words: list[str], said: bytes) -> None:
    filled = [word.format(port=server.port, folder=server.folder) for word in words]
    run = server.run("ssh", [*filled, "-o", "LogLevel=INFO"], HOST)
    assert run.returncode == 255
    assert said in run.stderr
    assert b"SSH-2.0" not in run.stdout


def test_of_a_client_s_variables_only_the_desk_comes_through(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh(
        "-A", "-X", "-o", f"SendEnv={' '.join(EVIL)}",
        env={"DISPLAY": ":9", "SSH_AUTH_SOCK": "/nowhere"} | EVIL,
    )  # fmt: skip
    open_plain(terminal)
    (desk,) = server.desks()
    pairs = (Path("/proc") / str(desk) / "environ").read_bytes().split(b"\0")
    told = dict(pair.decode().partition("=")[::2] for pair in pairs if pair)
    assert told["DESKTERM_DESK"] == DESK
    assert told.keys() <= ALLOWED
    assert "/nowhere" not in "".join(told.values())


def test_no_customer_is_left_in_a_core_dump(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    over_ssh().wait(DESK_LINE)
    (desk,) = server.desks()
    limits = (Path("/proc") / str(desk) / "limits").read_text(encoding="utf-8")
    (core,) = (line.split() for line in limits.splitlines() if line.startswith("Max core"))
    assert core[4:6] == ["0", "0"]


def test_a_port_for_a_printer_is_the_only_one_that_opens(tmp_path: Path, server: Server) -> None:
    port = free_port()
    printing = Server(tmp_path, "--print-port", str(port))
    printing.start()
    try:
        forward = ["-N", "-o", "ExitOnForwardFailure=yes"]
        other = printing.run("ssh", [*forward, "-R", f"127.0.0.1:{free_port()}:127.0.0.1:1"], HOST)
        assert other.returncode == 255
        words = [*forward, "-R", f"127.0.0.1:{port}:127.0.0.1:{server.port}"]
        line = subprocess.Popen([*printing.client("ssh", *words), HOST])
        try:
            while b"OpenSSH" not in greeting(port):
                assert line.poll() is None
        finally:
            line.kill()
            line.wait()
    finally:
        printing.stop()


def greeting(port: int) -> bytes:
    """What is said at a port of this machine; nothing when nobody is there."""
    words = [program("ssh-keyscan", "openssh-client"), "-p", str(port), "-T", "2", "127.0.0.1"]
    run = subprocess.run(words, capture_output=True, timeout=20, check=False)
    return run.stdout + run.stderr


def test_sshd_reads_the_settings_as_they_are_meant(server: Server) -> None:
    sshd = program("sshd", "openssh-server")
    words = (sshd, "-T", "-f", server.config, "-C", f"user={USER},host=x,addr=127.0.0.1")
    settings = set(output_of(*words).decode().splitlines())
    assert settings >= {
        "disableforwarding yes",
        "permituserrc no",
        "permituserenvironment no",
        "clientaliveinterval 15",
        "clientalivecountmax 3",
        "maxsessions 1",
        f"forcecommand {server.folder}/lib/desk",
        f"authorizedkeysfile {server.settings.parent}/keys/%u",
    }
    assert [line for line in settings if line.startswith("acceptenv")] == [
        "acceptenv DESKTERM_DESK"
    ]
