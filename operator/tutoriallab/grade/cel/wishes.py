"""What elements of a list were wanted to have, as parts of a sentence: `status.phase Running`.

Called by `explain.py` for exists, exists_one and counted filters, where no single element can be blamed.
"""

from tutoriallab.grade.cel import unparse
from tutoriallab.grade.cel.comparing import FLIPPED, NEGATED, RELATIONS, TEXT_TESTS
from tutoriallab.grade.cel.places import Segment, field_path
from tutoriallab.grade.cel.sentences import Joint, Wish, in_words, show
from tutoriallab.grade.cel.syntax import Call, Const, Ident, ListLiteral, Macro, Node, Select, walk
from tutoriallab.grade.cel.trace import Missing, Scope, Traced, Tracer, Unclear
from tutoriallab.words import explaining as words
from tutoriallab.words.sentence import Text

#: Elements whose values are told beside what none of them has.
MAX_SEEN = 3


def wishes(tracer: Tracer, body: Node, variable: str, scope: Scope) -> tuple[tuple[Wish, ...], Joint]:
    """The parts of a predicate over one element, and how they are joined."""
    joint: Joint = "or" if isinstance(body, Call) and body.function == "_||_" else "and"
    parts = _parts(body, "_||_" if joint == "or" else "_&&_")
    return tuple(_wish(tracer, part, variable, scope) for part in parts), joint


def seen(tracer: Tracer, macro: Macro, over: Traced, scope: Scope) -> tuple[str, ...]:
    """What a few elements have at the one field that a predicate is about; empty where that tells nothing."""
    elements = tracer.elements(over)
    field = _field(macro.body, macro.variable) if macro.body else None
    confidential = over.secret or (over.place and over.place.variable.confidential)
    if field is None or confidential or len(elements) > MAX_SEEN:
        return ()
    found = list[str]()
    for element in elements:
        try:
            held = tracer.at(field, {**scope, macro.variable: element})
        except (Missing, Unclear):
            continue
        if held.secret or isinstance(held.value, dict | list):
            return ()
        found.append(show(held.display))
    return tuple(dict.fromkeys(found))


def _field(node: Node, variable: str) -> Node | None:
    """What a comparison or a test looks at in the element."""
    if not isinstance(node, Call) or node.function not in {*RELATIONS, *TEXT_TESTS, "@in"}:
        return None
    return next((one for one in node.operands[:2] if _path(one, variable)), None)


def _parts(node: Node, function: str) -> list[Node]:
    if isinstance(node, Call) and node.function == function:
        return [part for arg in node.args for part in _parts(arg, function)]
    return [node]


def _wish(tracer: Tracer, node: Node, variable: str, scope: Scope) -> Wish:
    try:
        found = _known(tracer, node, variable, scope, wanted=True)
    except Unclear:
        found = None
    return found or Wish("", wanted=f"`{unparse.text(node)}`")


def _known(tracer: Tracer, node: Node, variable: str, scope: Scope, wanted: bool) -> Wish | None:
    match node:
        case Call(function="!_"):
            return _known(tracer, node.args[0], variable, scope, not wanted)
        case Call(function="ready", args=(Ident(name=name),)) if name == variable:
            return Wish(words.CONDITION_OF(type="Ready"), "==" if wanted else "!=", "True")
        case Call(function="condition", args=(Ident(name=name), Const(value=kind))) if name == variable:
            return Wish(words.CONDITION_OF(type=str(kind)), "==" if wanted else "!=", "True")
        case Call(function=function) if function in RELATIONS:
            relation = RELATIONS[function]
            return _compared(tracer, node, (variable, relation if wanted else NEGATED[relation]), scope)
        case Call(function=function) if function == "@in" or function in TEXT_TESTS:
            return _tested(tracer, node, (variable, wanted), scope)
        case Macro(kind="exists" | "all", body=Node() as body):
            path = _path(node.over, variable)
            inner = in_words(*wishes(tracer, body, node.variable, scope))
            return Wish(path, node.kind if wanted else f"!{node.kind}", inner) if path else None
        case Select():
            path, relation = _path(node, variable), "set" if wanted else "!set"
            return (Wish(path, relation) if node.test else Wish(path, "==", show(wanted))) if path else None
    return None


def _tested(tracer: Tracer, node: Call, goal: tuple[str, bool], scope: Scope) -> Wish | None:
    variable, wanted = goal
    relation = "in" if node.function == "@in" else node.function
    one, other = node.operands[:2]
    path = _path(one, variable)
    if not path and relation == "in":
        # `'x' in p.list`: the element's list is what is looked at.
        path, other, relation = _path(other, variable), one, "has"
    return Wish(path, relation if wanted else f"!{relation}", _value(tracer, other, scope)) if path else None


def _compared(tracer: Tracer, node: Call, goal: tuple[str, str], scope: Scope) -> Wish | None:
    variable, relation = goal
    left, right = node.args
    path = _path(left, variable)
    if not path:
        path, right, relation = _path(right, variable), left, FLIPPED[relation]
    if not path:
        return None
    if isinstance(right, Const) and right.value is None and relation in ("==", "!="):
        return Wish(path, "!set" if relation == "==" else "set")
    return Wish(path, relation, _value(tracer, right, scope))


def _value(tracer: Tracer, node: Node, scope: Scope) -> str:
    # Elements that the macros around this one go through have no value here either.
    known = scope.keys() | tracer.expression.variables.keys()
    if any(isinstance(part, Ident) and part.name not in known for part in walk(node)):
        return f"`{unparse.text(node)}`"
    held = tracer.at(node, scope)
    if held.secret:
        return f"`{unparse.text(node)}`"
    if isinstance(node, ListLiteral):
        return ", ".join(show(one) for one in held.value[:10])
    return show(held.display)


def _path(node: Node, variable: str) -> Text:
    """The field of the element that the node names, as a path from the element; empty when it names none."""
    steps: list[Segment] = []
    while not isinstance(node, Ident):
        match node:
            case Select():
                steps.append(node.field)
                node = node.operand
            case Call(function="_[_]", args=(held, Const(value=str() | int() as key))):
                steps.append(key)
                node = held
            case Call(function="size", target=None, args=(held,)):
                inner = _path(held, variable)
                return words.SIZE_OF(path=inner) if inner and not steps else ""
            case Call(function="quantity", args=(held,)):
                return _path(held, variable) if not steps else ""
            case Call(function="image", args=(Ident(name=name), Const(value=container))):
                named = name == variable and not steps
                return words.IMAGE_OF(container=str(container)) if named else ""
            case _:
                return ""
    if node.name != variable:
        return ""
    return field_path(tuple(reversed(steps))) or words.VALUE()
