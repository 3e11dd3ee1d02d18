"""Explanations as sentences: the only place of this package with words for learners, by language.

Called by whoever shows an Explanation: verdicts, `because`, the command line.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Kind = Literal[
    "is",  # a value is not what was wanted
    "unset",  # a field is not there
    "set",  # a field is there that was wanted not to be
    "absent",  # an object does not exist
    "present",  # an object exists that was wanted not to
    "silent",  # nothing answers a request
    "heard",  # a request is answered that was wanted not to be
    "size",  # a list, map or text has not the wanted size
    "condition",  # a condition has not the wanted status
    "ready",  # a pod or node is not ready, or is and should not be
    "count",  # so many elements have something
    "every",  # all elements have something that one was wanted not to have
    "secret",  # a secret value is not as wanted
    "any",  # none of several alternatives holds
    "text",  # the expression itself, with values of fields
]
#: Characters of one value in a message.
MAX_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Wish:
    """What elements were wanted to have: a field with a relation to a value, or the expression's text."""

    path: str
    relation: str = "=="
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an expression is not true, in parts that every language can put together.

    `subject` names the object, `path` the field, `seen` what is there, `relation` and `wanted` what should be
    (`source` where the wanted value comes from). `among`, `of` and `count` tell a list, its length and how many
    elements meet `wishes`, which are joined by `joint`; `noun` is the elements' kind. `parts` are alternatives.
    """

    kind: Kind
    subject: str = ""
    path: str = ""
    seen: str = ""
    relation: str = ""
    wanted: str = ""
    source: str = ""
    noun: str = ""
    among: str = ""
    of: int = 0
    count: int = 0
    wishes: tuple[Wish, ...] = ()
    joint: Literal["and", "or"] = "and"
    parts: tuple["Explanation", ...] = ()

    @property
    def message(self) -> str:
        """The sentence in English."""
        return render(self)


def render(explanation: Explanation, language: str = "en") -> str:
    """The explanation as one sentence without a full stop; English where the language has no sentences."""
    return _LANGUAGES.get(language, _english)(explanation)


def show(value: Any, beside: Any = "") -> str:
    """A value for a message: texts plain where they can be told apart from what stands `beside`."""
    if isinstance(value, str):
        ambiguous = not isinstance(beside, str) and re.fullmatch(r"-?[0-9.]+|true|false|null", value)
        text = value if value and not ambiguous and not re.search(r"[\s\"]", value) else _json(value)
    elif isinstance(value, list) and not any(isinstance(one, list | dict) for one in value[:MAX_SHOWN]):
        text = f"[{', '.join(show(one) for one in value[:MAX_SHOWN])}]"
    elif isinstance(value, datetime):
        text = value.isoformat().replace("+00:00", "Z")
    else:
        text = _json(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def piece(value: Any) -> str:
    """A short piece of what a container says, on one line and without control characters."""
    text = value if isinstance(value, str) else show(value)
    line = "".join(one if one.isprintable() else " " for one in text[: MAX_SHOWN + 1])
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def plural(kind: str) -> str:
    """The plural of a kind: Pods, Ingresses, NetworkPolicies, Endpoints."""
    if kind == "Endpoints":
        return kind
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}{'es' if kind.endswith(('s', 'x', 'ch')) else 's'}"


def _json(value: Any) -> str:
    """JSON up to a little more than can be shown: whole lists of pods are never written out."""
    if not isinstance(value, list | dict):
        # In one go: the encoder that can be stopped is set up in Python, and takes ten times as long.
        return json.dumps(value, ensure_ascii=False, default=str)
    text = ""
    for part in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
        text += part[: MAX_SHOWN + 1]
        if len(text) > MAX_SHOWN:
            break
    return text


_WANTED = {
    "==": "{}",
    "!=": "not {}",
    "<": "less than {}",
    "<=": "at most {}",
    ">": "more than {}",
    ">=": "at least {}",
    "in": "one of {}",
    "!in": "none of {}",
    "has": "{} in it",
    "!has": "{} not in it",
    "contains": "a text with {} in it",
    "!contains": "a text without {} in it",
    "startsWith": "a text that starts with {}",
    "!startsWith": "a text that does not start with {}",
    "endsWith": "a text that ends with {}",
    "!endsWith": "a text that does not end with {}",
    "matches": "a text that matches {}",
    "!matches": "a text that does not match {}",
    "hidden": "the wanted values",
    "set": "set",
    "!set": "not set",
}


def _english(one: Explanation) -> str:
    return _ENGLISH[one.kind](one)


def _wanted(one: Explanation) -> str:
    if not one.relation:
        return ""
    source = f" ({one.source})" if one.source else ""
    return f", wanted {_WANTED[one.relation].format(one.wanted)}{source}"


def _at(one: Explanation, text: str) -> str:
    return f"{one.subject}: {text}" if one.subject else text


def _is(one: Explanation) -> str:
    return _at(one, f"{one.path} is {one.seen}{_wanted(one)}")


def _unset(one: Explanation) -> str:
    return _at(one, f"{one.path} is not set{_wanted(one)}")


def _ready(one: Explanation) -> str:
    return (
        f"{one.subject} is not ready" if one.wanted == "True" else f"{one.subject} is ready, wanted not ready"
    )


def _condition(one: Explanation) -> str:
    seen = f"is {one.seen}" if one.seen else "is not set"
    return _at(one, f"condition {one.path} {seen}{_wanted(one)}")


def _count(one: Explanation) -> str:
    verb = "has" if one.count < 2 else "have"
    noun = one.noun if one.count < 2 else plural(one.noun)
    return f"{one.count or 'no'} {noun} among {one.among} ({one.of}) {verb} {_wishes(one)}{_wanted(one)}"


def _every(one: Explanation) -> str:
    return f"every {one.noun} among {one.among} ({one.of}) has {_wishes(one)}, wanted one that has not"


def _wishes(one: Explanation) -> str:
    phrases = (f"{wish.path} {_WANTED[wish.relation].format(wish.wanted)}".strip() for wish in one.wishes)
    return f" {one.joint} ".join(phrases)


def _any(one: Explanation) -> str:
    return "; or ".join(_english(part) for part in one.parts)


def _set(one: Explanation) -> str:
    return _at(one, f"{one.path} is {one.seen or 'set'}, wanted it not set")


def _secret(one: Explanation) -> str:
    return _at(
        one, f"{one.path} does not have the wanted value" if one.path else "the wanted value is not there"
    )


def _text(one: Explanation) -> str:
    return _at(one, f"`{one.path}` is not true" + (f" ({one.seen})" if one.seen else ""))


_ENGLISH: Mapping[Kind, Callable[[Explanation], str]] = {
    "is": _is,
    "unset": _unset,
    "set": _set,
    "absent": lambda one: f"{one.subject} does not exist",
    "present": lambda one: f"{one.subject} exists, wanted it not to",
    "silent": lambda one: f"{one.subject} has no answer",
    "heard": lambda one: f"{one.subject} has an answer, wanted none",
    "size": lambda one: _at(one, f"size of {one.path} is {one.seen}{_wanted(one)}"),
    "condition": _condition,
    "ready": _ready,
    "count": _count,
    "every": _every,
    "secret": _secret,
    "any": _any,
    "text": _text,
}
_LANGUAGES: Mapping[str, Callable[[Explanation], str]] = {"en": _english}
