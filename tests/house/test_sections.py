"""The sections of config.toml for accounts and mail: what they set, and how faults are told."""

import dataclasses

import pytest

from deskterm import config, sections
from deskterm.accounts.options import AccountOptions, ScimOptions
from deskterm.addresses.options import AddressOptions
from deskterm.config import Section, SettingFault
from deskterm.mail.options import MailOptions


def places(source: str) -> list[tuple[int, str]]:
    """Line and name of every fault in the sections of this text."""
    return [(fault.line, fault.field) for fault in told(source)]


def told(source: str) -> tuple[SettingFault, ...]:
    reading = config.parse(source)
    assert reading.faults == ()
    return sections.faults(reading)


def test_without_sections_everything_is_as_usual() -> None:
    reading = config.parse("theme = 'light'\n")
    assert sections.accounts(reading) == Section(AccountOptions())
    assert sections.mail(reading) == Section(MailOptions())
    assert sections.faults(reading) == ()


def test_every_option_of_accounts_is_read() -> None:
    reading = config.parse(
        """
        [accounts]
        provider = "scim"
        activation_hours = 48
        username_candidates = ["{achternaam}"]
        username_pattern = "[a-z]+"
        delete_pending_on_forget = false
        interactive_budget_s = 3
        [accounts.scim]
        base_url = "https://id.example.org/scim/v2"
        search = "path"
        has_external_id = false
        created_active = true
        ca_file = "ca.pem"
        token_file = "token"
        connect_s = 1
        read_s = 2.5
        """
    )
    read = sections.accounts(reading)
    assert read.faults == ()
    scim = ScimOptions(
        base_url="https://id.example.org/scim/v2", search="path", has_external_id=False,
        created_active=True, ca_file="ca.pem", token_file="token", connect_s=1.0, read_s=2.5,
    )  # fmt: skip
    assert read.options == AccountOptions(
        provider="scim", activation_hours=48, username_candidates=("{achternaam}",),
        username_pattern="[a-z]+", delete_pending_on_forget=False, interactive_budget_s=3.0,
        scim=scim,
    )  # fmt: skip


def test_every_option_of_mail_is_read() -> None:
    reading = config.parse(
        """
        [mail]
        sender = "bieb@example.org"
        sender_name = "Bieb"
        library = "Bibliotheek Annen"
        host = "smtp.example.org"
        port = 2525
        security = "tls"
        user = "bieb"
        password_file = "password"
        ca_file = "ca.pem"
        timeout_s = 5
        total_s = 20
        templates = "letters"
        maildir = "post"
        """
    )
    read = sections.mail(reading)
    assert read.faults == ()
    assert read.options == MailOptions(
        sender="bieb@example.org", sender_name="Bieb", library="Bibliotheek Annen",
        host="smtp.example.org", port=2525, security="tls", user="bieb",
        password_file="password", ca_file="ca.pem", timeout_s=5.0, total_s=20.0,
        templates="letters", maildir="post",
    )  # fmt: skip


def test_every_option_of_addresses_is_read() -> None:
    assert sections.address(config.parse("")) == Section(AddressOptions())
    one_line = sections.address(config.parse('address.lookup = "pdok"\n'))
    assert one_line == Section(AddressOptions(lookup="pdok"))
    every = config.parse(
        """
        [address]
        lookup = "vlaanderen"
        url = "https://proxy.example.org/"
        budget_s = 1
        """
    )
    assert sections.address(every) == Section(
        AddressOptions(lookup="vlaanderen", url="https://proxy.example.org", budget_s=1.0)
    )


def test_all_faults_at_once_each_with_its_line() -> None:
    source = (
        "[accounts]\n"
        "provider = 'keycloak'\n"
        "activation_hour = 24\n"
        "username_candidates = ['{pas}', '{naam}']\n"
        "username_pattern = '['\n"
        "[accounts.scim]\n"
        "base_url = 3\n"
        "read_s = 0\n"
        "[mail]\n"
        "sender = 'geen adres'\n"
        "port = true\n"
    )
    assert places(source) == [
        (2, "accounts.provider"),
        (3, "accounts.activation_hour"),
        (4, "accounts.username_candidates"),
        (5, "accounts.username_pattern"),
        (7, "accounts.scim.base_url"),
        (8, "accounts.scim.read_s"),
        (10, "mail.sender"),
        (11, "mail.port"),
    ]
    sentences = [fault.sentence for fault in told(source)]
    assert "bedoel je activation_hours?" in sentences[1]
    assert "{naam}" in sentences[2]


@pytest.mark.parametrize(
    ("source", "line", "name", "belongs"),
    [
        ("[accounts]\ntoken = 'geheim'\n", 2, "accounts.token", "DESKTERM_ACCOUNTS_TOKEN"),
        (
            "[accounts.scim]\nbearer_token = 'geheim'\n", 2, "accounts.scim.bearer_token",
            "token_file",
        ),
        ("[accounts]\nscim.api-key = 'geheim'\n", 2, "accounts.scim.api-key", "accounts-token"),
        ("[mail]\nPassword = 'geheim'\n", 2, "mail.Password", "DESKTERM_MAIL_PASSWORD"),
        ("[address]\napi_key = 'geheim'\n", 2, "address.api_key", "geen sleutel"),
        ("[mail]\nwachtwoord = 'geheim'\n", 2, "mail.wachtwoord", "password_file"),
    ],
)  # fmt: skip
def test_a_secret_in_the_file_is_told_where_it_belongs(
    source: str, line: int, name: str, belongs: str
) -> None:
    (fault,) = told(source)
    assert (fault.line, fault.field) == (line, name)
    assert belongs in fault.sentence
    assert "geheim" not in fault.sentence


def test_the_file_of_a_secret_may_be_named() -> None:
    assert told("[accounts.scim]\ntoken_file = 'x'\n[mail]\npassword_file = 'y'\n") == ()


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://id.example.org/scim/v2", True),
        ("http://127.0.0.1:18080/v2", True),
        ("http://[::1]:18080/v2", True),
        ("http://localhost/v2", True),
        ("http://localhost.example.org/v2", False),
        ("http://10.0.0.1/v2", False),
        ("https://desk:geheim@id.example.org/v2", False),
        ("https://[::1/v2", False),
        ("ftp://id.example.org/", False),
        ("id.example.org", False),
        ("https:///v2", False),
    ],
)
def test_an_account_server_is_spoken_to_in_secret(address: str, good: bool) -> None:
    found = told(f"[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = '{address}'\n")
    assert [fault.field for fault in found] == ([] if good else ["accounts.scim.base_url"])
    assert "geheim" not in str(found)


@pytest.mark.parametrize("url", ["http://pdok.example.org", "api.pdok.nl", "https://a:b@pdok.nl"])
def test_a_register_of_addresses_is_spoken_to_in_secret(url: str) -> None:
    source = f"[address]\nlookup = 'pdok'\nurl = '{url}'\n"
    assert places(source) == [(3, "address.url")]
    assert places(source.replace(url, "http://127.0.0.1:8080")) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("[accounts]\nprovider = 'scim'\n", (0, "accounts.scim.base_url")),
        (
            "[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = 'https://id.example.org'\n"
            "search = 'path'\n",
            (0, "accounts.scim.has_external_id"),
        ),
        ("[mail]\nhost = 'smtp.example.org'\n", (0, "mail.sender")),
        (
            "[mail]\nhost = 'smtp.example.org'\nsender = 'a@example.org'\nsecurity = 'none'\n",
            (4, "mail.security"),
        ),
        ("[mail]\ntimeout_s = 40\ntotal_s = 30\n", (2, "mail.timeout_s")),
        ("mail = 'aan'\n", (1, "mail")),
        ("[[accounts]]\n", (0, "accounts")),
        ("[accounts]\nscim = 3\n", (2, "accounts.scim")),
    ],
)
def test_what_does_not_fit_together_is_a_fault(source: str, fault: tuple[int, str]) -> None:
    assert places(source) == [fault]


def test_every_option_has_a_check() -> None:
    assert set(sections.ACCOUNT_CHECKS) == set(names_of(AccountOptions(), "accounts"))
    assert set(sections.ADDRESS_CHECKS) == set(names_of(AddressOptions(), "address"))
    assert set(sections.MAIL_CHECKS) == set(names_of(MailOptions(), "mail"))


def names_of(part: object, before: str) -> list[str]:
    assert dataclasses.is_dataclass(part)
    found = []
    for one in dataclasses.fields(part):
        value = getattr(part, one.name)
        name = f"{before}.{one.name}"
        found += names_of(value, name) if dataclasses.is_dataclass(value) else [name]
    return found


def test_every_section_is_left_alone_by_the_settings() -> None:
    assert set(sections.READERS) | {"keys", "printer"} == config.ELSEWHERE


PRINTERS = """desk = "balie1"
[printing]
keep_payload_days = 3
[[printer]]
name = "bon"
type = "escpos-network"
host = "printer.example.org"
[[printer]]
name = "pas"
type = "pdf-file"
folder = "cards"
[printing.desk.balie1]
receipt = "bon"
card = "pas"
[printing.branch.9401]
card_title = "Annen"
"""


def test_printers_and_which_desk_has_them_are_read() -> None:
    reading = config.parse(PRINTERS)
    assert reading.settings.desk == "balie1"
    read = sections.printing(reading)
    assert read.faults == ()
    assert read.options.keep_payload_days == 3
    assert read.options.desk("balie1").card == "pas"
    assert read.options.branch("9401").card_title == "Annen"


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("keep_payload_days = 3", "keep_days = 3", (3, "printing.keep_days")),
        ('type = "pdf-file"', 'type = "pdf"', (10, "printer.2.type")),
        ('receipt = "bon"', 'recept = "bon"', (13, "printing.desk.balie1.recept")),
        ('card_title = "Annen"', "card_title = 1", (16, "printing.branch.9401.card_title")),
    ],
)
def test_faults_of_printers_have_their_line(right: str, wrong: str, fault: tuple[int, str]) -> None:
    assert fault in places(PRINTERS.replace(right, wrong))


@pytest.mark.parametrize("source", ["printing = 3\n", "printer = 3\n", "[printer]\nname = 'x'\n"])
def test_what_is_no_section_of_printers_is_a_fault(source: str) -> None:
    ((line, _name),) = places(source)
    assert line == 1


def test_of_a_file_that_is_no_toml_nothing_is_known() -> None:
    reading = config.parse("[mail\nhost = 'smtp.example.org'\n")
    assert sections.mail(reading).faults == sections.accounts(reading).faults == reading.faults
    assert not reading.leaves_out("mail")
    assert config.parse("").leaves_out("mail")
    assert sections.faults(reading) == ()
