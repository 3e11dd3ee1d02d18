"""What changed between two pages of a lab, a line each: what `watch` prints where it cannot redraw. Pure."""

from collections.abc import Iterator

from tutoriallab.cli.page import CheckLine, Page, StepPage
from tutoriallab.cli.words import phase_word, word
from tutoriallab.lab.plain import line


def changes(before: Page | None, after: Page) -> Iterator[str]:
    """One line a change: phase, step, verdicts with what is seen."""
    if before is None or before.phase != after.phase:
        yield _phase(after)
    step = after.step
    if step is None or after.phase != "Active":
        return
    former = before.step if before else None
    same = former is not None and former.name == step.name
    if former and not same and former.number < step.number:
        yield f"{word(after.language, 'Passed'):<8} {_title(after, former)}"
    if not same:
        yield _title(after, step)
    known = {check.name: check for check in former.checks} if same and former else {}
    for check in step.checks:
        if check.verdict != "Unseen" and _told(known.get(check.name)) != _told(check):
            yield _check(after, check)


def _title(after: Page, step: StepPage) -> str:
    return word(after.language, "step", number=step.number, of=after.steps, title=line(step.title))


def _told(check: CheckLine | None) -> tuple[str, str] | None:
    return (check.verdict, check.message) if check else None


def _phase(after: Page) -> str:
    points = word(after.language, "points", score=after.score, max_score=after.max_score)
    told = f"{after.lab}: {phase_word(after.language, after.phase)}, {after.progress}, {points}"
    return f"{told}: {line(after.problem)}" if after.problem else told


def _check(after: Page, check: CheckLine) -> str:
    seen = check.message if check.message and check.verdict != "Passed" else check.says
    return f"{word(after.language, check.shown):<8} {check.name}: {line(seen)}"
