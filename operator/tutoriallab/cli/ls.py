"""`ls`: the catalogue by track, each in the order in which its labs are best done; and what runs on the cluster."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.catalogue import Entry, by_topic, entries
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Language, Namespace, Output, of_terminal
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import show, show_json, tell
from tutoriallab.cli.tracks import Track, find_track, tracks
from tutoriallab.cli.words import phase_word, word
from tutoriallab.lab.plain import line
from tutoriallab.lab.texts import in_language
from tutoriallab.lab.workspace import HOME
from tutoriallab.status.seen import Seen, read

#: What has words of its own; all that a lab may say, but one that is broken.
LEVELS = frozenset({"beginner", "intermediate", "advanced"})


@dataclass(frozen=True)
class Row:
    """One lab of the catalogue, or one that only runs."""

    name: str
    topic: str
    title: dict[str, str]
    minutes: int
    difficulty: str
    running: tuple[Seen, ...] = ()
    track: str = ""


def command(
    topic: Annotated[str, typer.Option("--topic", metavar="NAME", help="Only labs of this topic.")] = "",
    track: Annotated[
        str, typer.Option("--track", metavar="NAME", help="Only labs of this track, in its order.")
    ] = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Labs of the catalogue by track, and what is running."""
    if topic and track:
        raise typer.BadParameter("say --topic or --track, not both.")
    lang = lang or of_terminal(os.environ) or "en"
    known = [find_track(track, tracks())] if track else tracks()
    catalogue = entries()
    topics = [name for name, _ in by_topic(catalogue)]
    if topic and topic not in topics:
        raise CliError(f"There is no topic {topic}: choose one of {', '.join(topics)}.")
    running, problem = _running(context, namespace)
    chosen = [entry for entry in catalogue if not topic or entry.topic == topic]
    shown = rows(in_order(chosen, known, others=not track), running, others=not topic and not track)
    if output == "json":
        show_json([_json(row) for row in shown])
        return
    show(render(shown, known, lang))
    if problem:
        tell(word(lang, "running_unknown", problem=problem))


def in_order(
    catalogue: Sequence[Entry], known: Sequence[Track], *, others: bool = True
) -> list[tuple[str, Entry]]:
    """Track and lab, in the tracks' order; with `others`, behind them those that stand in no track."""
    by_name = {entry.name: entry for entry in catalogue}
    placed = [(track.name, by_name.pop(name)) for track in known for name in track.labs if name in by_name]
    return placed + ([("", entry) for entry in by_name.values()] if others else [])


def rows(catalogue: Sequence[tuple[str, Entry]], running: list[Seen], *, others: bool = True) -> list[Row]:
    """The catalogue joined with what runs; with `others`, running labs that are not of the catalogue, too."""
    made = []
    for track, entry in catalogue:
        mine = tuple(lab for lab in running if lab.name == entry.name)
        made.append(_row(entry.name, (entry.topic, track), _spec(entry), mine))
    known = {row.name for row in made}
    if others:
        made += [_foreign(lab) for lab in running if lab.name not in known]
    return made


def render(shown: list[Row], known: Sequence[Track], language: str) -> RenderableType:
    """One table, so that all tracks have the same columns; a line for each track."""
    titles = {track.name: in_language(track.title, language) for track in known}
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for track in dict.fromkeys(row.track for row in shown):
        table.add_row(
            Text(track or word(language, "others"), style="bold"), Text(titles.get(track, ""), style="bold")
        )
        for row in shown:
            if row.track == track:
                table.add_row(*_cells(row, language))
    return Group(table, Text(), Text(word(language, "ls_ways_on", program=program()), style="dim"))


def _cells(row: Row, language: str) -> tuple[RenderableType, ...]:
    state = ", ".join(_state(lab, language) for lab in row.running)
    title = line(in_language(row.title, language))
    minutes = word(language, "minutes", minutes=row.minutes)
    level = word(language, row.difficulty) if row.difficulty in LEVELS else row.difficulty[:12]
    return f"  {row.name}", Text(title), minutes, level, Text(state, style="green")


def _state(lab: Seen, language: str) -> str:
    place = "" if lab.namespace == HOME else f" (-n {lab.namespace})"
    return f"{phase_word(language, lab.phase)} {lab.status.progress}{place}".strip()


def _row(name: str, place: tuple[str, str], spec: dict[str, Any], running: tuple[Seen, ...]) -> Row:
    topic, track = place
    title, minutes = spec.get("title") or {"en": name}, int(spec.get("minutes") or 10)
    return Row(name, topic, title, minutes, str(spec.get("difficulty") or "beginner"), running, track)


def _spec(entry: Entry) -> dict[str, Any]:
    """What the file says; one that is broken must not hide the others."""
    try:
        return dict(entry.body().get("spec") or {})
    except CliError as error:
        return {"title": {"en": f"broken: {error}"}}


def _foreign(lab: Seen) -> Row:
    if lab.spec is None:
        return Row(lab.name, "", {"en": lab.name}, 0, "", (lab,))
    return Row(lab.name, "", lab.spec.title, lab.spec.minutes, lab.spec.difficulty, (lab,))


def _running(context: str, namespace: str) -> tuple[list[Seen], str]:
    """What runs, or why that is not known: the catalogue can be read without a cluster."""
    try:
        return [read(body) for body in Kubectl.find(context).list(LABS, namespace)], ""
    except CliError as error:
        return [], str(error)


def _json(row: Row) -> dict[str, Any]:
    running = [
        {
            "namespace": lab.namespace,
            "phase": lab.phase,
            "step": lab.status.step,
            "progress": lab.status.progress,
            "score": lab.status.score or 0,
            "maxScore": lab.status.max_score or 0,
        }
        for lab in row.running
    ]
    return {
        "name": row.name,
        "topic": row.topic,
        "track": row.track,
        "title": row.title,
        "minutes": row.minutes,
        "difficulty": row.difficulty,
        "running": running,
    }
