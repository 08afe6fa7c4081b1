"""What `deskterm backup` and `restore` do and say when copies are sealed with a key."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm import paths
from deskterm.cli.endings import Ending
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.bootstrap import Bootstrap

_TROUBLES: Mapping[str, tuple[str, str]] = {
    "no_library": (
        N_("Reservekopieën met een sleutel kunnen hier niet gemaakt of gelezen worden."),
        N_("Installeer deskterm met versleuteling: pip install 'deskterm[encryption]'."),
    ),
    "bad_key": (
        N_("Een sleutel bij backup.keys in config.toml klopt niet; er is geen kopie gemaakt."),
        N_("Een openbare sleutel begint met age1. Maak er een met `deskterm backup-key BESTAND`."),
    ),
    "no_key": (
        N_("In het sleutelbestand staat geen geheime sleutel."),
        N_("Geef achter --key het bestand dat `deskterm backup-key` gemaakt heeft."),
    ),
    "wrong_key": (
        N_("Met deze sleutel gaat de reservekopie niet open."),
        N_("Geef de sleutel die bij backup.keys hoorde toen de kopie gemaakt werd."),
    ),
    "damaged": (
        N_("De reservekopie is beschadigd; er is niets teruggezet."),
        N_("Neem een andere reservekopie."),
    ),
    "unwritable": (
        N_("Er is geen plaats voor de reservekopie, of geen recht om te schrijven."),
        N_("Maak ruimte vrij of kies een andere map, en probeer het opnieuw."),
    ),
}
"""By code of `store.sealed.SealTrouble`."""


def place_for_copy(built: "Bootstrap", file: Path) -> AbstractContextManager[Path]:
    """Where to write a copy: the file itself, or a place that is sealed into it afterwards.

    Raises:
        DeskError: the setting of keys is faulty: a copy that anybody can read is not made then.
    """
    if faulty := [fault for fault in built.reading.faults if fault.field.startswith("backup")]:
        raise DeskError(
            _("config.toml, regel {line}: backup.keys: {sentence}").format(
                line=faulty[0].line, sentence=faulty[0].sentence
            ),
            _("Er is geen kopie gemaakt: zonder sleutel zou iedereen hem kunnen lezen."),
        )
    keys = built.settings.backup.keys
    return _sealing(file, keys, _beside(built)) if keys else nullcontext(file)


def copy_of(built: "Bootstrap", file: Path, key_file: Path | None) -> AbstractContextManager[Path]:
    """The copy in a file as a store: itself, or what is sealed in it.

    Raises:
        DeskError: it is sealed and no key was given.
    """
    from deskterm.store.sealed import is_sealed

    if not file.is_file() or not is_sealed(file):
        return nullcontext(file)
    if key_file is None:
        raise DeskError(
            _("{file} is versleuteld.").format(file=file),
            _("Geef het bestand met de geheime sleutel achter --key."),
        )
    return _opened(file, key_file, _beside(built))


def make_key(given: Namespace) -> int:
    """`deskterm backup-key`: a new key, and how it is used."""
    from deskterm.store.sealed import new_key

    if given.file.exists():
        raise DeskError(
            _("{file} bestaat al; er is niets gedaan.").format(file=given.file),
            _("Kies een andere naam."),
        )
    with _in_words():
        public = new_key(given.file)
    print(_("De geheime sleutel staat in {file}.").format(file=given.file))
    print(_("Bewaar hem niet op deze computer: zonder hem gaat geen enkele kopie meer open."))
    print(_("Zet de openbare sleutel in config.toml:"))
    print(f'\n[backup]\nkeys = ["{public}"]')
    return Ending.DONE


@contextmanager
def _sealing(file: Path, keys: tuple[str, ...], beside: Path) -> Iterator[Path]:
    from deskterm.store.sealed import sealing

    with _in_words(), sealing(file, keys, beside) as place:
        yield place


@contextmanager
def _opened(file: Path, key_file: Path, beside: Path) -> Iterator[Path]:
    from deskterm.store.sealed import opened

    with _in_words(), opened(file, key_file, beside) as place:
        yield place


@contextmanager
def _in_words() -> Iterator[None]:
    from deskterm.store.sealed import SealTrouble

    try:
        yield
    except SealTrouble as trouble:
        sentence, hint = _TROUBLES[trouble.code]
        raise DeskError(_(sentence), _(hint)) from None


def _beside(built: "Bootstrap") -> Path:
    """A folder that holds as much as the copy does anyway: the one of the data."""
    if "://" in built.store_place:
        return paths.private_folder(paths.data_folder())
    return paths.private_folder(Path(built.store_place).expanduser().absolute().parent)
