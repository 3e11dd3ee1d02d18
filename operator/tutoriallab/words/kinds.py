"""Kinds of objects in sentences; values, but for their plural, which Chinese does not have."""

from dataclasses import dataclass

from tutoriallab.words.sentence import Sentence


def plural(kind: str) -> str:
    """The plural of a kind: Pods, Ingresses, NetworkPolicies, Endpoints."""
    if kind == "Endpoints":
        return kind
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}{'es' if kind.endswith(('s', 'x', 'ch')) else 's'}"


@dataclass(frozen=True, slots=True)
class Kinds(Sentence):
    """Several objects of a kind: `Pods`."""

    kind: str

    def told(self, language: str) -> str:
        """Its plural, where the language has one."""
        return self.kind if language == "zh" else plural(self.kind)
