"""The actions that work in every place: searching, switching, menus, help, quitting."""

from typing import TYPE_CHECKING

from deskterm import text
from deskterm.screens import flows, menus, modules, sign_in
from deskterm.screens.place import Perform
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.main import MainScreen


class CommonActions:
    """Methods `act_<action>` for actions that need no particular place."""

    def __init__(self, main: "MainScreen") -> None:
        self.main = main

    @property
    def app(self) -> "DesktermApp":
        return self.main.desk_app

    def performer(self, action_id: str) -> Perform | None:
        """The method that carries out an action, if it is a common one."""
        if action_id.startswith("tab.") and self.main.place is self.main.customer_place:
            key = action_id.removeprefix("tab.")
            return lambda: self.main.customer_place.open_tab(key)
        found: Perform | None = getattr(self, "act_" + action_id.replace(".", "_"), None)
        return found

    def why_missing(self, action_id: str) -> str:
        """Why nothing here carries out an action."""
        if action_id.startswith(("customer.", "edit.", "tab.", "row.", "card.print")) and (
            self.main.place is not self.main.customer_place
        ):
            return _("Open eerst een klant.")
        return _("Komt in een volgende versie.")

    async def act_customer_search(self) -> None:
        await self._search("name")

    async def act_customer_search_item(self) -> None:
        await self._search("item_number")

    async def _search(self, field: str) -> None:
        self.main.customer_place.keep_state()
        await self.main.go("search")
        if self.main.search_place is not None:
            await self.main.search_place.start(field)

    async def act_list_previous(self) -> None:
        """Back to the list from which a customer was opened last, and to its row."""
        last = self.app.last_list
        if last is None:
            self.app.say(_("Er is nog geen vorige lijst."))
            return
        self.main.customer_place.keep_state()
        await self.main.go(last.place)
        if last.place == "desk":
            self.main.desk_place.show_page(last.text, last.page)
            self.main.desk_place.found.canvas.put_cursor(str(last.actor_id))

    async def act_customer_previous(self) -> None:
        await flows.open_previous(self.app)

    async def act_customer_switch(self) -> None:
        await flows.switch_customer(self.app)

    async def act_customer_add(self) -> None:
        from deskterm.screens.enrolment import adding

        await adding.add(self.app)

    async def act_session_end(self) -> None:
        await flows.end_session(self.app)

    async def act_desk_line(self) -> None:
        await flows.go_home(self.app)

    async def act_scans_drop(self) -> None:
        await flows.offer_to_drop_scans(self.app)

    async def open_modules(self, at: int) -> None:
        """Open the menu bar at one of the modules."""
        await menus.open_menu(self.app, modules.MODULES, at)

    async def act_menu_open(self) -> None:
        await self.open_modules(1 if self.main.place is self.main.customer_place else 0)

    async def act_menu_customer(self) -> None:
        await menus.open_menu(self.app, (modules.CUSTOMER, modules.CLOSE))

    async def act_menu_close(self) -> None:
        await menus.open_menu(self.app, (modules.CUSTOMER, modules.CLOSE), 1)

    async def act_menu_overviews(self) -> None:
        await menus.open_menu(self.app, (modules.OVERVIEWS,))

    async def act_customers_duplicates(self) -> None:
        from deskterm.screens.merging import overview

        await overview.show(self.app)

    async def act_help_show(self) -> None:
        """Open the help; the key that opened it closes it too."""
        from deskterm.screens.help import Help

        question = self.app.question
        if isinstance(question, Help):
            await question.answer(None)
        else:
            await self.app.ask(Help(self.app))

    async def act_palette(self) -> None:
        from deskterm.screens.palette import Palette

        action = await self.app.ask(Palette(self.app))
        if action:
            await self.main.perform(action)

    async def act_till_day(self) -> None:
        from deskterm.screens.money import till

        await till.show_day(self.app)

    async def act_till_export(self) -> None:
        from deskterm.screens.money import till

        await till.export(self.app)

    async def act_till_count(self) -> None:
        from deskterm.screens.money import till

        await till.count(self.app)

    async def act_accounts_list(self) -> None:
        from deskterm.screens.accounts import jobs

        await jobs.show(self.app)

    async def act_undo_list(self) -> None:
        from deskterm.screens.undoing import choosing

        await choosing.undo(self.app, None)

    async def act_cards_print(self) -> None:
        from deskterm.screens.printing import batch

        await batch.print_list(self.app)

    async def act_customers_series(self) -> None:
        from deskterm.screens.series import selection

        await selection.start(self.app)

    async def act_search_keep(self) -> None:
        from deskterm.screens.series import choosing

        await choosing.keep_search(self.app)

    async def act_print_queue(self) -> None:
        from deskterm.screens.printing import menu

        await menu.show_queue(self.app)

    async def act_user_switch(self) -> None:
        await sign_in.switch_user(self.app)

    async def act_privacy_lock(self) -> None:
        await sign_in.lock(self.app)

    async def act_privacy_hide(self) -> None:
        from deskterm.screens.privacy import hiding

        await hiding.hide(self.app)

    async def act_user_pin(self) -> None:
        await sign_in.change_pin(self.app)

    async def act_desk_choose(self) -> None:
        from deskterm.screens import which_desk

        await which_desk.choose(self.app)

    async def act_theme_toggle(self) -> None:
        self.app.theme = "deskterm-light" if self.app.theme == "deskterm-dark" else "deskterm-dark"

    async def act_language_toggle(self) -> None:
        text.use("en" if text.language() == "nl" else "nl")
        self.app.words = {}
        await self.app.redraw()

    async def act_app_quit(self) -> None:
        await flows.quit_program(self.app)
