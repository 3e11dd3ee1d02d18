"""A finding as a sentence in the catalogue's words: what is added to a verdict's message."""

from tutoriallab.grade.diagnosis.finding import Finding
from tutoriallab.words import diagnosing, probing
from tutoriallab.words.sentence import Sentence


def sentence(finding: Finding) -> Sentence:
    """What is wrong, without a full stop; what somebody else told of it comes last, or where its place is."""
    words, told = diagnosing.CAUSES[finding.reason], finding.values.get("told", "")
    what = words(subject=finding.subject, **finding.values)
    return diagnosing.SAID(what=what, told=told) if told and "{told}" not in words.en else what


def told(finding: Finding) -> Sentence:
    """The sentence, and the command to look."""
    return probing.THEN_LOOK(why=sentence(finding), look=finding.look)
