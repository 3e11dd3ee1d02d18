"""What the operator says to people: made where something is found, told where the reader's language is known.

A rule says `grading.HOLDING(since=…, duration=…)`, whatever the language; the status tells it in the lab's
(`spec.language`). The type holds it: a verdict's message is a Sentence, and only this package's catalogue makes one,
but for words that are not ours, which `as_is` takes as they are. `reason` is for programs and always English.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from string import Formatter

LANGUAGES = ("en", "zh")
#: Chinese characters and full-width punctuation begin here.
_CHINESE = "\u3000"


class Sentence:
    """What can be told in every language; equal to another that says the same. `str` tells it in English, for logs."""

    __slots__ = ()

    def told(self, language: str) -> str:
        """In this language; English where it is none of ours."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.told("en")


Text = str | Sentence
"""A part of a sentence: a str is a value, the same in every language."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One entry of the catalogue: the same sentence in each language, with the same `{names}` for its values."""

    en: str
    zh: str

    def __call__(self, **values: Text | int) -> Sentence:
        """The sentence with these values."""
        return _Filled(self, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class _Filled(Sentence):
    words: Words
    values: tuple[tuple[str, Text | int], ...]

    def told(self, language: str) -> str:
        told = {name: _told(value, language) for name, value in self.values}
        return _chinese(self.words.zh, told) if language == "zh" else self.words.en.format_map(told)


@dataclass(frozen=True, slots=True)
class _AsIs(Sentence):
    text: str

    def told(self, language: str) -> str:  # noqa: ARG002 - the same in all of them
        return self.text


@dataclass(frozen=True, slots=True)
class _Joined(Sentence):
    parts: tuple[Text, ...]
    between: Text

    def told(self, language: str) -> str:
        parts = [str(_told(part, language)) for part in self.parts]
        between = str(_told(self.between, language))
        if language != "zh":
            return between.join(parts)
        return reduce(lambda text, part: _beside(_beside(text, between), part), parts) if parts else ""


@dataclass(frozen=True, slots=True)
class _Cut(Sentence):
    sentence: Sentence
    most: int

    def told(self, language: str) -> str:
        text = self.sentence.told(language)
        return text if len(text) <= self.most else f"{text[: self.most - 1]}…"


@dataclass(frozen=True, slots=True)
class _Open(Sentence):
    sentence: Sentence

    def told(self, language: str) -> str:
        return self.sentence.told(language).rstrip(".。")


@dataclass(frozen=True, slots=True)
class _First(Sentence):
    sentence: Sentence

    def told(self, language: str) -> str:
        text = self.sentence.told(language)
        return f"N{text[1:]}" if text.startswith(("no ", "not ")) else text


def told_in(language: str, text: Text) -> str:
    """The text in this language; a value is the same in all of them."""
    return text.told(language) if isinstance(text, Sentence) else text


def as_is(text: str) -> Sentence:
    """Words that are not ours and have no translation: the API server's, an author's, those of a status of before."""
    return _AsIs(text)


def joined(parts: Sequence[Text], between: Text = "") -> Sentence:
    """The parts one after another."""
    return _Joined(tuple(parts), between)


def cut(sentence: Sentence, most: int) -> Sentence:
    """The sentence, at most so many characters long."""
    return _Cut(sentence, most)


def without_stop(sentence: Sentence) -> Sentence:
    """The sentence without its full stop: an author's may have one, and more follows."""
    return _Open(sentence)


def first(sentence: Sentence) -> Sentence:
    """The sentence as the first of a message: one of what is not there has a word in front, so a capital letter."""
    return _First(sentence)


def _chinese(template: str, values: Mapping[str, object]) -> str:
    """Chinese sets a space around values such as `web`, and none between two Chinese parts."""
    text = ""
    for literal, name in _parts(template):
        text = _beside(text, literal)
        if name:
            text = _beside(text, str(values[name]))
    return text


def _beside(before: str, after: str) -> str:
    left, right = before.rstrip(" "), after.lstrip(" ")
    spaced = (before != left) != (after != right)
    if spaced and left and right and min(left[-1], right[0]) >= _CHINESE:
        return left + right
    return before + after


@cache
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def _told(value: Text | int, language: str) -> str | int:
    return value if isinstance(value, int) else told_in(language, value)
