"""What the CEL compiler says of an expression that it does not take, in words that lead its author on.

Called by `expression.py`. The compiler tells message, line and column; what was meant is read off the source there.
"""

import re
from collections.abc import Collection, Sequence

from tutoriallab.grade.cel.functions import IMPLEMENTATIONS
from tutoriallab.lab.near import did_you_mean

#: What authors write who come from SQL, Python, Go or a shell, and what CEL has for it.
_MEANT = {
    "=": "==", "===": "==", "is": "==", "<>": "!=", "not": "!",
    "&": "&&", "and": "&&", "|": "||", "or": "||",
    "None": "null", "nil": "null", "True": "true", "False": "false",
    "len": "size(…)", "length": "size(…)", "=~": "TEXT.matches(PATTERN)", "if": "CONDITION ? A : B",
}  # fmt: skip
#: CEL's own functions and macros.
_FUNCTIONS = (
    "all", "exists", "exists_one", "filter", "map", "has", "size", "contains", "startsWith", "endsWith", "matches",
    "bool", "double", "duration", "int", "string", "timestamp", "charAt", "indexOf", "lastIndexOf", "join",
    "lowerAscii", "upperAscii", "replace", "reverse", "split", "substring", "trim",
)  # fmt: skip
#: What an author can mean: these and ours.
FUNCTIONS = (*_FUNCTIONS, *IMPLEMENTATIONS)
_MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})
_TYPES = {
    "int": "a number", "uint": "a number", "double": "a number", "string": "a text", "bool": "true or false",
    "list": "a list", "map": "a map", "dyn": "a field", "null_type": "null", "timestamp": "a time",
    "duration": "a duration",
}  # fmt: skip
_LOCATED = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
#: Between types, as in `map(string, dyn), int`.
_BETWEEN = r", (?![^(]*\))"
#: A word, or signs that stand together.
_TOKEN = re.compile(r"\w+|[=&|<>~!]+|\S")


def fault(error: RuntimeError, source: str, variables: Collection[str]) -> tuple[str, int, int]:
    """What is wrong, on one line, with line and column from 1."""
    if taken := re.search(r"variable '(\w+)' declared multiple times", str(error)):
        return f"{taken[1]} is a word of CEL: choose another name for the variable", 1, 1
    first = _LOCATED.search(str(error))
    if first is None:
        return str(error).replace("INVALID_ARGUMENT: ", "").strip(), 1, 1
    line, column = max(int(first[1]), 1), max(int(first[2]), 1)
    message = first[3].replace(" [INVALID_ARGUMENT]", "").replace(" (in container '')", "").strip()
    lines = source.splitlines()
    text = lines[line - 1] if line <= len(lines) else ""
    return _plain(message, text, column - 1, variables), line, column


def _plain(message: str, line: str, at: int, variables: Collection[str]) -> str:
    if match := re.match(r"undeclared reference to '([^']*)'", message):
        return _undeclared(match[1], line, at, variables)
    if match := re.match(r"found no matching overload for '([^']*)' applied to '\((.*)\)'", message):
        return _not_taken(match[1].strip("_@"), re.split(_BETWEEN, match[2]))
    if match := re.match(r"expression of type '([^']*)' cannot be the operand of a select", message):
        way = (
            ": go through it with all, exists or filter, or take one: [0]"
            if match[1].startswith("list")
            else ""
        )
        return f"{_type(match[1])} has no fields{way}"
    if message.startswith("has() argument must be"):
        return "has takes a field: has(web.spec.replicas)"
    return _syntax(message, line, at) if message.startswith("Syntax error") else message


def _not_taken(function: str, types: Sequence[str]) -> str:
    if function == "contains" and types[0].startswith("list"):
        return "contains looks into a text: for a list, write VALUE in LIST"
    return f"{function} does not take {' and '.join(map(_type, types))}"


def _syntax(message: str, line: str, at: int) -> str:
    foreign = _foreign(line, at)
    if foreign:
        return f"{foreign} is not CEL: write {_MEANT[foreign]}"
    if match := re.search(r"token recognition error at: '(.*)'", message):
        quote = match[1][:1] in {"'", '"'}
        return "a text begins here and does not end" if quote else f"{match[1].strip()} is not CEL"
    message = message.split(" expecting ", maxsplit=1)[0].replace("'<EOF>'", "the end")
    return re.sub("mismatched input|extraneous input", "unexpected", message)


def _undeclared(name: str, line: str, at: int, variables: Collection[str]) -> str:
    if name in _MEANT:
        return f"{name} is not CEL: write {_MEANT[name]}"
    if line[at : at + 1] == "(":
        if name in _MACROS:
            return f"{name} takes a name and what is asked of it: pods.{name}(pod, pod.status.phase == 'Running')"
        if name in FUNCTIONS:
            return f"{name} is not called like this: docs/checks.md has the functions"
        return _ask(f"{name} is not a function", did_you_mean(name, FUNCTIONS))
    before = line[:at]
    if re.search(r"\.[\w-]+[-/]$", before):
        return f'{name} is not declared: a key with a sign in it stands in brackets, labels["my-app"]'
    told = f"{name} is not declared: it is neither in given nor a function"
    near = did_you_mean(name.partition(".")[0], variables)
    return _ask(told, near) if near or "." in name else f"{told}; a text stands in quotes"


def _ask(told: str, near: str) -> str:
    return f"{told}; {near}" if near else told


def _foreign(line: str, at: int) -> str:
    """What stands at this place, or right before it, and is another language's."""
    before, here = "", ""
    for token in _TOKEN.finditer(line):
        before, here = here, token[0]
        if token.end() > at:
            break
    return next((one for one in (here, before) if one in _MEANT), "")


def _type(name: str) -> str:
    return _TYPES.get(name.partition("(")[0], name)
