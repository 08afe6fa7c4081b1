"""The library itself: institutions, branches, desks, and what the library has chosen."""

from sqlmodel import Field, SQLModel


class Institution(SQLModel, table=True):
    """A library organisation (instantie), a set of branches."""

    code: str = Field(primary_key=True)
    name: str


class Branch(SQLModel, table=True):
    """A place where customers enrol and borrow (vestiging), such as 9401 Annen."""

    code: str = Field(primary_key=True)
    institution_code: str = Field(foreign_key="institution.code", index=True)
    name: str
    place: str = ""
    card_scheme: str = "14"
    """Which shape of card number this branch gives out; names of `rules.cards.CardScheme`."""


class Desk(SQLModel, table=True):
    """A workplace (balie) of a branch; every change says at which desk it was made."""

    id: int | None = Field(default=None, primary_key=True)
    branch_code: str = Field(foreign_key="branch.code", index=True)
    name: str


class LibrarySetting(SQLModel, table=True):
    """One choice of the library as a whole, by key; the keys are in `services.settings`."""

    __tablename__ = "library_setting"
    key: str = Field(primary_key=True)
    value: str


class Word(SQLModel, table=True):
    """One entry of a pick list: end reasons, blocks' reasons, roles, profiles, message kinds.

    `kind` is the list it belongs to, `code` what rows refer to, `nl` and `en` what staff read.
    """

    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    nl: str
    en: str = ""
    position: int = 0
    active: bool = True
