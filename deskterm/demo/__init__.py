"""The practice library: the seed's own customer and as many invented ones as asked for."""

from deskterm.demo.build import build, practice_day
from deskterm.demo.cases import Example, examples

__all__ = ["Example", "build", "examples", "practice_day"]
