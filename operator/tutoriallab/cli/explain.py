"""`explain`: how a check comes to its verdict: what it selects, what is seen now, every part of its expressions.

It judges with the operator's rules, but with the eyes of whoever asks: what kubectl may read. The operator's verdict
counts; what differs, and what cannot be seen from here, is said.
"""

from typing import Annotated, Any

import msgspec
import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.explain_find import find_checks
from tutoriallab.cli.explain_sight import Sight
from tutoriallab.cli.explain_text import Told, render
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Language, Namespace, Output
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import show, show_json
from tutoriallab.grade import reasons
from tutoriallab.grade.account import Account, Eyes, account
from tutoriallab.grade.asked import Asked, asked
from tutoriallab.grade.bind import Chosen, Scope
from tutoriallab.grade.compile import CompiledCheck, CompiledStep, compile_step
from tutoriallab.grade.judge import Answered, Court
from tutoriallab.grade.select import probes, selections
from tutoriallab.lab.model import Spec
from tutoriallab.lab.plain import line, plain
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.lab.state import CheckState, StepProgress, progress_of
from tutoriallab.lab.texts import fill, in_language
from tutoriallab.status.seen import Seen

What = Annotated[
    str,
    typer.Argument(
        metavar="[CHECK]", help="The check, or STEP/CHECK; all checks of the open step when left out."
    ),
]
Which = Annotated[
    str,
    typer.Option(
        "--lab", metavar="NAME", help="The lab; may be left out when it is clear which one is meant."
    ),
]


def command(
    check: What = "",
    lab: Which = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """How a check comes to its verdict: what it selects, what is seen, every part of its expressions."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    spec = accepted(seen)
    language = seen.speaks(lang)
    reader = _Reader(kubectl, seen, spec, language)
    found = [reader.told(step, number) for step, number in find_checks(spec, check, _open(seen))]
    if output == "json":
        show_json({"lab": seen.name, "namespace": seen.namespace, "checks": [_json(one) for one in found]})
        return
    show(render(seen.name, found, language))


def accepted(lab: Seen) -> Spec:
    """The spec of a lab that the operator has accepted: what it would not select is not read here either."""
    if lab.spec is None or lab.status.phase == "Failed":
        raise CliError(f"Lab {lab.name} was refused ({line(lab.problem).rstrip('.')}): correct it first.")
    if not lab.status.holds("Accepted"):
        raise CliError(
            f"The operator has not accepted lab {lab.name} yet: see `{program()} status {lab.name}`."
        )
    return lab.spec


class _Reader:
    """Reads what checks of one lab need, and tells of them."""

    def __init__(self, kubectl: Kubectl, lab: Seen, spec: Spec, language: str) -> None:
        self._lab, self._spec, self._language = lab, spec, language
        self._sight = Sight(kubectl, language)
        self._steps: dict[int, CompiledStep] = {}

    def told(self, step: int, number: int) -> Told:
        """One check of one step, by number."""
        compiled = self._step(step).checks[number]
        progress = progress_of(self._spec.steps[step].name, self._lab.status.steps)
        states = {one.name: one for one in progress.checks}
        says = fill(in_language(compiled.check.says, self._language), self._lab.names)
        made = self._account(compiled, states, self._asked(step, progress))
        return Told(progress.name, progress.state, plain(says), made)

    def _account(self, compiled: CompiledCheck, states: dict[str, CheckState], kept: Asked) -> Account:
        check, workspace, names = compiled.check, self._lab.workspace, self._lab.names
        selected = selections(compiled, workspace, names)
        chosen: Chosen = {**selected, **probes(check, workspace, names)}
        unreadable = {name: told for name, one in selected.items() if (told := self._sight.look(one))}
        court = Court(
            self._sight.select, Scope(workspace, self._lab.status.nodes), self._answers(states), 0.0
        )
        return account(
            compiled, chosen, states.get(check.name), Eyes(court, unreadable, kept, self._language)
        )

    def _asked(self, step: int, progress: StepProgress) -> Asked:
        """What the step's questions ask for that are not answered right yet."""
        if progress.state == "Passed":
            return frozenset()
        right = {one.name for one in progress.checks if one.verdict == "Passed"}
        checks = self._step(step).checks
        return asked(one for one in checks if one.check.answer and one.check.name not in right)

    def _answers(self, states: dict[str, CheckState]) -> dict[str, Answered]:
        return {
            name: Answered(text.strip(), stale=_is_stale(states.get(name)))
            for name, text in self._spec.answers.items()
        }

    def _step(self, number: int) -> CompiledStep:
        if number not in self._steps:
            try:
                self._steps[number] = compile_step(self._spec, number)
            except InvalidLab as invalid:
                raise CliError(
                    f"The lab cannot be graded ({invalid.problems[0]}): correct it, see `{program()} lint`."
                ) from None
        return self._steps[number]


def _open(lab: Seen) -> int | None:
    current = lab.current()
    return current[0] - 1 if current else None


def _is_stale(state: CheckState | None) -> bool:
    return state is not None and state.reason == reasons.ANSWER_STALE


def _json(one: Told) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(one.account)
    return {"step": one.step, "stepState": one.state, "says": one.says, **made}
