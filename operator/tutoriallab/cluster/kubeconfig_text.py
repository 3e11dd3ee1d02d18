"""Edits a kubeconfig as text, so that order, comments and unknown fields of all that is not ours stay.

Pure; called by kubeconfig.py. `kubectl config` would sort every list and drop all comments. Each edit is
checked against the parsed data; where the text is too unusual to edit (JSON, flow style), the data are
written anew in their own order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import yaml

LISTS = ("clusters", "users", "contexts")
Data = dict[str, Any]


class NotAKubeconfig(ValueError):
    """The text is not a kubeconfig; the message says where."""


@dataclass(frozen=True)
class Entry:
    """What one cluster adds: an item for each of the three lists, all of one name."""

    name: str
    cluster: Data
    user: Data

    def item(self, of: str) -> Data:
        """The item for one of LISTS."""
        content = {
            "clusters": {"cluster": self.cluster},
            "users": {"user": self.user},
            "contexts": {"context": {"cluster": self.name, "user": self.name}},
        }
        return {"name": self.name, **content[of]}


def parse(text: str) -> Data:
    """The data of a kubeconfig; an empty text is an empty one. Raises NotAKubeconfig."""
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as failure:
        raise NotAKubeconfig(" ".join(str(failure).split())) from failure
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(data.get(key) or [], list) for key in LISTS):
        raise NotAKubeconfig("it is no mapping with lists of clusters, users and contexts")
    return data


def current(data: Data) -> str:
    """The current context's name, empty if there is none."""
    return str(data.get("current-context") or "")


def names(data: Data, of: str) -> list[str]:
    """The names in one of LISTS."""
    return [str(item.get("name")) for item in data.get(of) or [] if isinstance(item, dict)]


def with_entry(text: str, entry: Entry) -> str:
    """The text with the entry in all three lists. A context of ours that is there keeps its namespace."""
    if not text.strip():
        text = "apiVersion: v1\nkind: Config\n"
    for of in LISTS:
        if of == "contexts" and _same_context(parse(text), entry):
            continue
        if entry.item(of) in (parse(text).get(of) or []):
            continue
        text = _insert(_drop(text, of, entry.name), of, entry.item(of))
    return text


def without_entry(text: str, name: str) -> str:
    """The text without any item of that name."""
    for of in LISTS:
        text = _drop(text, of, name)
    return text


def with_current(text: str, name: str | None) -> str:
    """The text with that current context; None removes the line."""
    data = parse(text)
    if data.get("current-context") == name and (name is not None or "current-context" not in data):
        return text
    wanted = {key: value for key, value in data.items() if key != "current-context" or name is not None}
    if name is not None:
        wanted["current-context"] = name
    return _edited(lambda: _set_current(text, name), wanted)


def _same_context(data: Data, entry: Entry) -> bool:
    contexts = [one for one in data.get("contexts") or [] if one.get("name") == entry.name]
    inner = contexts[0].get("context") or {} if len(contexts) == 1 else {}
    return inner.get("cluster") == inner.get("user") == entry.name


def _insert(text: str, of: str, item: Data) -> str:
    data = parse(text)
    wanted = {**data, of: [item, *(data.get(of) or [])]}
    return _edited(lambda: _insert_text(text, of, item), wanted)


def _drop(text: str, of: str, name: str) -> str:
    data = parse(text)
    kept = [item for item in data.get(of) or [] if item.get("name") != name]
    if len(kept) == len(data.get(of) or []):
        return text
    return _edited(lambda: _drop_text(text, of, name), {**data, of: kept})


def _edited(edit: Callable[[], str], wanted: Data) -> str:
    """The edited text if it says what is wanted, else the wanted data written anew."""
    try:
        result = edit()
        if parse(result) == wanted:
            return result
    except (NotAKubeconfig, IndexError, AttributeError, TypeError):
        pass
    return str(yaml.safe_dump(wanted, sort_keys=False))


def _insert_text(text: str, of: str, item: Data) -> str:
    node = _value(text, of)
    if node is None:
        return f"{_ended(text)}{of}:\n{_block(item, 0)}"
    if isinstance(node, yaml.SequenceNode) and node.value:
        # The sequence starts at its first hyphen; ours goes on a line of its own before it.
        column = node.start_mark.column
        at = node.start_mark.index - column
        return text[:at] + _block(item, column) + text[at:]
    return text[: node.start_mark.index].rstrip(" ") + "\n" + _block(item, 0) + _rest(text, node)


def _rest(text: str, node: yaml.Node) -> str:
    return text[node.end_mark.index :].lstrip(" ").removeprefix("\n")


def _drop_text(text: str, of: str, name: str) -> str:
    node = _value(text, of)
    items = cast("yaml.SequenceNode", node).value
    lines = text.splitlines(keepends=True)
    found = [item for item in items if _name(item) == name]
    for item in reversed(found):
        del lines[item.start_mark.line : _last_line(item) + 1]
    if len(found) < len(items):
        return "".join(lines)
    key = next(at for at, line in enumerate(lines) if line.startswith(f"{of}:"))
    lines[key] = f"{of}: []\n"
    return "".join(lines)


def _set_current(text: str, name: str | None) -> str:
    node = _value(text, "current-context")
    if node is None:
        return _ended(text) + f"current-context: {_scalar(name or '')}\n"
    if name is not None:
        start = text[: node.start_mark.index].rstrip(" ")
        return f"{start} {_scalar(name)}" + text[node.end_mark.index :]
    lines = text.splitlines(keepends=True)
    del lines[node.start_mark.line]
    return "".join(lines)


def _value(text: str, key: str) -> yaml.Node | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return None
    return next((value for name, value in root.value if name.value == key), None)


def _name(item: yaml.Node) -> str:
    return next((value.value for key, value in item.value if key.value == "name"), "")


def _last_line(node: yaml.Node) -> int:
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return max(_last_line(part) for pair in node.value for part in pair)
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return max(_last_line(part) for part in node.value)
    # A block scalar's end lies at the start of the line after it.
    ends_before = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return node.end_mark.line - (1 if ends_before else 0)


def _block(item: Data, column: int) -> str:
    dumped = str(yaml.safe_dump([item], sort_keys=False, width=1 << 20))
    return "".join(" " * column + line for line in dumped.splitlines(keepends=True))


def _scalar(text: str) -> str:
    return str(yaml.safe_dump(text, width=1 << 20)).splitlines()[0]


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
