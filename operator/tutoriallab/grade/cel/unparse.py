"""A node as CEL text again: for messages about expressions that have no sentence of their own."""

import json
from typing import Any

from tutoriallab.grade.cel.syntax import Call, Const, Ident, ListLiteral, Macro, MapLiteral, Node, Select

#: Operators by how tightly they bind; the tighter, the higher.
_BINARY = {
    "_||_": ("||", 2),
    "_&&_": ("&&", 3),
    "_==_": ("==", 4),
    "_!=_": ("!=", 4),
    "_<_": ("<", 4),
    "_<=_": ("<=", 4),
    "_>_": (">", 4),
    "_>=_": (">=", 4),
    "@in": ("in", 4),
    "_+_": ("+", 5),
    "_-_": ("-", 5),
    "_*_": ("*", 6),
    "_/_": ("/", 6),
    "_%_": ("%", 6),
}
_UNARY = {"!_": "!", "-_": "-"}
#: What macros of the math library become.
_EXPANDED = {"math.@max": "math.greatest", "math.@min": "math.least"}
_TIGHT = 9


def text(node: Node) -> str:
    """The expression in one line, with no more parentheses than it needs."""
    return _render(node)[0]


def literal(value: Any) -> str:
    """A constant as CEL writes it."""
    if isinstance(value, bytes):
        return f"b{json.dumps(value.decode('latin-1'))}"
    return json.dumps(value, ensure_ascii=False)


def _render(node: Node) -> tuple[str, int]:
    match node:
        case Const():
            return literal(node.value) + ("u" if node.type == "uint" else ""), _TIGHT
        case Ident():
            return node.name, _TIGHT
        case Select():
            inner = f"{_wrap(node.operand, _TIGHT)}.{node.field}"
            return (f"has({inner})" if node.test else inner), _TIGHT
        case Call():
            return _call(node)
        case ListLiteral():
            return f"[{_join(node.items)}]", _TIGHT
        case MapLiteral():
            pairs = (f"{text(key)}: {text(value)}" for key, value in node.entries)
            return f"{{{', '.join(pairs)}}}", _TIGHT
        case Macro():
            parts = [node.variable, *(text(part) for part in (node.body, node.transform) if part is not None)]
            return f"{_wrap(node.over, _TIGHT)}.{node.kind}({', '.join(parts)})", _TIGHT
    return "…", _TIGHT


def _call(node: Call) -> tuple[str, int]:
    name, operands = node.function, node.operands
    if name in _BINARY and len(operands) == 2:
        sign, binds = _BINARY[name]
        # The right side of a left-associative operator needs parentheses where it binds as tightly.
        right = binds + (0 if name in ("_||_", "_&&_") else 1)
        return f"{_wrap(operands[0], binds)} {sign} {_wrap(operands[1], right)}", binds
    if name in _UNARY:
        return _UNARY[name] + _wrap(operands[0], 8), 8
    if name == "_[_]":
        return f"{_wrap(operands[0], _TIGHT)}[{text(operands[1])}]", _TIGHT
    if name == "_?_:_":
        condition, yes, no = operands
        return f"{_wrap(condition, 2)} ? {_wrap(yes, 2)} : {text(no)}", 1
    name = _EXPANDED.get(name, name)
    if node.target is not None:
        return f"{_wrap(node.target, _TIGHT)}.{name}({_join(node.args)})", _TIGHT
    return f"{name}({_join(node.args)})", _TIGHT


def _join(nodes: tuple[Node, ...]) -> str:
    return ", ".join(text(node) for node in nodes)


def _wrap(node: Node, binds: int) -> str:
    inner, own = _render(node)
    return inner if own >= binds else f"({inner})"
