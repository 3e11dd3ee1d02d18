"""What a check asks for and no text says, though the learner must type it. Pure; called by `lint`.

Asked for are the literals of `expect` (texts, and numbers but 0 and 1), and the names, labels, ports and paths by which
`given` selects or asks. What every solution types must be known: from the texts of the lab, of this step and of those
before it (title, summary, task, hints, says), from the lab's files, or from its starting state; in English and in
Chinese. What a solution gets by without, the learner does, too: the answer 200, a name that a controller makes.

No text has to say

- the cluster's own words, which are compared with something in status;
- what is not wanted (`a != b`), and factors (`quantity(x) * 100`);
- of several ways that are all right (`a || b`, `x in [a, b]`) more than one;
- what an answer is compared with.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutoriallab.cli.lint_texts import LANGUAGES
from tutoriallab.grade.cel import origins
from tutoriallab.grade.cel.functions import short_image
from tutoriallab.grade.cel.syntax import Call, Const, ListLiteral, Node, children
from tutoriallab.grade.compile import CompiledCheck, CompiledStep
from tutoriallab.lab.given import Given
from tutoriallab.lab.model import Spec
from tutoriallab.lab.problem import Problem

Literal = str | int | float
_COMPARED = frozenset({"_==_", "_<_", "_<=_", "_>_", "_>=_", "@in"})
_NOT_ASKED = frozenset({"_!=_", "_*_", "_/_", "_%_"})
_NUMERALS: Mapping[str, Mapping[Any, str]] = {
    "en": {
        2: "two|twice|both|second|pair", 3: "three|third", 4: "four|fourth", 5: "five|fifth", 6: "six|sixth",
        7: "seven|seventh", 8: "eight|eighth", 9: "nine|ninth", 10: "ten|tenth", 12: "twelve|dozen",
    },
    "zh": {2: "[两二双]", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十", 12: "十二"},
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """A text in which names and numbers are looked for; numbers also as words, where it is in a language."""

    text: str
    language: str = ""

    def have(self, wanted: Literal) -> bool:
        """Whether it has this name or text, as a word of its own, or this number."""
        if isinstance(wanted, str):
            bare = wanted.strip(" -./:,='\"")
            return any(self._has(re.escape(one)) for one in {bare, short_image(bare)})
        numerals = _NUMERALS.get(self.language, {}).get(wanted)
        digits = "|".join({re.escape(f"{wanted:,}"), re.escape(str(wanted))})
        if re.search(rf"(?<![\d.])({digits})(?!\d|\.\d)", self.text):
            return True
        return numerals is not None and self._has(numerals)

    def _has(self, pattern: str) -> bool:
        # Behind a dot it is a part of something else: .status.step
        return (
            re.search(rf"(?<![A-Za-z0-9.])({pattern})(?![A-Za-z0-9])", self.text, re.IGNORECASE) is not None
        )


def said_problems(spec: Spec, steps: Sequence[CompiledStep], solutions: Sequence[str]) -> Iterator[Problem]:
    """Everything that a learner must type and cannot know. `steps` is the same lab, compiled; `solutions` are scripts.

    Without a solution nothing can be told.
    """
    typed = [Words(_commands(script)) for script in solutions]
    for s, step in enumerate(steps):
        known = [Words(_known(spec, s, language), language) for language in LANGUAGES]
        for c, check in enumerate(step.checks):
            for part, unsaid in _unsaid(check, known):
                for literal, languages in unsaid.items():
                    if typed and all(script.have(literal) for script in typed):
                        yield _problem(f"spec.steps[{s}].checks[{c}].{part}", literal, languages)


def _problem(path: str, literal: Literal, languages: Sequence[str]) -> Problem:
    return Problem(
        path,
        f"asks for {literal!r}, which the solution types and no text in {' or '.join(languages)} says by then: "
        "write it into says or task, or ask for less",
    )


Unsaid = dict[Literal, list[str]]
"""What no text says, and in which languages."""


def _unsaid(check: CompiledCheck, known: Sequence[Words]) -> Iterator[tuple[str, Unsaid]]:
    """Each part of a check with what it asks for and no text says."""
    for name, given in check.check.given.items():
        for field, wanted in _names(given):
            languages = [words.language for words in known if not words.have(wanted)]
            if languages:
                yield f"given.{name}.{field}", {wanted: languages}
    for i, expression in enumerate(check.expect):
        if "answer" in expression.fields:
            continue
        found: Unsaid = {}
        analysis = origins.analyse(expression.tree, set(expression.variables))
        for words in known:
            for literal in dict.fromkeys(_Reader(words, analysis).unsaid(expression.tree)):
                found.setdefault(literal, []).append(words.language)
        yield f"expect[{i}]", found


def _names(given: Given) -> Iterator[tuple[str, Literal]]:
    """What a variable selects or asks by: field and name. What has ${…} in it is told by the lab."""
    owner = given.owned_by.name if given.owned_by else None
    asked = {"service": given.service, "pod": given.pod, "path": given.path, "container": given.container}
    named = {"name": given.name, "namespace": given.namespace, "ownedBy.name": owner, **asked}
    for field, name in named.items():
        if name and "${" not in name and _is_asked(name):
            yield field, name
    if given.port:
        yield "port", given.port
    if given.selector:
        for label in given.selector.match_labels.items():
            for part in label:
                yield "selector.matchLabels", part


@dataclass(frozen=True)
class _Reader:
    """Reads one expression for what it asks for and these words do not have."""

    known: Words
    analysis: origins.Analysis

    def unsaid(self, node: Node) -> list[Literal]:
        """The literals at and below a node."""
        match node:
            case Const():
                return [node.value] if _is_asked(node.value) and not self.known.have(node.value) else []
            case Call(function="_||_"):
                return self._least(node.args)
            case Call(function="@in", args=(one, ListLiteral(items=items))) if items:
                return [*self.unsaid(one), *self._least(items)]
            case Call(function=function) if function in _COMPARED and any(
                map(self._in_status, node.operands)
            ):
                # Numbers of status were wanted by the learner before.
                return [one for one in self._below(node) if not isinstance(one, str)]
            case Call(function=function) if function in _NOT_ASKED:
                return [
                    one for part in node.operands if not isinstance(part, Const) for one in self.unsaid(part)
                ]
        return self._below(node)

    def _below(self, node: Node) -> list[Literal]:
        return [one for part in children(node) for one in self.unsaid(part)]

    def _least(self, ways: Sequence[Node]) -> list[Literal]:
        return min((self.unsaid(way) for way in ways), key=len)

    def _in_status(self, node: Node) -> bool:
        origin = self.analysis.origins.get(node.id)
        return origin is not None and "status" in origin.steps


def _is_asked(value: Any) -> bool:
    if isinstance(value, str):
        return re.search(r"\w", value) is not None
    return isinstance(value, int | float) and value not in (0, 1)


def _known(spec: Spec, number: int, language: str) -> str:
    """All that a learner may know in this language while the step of this number is open."""
    texts, manifests = [spec.title, spec.summary], [*spec.provision]
    for step in spec.steps[: number + 1]:
        texts += [step.title, step.task, *step.hints, *(check.says for check in step.checks)]
        manifests += step.provision
    told = [text.get(language, "") for text in texts]
    return "\n".join([*told, *(file.content for file in spec.files), *_scalars(manifests)])


def _scalars(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, one in value.items():
                yield str(key)
                yield from _scalars(one)
        case list():
            for one in value:
                yield from _scalars(one)
        case _:
            yield str(value)


def _commands(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.startswith("#"))
