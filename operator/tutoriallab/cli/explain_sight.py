"""What somebody may see of the cluster, for `explain`: objects read by kubectl, with that person's own rights."""

import json
from typing import Any

import msgspec

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.refusal import Forbidden, Unreachable
from tutoriallab.cli.words import word
from tutoriallab.observe.decode import Header
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.selection import Kind, Selection, matches
from tutoriallab.observe.shelf import Shelves

Place = tuple[Kind, str]
"""A kind and the namespace in which it is read; empty for one that is in none."""


class Sight:
    """Reads what selections need, each kind of a namespace once; selects as the operator does."""

    def __init__(self, kubectl: Kubectl, language: str) -> None:
        """`language`: in which it is told what may not be read."""
        self._kubectl = kubectl
        self._language = language
        self._shelves = Shelves()
        self._bodies = Bodies()
        self._read: dict[Place, str] = {}
        self._named: dict[tuple[Place, str], str] = {}

    def look(self, selection: Selection) -> str:
        """Read what is needed to know what is selected; why it cannot be read, or empty."""
        own, *between = selection.kinds()
        namespace = selection.namespace or ""
        if selection.name is not None and not between:
            return self._one((own, namespace), selection.name)
        places = [(kind, namespace) for kind in (own, *between)]
        return next((problem for place in places if (problem := self._all(place))), "")

    def select(self, selection: Selection) -> list[Observed]:
        """The objects that a selection contains, by name, of what was read."""
        shelf = self._shelves.of((selection.api_version, selection.kind))
        there = sorted(shelf.in_namespace(selection.namespace or ""), key=lambda one: one.name)
        return [one for one in there if matches(selection, one, self._shelves.find)]

    def _all(self, place: Place) -> str:
        if place not in self._read:
            self._read[place] = self._get(place)
        return self._read[place]

    def _one(self, place: Place, name: str) -> str:
        if place in self._read and not self._read[place]:
            return ""
        if (place, name) not in self._named:
            self._named[place, name] = self._get(place, name, "--ignore-not-found")
        return self._named[place, name]

    def _get(self, place: Place, *which: str) -> str:
        """Ask for objects and put them down; why they cannot be read, or empty."""
        kind, namespace = place
        where = ["--namespace", namespace] if namespace else []
        try:
            said = self._kubectl.run("get", _resource(kind), *which, *where, "-o", "json")
        except Unreachable:
            raise
        except Forbidden:
            return word(self._language, "may_not_read", kind=kind[1])
        except CliError as error:
            return str(error)
        # Of an object that does not exist nothing is said.
        found: dict[str, Any] = json.loads(said) if said.strip() else {"kind": "List", "items": []}
        for body in found["items"] if found["kind"] == "List" else [found]:
            self._shelves.of(kind).put(self._observed(kind, body))
        return ""

    def _observed(self, kind: Kind, body: dict[str, Any]) -> Observed:
        header = msgspec.convert({"metadata": body["metadata"]}, Header)
        return Observed(kind, header.metadata, msgspec.json.encode(body), self._bodies)


def _resource(kind: Kind) -> str:
    """A kind of one version as kubectl takes it: `Deployment.v1.apps`, `Pod.v1.`"""
    group, _, version = kind[0].rpartition("/")
    return f"{kind[1]}.{version}.{group}"
