"""Answers of a bank for tests, as camt.054 and camt.053 have them."""

OURS = "NL91ABNA0417164300"


def entry(
    cents: int,
    *,
    incoming: bool = True,
    end_to_end: str = "",
    batch: str = "",
    reason: str = "",
    currency: str = "EUR",
) -> str:
    """One booking: of a debit, of a batch, or a bounce with its reason."""
    way = "CRDT" if incoming else "DBIT"
    amount = f'<Amt Ccy="{currency}">{cents // 100}.{cents % 100:02}</Amt>'
    inside = f"<Btch><PmtInfId>{batch}</PmtInfId></Btch>" if batch else ""
    if end_to_end:
        back = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else ""
        refs = f"<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
        inside += f"<TxDtls>{refs}<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>{back}</TxDtls>"
    details = f"<NtryDtls>{inside}</NtryDtls>" if inside else ""
    return f"<Ntry>{amount}<CdtDbtInd>{way}</CdtDbtInd>{details}</Ntry>"


def camt(*entries: str, message: str = "BANK1", iban: str = OURS, kind: str = "054") -> bytes:
    """A whole file."""
    outer, inner = {
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }[kind]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.08"><{outer}>'
        f"<GrpHdr><MsgId>{message}</MsgId></GrpHdr>"
        f"<{inner}><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{''.join(entries)}</{inner}>"
        f"</{outer}></Document>"
    ).encode()


def rejected(
    about: str,
    *,
    message: str = "REPORT1",
    file: str = "",
    parts: tuple[tuple[str, str], ...] = (),
    debits: tuple[tuple[str, str], ...] = (),
    version: str = "03",
) -> bytes:
    """A status report (pain.002): reasons to reject a file, its parts, or debits by their names."""
    inside = "".join(
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{name}</OrgnlPmtInfId>{_status('PmtInfSts', reason)}"
        "</OrgnlPmtInfAndSts>"
        for name, reason in parts
    )
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId>{_status('TxSts', reason)}"
        "</TxInfAndSts>"
        for name, reason in debits
    )
    if told:
        inside += (
            f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{about}-FRST</OrgnlPmtInfId>{told}"
            "</OrgnlPmtInfAndSts>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>{message}</MsgId></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{about}</OrgnlMsgId>{_status('GrpSts', file)}"
        f"</OrgnlGrpInfAndSts>{inside}</CstmrPmtStsRpt></Document>"
    ).encode()


def _status(element: str, reason: str) -> str:
    if not reason:
        return f"<{element}>ACCP</{element}>"
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>"
    return f"<{element}>RJCT</{element}>{why}"
