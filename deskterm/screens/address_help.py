"""Looking addresses up while a form is typed: the answer fills what is empty, and forces nothing.

Keys go on meanwhile. What staff typed themselves stays; an answer that differs from it, or one of
several doors at a number, is offered behind a key.
"""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerError

from deskterm import services
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.waiting import get_ready
from deskterm.services.errors import DeskError
from deskterm.text import N_, _, date_text, ngettext
from deskterm.views.addresses import AddressAnswer, AskedAddress, FoundAddress

if TYPE_CHECKING:
    from deskterm.screens.place import Place
    from deskterm.widgets.form import Form

CHOOSE = "edit.address"
REGISTERS = {"pdok": N_("PDOK"), "vlaanderen": N_("het Vlaamse adressenregister")}
"""What staff call them, by name of the register."""
_NO_ANSWER = {
    "unavailable": N_("{register} is niet bereikbaar."),
    "bad_answer": N_("{register} geeft geen bruikbaar antwoord."),
}
_NUMBER = ("house_number", "house_addition")


class AddressHelp:
    """Looks addresses up for one form; an answer that came too late changes nothing."""

    def __init__(self, place: "Place", form: "Callable[[], Form]") -> None:
        self.place = place
        self._form = form
        self._asked: dict[str, AskedAddress] = {}
        self._filled: dict[str, str] = {}
        self._offer: tuple[str, tuple[FoundAddress, ...]] | None = None
        self._asking: Worker[None] | None = None
        self._refused = False

    def begin(self) -> None:
        """A form was loaded: what stands in it is not asked for."""
        self._asked = {prefix: self._typed(prefix) for prefix in self._prefixes()}
        self._filled, self._offer, self._asking = {}, None, None
        if self._asked:
            get_ready(self.place.desk_app)

    def left(self, name: str) -> None:
        """The cursor left a field: ask once for what it and its neighbours tell now."""
        prefix = _prefix(name)
        if prefix in self._asked and self._typed(prefix) != self._asked[prefix]:
            self._ask(prefix)

    async def settle(self) -> None:
        """The form is saved: wait for an answer that may fill it in, and for no other."""
        form = self._form()
        form.take_typing()
        prefix = _prefix(form.field.name) if form.field is not None else ""
        is_wanted = not form.values.get(f"{prefix}.street", prefix).strip()
        if is_wanted:
            self.left(f"{prefix}.postcode")
        if self._asking is None:
            return
        if is_wanted:
            with suppress(WorkerError):
                await self._asking.wait()
        # What is said of the saving is not to be talked over.
        self._asking.cancel()
        self._asking = None

    async def choose(self) -> None:
        """Take over what is offered, or one of it; without an offer, ask again."""
        form = self._form()
        form.take_typing()
        if self._offer is not None:
            prefix, found = self._offer
            one = found[0] if len(found) == 1 else await self._chosen(found)
            if one is not None:
                self._offer = None
                for part in ("street", "place", *(_NUMBER if one.house_number else ())):
                    if (text := getattr(one, part)) or part == "house_addition":
                        self._put(f"{prefix}.{part}", text)
                self._asked[prefix] = self._typed(prefix)
            form.go_to(form.current)
            return
        prefix = _prefix(form.field.name) if form.field is not None else ""
        prefix = prefix if prefix in self._asked else next(iter(self._asked), "")
        if not prefix:
            self.place.desk_app.say(_("Op dit tabblad staat geen adres."))
        elif not _is_whole(self._typed(prefix)):
            self.place.desk_app.say(_("Vul eerst postcode en huisnummer in."))
        else:
            self._ask(prefix)

    async def _chosen(self, found: Sequence[FoundAddress]) -> FoundAddress | None:
        choices = [Choice(str(number), _described(one)) for number, one in enumerate(found)]
        answer = await self.place.desk_app.ask(Choose(_("Welk adres?"), (), choices))
        return None if answer is None else found[int(answer)]

    def _prefixes(self) -> list[str]:
        ends = ".postcode"
        names = [field.name for field in self._form().fields]
        return [name.removesuffix(ends) for name in names if name.endswith(ends)]

    def _typed(self, prefix: str) -> AskedAddress:
        """What of an address is typed and tells something; a street does so in Belgium only."""
        values = self._form().values
        texts = {
            part: " ".join(values.get(f"{prefix}.{part}", "").split())
            for part in ("postcode", "house_number", "house_addition", "country", "street")
        }
        texts["country"] = texts["country"] or "NL"
        if texts["country"] != "BE":
            texts["street"] = ""
        return AskedAddress(**texts)

    def _ask(self, prefix: str) -> None:
        asked = self._typed(prefix)
        self._asked[prefix] = asked
        if self._offer is not None and self._offer[0] == prefix:
            self._offer = None
        if self._refused:
            # It was about what stood there before.
            self.place.desk_app.say("")
            self._refused = False
        if _is_whole(asked):
            asking: Callable[[], Coroutine[None, None, None]] = partial(
                self._look_up, prefix, asked
            )
            self._asking = self.place.run_worker(asking, exit_on_error=False)

    async def _look_up(self, prefix: str, asked: AskedAddress) -> None:
        app, form = self.place.desk_app, self._form()
        before = dict(form.values)
        refused: DeskError | None = None
        answer = AddressAnswer()
        try:
            answer = await app.work.outside(lambda: services.addresses.look_up(app.desk, asked))
        except DeskError as error:
            refused = error
        form.take_typing()
        if self._asked.get(prefix) != asked or self._typed(prefix) != asked:
            return
        if refused is not None:
            self._refused = True
            app.say(refused.sentence, bad=True)
            return
        self._take_in(prefix, answer, before)

    def _take_in(self, prefix: str, answer: AddressAnswer, before: dict[str, str]) -> None:
        """Fill in what all that was found have in common, and offer the rest."""
        differs = False
        # A number that is typed with its addition needs no other one.
        plain = self._asked[prefix].house_number.isdecimal()
        for part in ("street", "place", *(("house_addition",) if plain else ())):
            texts = {getattr(one, part) for one in answer.found}
            if len(texts) == 1 and (text := texts.pop()):
                differs = not self._fill(f"{prefix}.{part}", text, before) or differs
        self._asked[prefix] = self._typed(prefix)
        if differs or len(answer.found) > 1:
            self._offer = (prefix, answer.found)
        if sentence := self._sentence(answer):
            self.place.desk_app.say(sentence, bad=bool(answer.trouble))

    def _fill(self, name: str, text: str, before: dict[str, str]) -> bool:
        """Put a text in a field that staff left to us. False when something else stands there."""
        now = self._form().values.get(name, text)
        if now.strip().casefold() == text.casefold():
            return True
        if now != before.get(name) or now.strip() not in ("", self._filled.get(name)):
            return False
        self._put(name, text)
        return True

    def _put(self, name: str, text: str) -> None:
        form = self._form()
        form.set_value(name, text)
        self._filled[name] = text
        if form.field is not None and form.field.name == name:
            # As when the cursor came there: whoever types on types over it.
            form.input.action_select_all()

    def _sentence(self, answer: AddressAnswer) -> str:
        """What came of it, in one line at 80 columns: what can be done, or why there is nothing."""
        first = self._offered() or _not_told(answer)
        return " ".join(filter(None, (first, _origin(answer, brief=bool(first)))))

    def _offered(self) -> str:
        if self._offer is None:
            return ""
        _where, found = self._offer
        key = self.place.desk_app.keymap.shown_key(CHOOSE) or _("Adres zoeken")
        if len(found) == 1:
            words = _("{address}? {key} neemt het over.")
            return words.format(address=_described(found[0]), key=key)
        count = len(found)
        words = ngettext("{count} adres: {key} kiest.", "{count} adressen: {key} kiest.", count)
        return words.format(count=count, key=key)


def _prefix(name: str) -> str:
    return name.rpartition(".")[0]


def _is_whole(asked: AskedAddress) -> bool:
    """Whether enough is typed to look for: in Belgium a postcode tells the place."""
    return bool(asked.postcode and (asked.house_number or asked.country == "BE"))


def _described(one: FoundAddress) -> str:
    """*Kruisakkers 41 a, Annen*."""
    street = " ".join(filter(None, (one.street, one.house_number, one.house_addition)))
    return ", ".join(filter(None, (street if one.street else "", one.place)))


def _not_told(answer: AddressAnswer) -> str:
    if not answer.register or answer.source == "register":
        return ""
    register = _(REGISTERS[answer.register])
    words = _NO_ANSWER.get(answer.trouble, N_("{register} kent dit adres niet."))
    told = _(words).format(register=register)
    told = told[:1].upper() + told[1:]
    return told if answer.found else f"{told} {_('Typ straat en plaats zelf.')}"


def _origin(answer: AddressAnswer, *, brief: bool) -> str:
    if not answer.found:
        return ""
    if answer.source == "customers":
        return _("Niet gecontroleerd.") if brief else _("Van een andere klant; niet gecontroleerd.")
    if answer.told_on is not None:
        words = _("Volgens het adressenregister op {day}.")
        return words.format(day=date_text(answer.told_on))
    whole = bool(answer.found[0].house_number)
    words = N_("Volgens {register}.") if whole else N_("Straat en plaats volgens {register}.")
    return _(words).format(register=_(REGISTERS[answer.register]))
