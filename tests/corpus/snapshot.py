"""What was recorded of one situation: objects, Events and logs; selected as the observer would."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from builders import observed
from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.kube.session import Answer
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.probe.outcome import Outcome, Troubled
from tutoriallab.observe.probe.question import LAST_LINES, EventsOf, LastLines, Question
from tutoriallab.observe.probe.reading import answer_to
from tutoriallab.observe.selection import Selection, matches
from tutoriallab.words.sentence import as_is

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent / "snapshots"


class Snapshot:
    """The objects of a situation at the moment when it was recorded. `logs`: last lines by pod and container."""

    def __init__(self, recorded: Mapping[str, Any]) -> None:
        self.workspace: str = recorded["workspace"]
        self.home = f"{self.workspace}-lab"
        self.kubernetes: str = recorded["kubernetes"]
        self.now = datetime.fromisoformat(recorded["recorded"]).timestamp()
        self.objects: list[Json] = recorded["objects"]
        self.logs: dict[str, dict[str, list[str]]] = recorded["logs"]
        self._observed = [observed(one) for one in self.objects]

    def select(self, selection: Selection) -> list[Observed]:
        """The objects that a selection contains, by name."""
        found = [
            one
            for one in self._observed
            if (one.api_version, one.kind) == (selection.api_version, selection.kind)
            and one.namespace == (selection.namespace or "")
            and matches(selection, one, self._find)
        ]
        return sorted(found, key=lambda one: one.name)

    def answer(self, question: Question) -> Outcome:
        """What the API server would have answered to diagnosis."""
        if isinstance(question, EventsOf):
            content = {"items": [one for one in self.objects if _about(one, question)]}
            return answer_to(question, Answer(200, (), json.dumps(content).encode()))
        lines = self._lines(question)
        if not lines:
            return Troubled(as_is(f"{question.label} were not recorded"))
        return answer_to(question, Answer(200, (), "\n".join(lines[-LAST_LINES:]).encode()))

    def _lines(self, question: LastLines) -> list[str]:
        """Of a container that runs now the lines of its present run are asked for, and those are not recorded."""
        pod = next(
            one for one in self.objects if one["kind"] == "Pod" and one["metadata"]["name"] == question.pod
        )
        if any(one.name == question.container and one.running for one in containers(pod)):
            return []
        return self.logs.get(question.pod, {}).get(question.container, [])

    def _find(self, _api_version: str, kind: str, namespace: str, name: str) -> Observed | None:
        key = (kind, namespace, name)
        return next((one for one in self._observed if (one.kind, one.namespace, one.name) == key), None)


def _about(one: Json, question: EventsOf) -> bool:
    if one["kind"] != "Event":
        return False
    about = one["involvedObject"]
    return (about.get("kind"), about.get("namespace"), about.get("name")) == (
        question.kind,
        question.namespace,
        question.name,
    )


def load(name: str, folder: Path = FOLDER) -> Snapshot:
    """The snapshot of a situation; raises FileNotFoundError where it was never recorded."""
    return Snapshot(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
