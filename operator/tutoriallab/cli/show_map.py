"""The map as a person sees it: a line a node, below it its pods; many pods are counted. Pure; called by `show.py`.

States are told by symbol and word, never by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from tutoriallab.cli.map import Map, NodeSpot, PodSpot, Row
from tutoriallab.cli.markdown import cut
from tutoriallab.cli.words import word
from tutoriallab.lab.plain import line
from tutoriallab.web.pod import Kind

SYMBOLS: dict[Kind, str] = {"failing": "✗", "pending": "…", "ready": "●", "done": "✓"}
STYLES: dict[Kind, str] = {"failing": "red", "pending": "yellow", "ready": "green", "done": "dim"}
_INDENT = "   "
#: Lines of pods that a node has at most.
_LINES = 2


@dataclass(frozen=True)
class Chart:
    """The map below its title; a small one has one line a node and counts all pods."""

    shown: Map
    language: str
    small: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _chart(self.shown, self.language, options.max_width, self.small)


def _chart(shown: Map, language: str, width: int, small: bool) -> Iterator[Text]:
    yield Text(word(language, "map"), style="bold")
    if "pods" in shown.unknown:
        yield _said(word(language, "no_pods_right"))
        return
    if not shown.rows and not shown.homeless:
        yield _said(word(language, "no_pods"))
    for row in shown.rows:
        title = _title(row, language)
        if small:
            yield cut(_with_counts(title, row.pods, language))
            continue
        yield cut(title)
        yield from _pods(row.pods, language, width)
    if shown.homeless:
        title = Text(" " + word(language, "no_node"), style="yellow")
        yield cut(_with_counts(title, shown.homeless, language) if small else title)
        if not small:
            yield from _pods(shown.homeless, language, width)
    if "nodes" in shown.unknown and shown.rows:
        yield _said(word(language, "no_nodes_right"))


def _said(text: str) -> Text:
    return Text(" " + text, style="dim")


def _title(row: Row, language: str) -> Text:
    made = Text(" ")
    if row.alias and row.alias != row.name:
        made.append(f"{line(row.alias)}  ", style="bold")
    made.append(line(row.name), style="" if made.plain.strip() else "bold")
    if row.node:
        for said, style in _states(row.node, language):
            made.append("  ").append(said, style=style)
    return made


def _states(node: NodeSpot, language: str) -> Iterator[tuple[str, str]]:
    yield (word(language, "node_ready"), "green") if node.ready else (word(language, "node_not_ready"), "red")
    if node.cordoned:
        yield word(language, "cordoned"), "yellow"
    for taint in node.taints:
        yield line(taint), "cyan"


def _with_counts(text: Text, pods: Sequence[PodSpot], language: str) -> Text:
    for kind in SYMBOLS:
        if count := sum(pod.kind == kind for pod in pods):
            text.append("  ").append(_count(kind, count, language), style=STYLES[kind])
    return text


def _count(kind: Kind, count: int, language: str) -> str:
    return f"{SYMBOLS[kind]} {count} {word(language, f'pods_{kind}')}"


def _pods(pods: Sequence[PodSpot], language: str, width: int) -> Iterator[Text]:
    """Pods by name where they have the room; else what is wrong by name as far as it goes, and the rest counted."""
    parts = [_pod(pod) for kind in SYMBOLS for pod in pods if pod.kind == kind]
    packed = _pack(parts, width)
    if len(packed) > _LINES:
        named = [pod for pod in pods if pod.kind in {"failing", "pending"}]
        named.sort(key=lambda pod: pod.kind)
        while len(packed) > _LINES:
            rest = [pod for pod in pods if pod not in named]
            counts = [
                Text(_count(kind, count, language), style=STYLES[kind])
                for kind in SYMBOLS
                if (count := sum(pod.kind == kind for pod in rest))
            ]
            packed = _pack([*map(_pod, named), *counts], width)
            if not named:
                break
            # Halved, not one by one: there may be thousands.
            named = named[: len(named) // 2]
    yield from packed


def _pod(pod: PodSpot) -> Text:
    why = f" {line(pod.why)}" if pod.why and pod.kind != "done" else ""
    return Text(f"{SYMBOLS[pod.kind]} {line(pod.name)}{why}", style=STYLES[pod.kind])


def _pack(parts: Sequence[Text], width: int) -> list[Text]:
    """The parts in lines of this width; one that is wider has a line of its own and is cut."""
    lines: list[Text] = []
    for part in parts:
        if lines and cell_len(lines[-1].plain) + 2 + cell_len(part.plain) <= width:
            lines[-1].append("  ").append_text(part)
        else:
            lines.append(cut(Text(_INDENT).append_text(part)))
    return lines
