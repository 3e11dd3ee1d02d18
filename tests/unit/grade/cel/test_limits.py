import pytest

from tutoriallab.grade.cel.expression import ExpressionError, compile_expression
from unit.grade.cel.lab_world import VARIABLES

REFUSED = {
    "pods.all(a, pods.all(b, pods.all(c, pods.all(d, true))))": "at most 3 macros may be nested or chained",
    "pods.filter(a, true).filter(b, true).filter(c, true).all(d, true)": "at most 3 macros",
    " && ".join(["pods.all(p, true)"] * 9): "8 stand in one expression",
    "||".join(["!web.a"] * 120): "more than 300",
    "pods.all(p, " + " && ".join(["p.a == 1"] * 40) + ")": "inside macros, more than 120",
    "pods.all(p, p.a in ['x', 'y'])": "no list or map may be written inside a macro",
    "pods.all(p, {'a': 1} == p.a)": "no list or map may be written inside a macro",
    "pods.all(p, p.a + p.b == 'x')": "may not be added inside a macro",
    "pods.map(p, p.a + p.b) == []": "may not be added inside a macro",
    "pods.all(p, p in pods)": "`in` may only search a part of the macro's own element",
    "pods.all(p, pods.exists(q, 'x' in p.metadata.finalizers))": "`in` may only search",
    "pods.all(p, p.a.split(',').size() == 1)": "split\\(\\) may not stand inside a macro",
    "pods.all(p, p.a.replace('a', 'b') == 'x')": "replace\\(\\) may not stand inside a macro",
    "pods.all(p, p.a.find('a') == 'x')": "find\\(\\) may not stand inside a macro",
    "pods.all(p, p.a.sort() == [])": "sort\\(\\) may not stand inside a macro",
    "pods.all(p, ready(web))": "takes the macro's own element",
    "pods.all(p, pods.all(q, ready(q)))": "may not be nested",
    "pods.all(p, ready(p) || ready(p) || ready(p))": "may be used 2 times inside macros",
    "ready(web == null ? pods[0] : web)": "takes an object that given selects",
    "pods.all(p, pods.all(q, p.a.matches('x')))": "matches\\(\\) may not stand in a nested macro",
    "pods.all(p, p.a.matches('x') && p.b.matches('y'))": "matches\\(\\) may be used 1 times inside macros",
    "answer.matches(workspace)": "must be a literal",
    "answer.find(workspace) == 'x'": "must be a literal",
    "answer.matches('(a{1,100}){1,10}')": "regular expressions are too large",
    "answer.find('(a+)+b') == ''": "few alternatives",
    "answer.replace('a', workspace) == ''": "literals of up to 100 characters",
    "answer.replace('a', 'b').replace('b', 'c') == ''": "may not make the argument of another",
    "(answer + answer).replace('a', 'b') == ''": "may not make the argument of another",
    " && ".join(["answer.trim() == 'x'"] * 11): "may be used 10 times",
    " && ".join(["web.a == web.b"] * 7): "comparisons of whole values may be used 6 times",
    "answer.split(',').map(a, a) == []": "takes a field or a macro's list",
    "pods.all(p, p.spec.containers.map(c, c.a) == p.b)": "compare fields and literals",
}


@pytest.mark.parametrize(("source", "why"), REFUSED.items())
def test_what_could_cost_too_much_is_refused_with_the_way_out(source: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        compile_expression(source, VARIABLES)


@pytest.mark.parametrize(
    "source",
    [
        "pods.all(p, p.spec.containers.all(c, c.ports.all(t, t.containerPort > 0)))",
        "pods.filter(p, ready(p)).map(p, p.spec.nodeName).distinct().size() == 2",
        "pods.all(p, p.spec.containers.all(c, quantity(c.resources.requests.memory) <= quantity('1Gi')))",
        "pods.all(p, p.metadata.name.startsWith('web-') && p.metadata.name.matches('^web-[a-z0-9]+$'))",
        "pods.all(p, p.spec.nodeName in nodes || p.metadata.name in p.metadata.labels)",
        "pods.all(p, p.spec.replicas + 1 > 0 && int(p.a) + p.b == 3)",
        "pods.exists(p, pods.exists(q, p.metadata.name != q.metadata.name && p.spec.nodeName == q.spec.nodeName))",
        "answer.trim().lowerAscii() == 'running'",
        "answer.matches('^[0-9]{1,3}(\\\\.[0-9]{1,3}){3}$')",
        "'a' + answer == 'ab'",
        "pods.map(p, p.metadata.name).join(',') == 'a,b'",
    ],
)
def test_what_labs_need_is_let_through(source: str) -> None:
    compile_expression(source, VARIABLES)
