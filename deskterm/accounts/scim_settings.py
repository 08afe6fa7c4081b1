"""What the settings of a SCIM server have to be, checked before anything is sent there."""

import ssl
from ipaddress import ip_address
from urllib.parse import urlsplit

from deskterm.accounts.options import ScimOptions
from deskterm.text import _

BASE_URL = "accounts.scim.base_url"
CA_FILE = "accounts.scim.ca_file"
HAS_EXTERNAL_ID = "accounts.scim.has_external_id"


class SettingError(ValueError):
    """A setting cannot be worked with; the message is for the manager and names it."""

    def __init__(self, setting: str, sentence: str) -> None:
        super().__init__(f"{setting}: {sentence}")
        self.setting = setting
        self.sentence = sentence


def checked_base(options: ScimOptions) -> str:
    """The base address without a slash at its end; SettingError for what is unsafe or cannot work.

    A token may cross a network only under TLS, and an address may hold no secret itself.
    """
    url = options.base_url.rstrip("/")
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise SettingError(BASE_URL, _("dit hoort een webadres zonder spaties te zijn"))
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        raise SettingError(BASE_URL, _("dit hoort een webadres te zijn dat met https:// begint"))
    if parts.username is not None or parts.query or parts.fragment:
        raise SettingError(BASE_URL, _("dit hoort alleen een adres te zijn, zonder @, ? of #"))
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingError(
            BASE_URL, _("dit hoort met https:// te beginnen; http:// mag alleen op deze machine")
        )
    if options.search == "path" and options.has_external_id:
        raise SettingError(
            HAS_EXTERNAL_ID, _('dit hoort false te zijn waar accounts.scim.search "path" is')
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, whatever a name server says."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def trust(options: ScimOptions) -> ssl.SSLContext:
    """The certificates to trust: the library's own (ca_file) or those of the system."""
    if not options.ca_file:
        plain = options.base_url.startswith("http:")
        # Reading all of the system's takes 30 ms, for which plain HTTP has no use.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=options.ca_file)
    except OSError as error:
        # ssl.SSLError is one of these, and says in English which line of OpenSSL's it was.
        sentence = _("{file} is niet te lezen of bevat geen certificaten ({kind})")
        raise SettingError(
            CA_FILE, sentence.format(file=options.ca_file, kind=type(error).__name__)
        ) from None
