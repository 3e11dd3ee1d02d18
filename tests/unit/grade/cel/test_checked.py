import pytest

from tutoriallab.grade.cel.expression import ExpressionError, compile_expression
from tutoriallab.grade.cel.syntax import Call, Const, Ident, Macro, Node, Select, walk
from unit.grade.cel.lab_world import VARIABLES


def tree(source: str) -> Node:
    return compile_expression(source, VARIABLES, want="any").tree


@pytest.mark.parametrize("kind", ["all", "exists", "exists_one", "filter", "map"])
def test_a_macro_is_one_node_again(kind: str) -> None:
    found = tree(f"pods.{kind}(p, p.metadata.name == 'x')")
    assert isinstance(found, Macro)
    assert (found.kind, found.variable) == (kind, "p")
    assert isinstance(found.over, Ident)
    assert isinstance(found.transform if kind == "map" else found.body, Call)


def test_map_with_a_filter_keeps_both() -> None:
    found = tree("pods.map(p, has(p.a), p.b)")
    assert isinstance(found, Macro)
    assert isinstance(found.body, Select)
    assert isinstance(found.transform, Select)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("-1", -1),
        ("1u", 1),
        ("1.5", 1.5),
        ("'é'", "é"),
        ("b'a'", b"a"),
        ("null", None),
        ("false", False),
        ("0", 0),
        ("''", ""),
    ],
)
def test_literals_keep_their_values(source: str, value: object) -> None:
    found = tree(source)
    assert isinstance(found, Const)
    assert found.value == value
    assert type(found.value) is type(value)


def test_nodes_know_their_types_and_columns() -> None:
    found = tree("web.spec.replicas == size(pods)")
    assert isinstance(found, Call)
    assert [part.type for part in found.args] == ["dyn", "int"]
    assert found.args[1].column == 26
    assert found.type == "bool"


def test_numbers_of_nodes_are_unique() -> None:
    numbers = [node.id for node in walk(tree("pods.all(p, p.a == 1 && p.b[0] == 2) && [1, 2] == web.a"))]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("source", ["google.protobuf.Any{}", "pods.all(web, .web.a == 1)"])
def test_forms_that_no_check_needs_are_refused(source: str) -> None:
    with pytest.raises(ExpressionError, match="checks do not take"):
        tree(source)
