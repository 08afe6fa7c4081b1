"""A canvas that is too low for its rows says that there are more, and hides none of them."""

from collections.abc import Sequence
from dataclasses import replace

from textual.app import App, ComposeResult

from deskterm.colours import DARK
from deskterm.widgets.canvas import ABOVE, BELOW, Canvas
from deskterm.widgets.sheet import Row, line


class Shown(App[None]):
    """A canvas of three lines of ten cells."""

    CSS = "Canvas { width: 10; height: 3; }"

    def compose(self) -> ComposeResult:
        yield Canvas(tells_more=True)
        yield Canvas(id="silent")

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name


def lines(canvas: Canvas) -> list[str]:
    return [canvas.render_line(y).text for y in range(3)]


def numbered(count: int, text: str = " row {}") -> Sequence[Row]:
    return [line(text.format(number), 10) for number in range(count)]


async def test_a_sign_stands_where_more_rows_are() -> None:
    app = Shown()
    async with app.run_test():
        canvas = app.query(Canvas).first()
        canvas.show(numbered(3))
        assert lines(canvas) == [" row 0    ", " row 1    ", " row 2    "]
        canvas.show(numbered(5))
        assert lines(canvas) == [" row 0    ", " row 1    ", f" row 2   {BELOW}"]
        canvas.scroll_rows(1)
        assert lines(canvas) == [f" row 1   {ABOVE}", " row 2    ", f" row 3   {BELOW}"]
        canvas.scroll_rows(1)
        assert lines(canvas) == [f" row 2   {ABOVE}", " row 3    ", " row 4    "]


async def test_a_sign_hides_nothing() -> None:
    app = Shown()
    async with app.run_test():
        canvas = app.query(Canvas).first()
        canvas.show(numbered(9, " to-the-e{}"))
        assert lines(canvas)[2] == f"{BELOW}to-the-e2"
        canvas.show(numbered(9, "from-to-e{}"))
        assert lines(canvas)[2] == "from-to-e2"


async def test_a_canvas_that_was_not_asked_says_nothing() -> None:
    app = Shown()
    async with app.run_test():
        silent = app.query_one("#silent", Canvas)
        silent.show(numbered(9))
        assert BELOW not in "".join(lines(silent))


async def test_rows_that_had_no_room_are_painted_once_there_is() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        canvas = app.query(Canvas).first()
        canvas.has_cursor = True
        canvas.styles.height = 1
        await pilot.pause()
        canvas.show([replace(row, key=row.text) for row in numbered(3, "row-{}")])
        canvas.put_cursor("row-2")
        await pilot.pause()
        assert "row-0" not in app.export_screenshot()
        canvas.styles.height = 3
        await pilot.pause()
        assert "row-0" in app.export_screenshot()
