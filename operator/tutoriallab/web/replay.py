"""A lab's record and the page's own scripts as one HTML file that plays without cluster or network.

Called by `cli/replay.py`. Modules cannot import their neighbours where there is no server, so an import map gives each
a name and its text; a policy in the file lets it run these and load nothing else.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePosixPath

STATIC = Path(__file__).resolve().parent / "static"
_PREFIX = "tutoriallab/"
_FROM = re.compile(r'(\bfrom\s*|\bimport\s*)"(\.{1,2}/[^"]+\.js)"')
_STYLE = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)">')
_MAIN = re.compile(r'<script type="module" src="/static/([^"]+)"></script>')
_URL = re.compile(r'url\("/static/([^"]+)"\)')
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".js": "text/javascript"}


def document(record: bytes, title: str, static: Path = STATIC) -> str:
    """The file; `record` is the JSON of a whole record."""
    index = (static / "index.html").read_text(encoding="utf-8")
    main = _MAIN.search(index)
    if main is None:
        raise ValueError(f"{static / 'index.html'} begins with no module")
    styles = "\n".join(_style(static, name) for name in _STYLE.findall(index))
    modules = {_PREFIX + name: _data(name, text.encode()) for name, text in _modules(static).items()}
    imports = json.dumps({"imports": modules})
    start = f'import "{_PREFIX}{main[1]}";'
    policy = (
        f"default-src 'none'; script-src data: {_hash(imports)} {_hash(start)}; style-src {_hash(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # In a script element only < could end it; in JSON it may be written so.
    inlined = record.decode().replace("<", "\\u003c")
    licences = "\n\n".join(one.read_text(encoding="utf-8") for one in sorted(static.rglob("LICENSE*")))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{styles}</style>
<script type="importmap">{imports}</script>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="record">{inlined}</script>
<script type="module">{start}</script>
<script type="text/plain" id="licences">{escape(licences, quote=False)}</script>
</body>
</html>
"""


def _modules(static: Path) -> Mapping[str, str]:
    """All modules by their path below the folder, with absolute names in their imports."""
    names = sorted(file.relative_to(static).as_posix() for file in static.rglob("*.js"))
    return {name: _absolute((static / name).read_text(encoding="utf-8"), name) for name in names}


def _absolute(text: str, name: str) -> str:
    folder = PurePosixPath(name).parent

    def named(match: re.Match[str]) -> str:
        parts: list[str] = []
        for part in (folder / match[2]).parts:
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        return f'{match[1]}"{_PREFIX}{"/".join(parts)}"'

    return _FROM.sub(named, text)


def _style(static: Path, name: str) -> str:
    text = (static / name).read_text(encoding="utf-8")
    return _URL.sub(lambda found: f'url("{_data(found[1], (static / found[1]).read_bytes())}")', text)


def _data(name: str, content: bytes) -> str:
    return f"data:{_TYPES[PurePosixPath(name).suffix]};base64,{b64encode(content).decode()}"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
