"""Why an expression is not true: the object, the field path, what was wanted and what is seen.

Called by the verdict of a check for the first expression of `expect` that is not true. Works on the checked
tree, never on the text, and repeats no rule: what `Expression.evaluate` says holds, and where this module
cannot follow, the message is the expression's own text with the values of the fields that it names.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tutoriallab.grade.cel import comparing, unparse
from tutoriallab.grade.cel.expression import Expression, Result
from tutoriallab.grade.cel.functions import condition_status
from tutoriallab.grade.cel.places import Place
from tutoriallab.grade.cel.projection import TooMuch
from tutoriallab.grade.cel.sentences import Explanation, Wish, render, show
from tutoriallab.grade.cel.syntax import Call, Const, Ident, Macro, Node, Select, walk
from tutoriallab.grade.cel.trace import Missing, Scope, Traced, Tracer, Unclear
from tutoriallab.grade.cel.variables import Subject
from tutoriallab.grade.cel.wishes import seen, wishes
from tutoriallab.words import explaining as words
from tutoriallab.words.sentence import Sentence, Text, joined

#: Alternatives of an `||` that a message tells, and fields that a message without a sentence lists.
MAX_ALTERNATIVES, MAX_FIELDS = 3, 3


def explain(
    expression: Expression,
    values: Mapping[str, Any],
    subjects: Mapping[str, Subject] | None = None,
    result: Result | None = None,
) -> Explanation | None:
    """The reason for the first part that is not true; None when the expression is true.

    `subjects` names the objects of single variables, needed where one may not exist; `result` is what evaluate
    gave for the same values, if it is at hand. Never raises on data.
    """
    result = result or expression.evaluate(values)
    if result.true:
        return None
    if result.costly:
        return Explanation("text", path=expression.source, seen=result.error or "")
    try:
        tracer = Tracer(expression, values, subjects or {})
    except (TooMuch, KeyError):
        return Explanation("text", path=expression.source, seen=result.error or "")
    return _Explainer(tracer).why(expression.tree, {}, True) or _by_text(tracer, result.error or "")


class _Explainer:
    """Walks down to the part that decides; None wherever there is no better word than the text."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer

    def why(self, node: Node, scope: Scope, wanted: bool) -> Explanation | None:
        """Why the node is not `wanted`."""
        try:
            return self._why(node, scope, wanted)
        except Missing as gone:
            return comparing.missing(gone)
        except Unclear:
            return None

    def _why(self, node: Node, scope: Scope, wanted: bool) -> Explanation | None:
        match node:
            case Call():
                return self._call(node, scope, wanted)
            case Macro():
                return self._macro(node, scope, wanted)
            case Select(test=True):
                return comparing.presence(self.tracer, node, scope, wanted)
            case Ident() | Select():
                return comparing.truth(self.tracer, node, scope, wanted)
        return None

    def _call(self, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
        name = node.function
        if name == "!_":
            return self.why(node.args[0], scope, not wanted)
        if name in ("_&&_", "_||_"):
            return self._logic(node, scope, wanted)
        if name == "_?_:_":
            chosen = self.tracer.at(node.args[0], scope).value
            return self.why(node.args[1 if chosen is True else 2], scope, wanted)
        if name in comparing.RELATIONS:
            return self._comparison(node, scope, wanted)
        if name == "@in":
            return comparing.membership(self.tracer, node, scope, wanted)
        if name in comparing.TEXT_TESTS:
            return comparing.text_test(self.tracer, node, scope, wanted)
        if name in ("ready", "condition"):
            return self._condition(node, scope, wanted)
        return comparing.truth(self.tracer, node, scope, wanted)

    def _logic(self, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
        """One part decides when all were wanted; all have to be told when one would have done."""
        parts = _flat(node, node.function)
        if wanted == (node.function == "_&&_"):
            held = [self.tracer.holds(part, scope) for part in parts]
            decides = (not wanted) if (not wanted) in held else None
            return self.why(parts[held.index(decides)], scope, wanted) if decides in held else None
        reasons = [self.why(part, scope, wanted) or _as_text(self.tracer, part) for part in parts]
        unique = sorted(dict.fromkeys(reasons), key=lambda one: len(str(render(one))))
        return unique[0] if len(unique) == 1 else Explanation("any", parts=tuple(unique[:MAX_ALTERNATIVES]))

    def _comparison(self, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
        for one, other in (node.args, node.args[::-1]):
            if (
                isinstance(other, Const)
                and isinstance(other.value, bool)
                and node.function in ("_==_", "_!=_")
            ):
                # `condition(x, y) == false` is told as the condition, not as a computed value.
                return self.why(one, scope, wanted == (other.value == (node.function == "_==_")))
            if isinstance(one, Call) and one.function == "size" and isinstance(one.operands[0], Macro):
                counted = self._counted(node, one.operands[0], other, (scope, wanted))
                if counted is not None:
                    return counted
        return comparing.comparison(self.tracer, node, scope, wanted)

    def _condition(self, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
        obj = self.tracer.at(node.operands[0], scope)
        if obj.place is None:
            return None
        if obj.value is None:
            return Explanation("absent", obj.place.label)
        goal = "True" if wanted else "False"
        if node.function == "ready":
            return Explanation("ready", obj.place.label, wanted=goal)
        kind = self.tracer.at(node.operands[1], scope).value
        seen = condition_status(obj.value, str(kind))
        relation, goal = ("==", "True") if wanted else ("!=", "True")
        return Explanation("condition", obj.place.label, str(kind), seen, relation, goal)

    def _macro(self, node: Macro, scope: Scope, wanted: bool) -> Explanation | None:
        if node.body is None or node.kind in ("map", "filter"):
            return None
        over = self.tracer.at(node.over, scope)
        each = self.tracer.elements(over)
        if (node.kind == "all") == wanted and node.kind != "exists_one":
            return self._first(node, each, scope, wanted)
        held = [self.tracer.holds(node.body, {**scope, node.variable: one}) for one in each]
        kind = "every" if node.kind == "all" else "count"
        goal = ("==" if wanted else "!=", "1") if node.kind == "exists_one" else ("", "")
        return self._told(node, over, scope, (kind, held.count(True), *goal))

    def _first(self, node: Macro, each: tuple[Traced, ...], scope: Scope, wanted: bool) -> Explanation | None:
        """The first element that breaks what was wanted of all."""
        body = node.body
        if body is None:
            return None
        scopes = [{**scope, node.variable: one} for one in each]
        held = [self.tracer.holds(body, inner) for inner in scopes]
        for decides in (not wanted, None):
            if decides in held:
                number = held.index(decides)
                found = self.why(body, scopes[number], wanted)
                return found or self._about(each[number], body)
        return None

    def _about(self, element: Traced, body: Node) -> Explanation:
        found = _as_text(self.tracer, body)
        if element.place is None or found.kind == "secret":
            return found
        place = element.place
        return replace(found, subject=place.label if place.is_object else place.called)

    def _counted(self, node: Call, macro: Macro, other: Node, how: tuple[Scope, bool]) -> Explanation | None:
        scope, wanted = how
        if macro.kind != "filter":
            return None
        picked = self.tracer.at(macro, scope)
        goal = self.tracer.at(other, scope)
        relation = comparing.RELATIONS[node.function]
        if node.args[0] is other:
            relation = comparing.FLIPPED[relation]
        relation = relation if wanted else comparing.NEGATED[relation]
        over = self.tracer.at(macro.over, scope)
        return self._told(macro, over, scope, ("count", len(picked.value), relation, show(goal.display)))

    def _told(
        self, node: Macro, over: Traced, scope: Scope, how: tuple[Any, int, str, str]
    ) -> Explanation | None:
        """A sentence on how many elements of a list have something."""
        if node.body is None:
            return None
        kind, count, relation, goal = how
        found, joint = wishes(self.tracer, node.body, node.variable, scope)
        if comparing.secret_label(self.tracer, node) is not None:
            found = (Wish("", wanted=words.HIDDEN_VALUES()),)
        noun, among = _noun(over.place, node.over)
        size = len(self.tracer.elements(over))
        there = seen(self.tracer, node, over, scope) if not count and not relation else ()
        return Explanation(
            kind,
            seen=", ".join(there),
            relation=relation,
            wanted=goal,
            noun=noun,
            among=among,
            of=size,
            count=count,
            wishes=found,
            joint=joint,
        )


def _noun(place: Place | None, node: Node) -> tuple[str, Text]:
    if place is None:
        return "", f"`{unparse.text(node)}`"
    if place.is_selection:
        return place.variable.kind, place.variable.name
    noun = "Event" if place.words == "events" else ""
    return noun, words.FIELD_OF(field=place.field, subject=place.label) if place.label else place.field


def _as_text(tracer: Tracer, node: Node, seen: Text = "") -> Explanation:
    """The node's own text; where a Secret is involved not even that, as it may hold the wanted value."""
    secret = comparing.secret_label(tracer, node)
    return (
        Explanation("text", path=unparse.text(node), seen=seen)
        if secret is None
        else Explanation("secret", secret)
    )


def _flat(node: Node, function: str) -> list[Node]:
    if isinstance(node, Call) and node.function == function:
        return [part for arg in node.args for part in _flat(arg, function)]
    return [node]


def _by_text(tracer: Tracer, error: str) -> Explanation:
    """The expression's own text, with its error or the fields that it names."""
    return _as_text(tracer, tracer.expression.tree, error or _named(tracer))


def _named(tracer: Tracer) -> Text:
    """The longest field paths outside macros, with their values; empty where there are none."""
    found: dict[str, Sentence] = {}
    for node in walk(tracer.expression.tree):
        if len(found) == MAX_FIELDS:
            break
        if not isinstance(node, Select) or node.test or isinstance(node.operand, Macro):
            continue
        try:
            held = tracer.at(node, {})
        except Unclear:
            continue
        if held.place is None or held.secret or isinstance(held.value, dict | list):
            continue
        path = str(held.place.called)
        if not any(longer.startswith(f"{path}.") for longer in found):
            found.setdefault(path, words.FIELD_IS(field=held.place.called, value=show(held.value)))
    return joined(list(found.values()), words.COMMA()) if found else ""
