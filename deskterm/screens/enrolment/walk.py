"""One walk through the enrolment screens: what was answered so far, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from deskterm.views.accounts import FoundAccount, found_from
from deskterm.views.enrolment import EnrolmentForm, EnrolmentStart

NEW, EXISTING = "new", "existing"
"""What was chosen about the login account (`EnrolmentForm.account`)."""
_COUNTRY = "address.1.country"


def new_key() -> str:
    """A key that no other walk has, at any desk."""
    return uuid4().hex


@dataclass
class Walk:
    """What staff answered so far; nothing of it is in the store but a draft."""

    start: EnrolmentStart
    typed: dict[str, str] = field(default_factory=dict)
    """Fields of the data form that differ from what it was filled with."""
    key: str = field(default_factory=new_key)
    card: str = ""
    use_account: bool = False
    account: str = ""
    found: FoundAccount | None = None
    """The account that was looked up and taken."""
    membership_code: str = ""
    relative_id: int | None = None
    others: set[int] = field(default_factory=set)
    """Customers who are alike, and of whom staff said that they are somebody else."""

    @property
    def is_new(self) -> bool:
        """Whether this is about somebody who is not in the library yet."""
        return self.start.actor_id is None

    @property
    def values(self) -> dict[str, str]:
        """Every field of the data form as it stands."""
        return {**self.start.values, **self.typed}

    @property
    def needed(self) -> frozenset[str]:
        """The fields that must be filled in, as the form stands."""
        return self.start.needed(self.values["sex"])

    @property
    def name(self) -> str:
        """Who it is about, as far as that was typed."""
        values = self.values
        parts = (values[part] for part in ("initials", "prefix", "surname"))
        return " ".join(part for part in parts if part)

    def form(self) -> EnrolmentForm:
        """What the services get: of a known customer only what was changed."""
        account = self.account if self.use_account else ""
        return EnrolmentForm(
            key=self.key,
            customer_type=self.start.customer_type,
            actor_id=self.start.actor_id,
            version=self.start.version,
            values=self._filled() if self.is_new else self.typed,
            card=self.card,
            use_account=self.use_account,
            account=account,
            found=self.found if account == EXISTING else None,
            membership_code=self.membership_code,
            relative_id=self.relative_id,
        )

    def _filled(self) -> dict[str, str]:
        filled = {name: value for name, value in self.values.items() if value}
        if not any(name.startswith("address.") and name != _COUNTRY for name in filled):
            # A country alone is no address.
            filled.pop(_COUNTRY, None)
        return filled

    def payload(self) -> dict[str, object]:
        """What is kept of it as a draft."""
        return {
            "name": self.name,
            "actor_id": self.start.actor_id,
            "customer_type": self.start.customer_type,
            "typed": self._filled() if self.is_new else self.typed,
            "card": self.card,
            "use_account": self.use_account,
            "account": self.account,
            "found": self.found.kept() if self.found else None,
            "membership_code": self.membership_code,
            "relative_id": self.relative_id,
        }


def resumed(start: EnrolmentStart, key: str, payload: Mapping[str, object]) -> Walk:
    """Go on with a draft, over the customer as the store has it now."""
    relative, typed = payload.get("relative_id"), payload.get("typed")
    account, found = str(payload.get("account", "")), found_from(payload.get("found"))
    if account != NEW and found is None:
        account = ""
    return Walk(
        start,
        typed={str(n): str(v) for n, v in typed.items()} if isinstance(typed, dict) else {},
        key=key,
        card=str(payload.get("card", "")),
        use_account=payload.get("use_account") is True,
        account=account,
        found=found,
        membership_code=str(payload.get("membership_code", "")),
        relative_id=relative if isinstance(relative, int) else None,
    )
