"""What is wrong with the store, said so that staff can act on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from deskterm.services.errors import StoreTrouble
from deskterm.store.engine import writes_begun
from deskterm.store.errors import (
    Full,
    Locked,
    Missing,
    NewerStore,
    NoDriver,
    NotADatabase,
    NotCopied,
    NotEmpty,
    ReadOnly,
    StoreError,
    Unreachable,
    Unsure,
    WrongAddress,
)
from deskterm.text import N_, _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.desk import Desk
    from deskterm.store.light import Reader

Answer = TypeVar("Answer")

_WORDS: dict[type[StoreError], tuple[str, str]] = {
    Missing: (
        N_("Er is geen bestand {place}."),
        N_("Kijk of de naam klopt, of begin een nieuw bestand met `deskterm init`."),
    ),
    NotADatabase: (
        N_("{place} is geen gegevensbestand van deskterm, of het is beschadigd."),
        N_("Kies een ander bestand, of zet een reservekopie terug met `deskterm restore`."),
    ),
    NewerStore: (
        N_("{place} is gemaakt door een nieuwere deskterm."),
        N_("Werk dit programma bij; er is niets gewijzigd."),
    ),
    ReadOnly: (
        N_("In {place} mag niet geschreven worden; er is niets opgeslagen."),
        N_("Vraag de beheerder om schrijfrechten op het bestand en zijn map."),
    ),
    Locked: (
        N_("Een ander programma houdt {place} bezet; er is niets opgeslagen."),
        N_("Probeer het over een paar tellen opnieuw."),
    ),
    Full: (
        N_("De schijf van {place} is vol of doet het niet; er is niets opgeslagen."),
        N_("Maak ruimte vrij en probeer het opnieuw."),
    ),
    Unreachable: (
        N_("{place} is niet bereikbaar."),
        N_("Kijk of de server aan staat en het netwerk werkt, en probeer het opnieuw."),
    ),
    WrongAddress: (
        N_("Het adres van {place} klopt niet."),
        N_("Kijk naar `store` in config.toml; `deskterm check` zegt wat er niet klopt."),
    ),
    Unsure: (
        N_("{place} viel weg tijdens het opslaan; het is niet zeker of het opgeslagen is."),
        N_("Zoek het na zodra de databank er weer is; doe het alleen over als het er niet staat."),
    ),
    NotEmpty: (
        N_("In {place} staan al gegevens; er is niets gekopieerd."),
        N_("Kies een leeg doel: een nieuw bestand, of een nieuwe databank."),
    ),
    NotCopied: (
        N_("Niet alles kwam ongeschonden in {place} aan; er is niets gekopieerd."),
        N_("Kijk met `deskterm check` of de bron gaaf is."),
    ),
    NoDriver: (
        N_("Om {place} te gebruiken ontbreekt een onderdeel van dit programma."),
        N_("Installeer het met `pip install 'deskterm[postgresql]'`."),
    ),
}
_SERVER_WORDS: dict[type[StoreError], tuple[str, str]] = {
    NotADatabase: (
        N_("In {place} staat geen bibliotheek van deskterm."),
        N_("Kijk of `store` de goede databank noemt, of begin er een met `deskterm init`."),
    ),
    ReadOnly: (
        N_("{place} geeft daar geen recht toe; er is niets opgeslagen."),
        N_("Vraag de beheerder om `deskterm store role` opnieuw te draaien."),
    ),
}
"""What is said otherwise of a server, which is no file."""


def asked_again(use_case: Callable[[], Answer]) -> Answer:
    """Carry out a use case; one that only reads once more when the line to the store broke.

    A server that was started anew, or another one that took its place, answers the second time.
    What began to write is never repeated unasked.
    """
    before = writes_begun()
    try:
        return use_case()
    except StoreTrouble as trouble:
        if not isinstance(trouble.__cause__, Unreachable) or writes_begun() != before:
            raise
    return use_case()


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Raise StoreTrouble, with a sentence about the store at this place, for any StoreError."""
    try:
        yield
    except StoreError as error:
        words = _WORDS | _SERVER_WORDS if place == _("de databank") else _WORDS
        sentence, hint = words.get(type(error), words[Unreachable])
        raise StoreTrouble(_(sentence).format(place=place), _(hint)) from error


@contextmanager
def reading(desk: "Desk") -> Iterator["Reader"]:
    """One read transaction of a use case; raises StoreTrouble."""
    with in_words(_place(desk)), desk.store.look() as connection:
        yield connection


@contextmanager
def reading_rows(desk: "Desk") -> Iterator["Session"]:
    """One read transaction over the ORM, for checks that look at rows; nothing of it is kept."""
    from sqlmodel import Session

    with (
        in_words(_place(desk)),
        desk.store.read() as connection,
        Session(connection, autoflush=False) as session,
    ):
        yield session


@contextmanager
def writing(desk: "Desk") -> Iterator["Session"]:
    """One write transaction of a use case, rolled back when it raises; raises StoreTrouble."""
    with in_words(_place(desk)), desk.store.write() as session:
        yield session


@contextmanager
def writing_plain(desk: "Desk") -> Iterator["Reader"]:
    """The same for a use case that is one statement of plain SQL."""
    with in_words(_place(desk)), desk.store.jot() as connection:
        yield connection


@contextmanager
def around(desk: "Desk") -> Iterator[None]:
    """Raise StoreTrouble for what uses the desk's store in transactions of its own."""
    with in_words(_place(desk)):
        yield


def _place(desk: "Desk") -> str:
    # A server's address holds a password, a file's path does not.
    file = desk.store.file
    return str(file) if file is not None else _("de databank")
