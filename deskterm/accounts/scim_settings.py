"""What the settings of a SCIM server have to be, checked before anything is sent there."""

import ssl

from deskterm.accounts.options import ScimOptions
from deskterm.config.checks import web_address
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
    try:
        url = web_address(options.base_url)
    except ValueError as error:
        raise SettingError(BASE_URL, str(error)) from None
    if options.search == "path" and options.has_external_id:
        raise SettingError(
            HAS_EXTERNAL_ID, _('dit hoort false te zijn waar accounts.scim.search "path" is')
        )
    return url


def trust(options: ScimOptions) -> ssl.SSLContext:
    """The certificates to trust: the library's own (ca_file) or those of the system.

    Raises:
        SettingError: the file cannot be read or holds none.
    """
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
