"""Bytes for a receipt printer as npos reads them, an interpreter that is not ours."""

import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.needs import node_package, output_of, program

_SCRIPT = """
const npos = require(process.argv[1]);
const bytes = require('fs').readFileSync(process.argv[2]);
const told = part => part.type === 'raster'
    ? {raster: [part.data.width, part.data.height], dots: dotsOf(part.data)}
    : {text: part.data.toString('hex')};
const dotsOf = image => {
    let dots = '';
    for (let y = 0; y < image.height; y++)
        for (let x = 0; x < image.width; x++) dots += image.getPixel(x, y) === 0 ? '1' : '0';
    return dots;
};
npos.parser().parse(bytes).then(read => {
    const commands = read.tree.map(node => node.ascii + (node.fn || ''));
    process.stdout.write(JSON.stringify({commands, parts: read.entries.map(told)}));
}, fault => { process.stderr.write(String(fault)); process.exitCode = 1; });
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What a printer would do with some bytes."""

    commands: list[str]
    """As `ESC@`, `GSv0`, and `STX` for letters."""
    text: bytes
    """All letters, in the code page that was chosen."""
    pictures: list[Image.Image]


def read_escpos(data: bytes, folder: Path) -> Read:
    """Have npos read them; a byte that it cannot place fails the test."""
    file = folder / "receipt.bin"
    file.write_bytes(data)
    npos = node_package("npos")
    told = json.loads(output_of(program("node", "nodejs"), "-e", _SCRIPT, npos, file))
    parts = told["parts"]
    text = b"".join(bytes.fromhex(part["text"]) for part in parts if "text" in part)
    pictures = [_picture(part["raster"], part["dots"]) for part in parts if "raster" in part]
    return Read(told["commands"], text, pictures)


def _picture(size: list[int], dots: str) -> Image.Image:
    light = bytes(0 if dot == "1" else 255 for dot in dots)
    return Image.frombytes("L", (size[0], size[1]), light)
