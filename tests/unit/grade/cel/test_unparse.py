import pytest

from tutoriallab.grade.cel.expression import compile_expression
from tutoriallab.grade.cel.unparse import text
from unit.grade.cel.lab_world import VARIABLES


@pytest.mark.parametrize(
    "source",
    [
        "web.spec.replicas == 3", "!(web.a == 1 && web.b == 2)", "(web.a || web.b) && web.c", "web.a || web.b && web.c",
        "(web.a + 1) * 2 - (3 - 4)", "1 - (2 - 3) == -web.a", "has(web.a.b)", 'web.a["x/y"][0].z in ["a", null, 1.5, true]',
        'web.a ? web.b == "é\\n" : !web.c', "pods.all(p, p.a > 0)", "pods.exists(p, pods.exists_one(q, q == p))",
        "size(pods.filter(p, p.a)) == 1", "pods.map(p, p.a, p.b.c) == []", '{"a": 1} == web.a', 'web.a.startsWith("x")',
        'condition(web, "Available")', "quantity(web.a) < quantity(web.b)", 'b"a" == web.a', "1u == web.a",
        "math.greatest(web.a, 1) == 2", "(web.a ? web.b : web.c) == 1", "(web.a ? web.b : web.c).d", "(-web.a).b == 1",
    ],
)  # fmt: skip
def test_a_tree_becomes_the_text_that_it_came_from(source: str) -> None:
    assert text(compile_expression(source, VARIABLES, want="any").tree) == source
