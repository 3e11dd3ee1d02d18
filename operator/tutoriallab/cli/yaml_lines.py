"""From a field path such as spec.steps[0].checks[1].says to its line in the YAML file. Pure; called by `lint`."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tutoriallab.cli.catalogue import Loader

_PART = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


class Lines:
    """The lines of one YAML document; an unreadable one has none."""

    def __init__(self, text: str) -> None:
        try:
            self._root = next(iter(yaml.compose_all(text, Loader)), None)
        except yaml.YAMLError:
            self._root = None

    @classmethod
    def of(cls, file: Path) -> "Lines":
        """The lines of a file; raises OSError, UnicodeDecodeError."""
        return cls(file.read_text(encoding="utf-8"))

    def line(self, path: str) -> int:
        """Line (from 1) of the field, or of the nearest field above it that is in the file."""
        node, found = self._root, 1
        for name, index in _PART.findall(path):
            below = _below(node, name, index)
            if below is None:
                break
            key, node = below
            found = key.start_mark.line + 1
        return found

    def twice(self) -> Iterator[tuple[int, str, int]]:
        """Fields that stand twice in one map, of which YAML keeps the last: line, name, and the line of the first."""
        below, seen = [self._root] if self._root else [], set[int]()
        while below:
            node = below.pop()
            if id(node) in seen:
                # An alias.
                continue
            seen.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                below += node.value
            elif isinstance(node, yaml.MappingNode):
                below += [value for _, value in node.value]
                yield from _twice(node)


def _twice(node: yaml.MappingNode) -> Iterator[tuple[int, str, int]]:
    first: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        # << may be there for several anchors.
        if isinstance(key, yaml.ScalarNode) and key.value in first and key.value != "<<":
            yield line, key.value, first[key.value]
        first.setdefault(str(key.value), line)


def _below(node: yaml.Node | None, name: str, index: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that names a child, and the child."""
    if isinstance(node, yaml.MappingNode) and name:
        for key, value in node.value:
            if key.value == name:
                return key, value
    if isinstance(node, yaml.SequenceNode) and index and int(index) < len(node.value):
        item = node.value[int(index)]
        return item, item
    return None
