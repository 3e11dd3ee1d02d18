"""Labs that only rules between fields can tell to be wrong, with what whoever applies them must read."""

from builders import Json, check, spec, step

_POD = {"apiVersion": "v1", "kind": "Pod"}
_HTTP: Json = {"kind": "Http", "service": "web", "port": 80}


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
    "two files of one path": (
        spec(files=[{"path": "a.yaml", "content": ""}, {"path": "a.yaml", "content": "a"}]),
        "spec.files: two of them have the same path",
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
    "a probe that selects": (
        _given(kind="Log", pod="web", where="true"),
        "given[web]: Http and Log take no name, namespace, ownedBy, selector, where, pick or terminating",
    ),
    "an object with a port": (
        _given(**_POD, name="web", port=80),
        "given[web]: service, pod, port, path, headers and container are for Http and Log",
    ),
    "a Log with a path": (
        _given(kind="Log", pod="web", path="/"),
        "given[web]: a Log has no service, port, path and headers",
    ),
    "Http of a container": (
        _given(**_HTTP, container="web"),
        "given[web].container: an Http request goes to a port",
    ),
    "a path out of the Service": (_given(**_HTTP, path="/a/../../b"), "given[web].path: a path has no empty"),
    "a path with an encoded slash": (
        _given(**_HTTP, path="/a%2F..%2Fb?q=1"),
        "given[web].path: a path has no empty",
    ),
    "a path with an empty segment": (_given(**_HTTP, path="/a//b"), "given[web].path: a path has no empty"),
    "a % that encodes nothing": (_given(**_HTTP, path="/?rate=100%"), "given[web].path: % stands for a byte"),
    "somebody else's credentials": (
        _given(**_HTTP, headers={"authorization": "Bearer x"}),
        "given[web].headers: a header is 1 to 64 letters",
    ),
    "a header for two": (
        _given(**_HTTP, headers={"X-A: b\r\nCookie": "c"}),
        "given[web].headers: a header is 1 to 64 letters",
    ),
    "a header's value with a line break": (
        _given(**_HTTP, headers={"X-A": "b\r\nCookie: c"}),
        "given[web].headers: a header's value is printable ASCII",
    ),
    "a page throughout": (
        spec(step("fix", check("seen", given={"web": _HTTP}, when="Throughout"), check("other"))),
        "spec.steps[fix].checks[seen].when: nobody sees what an Http or Log says between two requests",
    ),
    "a page to settle on": (
        _settled(**_HTTP),
        "spec.steps[fix].settle.given[web].kind: nothing is asked before the step is open",
    ),
    "the same in settle": (
        _settled(kind="Pod"),
        "spec.steps[fix].settle.given[web].apiVersion: apiVersion is required",
    ),
}
