"""Mail options that cannot be right are refused before a mail is sent."""

import pytest

from deskterm.mail.options import BadMailOptions, MailOptions


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "127.3.2.1", "::1"])
def test_only_this_machine_gets_mail_that_anyone_can_read(host: str) -> None:
    assert MailOptions(sender="b@example.org", host=host, security="none").server_port == 25


@pytest.mark.parametrize(
    "host", ["mail.example.org", "192.0.2.1", "localhost.example.org", "127.0.0.1.example.org"]
)
def test_another_machine_does_not(host: str) -> None:
    with pytest.raises(BadMailOptions, match="security"):
        MailOptions(sender="b@example.org", host=host, security="none")


def test_a_server_needs_somebody_who_mails() -> None:
    with pytest.raises(BadMailOptions, match="sender"):
        MailOptions(host="mail.example.org")


@pytest.mark.parametrize(("silence", "total"), [(0, 30), (10, 60), (31, 30)])
def test_a_mail_takes_less_time_than_its_lease(silence: float, total: float) -> None:
    with pytest.raises(BadMailOptions, match="timeout"):
        MailOptions(timeout_s=silence, total_s=total)


def test_ports_are_the_usual_ones_unless_one_is_named() -> None:
    server = MailOptions(sender="b@example.org", host="mail.example.org")
    assert server.server_port == 587
    assert MailOptions(sender=server.sender, host=server.host, security="tls").server_port == 465
    assert MailOptions(sender=server.sender, host=server.host, port=2525).server_port == 2525
