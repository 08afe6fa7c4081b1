"""Customers (klant; Wise's actor) and where they live."""

from datetime import date

from sqlmodel import Column, Field, SQLModel

from deskterm.store.tables.base import Moment, moment, one_of, partial_index, sortable


class Customer(SQLModel, table=True):
    """One person or institution, known by its actor-id for good.

    The wide row is Wise's: tabs 2, 3, 6, 7 and 9 edit its columns. The last four columns are
    folded copies for searching, kept by `store.search.index_customer`; they are empty for one that
    was merged or erased, which no search finds.
    """

    __table_args__ = (
        one_of("sex", "M", "V", "I", "X"),
        # Of the merged alone: else SQLite takes it for those who are not, which is everybody.
        partial_index(
            "ix_customer_merged_into_id",
            "merged_into_id",
            where="merged_into_id IS NOT NULL",
            unique=False,
        ),
    )

    actor_id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    customer_type: str = "00"
    branch_code: str = Field(foreign_key="branch.code", index=True)
    stop: str = ""
    registered_on: date
    last_activity_on: date | None = None
    changed_at: Moment = moment()
    changed_by: int | None = None
    """Actor-id of the staff member who changed it last; none for a machine."""

    title: str = ""
    initials: str = ""
    first_name: str = ""
    prefix: str = ""
    """Tussenvoegsel: de, van der."""
    surname: str = ""
    suffix: str = ""
    preferred_first_name: str = ""
    preferred_surname: str = ""
    tag: str = ""
    """A search word of the library's own, such as a nursing home's name (customer tag)."""
    sex: str = "X"
    """M(an), V(rouw), I(nstelling) or X when not told."""
    organization_type: str = ""
    born: date | None = Field(default=None, index=True)

    phone: str = ""
    phone2: str = ""
    phone3: str = ""
    mobile: str = ""
    fax: str = ""
    email: str = Field(default="", index=True)
    email_bcc1: str = ""
    email_bcc2: str = ""
    billing_email: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    id_kind: str = ""
    id_number: str = ""
    id_country: str = ""

    iban: str = ""
    bic: str = ""
    direct_debit: bool = False
    switch_service: bool = False
    mandate_given_on: date | None = None
    mandate_revoked_on: date | None = None

    selection_code: str = ""
    statistical_category: str = ""
    bypassed_checkins: int = 0
    punches: int = 0
    login_failures: int = 0
    notify_previous: bool = False
    show_history: bool = True
    erase_history: bool = False
    card_missing_on: date | None = None

    receipts: bool = True
    hold_messages: bool = True
    classification: str = ""
    language: str = "nl_NL"
    external_number: str = Field(default="", index=True)
    external_number2: str = Field(default="", index=True)
    username: str = Field(default="", index=True)
    private_comment: str = ""

    target_group: str = ""
    no_information: bool = False
    no_marketing: bool = False
    no_mail: bool = False
    no_email: bool = False
    no_phone: bool = False
    no_website: bool = False

    loans_this_year: int = 0
    loans_last_year: int = 0
    loans_total: int = 0

    merged_into_id: int | None = Field(default=None, foreign_key="customer.actor_id")
    """The keeper (ontdubbelen): the old actor-id opens that one. Its ledger stays where it was
    moved to; the store lets an entry move along this pointer and nowhere else."""
    erased_on: date | None = None
    """The day its personal data went; the row stays for the figures."""

    sort_key: str = Field(default="", sa_column=Column(sortable(), nullable=False))
    name_text: str = ""
    contact_text: str = ""
    place_key: str = Field(default="", index=True)


class Address(SQLModel, table=True):
    """One address of a customer; the first by position without an end is where letters go."""

    __table_args__ = (one_of("kind", "home", "post", "student", "work"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str = "home"
    position: int = 1
    street: str = ""
    house_number: str = ""
    house_addition: str = ""
    postcode: str = ""
    place: str = ""
    country: str = "NL"
    from_on: date | None = None
    until_on: date | None = None
    returned_on: date | None = None
    """The day post came back from it; the address block is in force since."""
    postcode_key: str = Field(default="", index=True)
    """Postcode and house number with addition, both without blanks: `9468BG 41bis`."""
    street_key: str = Field(default="", index=True)


class Relation(SQLModel, table=True):
    """A tie from one customer to another: a child's parent, who pays for whom."""

    __table_args__ = (one_of("kind", "parent", "payer", "partner", "institution"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    other_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str
