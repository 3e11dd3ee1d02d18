"""Labs that only rules between fields can tell to be wrong, with what whoever applies them must read."""

from builders import Json, check, spec, step

_POD = {"apiVersion": "v1", "kind": "Pod"}


def _given(**given: object) -> Json:
    return spec(step("fix", check("seen", given={"web": given})))


def _settled(**given: object) -> Json:
    return spec(step("fix", settle={"given": {"web": given}, "expect": ["true"]}))


#: By what is wrong: the spec, and what the API server says about it.
WRONG: dict[str, tuple[Json, str]] = {
    "two steps of one name": (spec(step("a"), step("a")), "spec.steps: two of them have the same name"),
    "two nodes of one alias": (
        spec(nodes=[{"name": "node1"}, {"name": "node1"}]),
        "spec.nodes: two of them have the same name",
    ),
    "two checks of one name": (
        spec(step("a"), step("b", check("c"), check("c"))),
        "spec.steps[b].checks: two of them have the same name",
    ),
    "holdsFor with Ever": (
        spec(step("a", check("c", when="Ever", holdsFor="1s"))),
        "spec.steps[a].checks[c].holdsFor: goes with when: Now",
    ),
    "grace without Throughout": (
        spec(step("a", check("c", grace="1s"))),
        "spec.steps[a].checks[c].grace: goes with when: Throughout",
    ),
    "nothing but Throughout": (
        spec(step("a", check("c", when="Throughout"))),
        "spec.steps[a].checks: all checks are Throughout",
    ),
    "choices for free text": (
        spec(step("a", check("c", answer={"choices": ["x"]}))),
        "spec.steps[a].checks[c].answer.choices: choices go with type: choice",
    ),
    "no choices": (
        spec(step("a", check("c", answer={"type": "choice"}))),
        "spec.steps[a].checks[c].answer.choices: choices go with type: choice",
    ),
    "a kind without its version": (
        _given(kind="Pod"),
        "spec.steps[fix].checks[seen].given[web].apiVersion: apiVersion is required",
    ),
    "a probe with a version": (
        _given(kind="Log", apiVersion="v1", pod="web"),
        "spec.steps[fix].checks[seen].given[web].apiVersion: apiVersion is required, but not for",
    ),
    "pick of one object": (
        _given(**_POD, name="web", pick="Newest"),
        "spec.steps[fix].checks[seen].given[web].pick: pick chooses from a list",
    ),
    "a selector of one object": (
        _given(**_POD, name="web", selector={"matchLabels": {"a": "b"}}),
        "spec.steps[fix].checks[seen].given[web].name: one object by name needs no selector",
    ),
    "Http without a port": (_given(kind="Http", service="web"), "given[web]: Http needs port"),
    "Http to two": (_given(kind="Http", service="web", pod="web", port=80), "given[web]: Http needs port"),
    "Log of nothing": (_given(kind="Log"), "spec.steps[fix].checks[seen].given[web].pod: Log needs pod"),
    "the same in settle": (
        _settled(kind="Pod"),
        "spec.steps[fix].settle.given[web].apiVersion: apiVersion is required",
    ),
}
