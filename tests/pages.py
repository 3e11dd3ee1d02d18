"""Builders for what the command line shows: a lab with a status, and how it looks at 80 columns."""

from io import StringIO
from typing import Any

from rich.console import Console, RenderableType

from builders import Json, check, lab, step
from tutoriallab.status.seen import Seen, read


def check_state(
    name: str = "there", verdict: str = "Failing", message: str = "", reason: str = "Any"
) -> Json:
    """The verdict of one check."""
    return {"name": name, "verdict": verdict, "reason": reason, "message": message}


def progress(name: str = "first", state: str = "Open", *checks: Json) -> Json:
    """How far one step is."""
    return {"name": name, "state": state, "checks": list(checks)}


def status(*steps: Json, phase: str = "Active", **changes: Any) -> Json:
    """The status of a lab in workspace demo."""
    return {
        "observedGeneration": 1,
        "phase": phase,
        "workspace": "demo",
        "startedAt": "2026-01-01T00:00:00Z",
        "step": next((one["name"] for one in steps if one["state"] == "Open"), ""),
        "progress": f"{sum(one['state'] == 'Passed' for one in steps)}/{len(steps)}",
        "score": 0,
        "maxScore": 10 * len(steps),
        "steps": list(steps),
        **changes,
    }


def seen(*steps: Json, told: Json | None = None, annotations: Json | None = None, **spec: Any) -> Seen:
    """A lab demo with these steps and this status."""
    body = lab("demo", *steps, **spec)
    body["status"] = told or {}
    body["metadata"]["annotations"] = annotations or {}
    return read(body)


def two_languages() -> Json:
    """A step whose every text is there in English and Chinese."""
    says = {"en": "It runs `web`", "zh": "它运行 `web`"}
    return step(
        "first",
        check("there", says=says),
        title={"en": "Run it", "zh": "运行它"},
        task={"en": "Work in **${workspace}**", "zh": "在 **${workspace}** 中操作"},
        hints=[{"en": "Look", "zh": "看一看"}, {"en": "Look closer", "zh": "再仔细看"}],
    )


def drawn(renderable: RenderableType, width: int = 80) -> str:
    """What a person sees on a terminal without colours; blanks at line ends left out."""
    output = StringIO()
    console = Console(file=output, width=width, highlight=False, markup=False, emoji=False, no_color=True)
    console.print(renderable, crop=False)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())
