"""Why a comparison, a membership or a test of a text is not as wanted; called by `explain.py`.

One side is what is seen, the other what is wanted: the side that stands further from the live object is
the wanted one, wherever the author wrote it.
"""

from typing import Any

from tutoriallab.grade.cel import unparse
from tutoriallab.grade.cel.places import Place, Secrecy
from tutoriallab.grade.cel.sentences import Explanation, Kind, show
from tutoriallab.grade.cel.syntax import Call, Const, Ident, ListLiteral, Macro, Node, Select, walk
from tutoriallab.grade.cel.trace import Missing, Scope, Traced, Tracer, Unclear
from tutoriallab.words import explaining as words
from tutoriallab.words.kinds import Kinds
from tutoriallab.words.sentence import Sentence, Text

RELATIONS = {"_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">="}
NEGATED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
FLIPPED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
TEXT_TESTS = frozenset({"startsWith", "endsWith", "contains", "matches"})


def comparison(tracer: Tracer, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
    """Why `a == b` and its kin are not `wanted`; None where there is nothing to say but the text."""
    relation = RELATIONS[node.function]
    left, right = node.args
    if _rank(tracer, left, scope) < _rank(tracer, right, scope):
        left, right, relation = right, left, FLIPPED[relation]
    relation = relation if wanted else NEGATED[relation]
    if isinstance(right, Const) and right.value is None and relation in ("==", "!="):
        return _null(tracer, left, scope, relation)
    if isinstance(left, Call) and left.function == "size":
        return _size(tracer, left.operands[0], scope, relation, tracer.at(right, scope))
    if isinstance(right, ListLiteral) and not right.items:
        return _size(tracer, left, scope, relation, Traced(0))
    return _against(tracer, left, scope, relation, right)


def membership(tracer: Tracer, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
    """Why `x in y` is not `wanted`."""
    one, many = node.args
    if _rank(tracer, one, scope) >= _rank(tracer, many, scope):
        return _against(tracer, one, scope, "in" if wanted else "!in", many)
    held = tracer.at(many, scope)
    if isinstance(held.value, dict) and held.place is not None:
        key = tracer.at(one, scope)
        place = held.place.step(show(key.value))
        if wanted:
            return unset(place)
        value = "" if place.secret else show(held.value.get(key.value))
        return Explanation("set", place.label, place.field, value)
    return _against(tracer, many, scope, "has" if wanted else "!has", one)


def text_test(tracer: Tracer, node: Call, scope: Scope, wanted: bool) -> Explanation | None:
    """Why `x.startsWith(y)` and its kin are not `wanted`."""
    one, other = node.operands[:2]
    return _against(tracer, one, scope, node.function if wanted else f"!{node.function}", other)


def truth(tracer: Tracer, node: Node, scope: Scope, wanted: bool) -> Explanation | None:
    """Why a field that is a truth value is not `wanted`."""
    held = tracer.at(node, scope)
    if held.place is None or not isinstance(held.value, bool) or held.secret:
        return None
    return Explanation("is", held.place.label, held.place.field, show(held.value), "==", show(wanted))


def presence(tracer: Tracer, node: Select, scope: Scope, wanted: bool) -> Explanation | None:
    """Why `has(x.y)` is not `wanted`."""
    held = tracer.at(node.operand, scope)
    if held.place is None or not isinstance(held.value, dict):
        return None
    place = held.place.step(node.field)
    if wanted:
        return unset(place)
    value = held.value.get(node.field)
    # Only the field's presence was converted: of a list or map nothing can be shown.
    seen = "" if place.secret or isinstance(value, list | dict) else show(value)
    return Explanation("set", place.label, place.field, seen)


def missing(gone: Missing, relation: str = "", wanted: str = "", source: Text = "") -> Explanation:
    """What to say of a field, an object or an element that is not there."""
    place = gone.place
    if gone.beyond:
        length = int(place.path[0]) + 1
        return Explanation(
            "size", path=_listed(place), seen=show(gone.length), relation=">=", wanted=show(length)
        )
    if place.secret is Secrecy.SECRET:
        return unset(place)
    return unset(place, relation, wanted, source)


def unset(place: Place, relation: str = "", wanted: str = "", source: Text = "") -> Explanation:
    """What to say of an object or a field at a place where there is none."""
    if place.is_object:
        return Explanation(_absent(place), place.label)
    return Explanation("unset", place.label, place.field, "", relation, wanted, source)


def _absent(place: Place) -> Kind:
    return "silent" if place.variable.asked else "absent"


def _there(place: Place) -> Kind:
    return "heard" if place.variable.asked else "present"


def _extent(value: Any) -> Text:
    """What may be told of a page or a log: how long it is."""
    match value:
        case str():
            return words.TEXT_OF(count=len(value)) if value else '""'
        case list() | dict():
            return words.ELEMENTS_OF(count=len(value))
    return words.SOMETHING_ELSE()


def secret_label(tracer: Tracer, node: Node) -> Text | None:
    """The name of the first Secret whose variable stands in the node; None when there is none."""
    for part in walk(node):
        variable = tracer.expression.variables.get(part.name) if isinstance(part, Ident) else None
        if variable is not None and variable.secret:
            held = tracer.at(part, {})
            return held.place.label if held.place else ""
    return None


def _against(tracer: Tracer, node: Node, scope: Scope, relation: str, right: Node) -> Explanation | None:
    try:
        goal = tracer.at(right, scope)
    except Missing as gone:
        return missing(gone)
    try:
        held = tracer.at(node, scope)
    except Missing as gone:
        if goal.secret:
            return missing(gone)
        return missing(gone, relation, _goal(goal, "", relation), _source(goal, gone.place))
    place = held.place
    if held.secret is Secrecy.SECRET or goal.secret:
        return Explanation("secret", place.label if place else "", place.field if place else "")
    if place is not None and (place.is_object or place.is_selection):
        raise Unclear("whole objects")
    if place and place.field == "metadata.uid" and goal.place and goal.place.variable.name == "remembered":
        return Explanation("kept" if relation in {"!=", "!in"} else "replaced", place.label)
    label, field = (place.label, place.field) if place else ("", f"`{unparse.text(node)}`")
    seen = _extent(held.value) if held.secret else show(held.display, goal.display)
    wanted = _goal(goal, held.display, relation)
    return Explanation("is", label, field, seen, relation, wanted, _source(goal, place))


def _goal(goal: Traced, beside: Any, relation: str) -> str:
    if relation in ("in", "!in") and isinstance(goal.value, list):
        return ", ".join(show(one, beside) for one in goal.value[:10]) + (
            ", …" if len(goal.value) > 10 else ""
        )
    return show(goal.display, beside)


def _source(goal: Traced, place: Place | None) -> Text:
    """Where the wanted value comes from, when it is no literal."""
    if goal.place is None or goal.place.is_selection or (goal.shown is not None and not goal.place.path):
        return ""
    same = place is not None and place.label == goal.place.label
    return goal.place.field if same else goal.place.called


def _null(tracer: Tracer, node: Node, scope: Scope, relation: str) -> Explanation | None:
    held = tracer.at(node, scope)
    place = held.place
    if place is None:
        return None
    if place.is_object:
        return Explanation(_there(place) if relation == "==" else _absent(place), place.label)
    if relation == "!=":
        return unset(place)
    return Explanation("set", place.label, place.field, "" if held.secret else show(held.value))


def _size(tracer: Tracer, node: Node, scope: Scope, relation: str, goal: Traced) -> Explanation | None:
    try:
        held = tracer.at(node, scope)
    except Missing as gone:
        return missing(gone)
    if not isinstance(held.value, str | list | dict):
        return None
    place, size = held.place, show(len(held.value))
    if isinstance(held.value, str) and Secrecy.SECRET in (held.secret, goal.secret):
        return Explanation("secret", place.label if place else "", place.field if place else "")
    if place is None:
        return Explanation("size", "", f"`{unparse.text(node)}`", size, relation, show(goal.display))
    path = _listed(place) if place.is_selection else place.field
    return Explanation("size", place.label, path, size, relation, show(goal.display), _source(goal, place))


def _listed(place: Place) -> Sentence:
    return words.SELECTED(name=place.variable.name, kinds=Kinds(place.variable.kind))


def _rank(tracer: Tracer, node: Node, scope: Scope) -> int:
    """How near to a live object a side stands: 0 a literal, 1 a plain variable, 2 computed, 3 an object's field."""
    match node:
        case Const():
            return 0
        case ListLiteral():
            return max((_rank(tracer, item, scope) for item in node.items), default=0)
        case Ident():
            variable = tracer.expression.variables.get(node.name)
            return 3 if node.name in scope or (variable and variable.type in ("object", "list")) else 1
        case Select():
            return _rank(tracer, node.operand, scope)
        case Call(function="_[_]"):
            return _rank(tracer, node.operands[0], scope)
        case Call():
            ranks = [_rank(tracer, part, scope) for part in node.operands]
            near = node.function in (
                "quantity",
                "image",
                "owner",
                "events",
                "size",
                "int",
                "string",
                "double",
            )
            return max(ranks, default=0) if near else min(max(ranks, default=0), 2)
        case Macro():
            return min(_rank(tracer, node.over, scope), 2)
    return 2
