"""A plain check of e-mail addresses; the service adds the full grammar when it saves one."""

import re

from deskterm.rules.faults import N_, RuleFault

_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_LONGEST, _LONGEST_LOCAL = 254, 64


def check_email(text: str) -> str:
    """Tidy an address: outer spaces off, domain in lower case; raises RuleFault when it is none."""
    typed = text.strip()
    if not typed:
        return ""
    local, at, domain = typed.rpartition("@")
    if not at:
        raise RuleFault(N_("{text} is geen e-mailadres: er staat geen @ in."), text=typed)
    if not _is_local(local) or len(typed) > _LONGEST:
        raise RuleFault(N_("{text} is geen e-mailadres: kijk naar het deel voor de @."), text=typed)
    if not _is_domain(domain):
        raise RuleFault(N_("{text} is geen e-mailadres: kijk naar het deel na de @."), text=typed)
    return f"{local}@{domain.lower()}"


def _is_local(local: str) -> bool:
    if not local or len(local) > _LONGEST_LOCAL or ".." in local:
        return False
    if local[0] == "." or local[-1] == ".":
        return False
    return local.isprintable() and not set(local) & set(' @"(),:;<>[]\\')


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return (
        len(labels) >= 2
        and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
        and len(labels[-1]) >= 2
    )
