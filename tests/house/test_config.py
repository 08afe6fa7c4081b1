"""config.toml: what it sets, and how its faults are told."""

from pathlib import Path

import pytest

from deskterm import config
from deskterm.config import CardSettings, ScannerSettings, SettingFault, Settings, parse


def test_an_empty_file_is_all_defaults() -> None:
    assert parse("").settings == Settings()
    assert parse("").faults == ()


def test_every_setting_is_read() -> None:
    reading = parse(
        """
        store = "/srv/library.db"
        branch = "9401"
        desk = "balie1"
        language = "en"
        theme = "light"
        mouse = false
        idle_lock_minutes = 0
        idle_end_minutes = 720
        sign_in = false
        scanner = { prefix = "]C0", tab_ends = true }
        [cards]
        lengths = [14, 10]
        warn_check_digit = false
        national_number = true
        [keys]
        "customer.search" = "f2"
        """
    )
    assert reading.faults == ()
    assert reading.settings == Settings(
        store="/srv/library.db",
        branch="9401",
        desk="balie1",
        language="en",
        theme="light",
        mouse=False,
        idle_lock_minutes=0,
        idle_end_minutes=720,
        sign_in=False,
        scanner=ScannerSettings(prefix="]C0", tab_ends=True),
        cards=CardSettings(lengths=(10, 14), warn_check_digit=False, national_number=True),
    )


def test_all_faults_at_once_each_with_its_line_and_the_rest_is_kept() -> None:
    reading = parse(
        "languege = 'en'\n"
        "theme = 'pink'\n"
        "desk = 'balie1'\n"
        "idle_lock_minutes = true\n"
        "scanner.tab_ends = 'ja'\n"
        "[cards]\n"
        "lengths = [9]\n"
        "colour = 1\n"
    )
    assert [(fault.line, fault.field) for fault in reading.faults] == [
        (1, "languege"),
        (2, "theme"),
        (4, "idle_lock_minutes"),
        (5, "scanner.tab_ends"),
        (7, "cards.lengths"),
        (8, "cards.colour"),
    ]
    assert "bedoel je language?" in reading.faults[0].sentence
    assert reading.settings == Settings(desk="balie1")


def test_signing_in_may_be_left_to_the_server() -> None:
    assert parse('sign_in = "ssh-user"').settings.sign_in == "ssh-user"
    assert parse("sign_in = true").settings.sign_in is True
    (fault,) = parse('sign_in = "ssh"').faults
    assert fault.sentence == 'dit hoort true, false of "ssh-user" te zijn'


@pytest.mark.parametrize(
    ("text", "line"),
    [("theme = \n", 1), ("desk = 'a'\ndesk = 'b'\n", 2), ("desk = 'a'\n[cards\n", 2)],
)
def test_broken_toml_names_its_line(text: str, line: int) -> None:
    (fault,) = parse(text).faults
    assert (fault.line, fault.field) == (line, "")
    assert parse(text).settings == Settings()


@pytest.mark.parametrize("text", ["scanner = 3", "cards = []"])
def test_a_section_that_is_no_table_is_a_fault(text: str) -> None:
    (fault,) = parse(text).faults
    assert fault.sentence == "dit hoort een tabel te zijn"


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert config.load(tmp_path / "config.toml") == config.Reading(Settings())


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    binary = tmp_path / "config.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    (fault,) = config.load(binary).faults
    assert isinstance(fault, SettingFault)
    assert fault.sentence == f"{binary} is niet te lezen: dat is geen tekst in UTF-8"


def test_the_store_is_chosen_by_option_then_variable_then_file_then_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings, variable = Settings(store="file.db"), {"DESKTERM_STORE": "variable.db"}
    assert config.choose_store("option.db", settings, variable) == "option.db"
    assert config.choose_store(None, settings, variable) == "variable.db"
    assert config.choose_store(None, settings, {}) == "file.db"
    assert config.choose_store(None, Settings(), {}) == str(tmp_path / "deskterm/deskterm.db")


def test_every_setting_has_a_check() -> None:
    names = {
        f"{name}.{inner}" if hasattr(value, "__dataclass_fields__") else name
        for name, value in ((name, getattr(Settings(), name)) for name in _fields(Settings()))
        for inner in (_fields(value) if hasattr(value, "__dataclass_fields__") else [""])
    }
    assert set(config.CHECKS) == names


def _fields(settings: object) -> list[str]:
    return list(getattr(settings, "__dataclass_fields__", {}))
