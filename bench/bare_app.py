"""The least that a Textual program can be: the floor of starting."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class BareApp(App[None]):
    """One input and nothing behind it."""

    def compose(self) -> ComposeResult:
        """Yield the input."""
        yield Input(placeholder="ready to type")


if __name__ == "__main__":
    BareApp().run()
