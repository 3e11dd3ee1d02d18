"""A lab's checks with their expressions compiled; whatever does not compile is a Problem with its path.

Called by `reconcile.py` when a lab is accepted and when a step opens, and by `lint`.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from tutoriallab.grade import answers
from tutoriallab.grade.cel.expression import Expression, ExpressionError, compile_expression
from tutoriallab.grade.cel.origins import EACH
from tutoriallab.grade.cel.variables import Variable
from tutoriallab.lab.given import Given
from tutoriallab.lab.kinds import SECRET_KINDS
from tutoriallab.lab.model import Check, Settle, Spec, Step
from tutoriallab.lab.parse import givens, manifests
from tutoriallab.lab.problem import InvalidLab, Problem

AMBIENT = (Variable("workspace", "text", ""), Variable("nodes", "map", ""))
ANSWER = Variable("answer", "text", "")
REMEMBERED = Variable("remembered", "map", "")
_PLACEHOLDER = re.compile(r"\$(\$\{)|\$\{([^{}]*)\}")


#: Kinds that controllers write as a whole: all of such an object is state.
MADE = frozenset({"EndpointSlice", "Endpoints"})


@dataclass(frozen=True, slots=True)
class CompiledCheck:
    """One check, ready to be judged."""

    check: Check
    expect: tuple[Expression, ...]
    where: Mapping[str, Expression]
    remember: Mapping[str, Expression]
    because: tuple[str | Expression, ...] = ()
    #: Whether an expression asks for the status of an object or of a list's elements.
    reads_status: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads_status", self._reads_status())

    @property
    def uses_events(self) -> bool:
        """Whether an expression asks for the Events of an object."""
        return any(expression.uses_events for expression in self.expect)

    def about_state(self, expression: Expression) -> bool:
        """Whether one of its expressions is about the state of objects, or about which there are.

        What the learner wrote into them needs no diagnosis: the verdict says it all.
        """
        return any(
            self.check.given[name].kind in MADE
            or all(len(path) < 2 for path in expression.fields[name])
            or any(_in_status(path, of_list=of_list) for path in expression.fields[name])
            for name, of_list in self._objects(expression)
        )

    def _reads_status(self) -> bool:
        return any(
            _in_status(path, of_list=of_list)
            for expression in self.expect
            for name, of_list in self._objects(expression)
            for path in expression.fields[name]
        )

    def _objects(self, expression: Expression) -> Iterator[tuple[str, bool]]:
        """The variables of an expression that stand for live objects, and whether for a list of them."""
        for name in expression.fields:
            if name in self.check.given and not self.check.given[name].asks:
                yield name, expression.variables[name].type == "list"


@dataclass(frozen=True, slots=True)
class CompiledSettle:
    """A stated settle condition, ready to be judged."""

    given: Mapping[str, Given]
    expect: tuple[Expression, ...]
    where: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """One step with its checks, ready to be opened.

    `named`: what the lab's objects are called, those of all its steps, before `${…}` is filled in.
    """

    step: Step
    checks: tuple[CompiledCheck, ...]
    settle: CompiledSettle | None
    named: frozenset[str]


def compile_step(spec: Spec, number: int) -> CompiledStep:
    """The step ready for grading; raises InvalidLab with every expression that does not compile."""
    step, where = spec.steps[number], f"spec.steps[{number}]"
    problems: list[Problem] = []
    compiler = _Compiler(spec.language, problems, frozenset(node.name for node in spec.nodes))
    checks = tuple(compiler.check(check, f"{where}.checks[{c}]") for c, check in enumerate(step.checks))
    settle = compiler.settle(step.settle, f"{where}.settle") if step.settle else None
    if problems:
        raise InvalidLab(problems)
    return CompiledStep(step, checks, settle, frozenset(_named(spec)))


def _named(spec: Spec) -> Iterator[str]:
    yield from (given.name for _, _, given in givens(spec) if given.name)
    for _, manifest in manifests(spec):
        metadata = manifest.get("metadata")
        if isinstance(metadata, Mapping) and isinstance(name := metadata.get("name"), str):
            yield name


def problems(spec: Spec) -> Iterator[Problem]:
    """Everything in the lab's expressions that does not compile or is not allowed."""
    for number in range(len(spec.steps)):
        try:
            compile_step(spec, number)
        except InvalidLab as invalid:
            yield from invalid.problems


class _Compiler:
    """Compiles expressions and collects what fails, so that an author sees all faults at once."""

    def __init__(self, language: str, problems: list[Problem], aliases: Set[str]) -> None:
        self._language = language
        self._problems = problems
        self._aliases = aliases

    def check(self, check: Check, path: str) -> CompiledCheck:
        variables = _variables(check.given)
        asked = (*variables, ANSWER) if check.answer else variables
        full = (*asked, REMEMBERED) if check.remember else asked
        compiled = CompiledCheck(
            check=check,
            expect=self._all(check.expect, full, f"{path}.expect"),
            where=self._where(check.given, path),
            remember=self._remember(check, variables, path),
            because=self._because(check, full, path),
        )
        told = answers.faults(check, compiled.expect)
        self._problems.extend(Problem(f"{path}.{field}", text) for field, text in told)
        return compiled

    def settle(self, settle: Settle, path: str) -> CompiledSettle:
        expect = self._all(settle.expect, _variables(settle.given), f"{path}.expect")
        return CompiledSettle(settle.given, expect, self._where(settle.given, path))

    def _where(self, given: Mapping[str, Given], path: str) -> dict[str, Expression]:
        return {
            name: compiled
            for name, one in given.items()
            if one.where
            and (
                compiled := self._one(
                    one.where, (*AMBIENT, _object("object", one)), f"{path}.given.{name}.where"
                )
            )
        }

    def _remember(self, check: Check, variables: tuple[Variable, ...], path: str) -> dict[str, Expression]:
        found = {}
        for name, source in check.remember.items():
            where = f"{path}.remember.{name}"
            compiled = self._one(source, variables, where, want="any")
            if compiled and any(compiled.variables[field].asked for field in compiled.fields):
                text = "nothing is asked before the step is open: remember something of an object"
                self._problems.append(Problem(where, text))
            elif compiled and any(compiled.variables[field].secret for field in compiled.fields):
                text = "what is remembered stands in status: remember nothing of a Secret"
                self._problems.append(Problem(where, text))
            elif compiled:
                found[name] = compiled
        return found

    def _because(
        self, check: Check, variables: tuple[Variable, ...], path: str
    ) -> tuple[str | Expression, ...]:
        """The text in the lab's language; the others are compiled, too, so that their faults are found."""
        texts = {
            language: self._template(text, variables, f"{path}.because.{language}")
            for language, text in (check.because or {}).items()
        }
        for language, text in texts.items():
            if fault := answers.because_fault(check, text):
                self._problems.append(Problem(f"{path}.because.{language}", fault))
        return texts.get(self._language) or texts.get("en", ())

    def _template(
        self, text: str, variables: tuple[Variable, ...], path: str
    ) -> tuple[str | Expression, ...]:
        parts: list[str | Expression] = []
        end = 0
        for match in _PLACEHOLDER.finditer(text):
            parts.append(text[end : match.start()])
            end = match.end()
            if match.group(1):
                parts.append("${")
            elif compiled := self._one(match.group(2), variables, path, want="any"):
                parts.append(compiled)
        return (*parts, text[end:])

    def _all(self, sources: list[str], variables: tuple[Variable, ...], path: str) -> tuple[Expression, ...]:
        compiled = (self._one(source, variables, f"{path}[{i}]") for i, source in enumerate(sources))
        return tuple(expression for expression in compiled if expression)

    def _one(
        self, source: str, variables: tuple[Variable, ...], path: str, want: Literal["bool", "any"] = "bool"
    ) -> Expression | None:
        try:
            compiled = compile_expression(source, variables, want=want)
        except ExpressionError as error:
            self._problems.append(Problem(path, str(error)))
            return None
        for alias in sorted({read[0] for read in compiled.fields.get("nodes", ()) if read}):
            if alias not in self._aliases and alias != EACH:
                text = f"nodes.{alias} is not declared: declare it in spec.nodes, or use one that is"
                self._problems.append(Problem(path, text))
        return compiled


def _in_status(path: tuple[str, ...], *, of_list: bool) -> bool:
    """Whether a path leads into status; a field that is not known by name may be it."""
    return path[1:2] == ("status",) if of_list else path[:1] in {("status",), (EACH,)}


def _variables(given: Mapping[str, Given]) -> tuple[Variable, ...]:
    return (*AMBIENT, *(_variable(name, one) for name, one in sorted(given.items())))


def _variable(name: str, given: Given) -> Variable:
    if given.name or given.pick or given.asks:
        return _object(name, given)
    return Variable(name, "list", given.kind, secret=_secret(given))


def _object(name: str, given: Given) -> Variable:
    return Variable(name, "object", given.kind, secret=_secret(given), optional=given.optional)


def _secret(given: Given) -> bool:
    return (given.api_version or "", given.kind) in SECRET_KINDS
