import datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutoriallab.grade.cel.expression import ExpressionError, Result, compile_expression
from tutoriallab.grade.cel.variables import Variable
from unit.grade.cel.lab_world import VARIABLES, deployment, pod, world


def evaluate(source: str, **changes: Any) -> Result:
    return compile_expression(source, VARIABLES, want="any").evaluate(world(**changes))


TRUE = [
    "web.status.readyReplicas == 2", "web.status.availableReplicas == 0", "!has(web.status.availableReplicas)",
    "web.metadata.finalizers == []", "size(web.metadata.annotations) == 0", "web.metadata.annotations == {}",
    "pods[0].status.initContainerStatuses.all(c, c.ready)", "pods.all(p, p.spec.tolerations == [])",
    "old == null", "web != null", "has(web.metadata.labels.app)", "!has(web.metadata.labels.tier)",
    "web.metadata.labels == {'app': 'web'}", "web.metadata.labels.app == web.metadata.labels['app']",
    "pods[0].spec.containers[0].image.endsWith(':1.7.9')", "svc.spec.ports[0].targetPort == 'http'",
    "svc.spec.ports[0].targetPort != 80", "svc.spec.ports[0].port != 'http'", "web.spec.replicas == 3.0",
    "web.spec.replicas in [1, 3]", "'app' in web.metadata.labels", "!('x' in web.metadata.finalizers)",
    "ready(pods[0]) && !ready(pods[1])", "!condition(web, 'Available')", "owner(pods[0]).name == 'web-7d'",
    "owner(web) == null", "image(pods[0], 'nginx') == 'nginx:1.7.9'", "image(web, 'nginx') == 'nginx:1.8'",
    "image(web, 'x') == ''", "events(pods[0]).exists(e, e.reason == 'Pulled')", "events(web) == []",
    "events(pods[1])[0].type == 'Warning'", "pods.all(p, size(events(p)) == 1)",
    "quantity('1Gi') == quantity('1024Mi')", "quantity('100m').add(quantity('200m')) == quantity('300m')",
    "quantity('1Gi').isGreaterThan(quantity('1G'))", "quantity('1').compareTo(quantity('2')) == -1",
    "isQuantity('10Gi') && !isQuantity('x')", "quantity('2') - quantity('500m') == quantity('1.5')",
    "pods.map(p, p.metadata.name).sort() == ['web-a', 'web-b']", "['b', 'a', 'b'].distinct().size() == 2",
    "[[1], [2]].flatten() == [1, 2]", "[1, 2].sum() == 3 && [1, 2].max() == 2 && [1, 2].min() == 1", "[1, 2].isSorted()",
    "'rev 12'.find('[0-9]+') == '12'", "'1 2'.findAll('[0-9]') == ['1', '2']", "'web-a'.matches('^web-[a-z]$')",
    "'a,b'.split(',').size() == 2", "'A'.lowerAscii() == 'a'", "math.greatest(1, 2) == 2", "nodes.node1 == 'worker1'",
    "pods.exists_one(p, p.status.phase == 'Pending')", "pods.filter(p, ready(p))[0].metadata.name == 'web-a'",
    "pods.filter(p, ready(p)).map(p, p.metadata.name) == ['web-a']", "workspace == 'lab' && answer == '42'",
    "timestamp('2024-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')", "int(answer) == 42",
    "pods.all(p, pods.exists(q, q.metadata.uid == p.metadata.uid))", "(old == null ? 'gone' : old.status.phase) == 'gone'",
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_what_is_true_of_the_world_is_true(source: str) -> None:
    assert evaluate(source) == Result(True)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("web.spec.replicas", 3), ("pods.map(p, p.metadata.name)", ["web-a", "web-b"]), ("web.metadata.labels", {"app": "web"}),
        ("old", None), ("1.5", 1.5), ("'é'", "é"), ("b'a'", b"a"), ("web.spec.template.spec.containers[0].name", "nginx"),
        ("duration('1m')", datetime.timedelta(minutes=1)), ("owner(pods[0])", pod("x")["metadata"]["ownerReferences"][0]),
    ],
)  # fmt: skip
def test_values_come_out_as_plain_python(source: str, value: Any) -> None:
    found = evaluate(source)
    assert found == Result(value)
    assert type(found.value) is type(value)


ERRORS = {
    "web.status.foo == 1": 'Key not found in map : "foo"',
    "pods[7].metadata.name == 'x'": "Index error: index=7 size=2",
    "old.status.phase == 'x'": "Applying SELECT to non-message type",
    "1 / (web.spec.replicas - 3) == 1": "divide by zero",
    "quantity(web.metadata.name) > quantity('1')": "'web' is not a quantity: write a number and a unit such as 500m or 10Gi",
    "int(db.data.password) == 1": "the expression cannot be evaluated on these values",
}


@pytest.mark.parametrize(("source", "error"), ERRORS.items())
def test_an_error_on_live_data_is_a_value(source: str, error: str) -> None:
    assert evaluate(source) == Result(error=error)


def test_neither_true_nor_false_is_an_error_where_a_truth_value_is_wanted() -> None:
    expression = compile_expression("web.spec.replicas", VARIABLES)
    assert expression.evaluate(world()) == Result(error="the expression is neither true nor false")


def test_a_variable_that_is_not_bound_is_an_error() -> None:
    assert compile_expression("web.a == 1", VARIABLES).evaluate({}) == Result(error="web is not bound")


REFUSED = {
    "pods.foo ==": "Syntax error: unexpected the end (column 12)",
    "pods.foo == 1": "a list has no fields: go through it with all, exists or filter, or take one: [0] (column 5)",
    "wbe.spec.replicas == 1": "wbe.spec.replicas is not declared: it is neither in given nor a function; "
    "did you mean web? (column 9)",
    "answer == Running": "Running is not declared: it is neither in given nor a function; a text stands in quotes "
    "(column 11)",
    "(answer == 'a'": "Syntax error: missing ')' at the end (column 15)",
    "answer = 'a'": "= is not CEL: write == (column 8)",
    "answer == 'a' & answer == 'b'": "& is not CEL: write && (column 15)",
    "answer == 'a' | answer == 'b'": "| is not CEL: write || (column 15)",
    "answer == 'a' and answer == 'b'": "and is not CEL: write && (column 15)",
    "answer == 'a' or answer == 'b'": "or is not CEL: write || (column 15)",
    "not (answer == 'a')": "not is not CEL: write ! (column 5)",
    "not web.spec.paused": "not is not CEL: write ! (column 5)",
    "web.spec.replicas == 3 &&\n not web.spec.paused": "not is not CEL: write !, in line 2 (column 6)",
    "web.spec.replicas <> 3": "<> is not CEL: write != (column 20)",
    "web.spec.replicas == None": "None is not CEL: write null (column 22)",
    "len(pods) == 3": "len is not CEL: write size(…) (column 4)",
    "'x' if answer == 'y'": "if is not CEL: write CONDITION ? A : B (column 5)",
    "answer.startswith('a')": "startswith is not a function; did you mean startsWith? (column 18)",
    "answer.contain()": "contain is not a function; did you mean contains? (column 15)",
    "answer.xyzzy()": "xyzzy is not a function (column 13)",
    "size(answer, 2) == 1": "size is not called like this: docs/checks.md has the functions (column 5)",
    "pods.all(web.a)": "all takes a name and what is asked of it: pods.all(pod, pod.status.phase == 'Running') (column 9)",
    "pods.map(p, p.a).contains('x')": "contains looks into a text: for a list, write VALUE in LIST (column 26)",
    "web.metadata.labels.my-app == 'x'": "app is not declared: a key with a sign in it stands in brackets, "
    'labels["my-app"] (column 24)',
    "has(web)": "has takes a field: has(web.spec.replicas) (column 5)",
    "answer == 'a": "a text begins here and does not end (column 11)",
    "answer == $a": "$ is not CEL (column 11)",
    "answer == 'a' 'b'": "Syntax error: unexpected ''b'' (column 15)",
    "size(pods)": "the expression gives an int, not true or false: compare it with something (column 1)",
    "1 == 'a'": "== does not take a number and a text (column 3)",
    "answer.matches('(')": "invalid regular expression: missing ): ( (column 16)",
    "quantity('1') > 2": 'a quantity compares with a quantity: write quantity("2") (column 17)',
    "x" * 1_001: "the expression has 1001 characters, more than 1000: shorten it (column 1)",
    "\ud800": "the expression contains half a character: write it in UTF-8 (column 1)",
}


@pytest.mark.parametrize(("source", "wanted"), REFUSED.items())
def test_what_does_not_compile_says_why_and_where(source: str, wanted: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source, VARIABLES)
    assert str(caught.value) == wanted


def test_a_variable_named_like_a_word_of_cel_is_refused() -> None:
    with pytest.raises(ExpressionError, match="string is a word of CEL: choose another name"):
        compile_expression("string.a == 1", [Variable("string", "object", "Pod")])


def test_the_fields_that_an_expression_names_are_known() -> None:
    expression = compile_expression(
        "web.spec.replicas == size(pods) && pods.all(p, p.status.phase == 'x')", VARIABLES
    )
    assert expression.fields == {
        "web": frozenset({("spec", "replicas")}),
        "pods": frozenset({(), ("*", "status", "phase")}),
    }
    assert not expression.uses_events
    assert compile_expression("events(web) == []", VARIABLES).uses_events


def test_equal_sources_over_equal_variables_share_one_expression() -> None:
    one = compile_expression("web.spec.replicas == 3", VARIABLES)
    assert compile_expression("web.spec.replicas == 3", list(reversed(VARIABLES))) is one


def test_evaluating_changes_nothing_of_the_values() -> None:
    values = world()
    evaluate("web.status.availableReplicas == 0 && web.metadata.finalizers == [] && web.metadata == {}")
    assert values == world()
    assert values["web"] == deployment()


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=100, deadline=None)
@given(_VALUES, st.sampled_from(TRUE + list(ERRORS)))
@example({"status": {"readyReplicas": 2**70}}, "web.status.readyReplicas == 2")
@example({"status": {"readyReplicas": "\ud800"}}, "web.status.readyReplicas == 2")
@example({"metadata": {"labels": {"\ud800": "x"}}}, "web.metadata.labels == {'app': 'web'}")
def test_no_data_makes_evaluation_raise(value: Any, source: str) -> None:
    expression = compile_expression(source, VARIABLES)
    for values in (world(web=value), world(pods=[value]), world(pods=value, svc=value)):
        assert isinstance(expression.evaluate(values), Result)
