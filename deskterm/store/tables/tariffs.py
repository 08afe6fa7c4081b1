"""What goes with the tariffs: discounts, other costs, and the areas of postcodes."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Discount(SQLModel, table=True):
    """Something off the price of a membership; see `rules.tariffs.Discount`."""

    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100 AND cents >= 0", name="not_negative"),
    )

    code: str = Field(primary_key=True)
    name: str
    membership_code: str | None = Field(default=None, foreign_key="membership_type.code")
    branch_code: str | None = Field(default=None, foreign_key="branch.code")
    percent: int = 0
    cents: int = 0
    only_new: bool = False
    selection_code: str = ""
    valid_from: date
    valid_until: date | None = None


class Cost(SQLModel, table=True):
    """What the library asks beside the membership: a replacement card, administration."""

    __table_args__ = (CheckConstraint("price_cents >= 0", name="price_not_negative"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    """What it is for: `card` is a replacement card, `administration` a bill's."""
    name: str
    booking_code: str
    """Four digits; 2xxx are registraties (desk.md 1.3)."""
    branch_code: str | None = Field(default=None, foreign_key="branch.code")
    price_cents: int
    valid_from: date
    valid_until: date | None = None


class FeeZone(SQLModel, table=True):
    """The postcodes that pay a tariff of their own, by the four digits, both included."""

    __tablename__ = "fee_zone"
    __table_args__ = (CheckConstraint("from_postcode <= to_postcode", name="in_order"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    from_postcode: int
    to_postcode: int
