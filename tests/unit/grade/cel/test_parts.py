"""Every part of an expression with its result and what it sees; nothing of a Secret."""

import base64

import pytest

from builders import Json, deployment, metadata, pod
from tutoriallab.grade.cel.expression import compile_expression
from tutoriallab.grade.cel.parts import MAX_ELEMENTS, Part, Value, parts
from tutoriallab.grade.cel.variables import Subject, Variable

WEB = Variable("web", "object", "Deployment")
PODS = Variable("pods", "list", "Pod")
SECRET = Variable("s", "object", "Secret", secret=True)
SECRETS = Variable("ss", "list", "Secret", secret=True)
MAP = Variable("cm", "object", "ConfigMap")
PASSWORD = "s3cr3t-pa55"
DATA = base64.b64encode(PASSWORD.encode()).decode()


def secret() -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata("login", annotations={"last-applied": DATA}, labels={"app": "web"}),
        "type": "Opaque",
        "data": {"password": DATA},
    }


def told(source: str, *variables: Variable, **values: object) -> Part:
    compiled = compile_expression(source, variables)
    return parts(compiled, values, {"web": Subject("Deployment", "web"), "s": Subject("Secret", "login")})


def test_both_sides_of_and_are_told_with_what_they_see() -> None:
    found = told("web.spec.replicas == 3 && web.status.readyReplicas >= 3", WEB, web=deployment(replicas=2))

    assert found.result is False
    assert [(one.text, one.result, one.values) for one in found.parts] == [
        ("web.spec.replicas == 3", False, (Value("web.spec.replicas", "2"),)),
        ("web.status.readyReplicas >= 3", False, (Value("web.status.readyReplicas", "2"),)),
    ]


def test_alternatives_within_and_are_parts_of_parts() -> None:
    source = "web.spec.replicas == 2 && (web.metadata.name == 'x' || web.metadata.name == 'web')"

    found = told(source, WEB, web=deployment(replicas=2))

    assert [one.result for one in found.parts] == [True, True]
    assert [one.result for one in found.parts[1].parts] == [False, True]


def test_a_field_that_is_not_set_is_told_and_the_part_is_neither_true_nor_false() -> None:
    found = told("web.spec.paused == true && web.spec.replicas == 3", WEB, web=deployment())

    assert [one.result for one in found.parts] == [None, True]
    assert found.parts[0].values == (Value("web.spec.paused", "not set"),)


def test_an_object_that_does_not_exist_is_told() -> None:
    optional = Variable("web", "object", "Deployment", optional=True)

    assert told("web != null", optional, web=None).values == (Value("web", "does not exist"),)


def test_what_is_asked_of_all_is_told_of_each_the_failing_first() -> None:
    pods = [pod("a"), pod("b", ready=False), *(pod(f"c{number}") for number in range(MAX_ELEMENTS))]

    found = told("pods.all(p, ready(p))", PODS, pods=pods)

    assert found.result is False
    assert (found.parts[0].text, found.parts[0].result) == ("Pod b", False)
    assert (len(found.parts), found.more) == (MAX_ELEMENTS, 2)


def test_what_is_counted_is_told() -> None:
    found = told("size(pods.filter(p, ready(p))) == 2", PODS, pods=[pod("a"), pod("b", ready=False)])

    assert found.values == (Value("size(pods.filter(p, ready(p)))", "1"),)


def test_not_tells_what_stands_behind_it() -> None:
    found = told("!(web.spec.replicas == 3)", WEB, web=deployment())

    assert (found.result, found.values) == (False, (Value("web.spec.replicas", "3"),))


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        ("s.data.password == 'bm90IHRoaXM='", "<hidden, 11 bytes>"),
        ("s.data.password.lowerAscii() == 'x'", "<hidden, 16 bytes>"),
        ("string(s.data.password) == 'x'", "<hidden, 16 bytes>"),
        ("[s.data.password] == ['x']", "<hidden>"),
        ("{'a': s.data.password} == {'a': 'x'}", "<hidden>"),
        ("s.data == {'a': 'x'}", "<hidden>"),
        ("s.data.map(k, s.data[k]) == ['x']", "<hidden>"),
        ("s.data.map(k, k) == ['x']", "<hidden>"),
        ("ss.map(each, each.data.password) == ['x']", "<hidden>"),
        ("ss.exists(each, each.data.password == 'x')", "<hidden, 11 bytes>"),
        ("s.metadata.annotations['last-applied'] == 'x'", "<hidden, 16 bytes>"),
        ("cm.data[s.data.password] == 'x'", "<hidden, 5 bytes>"),
        ("(true ? s.data.password : 'y') == 'x'", "<hidden, 11 bytes>"),
        ("s.data.password.startsWith('x')", "<hidden, 11 bytes>"),
        ("cm.data.key == s.data.password", "<hidden, 11 bytes>"),
        ("s.data.nothing == 'x'", "not set"),
        ("cm.data[s.data.password.lowerAscii()] == 'x'", "not set"),
    ],
)
def test_a_secrets_value_is_never_shown(source: str, hidden: str) -> None:
    data = {DATA: "value", "key": "open"}
    found = told(source, SECRET, SECRETS, MAP, s=secret(), ss=[secret()], cm={"data": data})

    text = repr(found)
    assert hidden in text
    assert DATA not in text
    assert PASSWORD not in text
    assert "'password'" not in text


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("size(s.data) == 2", "1"),
        ("s.metadata.name == 'x'", "login"),
        ("s.type == 'x'", "Opaque"),
        ("s.metadata.labels['app'] == 'x'", "web"),
        ("'password' in s.data", "<hidden>"),
    ],
)
def test_what_gives_nothing_away_of_a_secret_is_shown(source: str, value: str) -> None:
    assert [one.value for one in told(source, SECRET, s=secret()).values] == [value]


def test_a_variable_without_a_value_leaves_the_text() -> None:
    assert told("web.spec.replicas == 3", WEB) == Part("web.spec.replicas == 3", None)
