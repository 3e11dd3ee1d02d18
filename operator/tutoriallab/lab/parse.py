"""A TutorialLab object from the API server to a typed Lab, or all that is wrong with it, with paths.

Called by `reconcile.py` for every change of a lab, by `lint`, and by `prove`. The schema refuses most faults at
apply; whatever comes by (an older CRD, a file on disk) is found here again, and what a schema cannot say is
found only here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec
from msgspec import Struct

from tutoriallab.lab.files import file_problems
from tutoriallab.lab.given import VARIABLE, Given
from tutoriallab.lab.kinds import Kind, kind_problem
from tutoriallab.lab.model import Check, Manifest, Spec
from tutoriallab.lab.nodes import node_problems, undeclared
from tutoriallab.lab.outside import outside_problems, reading_problems
from tutoriallab.lab.probes import probe_problems
from tutoriallab.lab.problem import InvalidLab, Problem
from tutoriallab.lab.state import Status
from tutoriallab.lab.workspace import workspace_name, workspace_problem

#: Names that CEL has already: ours, the language's reserved words and macros.
_WORDS = """
    true false null in as break const continue else for function if import let loop package
    namespace return var void while workspace nodes answer remembered object has all exists
    exists_one map filter size type ready condition owner events image quantity sort distinct
    flatten find int uint double string bytes bool duration timestamp dyn
"""
RESERVED = frozenset(_WORDS.split())
#: Types as JSON has them, and as who writes YAML knows them.
_IN_YAML = {
    "array": "a list",
    "object": "a mapping",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
}
_TYPE = "|".join(_IN_YAML)
_TYPES = re.compile(rf"`((?:{_TYPE})(?: \| (?:{_TYPE}))*)`")
MAX_BYTES = 900_000
MAX_DEPTH = 60


class Lab(Struct, frozen=True):
    """A lab that can be run: its identity, its spec and what was last written to its status."""

    name: str
    namespace: str
    uid: str
    generation: int
    annotations: Mapping[str, str]
    spec: Spec
    status: Status
    deleting: bool

    @property
    def workspace(self) -> str:
        """The lab's own namespace."""
        return workspace_name(self.namespace, self.name)


class _Metadata(Struct, frozen=True, rename="camel"):
    """The part of an object's metadata that a lab needs; a file on disk has less than the API server's."""

    name: str
    namespace: str = "default"
    uid: str = ""
    generation: int = 0
    annotations: dict[str, str] | None = None
    deletion_timestamp: str | None = None


# msgspec describes a type to itself at its first use, and two threads that meet there crash the process
# (`prove` reads labs in threads). At import there is only one.
for _type in (_Metadata, Spec, Status):
    msgspec.json.Decoder(_type)


def parse(body: Mapping[str, Any], extra_kinds: Set[Kind] = frozenset()) -> Lab:
    """The typed lab; raises InvalidLab with every problem found. `extra_kinds` may be selected, too."""
    try:
        metadata = msgspec.convert(body.get("metadata"), _Metadata)
    except msgspec.ValidationError as error:
        raise InvalidLab([_schema_problem("metadata", str(error))]) from None
    too_long = workspace_problem(workspace_name(metadata.namespace, metadata.name))
    if too_long:
        raise InvalidLab([Problem("metadata.name", f"{too_long}: choose another name")])
    return Lab(
        name=metadata.name,
        namespace=metadata.namespace,
        uid=metadata.uid,
        generation=metadata.generation,
        annotations=metadata.annotations or {},
        spec=parse_spec(body.get("spec"), extra_kinds),
        status=parse_status(body.get("status")),
        deleting=metadata.deletion_timestamp is not None,
    )


def parse_spec(raw: Any, extra_kinds: Set[Kind] = frozenset()) -> Spec:
    """The typed spec; raises InvalidLab with every problem found. `extra_kinds` may be selected, too."""
    too_deep = _depth_problem(raw)
    if too_deep:
        raise InvalidLab([too_deep])
    try:
        spec = msgspec.convert(raw, Spec)
    except msgspec.ValidationError as error:
        raise InvalidLab([_schema_problem("spec", str(error))]) from None
    problems = [*_problems(spec), *_kinds_are_readable(spec, extra_kinds)]
    if problems:
        raise InvalidLab(problems)
    return spec


def parse_status(raw: Any) -> Status:
    """The typed status; whatever is not readable (written by hand) counts as not written."""
    try:
        return msgspec.convert(raw or {}, Status)
    except msgspec.ValidationError:
        return Status()


def _schema_problem(root: str, message: str) -> Problem:
    text, _, path = message.partition(" - at `")
    told = _TYPES.sub(lambda found: " or ".join(_IN_YAML[one] for one in found[1].split(" | ")), text)
    if told.startswith("Expected a text, got ") and not told.endswith(("a list", "a mapping", "nothing")):
        told += ": put it in quotes"
    return Problem(root + path.rstrip("`").removeprefix("$"), told[:1].lower() + told[1:])


def _depth_problem(raw: Any) -> Problem | None:
    """Nesting and size are bounded before anything walks the lab recursively."""
    level: list[Any] = [raw]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for value in level
            if isinstance(value, dict | list)
            for item in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return None
    return Problem("spec", f"is nested deeper than {MAX_DEPTH} levels: make it flatter")


def _problems(spec: Spec) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(spec)


def _texts_have_english(spec: Spec) -> Iterator[Problem]:
    for path, text in texts(spec):
        if "en" not in text:
            yield Problem(path, "the English text (en) is required")


def texts(spec: Spec) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a lab with its path; empty texts that may be left out are passed over."""
    yield "spec.title", spec.title
    for path, text in (("spec.summary", spec.summary), ("spec.debrief", spec.debrief)):
        if text:
            yield path, text
    for s, step in enumerate(spec.steps):
        where = f"spec.steps[{s}]"
        yield f"{where}.title", step.title
        yield f"{where}.task", step.task
        for h, hint in enumerate(step.hints):
            yield f"{where}.hints[{h}]", hint
        for c, check in enumerate(step.checks):
            yield f"{where}.checks[{c}].says", check.says
            if check.because is not None:
                yield f"{where}.checks[{c}].because", check.because


def checks(spec: Spec) -> Iterator[tuple[str, Check]]:
    """Every check with its path."""
    for s, step in enumerate(spec.steps):
        for c, check in enumerate(step.checks):
            yield f"spec.steps[{s}].checks[{c}]", check


def givens(spec: Spec) -> Iterator[tuple[str, str, Given]]:
    """Every variable of checks and settle conditions: path, name and what it stands for."""
    for path, check in checks(spec):
        for name, given in check.given.items():
            yield f"{path}.given.{name}", name, given
    for s, step in enumerate(spec.steps):
        if step.settle:
            for name, given in step.settle.given.items():
                yield f"spec.steps[{s}].settle.given.{name}", name, given


def _names_are_unique(spec: Spec) -> Iterator[Problem]:
    yield from _twice("spec.steps", (step.name for step in spec.steps))
    for s, step in enumerate(spec.steps):
        yield from _twice(f"spec.steps[{s}].checks", (check.name for check in step.checks))
    yield from _twice("spec.nodes", (node.name for node in spec.nodes))
    asking = [check.name for _, check in checks(spec) if check.answer]
    for name in [name for name, count in Counter(asking).items() if count > 1]:
        yield Problem(
            "spec.steps", f"two questions are called {name}, and spec.answers has one {name}: rename one"
        )


def _twice(path: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(path, f"the name {name} is used {count} times: give each its own")


def _given_fits(spec: Spec) -> Iterator[Problem]:
    for path, name, given in givens(spec):
        if not re.fullmatch(VARIABLE, name):
            yield Problem(path, f"{name} is no CEL variable: use a letter, then letters, digits and _")
        elif name in RESERVED:
            yield Problem(path, f"{name} is a word of CEL or of tutoriallab: choose another")
        for fault in _given_faults(given):
            yield Problem(path, fault)


def _given_faults(given: Given) -> Iterator[str]:
    if given.asks == bool(given.api_version):
        yield "apiVersion is not for Http and Log" if given.asks else "apiVersion is required"
    if given.name and (given.pick or given.selector or given.owned_by or given.where):
        yield "one object by name needs no pick, selector, ownedBy or where: leave out name, or them"
    if given.kind == "Http" and (not given.port or bool(given.service) == bool(given.pod)):
        yield "Http needs port and either service or pod"
    if given.kind == "Log" and not given.pod:
        yield "Log needs pod"


def _kinds_are_readable(spec: Spec, extra: Set[Kind]) -> Iterator[Problem]:
    for path, _, given in givens(spec):
        if given.api_version and given.kind not in {"Http", "Log"}:
            unknown = kind_problem(given.api_version, given.kind, extra)
            if unknown:
                yield Problem(path, unknown)
        if given.owned_by:
            unknown = kind_problem(given.owned_by.api_version, given.owned_by.kind, extra)
            if unknown:
                yield Problem(path, f"ownedBy: {unknown}")


def _throughout_ends(spec: Spec) -> Iterator[Problem]:
    for s, step in enumerate(spec.steps):
        if all(check.when == "Throughout" for check in step.checks):
            yield Problem(
                f"spec.steps[{s}].checks",
                "all of them are Throughout, which lasts until the others pass: add one of another kind",
            )


def _checks_fit(spec: Spec) -> Iterator[Problem]:
    for path, check in checks(spec):
        if check.holds_for and check.when != "Now":
            yield Problem(f"{path}.holdsFor", "goes with when: Now: leave out one of them")
        if check.grace and check.when != "Throughout":
            yield Problem(f"{path}.grace", "goes with when: Throughout: leave it out")
        if check.answer and (check.answer.type == "choice") != bool(check.answer.choices):
            yield Problem(f"{path}.answer.choices", "choices go with type: choice")


def _manifests_fit(spec: Spec) -> Iterator[Problem]:
    for path, manifest in manifests(spec):
        metadata = manifest.get("metadata")
        if not manifest.get("apiVersion") or not manifest.get("kind"):
            yield Problem(path, "a manifest needs apiVersion and kind")
        elif not isinstance(metadata, dict) or not metadata.get("name"):
            yield Problem(
                f"{path}.metadata.name",
                "a manifest needs a name (generateName would make a new one each time)",
            )
        elif metadata.get("namespace"):
            yield Problem(f"{path}.metadata.namespace", "leave it out: every manifest goes to the workspace")


def manifests(spec: Spec) -> Iterator[tuple[str, Manifest]]:
    """Every manifest that the lab provisions, with its path."""
    for i, manifest in enumerate(spec.provision):
        yield f"spec.provision[{i}]", manifest
    for s, step in enumerate(spec.steps):
        for i, manifest in enumerate(step.provision):
            yield f"spec.steps[{s}].provision[{i}]", manifest


def _nodes_fit(spec: Spec) -> Iterator[Problem]:
    yield from node_problems(spec.nodes, RESERVED)
    # In because, ${…} is CEL.
    told = [(path, text) for path, text in texts(spec) if not path.endswith(".because")]
    names = [
        (f"{path}.{field}", name)
        for path, _, given in givens(spec)
        for field, name in (("name", given.name), ("service", given.service), ("pod", given.pod))
        if name
    ]
    owners = [(f"{path}.ownedBy.name", one.owned_by.name) for path, _, one in givens(spec) if one.owned_by]
    files = [(f"spec.files[{i}].content", file.content) for i, file in enumerate(spec.files)]
    yield from undeclared(spec.nodes, [*told, *manifests(spec), *names, *owners, *files])


def _outside_fits(spec: Spec) -> Iterator[Problem]:
    yield from outside_problems(spec.outside)
    yield from reading_problems(spec.outside, givens(spec))


def _files_fit(spec: Spec) -> Iterator[Problem]:
    yield from file_problems(spec.files)


def _size_fits(spec: Spec) -> Iterator[Problem]:
    size = len(msgspec.json.encode(spec))
    if size > MAX_BYTES:
        yield Problem(
            "spec", f"has {size:,} bytes, at most {MAX_BYTES:,} are allowed: shorten its texts or manifests"
        )


#: What a schema cannot say, one rule a fault.
RULES: tuple[Callable[[Spec], Iterator[Problem]], ...] = (
    _texts_have_english,
    _names_are_unique,
    _given_fits,
    probe_problems,
    _throughout_ends,
    _checks_fit,
    _manifests_fit,
    _nodes_fit,
    _outside_fits,
    _files_fit,
    _size_fits,
)
