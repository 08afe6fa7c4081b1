"""Makes the file for the bank (pain.008) through sepaxml, proven against its XSD."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from deskterm.rules.debit import is_creditor_id
from deskterm.services.errors import DeskError
from deskterm.services.settings import value_of
from deskterm.store.reads.debits import Claim
from deskterm.text import _

if TYPE_CHECKING:
    from sepaxml import SepaDD

SCHEMAS = tuple(f"pain.008.001.{version}" for version in ("02", "08", "09", "10"))
_LONGEST_DESCRIPTION = 140


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects, as the contract with the bank has it."""

    name: str
    iban: str
    bic: str
    creditor_id: str
    schema: str


def creditor(settings: dict[str, str]) -> Creditor:
    """Read who collects from the library's settings.

    Raises:
        DeskError: one is missing or wrong.
    """
    found = Creditor(
        name=value_of(settings, "sepa.creditor_name"),
        iban=value_of(settings, "sepa.creditor_iban").replace(" ", ""),
        bic=value_of(settings, "sepa.creditor_bic"),
        creditor_id=value_of(settings, "sepa.creditor_id"),
        schema=value_of(settings, "sepa.schema"),
    )
    wrong = [
        key
        for key, fine in (
            ("sepa.creditor_name", bool(found.name.strip())),
            ("sepa.creditor_iban", is_iban(found.iban)),
            ("sepa.creditor_id", is_creditor_id(found.creditor_id)),
            ("sepa.schema", found.schema in SCHEMAS),
            ("sepa.creditor_bic", bool(found.bic) or found.schema != SCHEMAS[0]),
        )
        if not fine
    ]
    if wrong:
        raise DeskError(
            _("De instellingen voor incasso kloppen niet: {keys}.").format(keys=", ".join(wrong)),
            _("Vul ze in zoals ze in het incassocontract met de bank staan."),
        )
    return found


def is_iban(text: str) -> bool:
    """Tell whether an account number is sound, for every country that has them."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        IBAN(text)
    except SchwiftyException:
        return False
    return True


def document(
    by: Creditor,
    message_id: str,
    made_at: datetime,
    collection_on: date,
    claims: Sequence[tuple[str, Claim]],
) -> bytes:
    """Make the file: each claim with its end-to-end id; it is proven against the XSD.

    Raises:
        sepaxml.validation.ValidationError: a claim was let through that no bank takes.
    """
    debit = _file(by, message_id, made_at)
    for end_to_end_id, claim in claims:
        debit.add_payment(_payment(end_to_end_id, claim, collection_on))
    content: bytes = debit.export(validate=True)
    return content


def _file(by: Creditor, message_id: str, made_at: datetime) -> "SepaDD":
    """An empty file that says when it was made, and its name, by our clock and our numbering."""
    from sepaxml import SepaDD

    class Debit(SepaDD):  # type: ignore[misc]  # sepaxml has no types
        """What sepaxml numbers at random, by our own numbers: banks answer with them."""

        def _create_header(self) -> None:
            self.msg_id = message_id
            super()._create_header()
            made = self._xml.find("CstmrDrctDbtInitn/GrpHdr/CreDtTm")
            made.text = f"{made_at:%Y-%m-%dT%H:%M:%S}"

        def _finalize_batch(self) -> None:
            super()._finalize_batch()
            for part in self._xml.iter("PmtInf"):
                sequence = part.findtext("PmtTpInf/SeqTp")
                part.find("PmtInfId").text = f"{message_id}-{sequence}"

    config = {
        "name": by.name,
        "IBAN": by.iban,
        "batch": True,
        "creditor_id": by.creditor_id,
        "currency": "EUR",
    }
    if by.bic:
        config["BIC"] = by.bic
    return Debit(config, schema=by.schema, clean=True)


def _payment(end_to_end_id: str, claim: Claim, collection_on: date) -> dict[str, object]:
    """A claim in sepaxml's words; it changes what it is given, so this is made for it alone."""
    payment: dict[str, object] = {
        "name": claim.name,
        "IBAN": claim.iban,
        "amount": claim.cents,
        "type": claim.sequence,
        "collection_date": collection_on,
        "mandate_id": claim.mandate,
        "mandate_date": claim.given_on,
        "description": claim.description[:_LONGEST_DESCRIPTION],
        "endtoend_id": end_to_end_id,
    }
    if claim.bic:
        payment["BIC"] = claim.bic
    return payment
