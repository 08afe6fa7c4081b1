"""Every setting of one desk with its default, and what it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskterm.config.checks import Check, choice, switch, switch_or, text, texts, whole
from deskterm.rules.privacy import Terms
from deskterm.text import LANGUAGES, _

THEMES = ("dark", "light")
SSH_USER = "ssh-user"


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How the scanner of this desk sends a code."""

    prefix: str = ""
    """What the scanner sends before each code: a control character or an AIM sign as `]C0`."""
    tab_ends: bool = False
    """Tab ends a scan, as Enter does."""


@dataclass(frozen=True, slots=True)
class CardSettings:
    """Which numbers count as a customer's card at this desk."""

    lengths: tuple[int, ...] = (14,)
    """The lengths a card number may have, each from 10 to 14 digits."""
    warn_check_digit: bool = True
    """Warn when the check digit is wrong; staff may go on."""
    national_number: bool = False
    """Accept the national number of an identity card in place of a library card."""


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """How `deskterm backup` writes a copy."""

    keys: tuple[str, ...] = ()
    """Public keys (`age1...`): a copy is sealed so that only their holders can read it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything config.toml can say, apart from the keys, which deskterm.keys reads."""

    store: str = ""
    """The store: a file or a `postgresql+psycopg://` address. Empty: one in the data folder."""
    branch: str = ""
    """The code of the branch this desk stands in. Empty: the first branch of the store."""
    desk: str = ""
    """The name of this desk. Empty: the first desk of the branch."""
    language: str = "nl"
    """The language of the screens: `nl` or `en`. A staff member's own choice comes first."""
    theme: str = "dark"
    """The colours: `dark` or `light`."""
    mouse: bool = True
    """Whether the mouse works; `false` leaves selecting text to the terminal."""
    idle_lock_minutes: int = 10
    """Minutes without a key before the screen is blanked and asks for the PIN; 0 is never."""
    idle_end_minutes: int = 0
    """Minutes without a key before the program ends, as when a line breaks; 0 is never."""
    idle_hide_seconds: int = 0
    """Seconds without a key before the customer's part of the screen is blanked; 0 is never."""
    sign_in: bool | str = True
    """Staff sign in when the program starts. With `"ssh-user"` whoever logged in to the server is
    signed in as the employee of that user name; the PIN is asked for signing and after a lock."""
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    """How the scanner sends a code."""
    cards: CardSettings = field(default_factory=CardSettings)
    """Which numbers are cards."""
    backup: BackupSettings = field(default_factory=BackupSettings)
    """Who can read copies."""
    privacy: Terms = field(default_factory=Terms)
    """How long personal data is kept."""


def _lengths(value: object) -> tuple[int, ...]:
    length = whole(10, 14)
    if isinstance(value, list) and value:
        return tuple(sorted({length(one) for one in value}))
    raise ValueError(_("dit hoort een lijst van lengtes te zijn, bijvoorbeeld [14]"))


CHECKS: Mapping[str, Check] = {
    "store": text,
    "branch": text,
    "desk": text,
    "language": choice(*LANGUAGES),
    "theme": choice(*THEMES),
    "mouse": switch,
    "idle_lock_minutes": whole(0, 1440),
    "idle_end_minutes": whole(0, 10080),
    "idle_hide_seconds": whole(0, 3600),
    "sign_in": switch_or(SSH_USER),
    "scanner.prefix": text,
    "scanner.tab_ends": switch,
    "cards.lengths": _lengths,
    "cards.warn_check_digit": switch,
    "cards.national_number": switch,
    "backup.keys": texts,
    "privacy.years_after_end": whole(1, 20),
    "privacy.history_days": whole(0, 3650),
    "privacy.history_years": whole(0, 20),
    "privacy.paid_years": whole(2, 30),
    "privacy.debit_months": whole(13, 240),
    "privacy.viewing_days": whole(1, 3650),
    "privacy.draft_days": whole(1, 3650),
}
"""What each setting must be."""
