"""Whose turn it is: labs that want nodes, first come first served. Pure; the labs come from the engine's memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutoriallab.lab.key import LabKey
from tutoriallab.words import nodes as words
from tutoriallab.words.sentence import Sentence


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A lab's place in the queue: when it asked (it was made, or reset), to the second, then when it was taken up.

    Times are RFC 3339 and compare as texts.
    """

    asked: str
    started: str
    lab: str


def place(lab: LabKey, made: str, answers_since: str, started: str) -> Place:
    """The place of a lab; a reset puts it behind those that wait."""
    return Place(max(made, answers_since)[:19], started, str(lab))


def ahead(mine: Place, waiting: Iterable[Place]) -> list[Place]:
    """Who comes before this lab, in order."""
    return sorted(one for one in waiting if one < mine)


def taken(holder: LabKey | None, before: list[Place]) -> Sentence:
    """What a lab that waits is told: who has the nodes, and how many labs come before it."""
    who = words.LEASED_BY(lab=str(holder)) if holder else words.FIRST_TO(lab=before[0].lab)
    others = len(before) if holder else len(before) - 1
    known = {0: words.NEXT(), 1: words.ONE_BEFORE()}
    return words.QUEUE(who=who, place=known.get(others) or words.MANY_BEFORE(count=others))
