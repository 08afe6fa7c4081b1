"""Lines that are lost without a word, and desks that are to outlive theirs (docs/ssh.md)."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.steps import PLAIN, block_of
from tests.needs import program
from tests.ssh.server import Server
from tests.ssh.slow_line import SlowLine
from tests.ssh.steps import open_plain, press_at, wait_signed_in
from tests.ssh.test_lines import is_writable

GUIDE = Path(__file__).parents[2] / "docs/ssh.md"
NEVER = 10**9


@pytest.fixture
def own_server(tmp_path: Path, practice: Path) -> Iterator[Server]:
    """A server of this test's own, whose settings it may change before it starts."""
    (tmp_path / "server").mkdir()
    server = Server(tmp_path / "server")
    server.use(practice, by_login="prins")
    yield server
    server.stop()


def replace_in(file: Path, old: str, new: str) -> None:
    """Change one thing in a file, which has to be there."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_machine_that_vanishes_leaves_no_process_and_no_lock_behind(
    own_server: Server, practice: Path
) -> None:
    # A minute, in a hurry.
    replace_in(own_server.block, "ClientAliveInterval 15", "ClientAliveInterval 1")
    own_server.start()
    with SlowLine(own_server.port, delay=0, jitter=0, lost=NEVER) as line:
        terminal = own_server.terminal(port=line.port)
        with terminal:
            open_plain(terminal)
            press_at(terminal, "alt+w", "F12 Einde sessie")
            terminal.type("X")
            assert len(own_server.desks()) == 1
            line.vanish()
            own_server.wait_for_no_desk()
            assert is_writable(practice)


@pytest.fixture
def tmux(own_server: Server, tmp_path: Path) -> Iterator[list[str]]:
    """The server as the guide has it for desks that come back; gives the words that ask tmux."""
    guide = GUIDE.read_text(encoding="utf-8")
    (words,) = re.findall(r"^exec /usr/bin/(tmux .*) \\$", guide, re.MULTILINE)
    (settings,) = re.findall(
        r"^# /etc/deskterm/tmux.conf\n(.*?)```", guide, re.MULTILINE | re.DOTALL
    )
    conf, socket = tmp_path / "tmux.conf", f"desk-test-{own_server.port}"
    conf.write_text(settings, encoding="utf-8")
    words = words.replace('"desk-${SUDO_USER:?}"', socket).replace(
        "/etc/deskterm/tmux.conf", str(conf)
    )
    words = words.replace("tmux", program("tmux", "tmux"), 1)
    inside = own_server.folder / "lib" / "desk-inside"
    replace_in(inside, "exec /usr/bin/env -i", f"exec {words} /usr/bin/env -i")
    replace_in(inside, 'TERM="${TERM:-}"', "TERM=tmux-256color")
    own_server.start()
    asking = [program("tmux", "tmux"), "-L", socket]
    yield asking
    subprocess.run([*asking, "kill-server"], capture_output=True, check=False)
    own_server.wait_for_no_desk()


def programs(server: Server) -> list[int]:
    """The processes of deskterm itself, without those of tmux, which have its words."""
    return [
        one for one in server.desks()
        if b"tmux" not in Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")[0]
    ]  # fmt: skip


def test_a_desk_in_tmux_outlives_its_line_and_comes_back_as_it_was(
    tmux: list[str], own_server: Server, practice: Path
) -> None:
    with own_server.terminal() as terminal:
        wait_signed_in(terminal, practice)
        open_plain(terminal)
        press_at(terminal, "alt+w", "F12 Einde sessie")
        terminal.press("tab")
        terminal.type("X.Y.Z.")
        terminal.wait(r"Voorletters +X\.Y\.Z\.")
        (desk,) = programs(own_server)
        terminal.kill()
    with own_server.terminal(size=(100, 30)) as again:
        again.wait(r"Voorletters +X\.Y\.Z\.")
        again.wait(block_of(PLAIN))
        assert programs(own_server) == [desk]
        # No key of tmux's own is left that could be pressed.
        for table in ("root", "prefix"):
            asked = [*tmux, "list-keys", "-T", table]
            assert subprocess.run(asked, capture_output=True, check=False).stdout == b""
        again.press("ctrl+s")
        again.wait("F12 Einde sessie")
