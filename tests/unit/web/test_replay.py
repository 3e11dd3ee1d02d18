"""A replay is one file that needs nothing else."""

import json
import re
from base64 import b64decode
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tutoriallab.web.replay import STATIC, document

Json = dict[str, Any]
HOSTILE = {"base": {"lab": {"title": "</script><script>alert(1)</script><!--"}}, "changes": []}


class _Parts(HTMLParser):
    """What a browser finds in the file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        if tag in {"script", "style", "title"}:
            name = attributes.get("type") or tag
            self.inside[name] = self.inside.get(name, "") + data


def parts(record: Json = HOSTILE) -> _Parts:
    return _Parts(document(json.dumps(record).encode(), "a <lab>"))


def test_the_record_stands_in_it_whole_and_cannot_leave_its_place() -> None:
    made = parts()

    assert json.loads(made.inside["application/json"]) == HOSTILE
    assert [attributes.get("type") for tag, attributes in made.tags if tag == "script"] == [
        "importmap",
        "application/json",
        "module",
        "text/plain",
    ]


def test_nothing_is_loaded_from_anywhere() -> None:
    text = document(b'{"base": {}, "changes": []}', "lab")
    made = _Parts(text)

    assert [attributes for _, attributes in made.tags if attributes.keys() & {"src", "href"}] == []
    assert "/static/" not in made.inside["style"]
    assert re.findall(r"https?://", made.inside["style"] + made.inside["module"]) == []


def test_every_module_is_there_and_every_import_finds_its_module() -> None:
    imports = json.loads(parts().inside["importmap"])["imports"]
    files = {file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*.js")}
    assert set(imports) == {f"tutoriallab/{name}" for name in files}

    for name, url in imports.items():
        text = b64decode(url.partition(",")[2]).decode()
        wanted = re.findall(r'(?m)^(?:import|export|\}).*?from "([^"]+)"', text)
        assert set(wanted) <= set(imports), name


def test_imports_of_folders_and_of_their_parents_are_resolved(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text('<script type="module" src="/static/main.js"></script>')
    (tmp_path / "main.js").write_text('import "./sub/one.js";\n')
    (tmp_path / "sub" / "one.js").write_text(
        'import { x } from "../two.js";\nimport { y } from "./three.js";\n'
    )
    made = _Parts(document(b"{}", "lab", tmp_path))

    imports = json.loads(made.inside["importmap"])["imports"]
    one = b64decode(imports["tutoriallab/sub/one.js"].partition(",")[2]).decode()
    assert one == 'import { x } from "tutoriallab/two.js";\nimport { y } from "tutoriallab/sub/three.js";\n'


def test_its_policy_lets_only_what_stands_in_it_run() -> None:
    made = parts()
    [policy] = [one["content"] or "" for tag, one in made.tags if tag == "meta" and "http-equiv" in one]

    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src data: 'sha256-")


def test_it_carries_the_licences_of_what_is_not_ours() -> None:
    told = parts().inside["text/plain"]

    for file in STATIC.rglob("LICENSE*"):
        assert escape(file.read_text(encoding="utf-8"), quote=False) in told
    assert "Permission is hereby granted" in told
