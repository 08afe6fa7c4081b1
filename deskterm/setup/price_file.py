"""A price list as a file: TOML with types and all that goes with them, or CSV with tariffs.

TOML has `[[membership]]` with `tariffs`, `[[discount]]`, `[[cost]]` and `[[fee_zone]]`, as
data/defaults/memberships.toml. CSV has a line per tariff, with the columns of `COLUMNS`; the
price may be written in cents or, in column `price`, as 58,00.
"""

import csv
import io
from collections.abc import Iterator

from pydantic import ValidationError

from deskterm.rules.faults import RuleFault
from deskterm.rules.money import parse_cents
from deskterm.services.errors import FormFaults
from deskterm.setup.model import (
    CostRow,
    DiscountRow,
    FeeZoneRow,
    MembershipRow,
    PriceFile,
    TariffRow,
)
from deskterm.setup.reading import tables_of
from deskterm.setup.words import in_words
from deskterm.text import _

TABLES = ("membership", "discount", "cost", "fee_zone")
COLUMNS = ("membership_code", *TariffRow.model_fields)


def parse_toml(source: str) -> PriceFile:
    """Read a price list.

    Raises:
        FormFaults: it is no TOML, or rows are wrong: every fault with its line and place.
    """
    table, reader = tables_of(source, TABLES)
    found = PriceFile(
        memberships=tuple(reader.rows(table, "membership", MembershipRow)),
        discounts=tuple(reader.rows(table, "discount", DiscountRow)),
        costs=tuple(reader.rows(table, "cost", CostRow)),
        fee_zones=tuple(reader.rows(table, "fee_zone", FeeZoneRow)),
    )
    if reader.faults:
        raise FormFaults(tuple(reader.faults))
    return found


def parse_csv(source: str) -> PriceFile:
    """Read tariffs of types that the library has; raises FormFaults as `parse_toml`."""
    first = source.partition("\n")[0]
    lines = csv.DictReader(io.StringIO(source), delimiter=";" if ";" in first else ",")
    names = set(lines.fieldnames or ())
    faults = [
        (_("regel 1"), _("deze kolom bestaat niet: {name}").format(name=name))
        for name in sorted(names - {*COLUMNS, "price"}, key=str)
    ]
    tariffs = []
    if "membership_code" not in names:
        faults.append((_("regel 1"), _("de kolom membership_code ontbreekt")))
    else:
        for number, row in enumerate(lines, start=2):
            try:
                tariffs.append((row["membership_code"], _tariff(row)))
            except (ValidationError, RuleFault) as error:
                where = _("regel {line}").format(line=number)
                faults += [(where, sentence) for sentence in _sentences(error)]
    if faults:
        raise FormFaults(tuple(faults))
    return PriceFile(tariffs=tuple(tariffs))


def _tariff(row: dict[str, str]) -> TariffRow:
    values: dict[str, object] = {
        name: text.strip() for name, text in row.items() if name in COLUMNS[1:] and text
    }
    if price := row.get("price"):
        values["price_cents"] = parse_cents(price)
    return TariffRow.model_validate(values)


def _sentences(error: ValidationError | RuleFault) -> Iterator[str]:
    if isinstance(error, RuleFault):
        yield _(error.msgid).format(**error.params)
        return
    for one in error.errors():
        field = ".".join(str(part) for part in one["loc"])
        yield f"{field} {in_words(one, tuple(TariffRow.model_fields))}"
