"""One situation of the corpus as its author writes it: what a person did, what a check asks, what a person would say.

Read by `hack/corpus_maker.py`, which makes it on a cluster, and by `replay.py`, which asks diagnosis about it.
"""

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from builders import check, spec, step
from tutoriallab.grade.compile import CompiledStep, compile_step
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent / "situations"
#: What `until` can speak of besides the check's own variables.
SEEN: dict[str, Json] = {
    "pods": {"apiVersion": "v1", "kind": "Pod", "terminating": True},
    "happened": {"apiVersion": "v1", "kind": "Event"},
    "claims": {"apiVersion": "v1", "kind": "PersistentVolumeClaim"},
    "replicaSets": {"apiVersion": "apps/v1", "kind": "ReplicaSet"},
    "machines": {"apiVersion": "v1", "kind": "Node"},
    "jobs": {"apiVersion": "batch/v1", "kind": "Job"},
}


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The check as a lab would have it; it fails by the state of what it selects."""

    given: dict[str, Json]
    expect: list[str]


class Cause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person would name, a list where two people would name two. `subject` may end in `*`."""

    reason: str | list[str]
    subject: str | list[str]

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that would be right; the first is the one that counts in the table."""
        return _several(self.reason)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The objects at fault that would be right."""
        return _several(self.subject)

    def is_subject(self, named: str) -> bool:
        """Whether this is the object, for example `Pod web-1` for `Pod web-*`."""
        return any(fnmatchcase(named, one) for one in self.subjects)


def _several(one: str | list[str]) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else tuple(one)


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """A file of `situations/`. Without a cause nothing is wrong: what is said of it is a false alarm.

    `manifests` are applied, the commands of `after` are run, `again` is applied; then `until` has to come true, and
    `seconds` have to go by.
    """

    source: str
    cluster: Literal["embedded", "kind"]
    why: str
    check: Check
    manifests: list[Json] = []
    after: list[str] = []
    again: list[Json] = []
    until: list[str] = []
    seconds: int = 0
    cause: Cause | None = None


class Situation(msgspec.Struct, frozen=True):
    """A situation by its name."""

    name: str
    written: _Written

    @property
    def manifests(self) -> list[Json]:
        """All that is applied."""
        return [*self.written.manifests, *self.written.again]

    @property
    def cause(self) -> Cause | None:
        """What is wrong; None where nothing is."""
        return self.written.cause

    def compiled(self) -> CompiledStep:
        """A step with the check; what it waits for stands in `settle`."""
        words = set(re.findall(r"\w+", " ".join(self.written.until)))
        # What the check selects may not be there at all: only what `until` speaks of is waited for.
        spoken_of = {**SEEN, **self.written.check.given}.items()
        given = {name: one for name, one in spoken_of if name in words}
        settle = {"given": given, "expect": self.written.until or ["true"]}
        one = check("asked", given=self.written.check.given, expect=self.written.check.expect)
        try:
            return compile_step(parse_spec(spec(step("first", one, settle=settle))), 0)
        except InvalidLab as invalid:
            raise WrongSituation(f"situation {self.name}: {invalid}") from None


class WrongSituation(Exception):
    """A file that is no situation; names the file and the field."""


def situations(folder: Path = FOLDER) -> list[Situation]:
    """All situations by name; raises WrongSituation."""
    return [read(file) for file in sorted(folder.glob("*.yaml"))]


def read(file: Path) -> Situation:
    """One situation; raises WrongSituation."""
    try:
        written = msgspec.convert(yaml.safe_load(file.read_text(encoding="utf-8")), _Written)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise WrongSituation(f"{file}: {error}") from None
    return Situation(file.stem, written)
