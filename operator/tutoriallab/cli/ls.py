"""`ls`: the catalogue by topic, and what is running on the cluster, if there is one."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.catalogue import Entry, by_topic, entries
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Language, Namespace, Output
from tutoriallab.cli.plain import line
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import show, show_json, tell
from tutoriallab.cli.seen import Seen, read
from tutoriallab.cli.words import phase_word
from tutoriallab.lab.texts import in_language
from tutoriallab.lab.workspace import HOME


@dataclass(frozen=True)
class Row:
    """One lab of the catalogue, or one that only runs."""

    name: str
    topic: str
    title: dict[str, str]
    minutes: int
    difficulty: str
    running: tuple[Seen, ...] = ()


def command(
    topic: Annotated[str, typer.Option("--topic", metavar="NAME", help="Only labs of this topic.")] = "",
    lang: Language = "en",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Labs of the catalogue by topic, and what is running."""
    catalogue = entries()
    topics = [name for name, _ in by_topic(catalogue)]
    if topic and topic not in topics:
        raise CliError(f"There is no topic {topic}: choose one of {', '.join(topics)}.")
    running, problem = _running(context, namespace)
    shown = rows(
        [entry for entry in catalogue if not topic or entry.topic == topic], running, others=not topic
    )
    if output == "json":
        show_json([_json(row) for row in shown])
        return
    show(render(shown, lang))
    if problem:
        tell(f"What is running is not known. {problem}")


def rows(catalogue: list[Entry], running: list[Seen], *, others: bool = True) -> list[Row]:
    """The catalogue joined with what runs; with `others`, running labs that are not of the catalogue, too."""
    made = []
    for entry in catalogue:
        mine = tuple(lab for lab in running if lab.name == entry.name)
        made.append(_row(entry.name, entry.topic, _spec(entry), mine))
    known = {row.name for row in made}
    if others:
        made += [_foreign(lab) for lab in running if lab.name not in known]
    return made


def render(shown: list[Row], language: str) -> RenderableType:
    """One table, so that all topics have the same columns; a line for each topic."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for topic in dict.fromkeys(row.topic for row in shown):
        table.add_row(Text(topic or "not of the catalogue", style="bold"))
        for row in shown:
            if row.topic == topic:
                table.add_row(*_cells(row, language))
    return Group(table, Text(), Text(f"Start one: {program()} start NAME", style="dim"))


def _cells(row: Row, language: str) -> tuple[RenderableType, ...]:
    state = ", ".join(_state(lab, language) for lab in row.running)
    title = line(in_language(row.title, language))
    return f"  {row.name}", title, f"{row.minutes} min", row.difficulty[:12], Text(state, style="green")


def _state(lab: Seen, language: str) -> str:
    place = "" if lab.namespace == HOME else f" (-n {lab.namespace})"
    return f"{phase_word(language, lab.status.phase)} {lab.status.progress}{place}".strip()


def _row(name: str, topic: str, spec: dict[str, Any], running: tuple[Seen, ...]) -> Row:
    title = spec.get("title") or {"en": name}
    return Row(
        name, topic, title, int(spec.get("minutes") or 10), str(spec.get("difficulty") or "beginner"), running
    )


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
            "phase": lab.status.phase,
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
        "title": row.title,
        "minutes": row.minutes,
        "difficulty": row.difficulty,
        "running": running,
    }
