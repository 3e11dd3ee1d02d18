"""What is wrong with the nodes that a lab asks for, as far as a schema cannot say it. Pure: called by `lab/parse.py`.

The API server would refuse most of it when the nodes are leased; by then the lab would stand in others' way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from tutoriallab.lab.model import NodeRequest
from tutoriallab.lab.problem import Problem

_NAME = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_DOMAIN = re.compile(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")
#: What the cluster and the operator itself say about nodes.
_RESERVED = ("kubernetes.io", "k8s.io", "tutoriallab.dev")
#: A name that can only be meant as an alias; any other ${NAME} may be a shell's.
_ALIAS = re.compile(r"(?<!\$)\$\{(node[0-9]+)\}")


def node_problems(nodes: Sequence[NodeRequest], words: Set[str]) -> Iterator[Problem]:
    """Aliases that mean something else already (`words`), labels and taints that no node can have."""
    for i, node in enumerate(nodes):
        where = f"spec.nodes[{i}]"
        if node.name in words:
            yield Problem(f"{where}.name", f"{node.name} is a word of CEL or of tutoriallab: choose another")
        for key, value in node.labels.items():
            yield from _pair(f"{where}.labels", key, value)
        for t, taint in enumerate(node.taints):
            yield from _pair(f"{where}.taints[{t}]", taint.key, taint.value)
        pairs = [(taint.key, taint.effect) for taint in node.taints]
        for key, effect in sorted({pair for pair in pairs if pairs.count(pair) > 1}):
            yield Problem(f"{where}.taints", f"{key}:{effect} is there twice: a node has it once")


def undeclared(nodes: Sequence[NodeRequest], words: Iterable[tuple[str, Any]]) -> Iterator[Problem]:
    """Aliases such as ${node2} in texts, manifests and names that spec.nodes does not declare."""
    declared = {node.name for node in nodes}
    for path, text in words:
        for alias in dict.fromkeys(_ALIAS.findall(_flat(text))):
            if alias not in declared:
                yield Problem(path, f"${{{alias}}} is not declared: declare {alias} in spec.nodes")


def _flat(value: Any) -> str:
    """All strings of a text, a list or a map, keys too."""
    match value:
        case str():
            return value
        case list():
            return "\n".join(map(_flat, value))
        case Mapping():
            return "\n".join(f"{_flat(key)}\n{_flat(item)}" for key, item in value.items())
        case _:
            return ""


def _pair(path: str, key: str, value: str) -> Iterator[Problem]:
    domain, slash, name = key.rpartition("/")
    if not _NAME.fullmatch(name) or (slash and not _DOMAIN.fullmatch(domain)):
        yield Problem(path, f"{key} is no key: letters, digits, - _ and ., perhaps behind a domain and /")
    elif any(domain == one or domain.endswith(f".{one}") for one in _RESERVED):
        yield Problem(path, f"{key} belongs to the cluster: choose a key of your own")
    if value and not _NAME.fullmatch(value):
        yield Problem(path, f"{value} is no value for {key}: at most 63 letters, digits, - _ and .")
