"""The ValidatingAdmissionPolicy of labs: what their schema cannot say; `make generate` writes it to crds/.

These rules could stand in the schema, as `x-kubernetes-validations`. There the API server evaluates them at every
write of a status, too, which made half of such a write's cost (5.6 of 11.2 ms of its CPU for a lab of ten checks). A
policy is asked only when a spec is made or changed. `lab/parse.py` has the same rules, and more, for whoever installs
the CRD alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from tutoriallab.lab import probes
from tutoriallab.lab.crd import GROUP, HEAD, PLURAL, VERSION

NAME = "tutoriallab-valid-labs"

#: Ways from spec to what a rule speaks of: `x[]` is a list whose items have a name, `x{}` a map, `x` one object.
CHECKS = ("steps[]", "checks[]")
GIVENS = ((*CHECKS, "given{}"), ("steps[]", "settle", "given{}"))


@dataclass(frozen=True)
class Rule:
    """`holds` is CEL on self; `field` is the path, below self, of what is wrong when it does not."""

    holds: str
    message: str
    field: str = ""


def _different_names(field: str, key: str = "name") -> Rule:
    """A rule, and not a keyed list: the API server tracks who owns each field of each item of such a list."""
    names = f"self.{field}.map(one, one.{key})"
    return Rule(
        f"!has(self.{field}) || self.{field}.all(one, {names}.exists_one({key}, {key} == one.{key}))",
        f"two of them have the same {key}: give each its own",
        f".{field}",
    )


OF_GIVEN = (
    Rule(
        "self.kind in ['Http', 'Log'] ? !has(self.apiVersion) : has(self.apiVersion)",
        "apiVersion is required, but not for the kinds Http and Log",
        ".apiVersion",
    ),
    Rule("!has(self.pick) || !has(self.name)", "pick chooses from a list: leave out name, or pick", ".pick"),
    Rule(
        "!has(self.name) || (!has(self.selector) && !has(self.ownedBy) && !has(self.where))",
        "one object by name needs no selector, ownedBy or where: leave out name, or them",
        ".name",
    ),
    Rule(
        "self.kind != 'Http' || (has(self.port) && (has(self.service) != has(self.pod)))",
        "Http needs port and either service or pod",
    ),
    Rule("self.kind != 'Log' || has(self.pod)", "Log needs pod", ".pod"),
)
_ASKS = "self.kind in ['Http', 'Log']"
_PLAIN = (
    "!has(self.name) && !has(self.namespace) && !has(self.ownedBy) && !has(self.selector) && !has(self.where)"
)
_NO_HTTP = "!has(self.service) && !has(self.port) && !has(self.path) && !has(self.headers)"
OF_PROBE = (
    Rule(
        f"!({_ASKS}) || ({_PLAIN} && !has(self.pick) && (!has(self.terminating) || !self.terminating))",
        probes.NO_SELECTION,
    ),
    Rule(f"{_ASKS} || ({_NO_HTTP} && !has(self.pod) && !has(self.container))", probes.NO_PROBE),
    Rule(f"self.kind != 'Log' || ({_NO_HTTP})", probes.NOT_FOR_LOG),
    Rule("self.kind != 'Http' || !has(self.container)", probes.NOT_FOR_HTTP, ".container"),
    Rule(f"!has(self.path) || !self.path.matches('{probes.ASTRAY}')", probes.LEADS_ASTRAY, ".path"),
    Rule(f"!has(self.path) || !self.path.matches('{probes.HALF_ENCODED}')", probes.NO_CODE, ".path"),
    Rule(
        f"!has(self.headers) || self.headers.all(name, name.matches('{probes.HEADER}')"
        f" && !name.matches('{probes.NOT_YOURS}'))",
        probes.NO_HEADER,
        ".headers",
    ),
    Rule(
        f"!has(self.headers) || self.headers.all(name, self.headers[name].matches('{probes.HEADER_VALUE}'))",
        probes.NO_VALUE,
        ".headers",
    ),
)
OF_STEP = (
    Rule(
        "!has(self.checks) || self.checks.exists(one, !has(one.when) || one.when != 'Throughout')",
        "all checks are Throughout, which lasts until the others pass: add one of another kind",
        ".checks",
    ),
    _different_names("checks"),
)
OF_CHECK = (
    Rule(
        "!has(self.holdsFor) || !has(self.when) || self.when == 'Now'",
        "goes with when: Now: leave out one of them",
        ".holdsFor",
    ),
    Rule(
        "!has(self.when) || self.when != 'Throughout' || !has(self.given)"
        " || self.given.all(name, !(self.given[name].kind in ['Http', 'Log']))",
        probes.THROUGHOUT,
        ".when",
    ),
    Rule(
        "!has(self.grace) || (has(self.when) && self.when == 'Throughout')",
        "goes with when: Throughout: leave it out",
        ".grace",
    ),
    Rule(
        "!has(self.answer) || ((has(self.answer.type) && self.answer.type == 'choice')"
        " == (has(self.answer.choices) && size(self.answer.choices) > 0))",
        "choices go with type: choice",
        ".answer.choices",
    ),
)


RULES: tuple[tuple[Sequence[str], Rule], ...] = (
    ((), _different_names("steps")),
    ((), _different_names("nodes")),
    ((), _different_names("files", "path")),
    *((("steps[]",), rule) for rule in OF_STEP),
    *((CHECKS, rule) for rule in OF_CHECK),
    *((way, rule) for rule in OF_GIVEN for way in GIVENS),
    *((GIVENS[0], rule) for rule in OF_PROBE),
    (GIVENS[1], Rule(f"!({_ASKS})", probes.SETTLING, ".kind")),
    (GIVENS[1], OF_PROBE[1]),
)


@dataclass(frozen=True)
class _Hop:
    """One hop of a way in CEL: `here.there`, and how one of what is there is called."""

    here: str
    name: str

    @property
    def field(self) -> str:
        return self.name.rstrip("[]{}")

    @property
    def many(self) -> bool:
        return self.name != self.field

    @property
    def there(self) -> str:
        return f"{self.here}.{self.field}"

    @property
    def variable(self) -> str:
        return self.field.removesuffix("s")

    @property
    def one(self) -> str:
        if self.name.endswith("{}"):
            return f"{self.there}[{self.variable}]"
        return self.variable if self.many else self.there

    @property
    def label(self) -> str:
        """CEL for how the path names one: lists by the items' names, which say more than numbers."""
        return self.variable if self.name.endswith("{}") else f"{self.variable}.name"


def validation(way: Sequence[str], rule: Rule) -> dict[str, str]:
    """The rule for all that the way leads to, and the message that names the first place where it does not hold."""
    return {
        "expression": _holds("object.spec", way, rule),
        "message": rule.message,
        "messageExpression": f"'spec' + {_place('object.spec', way, rule)} + {_quoted(': ' + rule.message)}",
    }


def _holds(here: str, way: Sequence[str], rule: Rule) -> str:
    if not way:
        return "(" + re.sub(r"\bself\b", here, rule.holds) + ")"
    hop = _Hop(here, way[0])
    inner = _holds(hop.one, way[1:], rule)
    every = f"{hop.there}.all({hop.variable}, {inner})" if hop.many else inner
    return f"(!has({hop.there}) || {every})"


def _place(here: str, way: Sequence[str], rule: Rule) -> str:
    """CEL for the path, below `here`, of the first place where the rule does not hold; there is one."""
    if not way:
        return _quoted(rule.field)
    hop = _Hop(here, way[0])
    deeper = _place(hop.one, way[1:], rule)
    if not hop.many:
        return f"'.{hop.field}' + {deeper}"
    wrong = f"{hop.there}.filter({hop.variable}, !{_holds(hop.one, way[1:], rule)})"
    return f"{wrong}.map({hop.variable}, '.{hop.field}[' + {hop.label} + ']' + {deeper})[0]"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def validating_admission_policy() -> list[dict[str, Any]]:
    """The policy and its binding, ready for the API server."""
    policy = {
        "failurePolicy": "Fail",
        "matchConstraints": {
            "resourceRules": [
                {
                    "apiGroups": [GROUP],
                    "apiVersions": [VERSION],
                    "operations": ["CREATE", "UPDATE"],
                    "resources": [PLURAL],
                }
            ]
        },
        # What stands already may be labelled, annotated and deleted, whatever it is.
        "matchConditions": [
            {"name": "spec-changed", "expression": "oldObject == null || object.spec != oldObject.spec"}
        ],
        "validations": [validation(way, rule) for way, rule in RULES],
    }
    binding = {"policyName": NAME, "validationActions": ["Deny"]}
    return [
        {**_head("ValidatingAdmissionPolicy"), "spec": policy},
        {**_head("ValidatingAdmissionPolicyBinding"), "spec": binding},
    ]


def _head(kind: str) -> dict[str, Any]:
    return {"apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "metadata": {"name": NAME}}


def render() -> str:
    """The policy and its binding as YAML text, as they stand in crds/."""
    return HEAD + yaml.safe_dump_all(validating_admission_policy(), sort_keys=False, width=110)
