"""From selected live objects to the values of a check's variables; called by `grade/judge.py`.

A selected object that does not exist, or a pick that finds none or several, is told before any expression runs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tutoriallab.grade import reasons
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.variables import Subject
from tutoriallab.lab.given import Given
from tutoriallab.lab.state import Verdict
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.probe.outcome import Heard, Outcome, Refused, Silent, Troubled
from tutoriallab.observe.probe.request import Http, Log, Probe
from tutoriallab.observe.selection import Selection
from tutoriallab.words import grading as words
from tutoriallab.words.kinds import Kinds
from tutoriallab.words.sentence import Sentence, Text

Select = Callable[[Selection], Sequence[Observed]]
Ask = Callable[[Probe], Outcome | None]
Chosen = Mapping[str, Selection | Probe]
"""What each variable stands for: objects, a page or a log."""
_SHOWN = 5
#: Several variables with `pick: Any` are tried in every combination, up to this many.
MOST_BINDINGS = 500


@dataclass(frozen=True, slots=True)
class Unbound:
    """Why a variable has no value: a reason and a sentence; Waiting where it may have one in a moment."""

    reason: str
    message: Sentence
    verdict: Verdict = "Failing"
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """The values of all variables, whom they stand for in messages, and the objects behind them."""

    values: dict[str, Any] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    objects: list[Observed] = field(default_factory=list)

    def add(self, name: str, absent: Subject, value: Observed | list[Observed] | None) -> None:
        """Bind one variable to an object, a list or null; `absent` names the object that does not exist."""
        if isinstance(value, list):
            self.values[name] = [one.body for one in value]
            self.objects.extend(value)
        elif value is None:
            self.values[name] = None
            self.subjects[name] = absent
        else:
            self.values[name] = value.body
            self.subjects[name] = Subject(value.kind, value.name, value.namespace)
            self.objects.append(value)

    def answer(self, name: str, probe: Probe, value: dict[str, Any] | None) -> None:
        """Bind one variable to a page or a log; or to null, as nothing answers."""
        self.values[name] = value
        self.subjects[name] = Subject("", "", called=probe.label)

    def copy(self) -> "Binding":
        """One that can be added to without changing this one."""
        return Binding(dict(self.values), dict(self.subjects), list(self.objects))


@dataclass(frozen=True, slots=True)
class Scope:
    """What every expression of a lab can see besides its objects."""

    workspace: str
    nodes: Mapping[str, str]

    def values(self) -> dict[str, Any]:
        """As CEL variables."""
        return {"workspace": self.workspace, "nodes": dict(self.nodes)}


def nobody(probe: Probe) -> None:
    """Asks nobody: for what selects objects alone."""


def bind(
    given: Mapping[str, Given],
    chosen: Chosen,
    where: Mapping[str, Expression],
    select: Select,
    scope: Scope,
    ask: Ask = nobody,
) -> Iterator[Binding | Unbound]:
    """Every way to bind the variables: one, or one for each candidate of a `pick: Any`; or why there is none."""
    bindings = [Binding(values=scope.values())]
    for name, one in given.items():
        selection = chosen[name]
        if isinstance(selection, Http | Log):
            found = _asked(one, selection, ask(selection))
            if isinstance(found, Unbound):
                yield replace(found, variable=name)
                return
            for binding in bindings:
                binding.answer(name, selection, found.value if found else None)
            continue
        candidates = _candidates(one, selection, where.get(name), select, scope)
        if isinstance(candidates, Unbound):
            yield replace(candidates, variable=name)
            return
        absent = Subject(one.kind, one.name or "", called="" if one.name else describe(one, selection))
        bindings = [_with(binding, name, absent, value) for binding in bindings for value in candidates]
        del bindings[MOST_BINDINGS:]
    yield from bindings


def _with(binding: Binding, name: str, absent: Subject, value: Observed | list[Observed] | None) -> Binding:
    copy = binding.copy()
    copy.add(name, absent, value)
    return copy


def _candidates(
    given: Given, selection: Selection, where: Expression | None, select: Select, scope: Scope
) -> Sequence[Observed | list[Observed] | None] | Unbound:
    found = fitting(selection, where, select, scope)
    if given.name:
        return found[:1] or _missing(given, selection)
    if given.pick is None:
        return [found]
    if not found:
        return _missing(given, selection)
    if given.pick == "Only":
        return found if len(found) == 1 else _several(given, selection, found)
    youngest_first = sorted(found, key=lambda one: (one.creation_timestamp, one.name), reverse=True)
    return youngest_first[:1] if given.pick == "Newest" else youngest_first


def fitting(selection: Selection, where: Expression | None, select: Select, scope: Scope) -> list[Observed]:
    """The selected objects for which the variable's `where` holds; all where it has none."""
    found = list(select(selection))
    if where is None:
        return found
    values = scope.values()
    return [one for one in found if where.evaluate({**values, "object": one.body}).true]


def _asked(given: Given, probe: Probe, outcome: Outcome | None) -> Heard | Unbound | None:
    """The answer, or None for null; or why there is neither."""
    match outcome:
        case Heard():
            return outcome
        case Silent() if given.optional:
            return None
        case Silent():
            return Unbound(reasons.OBJECT_MISSING if outcome.missing else reasons.NO_ANSWER, outcome.message)
        case Refused():
            return Unbound(reasons.NOT_ASKED, outcome.message)
        case Troubled():
            return Unbound(reasons.CANNOT_ASK, outcome.message, "Waiting")
    return Unbound(reasons.ASKING, words.ASKING(request=probe.label), "Waiting")


def _missing(given: Given, selection: Selection) -> Sequence[None] | Unbound:
    if given.optional:
        return [None]
    return Unbound(reasons.OBJECT_MISSING, _absent(given, selection))


def _absent(given: Given, selection: Selection) -> Sentence:
    if given.name:
        one = f"{given.kind} {selection.name}"
        if selection.namespace:
            return words.MISSING_IN(object=one, namespace=selection.namespace)
        return words.MISSING(object=one)
    what = describe(given, selection)
    if selection.namespace:
        return words.NONE_IN(what=what, namespace=selection.namespace)
    return words.NONE(what=what)


def _several(given: Given, selection: Selection, found: Sequence[Observed]) -> Unbound:
    names = ", ".join(one.name for one in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
    what = describe(given, selection, Kinds(given.kind))
    told = words.SEVERAL(count=len(found), what=what, namespace=str(selection.namespace), names=names)
    return Unbound(reasons.NOT_EXACTLY_ONE, told)


def describe(given: Given, selection: Selection, what: Text = "") -> Text:
    """What a list selects, in words: `Pod owned by Deployment web`; `what` in place of the kind."""
    text = what or given.kind
    if selection.owned_by:
        text = words.OWNED_BY(what=text, kind=selection.owned_by.kind, name=selection.owned_by.name)
    if given.selector and given.selector.match_labels:
        labels = ",".join(f"{key}={value}" for key, value in given.selector.match_labels.items())
        text = (words.WITH_LABELS if "," in labels else words.WITH_LABEL)(what=text, labels=labels)
    if given.where:
        text = words.THAT_FITS(what=text)
    return text
