"""Signing in, switching user, changing the PIN, and the lock that blanks the screen."""

from typing import TYPE_CHECKING

from deskterm import services, text
from deskterm.screens import which_desk
from deskterm.screens.asks import TypeIn
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.desk import StaffView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def sign_in(app: "DesktermApp") -> None:
    """Ask who works here until the PIN is right; there is no way around it."""
    said = _("Meld u aan met actor-id of gebruikersnaam, of scan uw personeelspas.")
    while not await _identify(app, _("Aanmelden"), said):
        pass
    await which_desk.ask_once(app)
    await _offer_unfinished(app)


async def come_in(app: "DesktermApp", staff: StaffView) -> None:
    """Go on as whom the server has let in, once that is written down: there is nothing to ask."""
    try:
        await app.work.call(lambda: services.logins.sign_in(app.desk))
    except DeskError as refused:
        app.desk = app.desk.signed_in_as(None)
        app.trouble(refused)
        await sign_in(app)
        return
    await become(app, staff)
    await _offer_unfinished(app)


async def switch_user(app: "DesktermApp") -> None:
    """Wissel gebruiker: another employee signs in, the open customers stay. Esc leaves it so."""
    if await _identify(app, _("Wissel gebruiker"), _("Wie neemt deze balie over?")):
        await _offer_unfinished(app)


async def _offer_unfinished(app: "DesktermApp") -> None:
    from deskterm.screens.enrolment import leaving

    await leaving.offer(app)


async def _identify(app: "DesktermApp", heading: str, first: str) -> bool:
    """Ask for name and PIN until they are right, or Esc; whether somebody signed in."""
    said, name = [first], ""
    while True:
        answer = await app.ask(SignIn(heading, said, name))
        if answer is None:
            return False
        try:
            staff = await _checked(app, answer)
        except DeskError as refused:
            said, name = [refused.sentence, refused.hint], answer["name"]
            continue
        await become(app, staff)
        if staff.pin_must_change:
            await _first_pin(app, answer["pin"])
        return True


async def _checked(app: "DesktermApp", answer: dict[str, str]) -> StaffView:
    """Who the name (or the staff card) and the PIN belong to; raises when they do not fit."""
    name, pin = answer["name"].strip(), answer["pin"]
    # It takes a while on purpose, and longer at a busy server.
    app.say(_("De pincode wordt gecontroleerd."))
    try:
        if app.keyboard.is_code(name):
            return await app.work.call(lambda: services.staff.sign_in_card(app.desk, name, pin))
        return await app.work.call(lambda: services.staff.sign_in(app.desk, name, pin))
    finally:
        app.say("")


async def become(app: "DesktermApp", staff: StaffView) -> None:
    """Work on as this employee, in their language."""
    app.desk = app.desk.signed_in_as(staff)
    text.use(staff.language or app.bootstrap.settings.language)
    app.words = {}
    await app.redraw()


async def lock(app: "DesktermApp") -> None:
    """Blank the screen until the PIN of who is signed in, or another employee's, is typed."""
    staff = app.desk.staff
    if staff is None or app.locked:
        return
    app.locked = True
    said = [_("Dit scherm is vergrendeld. {name} is aangemeld.").format(name=staff.name)]
    try:
        while True:
            answer = await app.ask(Lock(staff.username, said))
            if answer is None:
                continue
            try:
                back = await _checked(app, answer)
            except DeskError as refused:
                said = [refused.sentence, refused.hint]
                continue
            if back.id != staff.id:
                await become(app, back)
            return
    finally:
        app.locked = False


async def change_pin(app: "DesktermApp") -> None:
    """Pincode wijzigen, by the employee who is signed in."""
    said = [_("Kies een nieuwe pincode.")]
    while True:
        fields = (
            ("old", _("Huidige pincode"), True),
            ("new", _("Nieuwe pincode"), True),
            ("again", _("Nog een keer"), True),
        )
        answer = await app.ask(TypeIn(_("Pincode wijzigen"), said, fields))
        if answer is None:
            return
        if refusal := await _change(app, answer["old"], answer["new"], answer["again"]):
            said = refusal
            continue
        app.say(_("Uw pincode is gewijzigd."))
        return


async def _first_pin(app: "DesktermApp", old: str) -> None:
    said = [_("Dit is uw eerste pincode. Kies er nu zelf een.")]
    while True:
        fields = (("new", _("Nieuwe pincode"), True), ("again", _("Nog een keer"), True))
        answer = await app.ask(TypeIn(_("Pincode kiezen"), said, fields))
        if answer is None:
            continue
        refusal = await _change(app, old, answer["new"], answer["again"])
        if not refusal:
            app.say(_("Uw pincode is gewijzigd."))
            return
        said = refusal


async def _change(app: "DesktermApp", old: str, new: str, again: str) -> list[str]:
    """Change the PIN; what is wrong when it cannot be."""
    if new != again:
        return [_("De twee nieuwe pincodes zijn niet gelijk.")]
    try:
        staff = await app.work.call(lambda: services.staff.change_pin(app.desk, old, new))
    except DeskError as refused:
        return [refused.sentence, refused.hint]
    app.desk = app.desk.signed_in_as(staff)
    return []


class SignIn(TypeIn):
    """Who are you: a name, an actor-id or a staff card, and the PIN."""

    help_page = "sign-in"
    lets_out = False

    def __init__(self, heading: str, said: list[str], name: str = "") -> None:
        fields = (
            ("name", _("Actor-id of gebruikersnaam"), False),
            ("pin", _("Pincode"), True),
        )
        super().__init__(heading, said, fields)
        self.name_so_far = name

    def prepare(self) -> None:
        super().prepare()
        if self.name_so_far:
            self.fill("name", self.name_so_far)

    @property
    def in_number_field(self) -> bool:
        """A staff card may be scanned into the name, never into the PIN."""
        return self.screen.focused is not None and self.screen.focused.id == "in-name"


class Lock(SignIn):
    """The same over a blank screen, with the name filled in."""

    covers_all = True

    def __init__(self, username: str, said: list[str]) -> None:
        super().__init__(_("Vergrendeld"), said, username)
