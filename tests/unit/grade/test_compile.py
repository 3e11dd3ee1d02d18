import pytest

from builders import Json, check, spec, step
from tutoriallab.grade.compile import compile_step, problems
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab

POD = {"apiVersion": "v1", "kind": "Pod"}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (check(expect=["web.spec.replicas == 3", "web.foo =="]), "spec.steps[0].checks[0].expect[1]"),
        (check(expect=["nobody.spec == 1"]), "spec.steps[0].checks[0].expect[0]"),
        (check(expect=["answer == 'x'"]), "spec.steps[0].checks[0].expect[0]"),
        (check(expect=["remembered.uid == 'x'"]), "spec.steps[0].checks[0].expect[0]"),
        (check(expect=["3 + 4"]), "spec.steps[0].checks[0].expect[0]"),
        (check(remember={"uid": "web."}), "spec.steps[0].checks[0].remember.uid"),
        (check(because={"en": "${web.}"}), "spec.steps[0].checks[0].because.en"),
        (check(because={"en": "x", "zh": "${web.}"}), "spec.steps[0].checks[0].because.zh"),
        (
            check(
                given={"s": {"apiVersion": "v1", "kind": "Secret", "name": "s"}},
                remember={"value": "s.data.password"},
                expect=["true"],
            ),
            "spec.steps[0].checks[0].remember.value",
        ),
        (
            check(given={"p": {**POD, "where": "object."}}, expect=["true"]),
            "spec.steps[0].checks[0].given.p.where",
        ),
        (
            check(given={"p": POD}, expect=["p.all(a, p.all(b, p.all(c, p.all(d, a == d))))"]),
            "spec.steps[0].checks[0].expect[0]",
        ),
    ],
)
def test_an_expression_that_does_not_compile_is_told_with_its_path(body: Json, path: str) -> None:
    assert [problem.path for problem in problems(parse_spec(spec(step("a", body))))] == [path]


def test_faults_of_all_steps_are_told_at_once() -> None:
    broken = spec(step("a", check(expect=["a."])), step("b", check(expect=["b."]), settle={"expect": ["c."]}))
    assert [problem.path for problem in problems(parse_spec(broken))] == [
        "spec.steps[0].checks[0].expect[0]",
        "spec.steps[1].checks[0].expect[0]",
        "spec.steps[1].settle.expect[0]",
    ]


def test_a_good_step_is_compiled_whole() -> None:
    good = check(
        remember={"uid": "web.metadata.uid"},
        expect=["web.metadata.uid != remembered.uid", "answer == web.metadata.name"],
        answer={},
    )
    compiled = compile_step(parse_spec(spec(step("a", good))), 0)
    assert len(compiled.checks[0].expect) == 2
    assert set(compiled.checks[0].remember) == {"uid"}
    assert not compiled.checks[0].uses_events


def test_opening_a_broken_step_raises_with_its_problems() -> None:
    with pytest.raises(InvalidLab):
        compile_step(parse_spec(spec(step("a", check(expect=["a."])))), 0)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (check(expect=["nodes.node2 == 'x'"]), "expect[0]"),
        (check(expect=["nodes['node2'] == 'x'"]), "expect[0]"),
        (check(because={"en": "${nodes.node2}"}), "because.en"),
        (
            check(given={"p": {**POD, "where": "object.spec.nodeName == nodes.node2"}}, expect=["true"]),
            "given.p.where",
        ),
    ],
)
def test_an_alias_that_spec_nodes_does_not_declare_is_told_with_its_path(body: Json, path: str) -> None:
    raw = spec(step("a", body), nodes=[{"name": "node1"}])
    (problem,) = problems(parse_spec(raw))
    assert problem.path == f"spec.steps[0].checks[0].{path}"
    assert "nodes.node2 is not declared" in problem.message


@pytest.mark.parametrize(
    "source", ["nodes.node1 == 'x'", "'worker1' in nodes.map(n, nodes[n])", "size(nodes) == 1"]
)
def test_declared_aliases_and_all_of_them_can_be_named(source: str) -> None:
    raw = spec(step("a", check(expect=[source])), nodes=[{"name": "node1"}])
    assert list(problems(parse_spec(raw))) == []


RSS = {"rss": {"apiVersion": "apps/v1", "kind": "ReplicaSet"}}


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({"expect": ["web.spec.replicas == 3"]}, False),
        ({"expect": ["web.metadata.labels['a'] == 'b'"]}, False),
        ({"expect": ["web.spec.replicas == 3", "web.status.readyReplicas == 3"]}, True),
        ({"expect": ["web[workspace] == 'x'"]}, True),
        ({"expect": ["image(web, 'web') == 'x'"]}, False),
        ({"given": RSS, "expect": ["size(rss) == 1"]}, False),
        ({"given": RSS, "expect": ["rss.all(r, r.metadata.name != 'x')"]}, False),
        ({"given": RSS, "expect": ["rss.exists(r, r.status.readyReplicas == 1)"]}, True),
        ({"given": RSS, "expect": ["rss.exists(r, ready(r))"]}, True),
        (
            {
                "given": RSS,
                "remember": {"names": "rss.map(r, r.metadata.name)"},
                "expect": ["remembered.names == []"],
            },
            False,
        ),
    ],
)
def test_whether_a_check_reads_a_status(changes: Json, reads: bool) -> None:
    (one,) = compile_step(parse_spec(spec(step("a", check(**changes)))), 0).checks
    assert one.reads_status is reads


SLICES = {"slices": {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice"}}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"expect": ["web.spec.replicas == 3"]}, False),
        ({"expect": ["image(web, 'web') == 'x'"]}, False),
        ({"expect": ["web.status.readyReplicas == 3"]}, True),
        ({"given": RSS, "expect": ["size(rss) == 1"]}, True),
        ({"given": RSS, "expect": ["rss.all(r, ready(r))"]}, True),
        ({"given": RSS, "expect": ["rss.all(r, r.spec.replicas == 1)"]}, False),
        ({"given": SLICES, "expect": ["slices.exists(s, s.endpoints.exists(e, e.conditions.ready))"]}, True),
    ],
)
def test_whether_an_expression_is_about_the_state_of_objects(changes: Json, state: bool) -> None:
    (one,) = compile_step(parse_spec(spec(step("a", check(**changes)))), 0).checks
    assert one.about_state(one.expect[0]) is state
