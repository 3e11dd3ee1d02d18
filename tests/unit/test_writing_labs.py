"""The page for authors: each of its snippets is taken, its lab is whole, its commands exist."""

import re
from pathlib import Path

import pytest
import yaml

from builders import Json, check, lab, step
from tutoriallab.cli.commands import COMMANDS
from tutoriallab.cli.lint import lint
from writing_labs import make_lost_service, page, snippets, walk

BOTH = {"en": "text", "zh": "文字"}
SNIPPETS = snippets(page())


def whole(snippet: Json) -> Json:
    """A lab with this snippet in its place: what a step has goes into the second one, all else into the spec."""
    first = step("before", check(says=BOTH), title=BOTH, task=BOTH)
    texts: Json = {"title": BOTH, "summary": BOTH, "debrief": BOTH}
    if "checks" not in snippet:
        return lab("demo", *([] if "steps" in snippet else [first]), **{**texts, **snippet})
    return lab("demo", first, step("second", **{"title": BOTH, "task": BOTH, **snippet}), **texts)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=",".join)
def test_every_snippet_has_no_problem(tmp_path: Path, snippet: Json) -> None:
    file = tmp_path / "snippet.yaml"
    file.write_text(yaml.safe_dump(whole(snippet), allow_unicode=True, sort_keys=False), encoding="utf-8")

    assert [str(one) for one in lint(file)] == []


def test_a_snippet_that_is_wrong_would_be_told(tmp_path: Path) -> None:
    file = tmp_path / "snippet.yaml"
    wrong = {"checks": [check(says=BOTH, expect=["web.spec.replicas ="])]}
    file.write_text(yaml.safe_dump(whole(wrong), allow_unicode=True), encoding="utf-8")

    assert "spec.steps[1].checks[0].expect[0]" in str(lint(file)[0])
    assert len(SNIPPETS) >= 13
    assert len(SNIPPETS) == page().count("```yaml")


def test_the_lab_that_the_page_leads_to_has_no_problem(tmp_path: Path) -> None:
    place = make_lost_service(tmp_path)

    assert [str(one) for one in lint(place / "lab.yaml")] == []
    assert {one.name for one in place.rglob("*.sh")} == {
        "solution.sh",
        "solution-2.sh",
        "other-label.sh",
        "second-service.sh",
    }
    # Every script of the page has its file's name above it.
    assert walk().count("#!/bin/sh") == 4


def test_its_commands_exist() -> None:
    named = set(re.findall(r"(?:`|\$ |`)(?:tutoriallab|kubectl lab) ([a-z-]+)", page()))

    assert {"new", "lint", "start", "explain", "prove", "reset"} <= named
    assert named <= set(COMMANDS)
