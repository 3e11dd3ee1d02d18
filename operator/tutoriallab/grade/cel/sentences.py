"""Explanations as sentences; called by `grade/tell.py`. The words, by language, are in `words/explaining.py`."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tutoriallab.words import explaining as words
from tutoriallab.words.kinds import Kinds
from tutoriallab.words.sentence import Sentence, Text, joined

Kind = Literal[
    "is",  # a value is not what was wanted
    "unset",  # a field is not there
    "set",  # a field is there that was wanted not to be
    "absent",  # an object does not exist
    "present",  # an object exists that was wanted not to
    "kept",  # an object is the one that was remembered, and was wanted to be another
    "replaced",  # an object is another one than was remembered
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
Joint = Literal["and", "or"]
#: Characters of one value in a message.
MAX_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Wish:
    """What elements were wanted to have: a field in relation to a value; without a path, the expression's text."""

    path: Text
    relation: str = "=="
    wanted: Text = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an expression is not true, in parts that every language can put together.

    `subject` names the object, `path` the field, `seen` what is there, `relation` and `wanted` what should be
    (`source` where the wanted value comes from). `among`, `of` and `count` tell a list, its length and how many
    elements meet `wishes` (`seen` what a few have instead, where none does), which are joined by `joint`; `noun` is the
    elements' kind, if they are objects. `parts` are alternatives.
    """

    kind: Kind
    subject: Text = ""
    path: Text = ""
    seen: Text = ""
    relation: str = ""
    wanted: str = ""
    source: Text = ""
    noun: str = ""
    among: Text = ""
    of: int = 0
    count: int = 0
    wishes: tuple[Wish, ...] = ()
    joint: Joint = "and"
    parts: tuple["Explanation", ...] = ()

    @property
    def too_many(self) -> bool:
        """Whether objects or elements are there that were wanted not to be."""
        if self.kind == "any":
            return all(part.too_many for part in self.parts)
        if self.kind == "size" and self.wanted.isdigit():
            return self.relation in {"<", "<="} or (
                self.relation == "==" and int(str(self.seen)) > int(self.wanted)
            )
        return self.kind in {"present", "heard"}


def render(explanation: Explanation) -> Sentence:
    """The explanation as one sentence without a full stop."""
    return _SENTENCES[explanation.kind](explanation)


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
    """A value inside of somebody else's sentence: texts as they are, short, on one line, without control characters."""
    text = value if isinstance(value, str) else show(value)
    line = "".join(one if one.isprintable() else " " for one in text[: MAX_SHOWN + 1])
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


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


def _wanted(one: Explanation) -> Text:
    if not one.relation:
        return ""
    source = words.SOURCE(source=one.source) if one.source else ""
    return words.WANTED(goal=words.GOALS[one.relation](wanted=one.wanted), source=source)


def _at(one: Explanation, text: Sentence) -> Sentence:
    return words.ABOUT(subject=one.subject, text=text) if one.subject else text


def _is(one: Explanation) -> Sentence:
    return _at(one, words.IS(path=one.path, seen=one.seen, wanted=_wanted(one)))


def _unset(one: Explanation) -> Sentence:
    return _at(one, words.UNSET(path=one.path, wanted=_wanted(one)))


def _ready(one: Explanation) -> Sentence:
    return (words.NOT_READY if one.wanted == "True" else words.READY)(subject=one.subject)


def _condition(one: Explanation) -> Sentence:
    if one.seen:
        return _at(one, words.CONDITION(type=one.path, seen=one.seen, wanted=_wanted(one)))
    return _at(one, words.NO_CONDITION(type=one.path, wanted=_wanted(one)))


def _count(one: Explanation) -> Sentence:
    among, wishes, wanted = one.among, _wishes(one), _wanted(one)
    if one.count < 2:
        told = words.ONE_HAS if one.count else words.NONE_HAS
        wanted = words.ONLY(seen=one.seen) if one.seen else wanted
        return told(noun=_noun(one), among=among, of=one.of, wishes=wishes, wanted=wanted)
    nouns = Kinds(one.noun) if one.noun else words.ELEMENTS()
    return words.MANY_HAVE(count=one.count, nouns=nouns, among=among, of=one.of, wishes=wishes, wanted=wanted)


def _every(one: Explanation) -> Sentence:
    return words.ALL_HAVE(noun=_noun(one), among=one.among, of=one.of, wishes=_wishes(one))


def _noun(one: Explanation) -> Text:
    return one.noun or words.ELEMENT()


def in_words(wishes: Sequence[Wish], joint: Joint) -> Sentence:
    """What an element of a list in a list was wanted to have: what belongs together stands in brackets."""
    told = _joined(wishes, joint)
    return words.TOGETHER(wishes=told) if len(wishes) > 1 else told


def _joined(wishes: Sequence[Wish], joint: Joint) -> Sentence:
    return joined([_wish(wish) for wish in wishes], (words.OR if joint == "or" else words.AND)())


def _wishes(one: Explanation) -> Sentence:
    return _joined(one.wishes, one.joint)


def _wish(wish: Wish) -> Text:
    return words.WISHES[wish.relation](path=wish.path, wanted=wish.wanted) if wish.path else wish.wanted


def _set(one: Explanation) -> Sentence:
    if one.seen:
        return _at(one, words.IS_SET(path=one.path, seen=one.seen))
    return _at(one, words.IS_SET_AT_ALL(path=one.path))


def _secret(one: Explanation) -> Sentence:
    return _at(one, words.SECRET(path=one.path) if one.path else words.SECRET_MISSING())


def _text(one: Explanation) -> Sentence:
    if one.seen:
        return _at(one, words.NOT_TRUE_SEEN(text=one.path, seen=one.seen))
    return _at(one, words.NOT_TRUE(text=one.path))


_SENTENCES: Mapping[Kind, Callable[[Explanation], Sentence]] = {
    "is": _is,
    "unset": _unset,
    "set": _set,
    "absent": lambda one: words.ABSENT(subject=one.subject),
    "present": lambda one: words.PRESENT(subject=one.subject),
    "kept": lambda one: words.KEPT(subject=one.subject),
    "replaced": lambda one: words.REPLACED(subject=one.subject),
    "silent": lambda one: words.SILENT(subject=one.subject),
    "heard": lambda one: words.HEARD(subject=one.subject),
    "size": lambda one: _at(one, words.SIZE(path=one.path, seen=one.seen, wanted=_wanted(one))),
    "condition": _condition,
    "ready": _ready,
    "count": _count,
    "every": _every,
    "secret": _secret,
    "any": lambda one: joined([render(part) for part in one.parts], words.OR_ELSE()),
    "text": _text,
}
