"""The two colour themes: Wise's blue bar and grey block, calm on dark and on light."""

from textual.theme import Theme

DARK = Theme(
    name="deskterm-dark",
    primary="#1d63b8",
    secondary="#8fb8e8",
    background="#15181c",
    surface="#1d2126",
    panel="#343a42",
    foreground="#e4e6e9",
    error="#ff7b72",
    warning="#e3b341",
    accent="#f2cc60",
    dark=True,
    variables={
        "dimmed": "#98a1ab",
        "greyed": "#6b747e",
        "on-primary": "#ffffff",
        "labels": "#a9b7c6",
        "keybar": "#8fb8e8",
    },
)
LIGHT = Theme(
    name="deskterm-light",
    primary="#0b5cad",
    secondary="#0b5cad",
    background="#f7f7f5",
    surface="#ffffff",
    panel="#d3d7dc",
    foreground="#1b1f24",
    error="#b3121d",
    warning="#8a5a00",
    accent="#0b5cad",
    dark=False,
    variables={
        "dimmed": "#5b636c",
        "greyed": "#8b939b",
        "on-primary": "#ffffff",
        "labels": "#46525e",
        "keybar": "#0b5cad",
    },
)
THEMES = (DARK, LIGHT)
