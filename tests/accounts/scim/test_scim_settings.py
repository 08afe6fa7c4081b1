"""Settings that would be unsafe or cannot work are refused before anything is sent."""

import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.accounts.options import ScimOptions
from deskterm.accounts.scim import ScimProvider
from deskterm.accounts.scim_settings import SettingError

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "url",
    [
        "https://id.example.org/scim/v2",
        "https://id.example.org/scim/v2/",
        "https://id.example.org:8443",
        "http://127.0.0.1:8080/v2",
        "http://127.1.2.3/v2",
        "http://[::1]:8080/v2",
        "http://localhost/v2",
        "HTTP://LOCALHOST/v2",
    ],
)
def test_tls_is_for_networks_and_this_machine_may_do_without(url: str) -> None:
    ScimProvider(ScimOptions(base_url=url), "token", 24).close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "id.example.org/scim",
        "ftp://id.example.org",
        "https://",
        "https:///scim",
        "http://id.example.org/scim/v2",
        "http://192.168.1.20/v2",
        "http://localhost.example.org/v2",
        "http://127.0.0.1.example.org/v2",
        "http://0.0.0.0/v2",
        "http://127.0.0.1@id.example.org/v2",
        "https://user:secret@id.example.org/v2",
        "https://id.example.org/v2?token=secret",
        "https://id.example.org/v2#top",
        "https://id.example.org:99999/v2",
        "https://[::1/v2",
        "https://id.example.org/s cim",
        "https://id.example.org/scim\n",
        "https://bibliothéék.example/v2",
    ],
)
def test_an_unsafe_address_is_refused_by_the_name_of_its_setting(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        ScimProvider(ScimOptions(base_url=url), "token", 24)
    assert refused.value.setting == "accounts.scim.base_url"
    assert str(refused.value).startswith("accounts.scim.base_url: ")
    assert "secret" not in str(refused.value)


def test_keys_cannot_be_looked_up_by_path() -> None:
    options = ScimOptions(base_url="https://id.example.org", search="path")
    with pytest.raises(SettingError, match=r"accounts\.scim\.has_external_id"):
        ScimProvider(options, "token", 24)


@pytest.mark.parametrize("content", [None, "geen certificaat", ""])
def test_a_file_without_certificates_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content, encoding="ascii")
    options = ScimOptions(base_url="https://id.example.org", ca_file=str(file))
    with pytest.raises(SettingError, match=r"accounts\.scim\.ca_file") as refused:
        ScimProvider(options, "token", 24)
    assert str(file) in refused.value.sentence


def test_httpx_is_loaded_when_a_server_is_asked_and_not_before() -> None:
    code = (
        "import sys\n"
        "from deskterm.accounts.model import Unavailable\n"
        "from deskterm.accounts.options import ScimOptions\n"
        "from deskterm.accounts.scim import ScimProvider\n"
        "options = ScimOptions(base_url='http://127.0.0.1:9')\n"
        "provider = ScimProvider(options, 'x', 24)\n"
        "print('httpx' in sys.modules, 'httpcore' in sys.modules)\n"
        "try: provider.check()\n"
        "except Unavailable: print('httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", "True"]
