"""The files of `deskterm ssh-setup`: what they say, and that their readers take them."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from deskterm import cli
from deskterm.services.errors import DeskError
from deskterm.setup.ssh import Plan, ServerFile, server_files
from tests.needs import output_of, program

ROOT = Path(__file__).parents[2]
USUAL = ("/usr/local/bin/deskterm",)


def files(**given: object) -> dict[str, ServerFile]:
    """The files of a plan by their name."""
    plan = Plan(**{"program": USUAL, **given})  # type: ignore[arg-type]
    return {str(one.path): one for one in server_files(plan)}


def test_the_launcher_runs_as_the_owner_of_the_data_with_fixed_words() -> None:
    texts = {path: one.text for path, one in files().items()}
    lib = "/usr/local/lib/deskterm"
    assert f"sudo -n -u deskterm -- {lib}/desk-inside\n" in texts[f"{lib}/desk"]
    inside = texts[f"{lib}/desk-inside"]
    assert '--config /etc/deskterm/config.toml --login "${SUDO_USER:?}"\n' in inside
    assert "exec /usr/bin/env -i " in inside
    assert texts["/etc/sudoers.d/deskterm"].endswith(f'NOPASSWD: {lib}/desk-inside ""\n')
    assert "d /var/lib/deskterm 0700 deskterm deskterm\n" in texts["/etc/tmpfiles.d/deskterm.conf"]


def test_python_of_ours_loads_no_docstrings_at_a_desk_and_keeps_what_it_compiled() -> None:
    program = ("/opt/python", "-I", "-m", "deskterm")
    planned = files(program=program, lean=True)
    inside = planned["/usr/local/lib/deskterm/desk-inside"].text
    folder = '-X pycache_prefix="$home/compiled"'
    assert f"    /opt/python -OO -X no_debug_ranges {folder} -I -m deskterm --config" in inside
    worker = planned["/etc/systemd/system/deskterm-worker.service"].text
    assert "ExecStart=/opt/python -I -m deskterm worker" in worker


def test_with_own_rights_there_is_no_sudo_and_no_common_folder() -> None:
    planned = files(own_rights=True)
    assert "/etc/sudoers.d/deskterm" not in planned
    assert "/etc/logrotate.d/deskterm" not in planned, "root would work in folders of others"
    assert "sudo" not in "".join(one.text for one in planned.values()).replace("docs", "")
    assert "d /var/lib/deskterm 1733 root deskterm-desk" in (
        planned["/etc/tmpfiles.d/deskterm.conf"].text
    )


def test_with_own_rights_a_folder_that_somebody_else_made_is_not_used(tmp_path: Path) -> None:
    state = tmp_path / "deskterm"
    state.mkdir()
    given = {"program": ("/bin/true",), "state": str(state), "own_rights": True}
    inside = tmp_path / "desk-inside"
    inside.write_text(files(**given)["/usr/local/lib/deskterm/desk-inside"].text, encoding="utf-8")
    me = output_of("id", "-un").decode().strip()
    assert output_of("/bin/sh", inside) == b""
    assert stat.S_IMODE((state / me).stat().st_mode) == 0o700
    (state / me).rename(tmp_path / "elsewhere")
    (state / me).symlink_to(tmp_path / "elsewhere")
    run = subprocess.run(["/bin/sh", inside], capture_output=True, timeout=60, check=False)
    assert run.returncode == 1
    assert b"van iemand anders" in run.stderr


def test_with_own_rights_a_worker_reads_the_settings_and_writes_in_a_folder_of_its_own() -> None:
    planned = {path: one.text for path, one in files(own_rights=True).items()}
    assert "\nm deskterm deskterm-desk\n" in planned["/etc/sysusers.d/deskterm.conf"]
    home = "/var/lib/deskterm/deskterm"
    assert f"\nd {home} 0700 deskterm deskterm\n" in planned["/etc/tmpfiles.d/deskterm.conf"]
    unit = planned["/etc/systemd/system/deskterm-worker@.service"]
    assert f"\nReadWritePaths={home}\n" in unit
    assert f"\nEnvironment=XDG_DATA_HOME={home}\n" in unit
    assert "StateDirectory" not in unit, "systemd would take the common folder away from the desks"


def test_a_worker_may_write_where_the_data_are() -> None:
    unit = files(state="/srv/deskterm")["/etc/systemd/system/deskterm-worker.service"].text
    assert "\nReadWritePaths=/srv/deskterm\n" in unit
    assert "\nEnvironment=XDG_DATA_HOME=/srv\n" in unit
    assert "StateDirectory" not in unit


@pytest.mark.parametrize("own_rights", [False, True])
@pytest.mark.parametrize("state", ["/var/lib/deskterm", "/srv/deskterm"])
def test_systemd_takes_the_units(own_rights: bool, state: str, tmp_path: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    for path, one in files(own_rights=own_rights, state=state, program=("/bin/true",)).items():
        if path.startswith("/etc/systemd/"):
            name = path.rpartition("/")[2].replace("@.", "@9401-balie1.")
            unit = tmp_path / name
            unit.write_text(one.text, encoding="utf-8")
            words = (analyze, "verify", "--man=no", unit)
            run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
            # It names the unit with a word that it does not know, and is content all the same.
            assert name not in run.stderr


@pytest.mark.parametrize("own_rights", [False, True])
def test_no_mark_is_left_to_be_filled_in(own_rights: bool) -> None:
    for path, one in files(own_rights=own_rights, print_ports=(19101, 19102)).items():
        assert not any(f"@{mark}@" in one.text for mark in ("group", "user", "state")), path
        assert "\n\n\n" not in one.text
        assert one.text.endswith("\n")


@pytest.mark.parametrize(
    "given",
    [
        {"group": "desk staff"},
        {"group": "x\nForceCommand sh"},
        {"user": "root ALL=(ALL) ALL #"},
        {"settings": "/etc/x y.toml"},
        {"settings": "etc/config.toml"},
        {"launcher": '/usr/lib/$(id)"'},
        {"state": "/var/lib/elsewhere"},
        {"program": ("deskterm",)},
    ],
    ids=repr,
)
def test_a_name_that_would_be_read_as_something_else_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(DeskError):
        files(**given)


def test_sudo_and_the_shell_take_what_is_for_them(tmp_path: Path) -> None:
    for path, one in files().items():
        file = tmp_path / "file"
        file.write_text(one.text, encoding="utf-8")
        file.chmod(0o440)
        if "sudoers" in path:
            output_of(program("visudo", "sudo"), "-c", "-f", file)
        if one.text.startswith("#!/bin/sh"):
            output_of("/bin/sh", "-n", file)
        file.chmod(0o600)


def test_the_script_puts_every_file_in_place_and_keeps_settings(tmp_path: Path) -> None:
    written, server = tmp_path / "written", tmp_path / "server"
    assert cli.main(["ssh-setup", "--program", *USUAL, "--write", str(written)]) == 0
    mine = server / "etc/deskterm/config.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mouse = true\n", encoding="utf-8")
    program("visudo", "sudo")
    script = ["sh", str(written / "install.sh")]
    subprocess.run(script, env={**os.environ, "DESTDIR": str(server)}, timeout=60, check=True)
    assert mine.read_text(encoding="utf-8") == "mouse = true\n"
    for path, one in files().items():
        if path not in ("install.sh", "/etc/deskterm/config.toml"):
            there = Path(f"{server}{path}")
            assert there.read_text(encoding="utf-8") == one.text
            assert stat.S_IMODE(there.stat().st_mode) == one.mode


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").touch()
    assert cli.main(["ssh-setup", "--program", *USUAL, "--write", str(tmp_path)]) == 1
    assert "is niet leeg" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_without_a_folder_everything_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ssh-setup", "--program", *USUAL, "--print-port", "19101"]) == 0
    shown = capsys.readouterr().out
    assert "# ==> /etc/ssh/sshd_config.d/50-deskterm.conf (0644)\n" in shown
    assert "    PermitListen localhost:19101 127.0.0.1:19101\n" in shown


def test_the_unit_of_the_guide_is_the_one_that_is_written() -> None:
    unit = (ROOT / "docs/deskterm-worker.service").read_text(encoding="utf-8")
    assert unit == files()["/etc/systemd/system/deskterm-worker.service"].text
