"""What a library may choose as a whole: every key of table `library_setting`, with its default."""

from collections.abc import Mapping

PRACTICE_MARK = "practice.day"
"""The setting that only a practice library has: the day it was built for."""

DEFAULTS: Mapping[str, str] = {
    # Whether a pop-up lets staff go on: 1 everyone, 0 nobody, or the lowest role that may.
    # In customer administration staff must be able to help whoever stands there, so all may.
    "popup.block.continue": "1",
    "popup.blacklist.continue": "1",
    "popup.card.continue": "1",
    "popup.not_valid.continue": "1",
    "popup.billed.continue": "1",
    "popup.contribution.continue": "1",
    "popup.registration.continue": "1",
    "popup.bill.continue": "1",
    "popup.message.continue": "1",
    "popup.private_comment.continue": "1",
    "popup.holds_ready.continue": "1",
    "popup.overdue.continue": "1",
    # Belgian libraries let the national number on the identity card stand for a card.
    "card.national_number": "0",
    # Whether a new member of staff must change the first PIN (day and month of birth).
    "staff.first_pin_must_change": "1",
    # Fields of the data form that must be filled in, by the names of `services.editing.save`; may
    # be narrowed to `enrol.required.<institution>` and `enrol.required.<institution>.<type>`.
    "enrol.required": "surname born address.1.street address.1.house_number address.1.postcode"
    " address.1.place",
    # What is given back of a paid membership that ends early: none, or months (whole months).
    "membership.refund": "none",
    # Years without activity after which a free membership is not renewed (customers.md 6.2).
    "month.inactive_years": "2",
    # Months an enrolment on the web may stay unpaid before the monthly run ends it.
    "month.web_months": "2",
    # The most cents each role may sign away in one act (Kwijtschelden); empty is no limit.
    "waive.limit.BALIEBHR": "1000",
    "waive.limit.CATABASIS": "1000",
    "waive.limit.CATAPLUS": "2500",
    "waive.limit.BESTELBHR": "10000",
    "waive.limit.ADMIN": "",
    # What stays in a cash drawer before it was ever counted, in cents.
    "till.float_cents": "0",
    # Direct debit: who collects, as the contract with the bank has it.
    "sepa.creditor_name": "",
    "sepa.creditor_iban": "",
    "sepa.creditor_bic": "",
    "sepa.creditor_id": "",
    # Which version of pain.008 the bank takes.
    "sepa.schema": "pain.008.001.08",
    # What a bounced debit (stornering) costs the customer, in cents.
    "sepa.return_cost_cents": "500",
    # Letters a kind of message may be delivered by, for kinds without a setting of their own.
    "message_kind.allowed": "MFI",
}


def value_of(settings: Mapping[str, str], key: str) -> str:
    """Give the library's choice, else the default; KeyError for a key there is no default of."""
    return settings[key] if key in settings else DEFAULTS[key]


def allowed_deliveries(settings: Mapping[str, str], message_kind: str) -> str:
    """Give the letters a kind of message may be delivered by, `MFI`."""
    own = settings.get(f"message_kind.{message_kind}.allowed")
    return own if own is not None else value_of(settings, "message_kind.allowed")
