"""The page's files: what was vendored is what was published, and modules hold to the bounds of all code."""

import hashlib
import re
from pathlib import Path

import pytest

from web.recorded_server import STATIC

TESTS = Path(__file__).parent
#: SHA-256 of files as their npm packages bring them: preact@11.2.0 dist/preact.mjs and hooks/dist/hooks.mjs, htm@3.1.1
#: dist/htm.mjs, axe-core@4.14.1 axe.min.js.
PUBLISHED = {
    STATIC / "vendor/preact.js": "bdcbd9abdf2c77c5c45326eab42191e949222d479d0d5f69467387a77040cb55",
    STATIC / "vendor/hooks.js": "e862ab2973aa6455eaa0f77c5d832d2157d6be59a17c8ba546550a575b58c6b4",
    STATIC / "vendor/htm.js": "ab33dd3f38059b9be4d5f5350128eefb2356639c4e0bbe9d9e8b3ba75847e9e4",
    TESTS / "vendor/axe.min.js": "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
}
#: What we write in them: without a server's help a module has to name its neighbour by a path.
BY_PATH = (b'from"./preact.js"', b'from"preact"')
MODULES = sorted(STATIC.glob("*.js"))
OWN = [path for path in STATIC.iterdir() if path.suffix in {".js", ".css", ".html"}]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_a_vendored_file_is_the_published_one_and_stands_beside_its_licence(path: Path) -> None:
    assert hashlib.sha256(path.read_bytes().replace(*BY_PATH)).hexdigest() == PUBLISHED[path]
    assert list(path.parent.glob("LICENSE-*"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_file_is_no_longer_and_no_wider_than_others(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 400
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_function_is_longer_than_fifty_lines(path: Path) -> None:
    begun, too_long = "", []
    since = 0
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if re.match(r"(export )?(async )?function |  (async |get |static )?\w+\(.*\) \{$", line):
            begun, since = line, number
        if line in {"}", "  }"} and begun and number - since >= 50:
            too_long.append(begun)
    assert too_long == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_modules_lie_flat_and_name_each_other_so_that_a_replay_can_inline_them(path: Path) -> None:
    text = path.read_text()
    names = re.findall(r'from "([^"]+)"', text)
    assert len(names) == len(re.findall(r"^import |^} from ", text, re.MULTILINE))
    assert [name for name in names if not (STATIC / name).is_file() or not name.startswith("./")] == []


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    text = (STATIC / "index.html").read_text()
    assert not re.search(r"<style|style=|<script(?![^>]*src=)| on\w+=", text)
