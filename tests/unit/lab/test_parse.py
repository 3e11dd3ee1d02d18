import copy
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builders
from builders import check, lab, spec, step
from tutoriallab.lab.parse import MAX_DEPTH, parse, parse_spec, parse_status
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.lab.state import Status


def problems_of(raw: Any) -> list[str]:
    with pytest.raises(InvalidLab) as caught:
        parse_spec(raw)
    return [str(problem) for problem in caught.value.problems]


def test_a_lab_is_read_into_typed_objects() -> None:
    found = parse(lab("demo", step("one", points=5), namespace="class"))
    assert found.workspace == "class-demo"
    assert found.spec.steps[0].points == 5
    assert found.spec.steps[0].checks[0].given["web"].api_version == "apps/v1"
    assert not found.deleting


def test_the_workspace_of_a_lab_in_default_has_the_labs_name() -> None:
    assert parse(lab("demo")).workspace == "demo"


CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "config"}}
FAULTS: list[tuple[str, Callable[[], Any], str]] = [
    ("no spec at all", lambda: None, "spec: expected a mapping, got nothing"),
    ("no steps", lambda: {"title": {"en": "x"}}, "spec: object missing required field `steps`"),
    (
        "an empty list of steps",
        lambda: {"title": {"en": "x"}, "steps": []},
        "spec.steps: expected a list of length >= 1",
    ),
    (
        "one expression without its dash",
        lambda: spec(step("a", check(expect="true"))),
        "spec.steps[0].checks[0].expect: expected a list, got a text",
    ),
    (
        "a text that YAML reads as a number",
        lambda: spec(title={"en": 3}),
        "spec.title[...]: expected a text, got a whole number: put it in quotes",
    ),
    ("a misspelt field", lambda: spec(stpes=[]), "spec: object contains unknown field `stpes`"),
    ("no English title", lambda: spec(title={"zh": "题"}), "spec.title: the English text (en) is required"),
    (
        "no English requirement",
        lambda: spec(step("a", check(says={"zh": "要"}))),
        "spec.steps[0].checks[0].says: the English text (en) is required",
    ),
    (
        "two steps of one name",
        lambda: spec(step("a"), step("a")),
        "spec.steps: the name a is used 2 times: give each its own",
    ),
    (
        "two checks of one name",
        lambda: spec(step("a", check("c"), check("c"))),
        "spec.steps[0].checks: the name c is used 2 times: give each its own",
    ),
    (
        "two questions of one name in two steps",
        lambda: spec(step("a", check("q", answer={})), step("b", check("q", answer={}))),
        "spec.steps: two questions are called q, and spec.answers has one q: rename one",
    ),
    (
        "an unknown kind",
        lambda: spec(step("a", check(given={"x": {"apiVersion": "foo.dev/v1", "kind": "Foo"}}))),
        "spec.steps[0].checks[0].given.x: checks cannot read foo.dev/v1 Foo: they read",
    ),
    (
        "a kind in the plural",
        lambda: spec(step("a", check(given={"x": {"apiVersion": "v1", "kind": "pods"}}))),
        "spec.steps[0].checks[0].given.x: there is no kind pods: did you mean Pod?",
    ),
    (
        "an API version that is gone",
        lambda: spec(
            step("a", check(given={"x": {"apiVersion": "extensions/v1beta1", "kind": "Deployment"}}))
        ),
        "spec.steps[0].checks[0].given.x: Deployment is read as apps/v1, not as extensions/v1beta1: write apiVersion: apps/v1",
    ),
    (
        "a variable that is a word of CEL",
        lambda: spec(step("a", check(given={"in": {"apiVersion": "v1", "kind": "Pod"}}))),
        "spec.steps[0].checks[0].given.in: in is a word of CEL or of tutoriallab: choose another",
    ),
    (
        "a name and a selector",
        lambda: spec(
            step("a", check(given={"x": {"apiVersion": "v1", "kind": "Pod", "name": "x", "selector": {}}}))
        ),
        "spec.steps[0].checks[0].given.x: one object by name needs no pick",
    ),
    (
        "a manifest without a name",
        lambda: spec(provision=[{"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "x-"}}]),
        "spec.provision[0].metadata.name: a manifest needs a name",
    ),
    (
        "a manifest for another namespace",
        lambda: spec(
            provision=[
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "namespace": "kube-system"}}
            ]
        ),
        "spec.provision[0].metadata.namespace: leave it out: every manifest goes to the workspace",
    ),
    (
        "holdsFor of a check that looks back",
        lambda: spec(step("a", check(when="Ever", holdsFor="3s"))),
        "spec.steps[0].checks[0].holdsFor: goes with when: Now",
    ),
    (
        "a step that would never end",
        lambda: spec(step("a", check("a", when="Throughout"), check("b", when="Throughout"))),
        "spec.steps[0].checks: all of them are Throughout, which lasts until the others pass",
    ),
    (
        "a duration without a unit",
        lambda: spec(step("a", check(holdsFor="3"))),
        "spec.steps[0].checks[0].holdsFor: expected a text matching regex",
    ),
    (
        "a choice without choices",
        lambda: spec(step("a", check(answer={"type": "choice"}))),
        "spec.steps[0].checks[0].answer.choices: choices go with type: choice",
    ),
    (
        "manifests of 2 MB",
        lambda: spec(provision=[{**CONFIG, "data": {"text": "x" * 99_000}} for _ in range(21)]),
        "spec: has 2,",
    ),
]


@pytest.mark.parametrize(
    ("raw", "message"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_broken_lab_is_refused_with_the_path(raw: Callable[[], Any], message: str) -> None:
    assert any(problem.startswith(message) for problem in problems_of(raw())), problems_of(raw())


def test_all_problems_are_told_at_once() -> None:
    broken = spec(step("a", check("c"), check("c")), step("a"), title={"zh": "x"})
    assert len(problems_of(broken)) == 3


def test_a_lab_nested_without_end_is_refused_before_anything_walks_it() -> None:
    deep: Any = "x"
    for _ in range(5_000):
        deep = {"a": deep}
    manifest = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "data": deep}
    assert problems_of(spec(provision=[manifest])) == [
        f"spec: is nested deeper than {MAX_DEPTH} levels: make it flatter"
    ]


def test_a_name_that_makes_no_namespace_is_refused() -> None:
    with pytest.raises(
        InvalidLab, match=r"metadata.name: the workspace's name .* has 64 characters, at most 63"
    ):
        parse(lab("x" * 58, namespace="class"))


@pytest.mark.parametrize("name", ["kube-system", "default", "tutoriallab-system"])
def test_no_workspace_is_a_namespace_of_the_cluster(name: str) -> None:
    with pytest.raises(InvalidLab, match="belongs to the cluster"):
        parse(lab(name))


def test_a_status_that_somebody_scribbled_in_counts_as_not_written() -> None:
    assert parse_status({"steps": "none", "score": []}) == Status()


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a nested value, so that a test can break each."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, inner in items for deeper in paths_of(inner, (*path, key)))]


WHOLE = lab(
    "whole",
    step(
        "a",
        check(
            "c",
            given={
                "web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "optional": True},
                "pods": {
                    "apiVersion": "v1",
                    "kind": "Pod",
                    "selector": {"matchLabels": {"app": "web"}},
                    "pick": "Newest",
                },
                "own": {
                    "apiVersion": "v1",
                    "kind": "Pod",
                    "ownedBy": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "w"},
                },
            },
            holdsFor="3s",
            answer={"type": "choice", "choices": ["a", "b"]},
            because={"en": "no ${web.metadata.name}"},
            remember={"uid": "web.metadata.uid"},
        ),
        hints=[{"en": "h"}],
        provision=[{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}],
    ),
    nodes=[{"name": "node1", "labels": {"a": "b"}, "taints": [{"key": "k", "effect": "NoSchedule"}]}],
    outside=[{"apiVersion": "v1", "kind": "Namespace", "name": "dev"}],
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=2_500, deadline=None)
@given(st.sampled_from(paths_of(WHOLE)), JUNK, st.booleans())
def test_no_break_of_a_lab_raises_anything_but_ours(path: tuple[Any, ...], junk: Any, drop: bool) -> None:
    body = copy.deepcopy(WHOLE)
    place: Any = body
    for key in path[:-1]:
        place = place[key]
    if path and drop:
        del place[path[-1]]
    elif path:
        place[path[-1]] = junk
    try:
        parse(body)
    except InvalidLab as invalid:
        assert invalid.problems
        assert all(problem.path and problem.message for problem in invalid.problems)


@settings(max_examples=300, deadline=None)
@given(JUNK)
def test_no_junk_as_spec_raises_anything_but_ours(junk: Any) -> None:
    try:
        parse_spec(junk)
    except InvalidLab as invalid:
        assert str(invalid)


#: Four threads that read their first lab at one moment, in a fresh process.
AT_ONCE = """
import sys, threading
from builders import lab
from tutoriallab.lab.parse import parse
body = {**lab("demo"), "status": {"phase": "Active", "steps": [{"name": "a", "state": "Open"}]}}
sys.setswitchinterval(1e-6)
begin = threading.Barrier(4)
def read():
    begin.wait()
    parse(body)
threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_the_first_labs_may_be_read_in_several_threads() -> None:
    # Without care, four of ten such processes die of SIGSEGV.
    environment = {**os.environ, "PYTHONPATH": str(Path(builders.__file__).parent)}
    for _ in range(12):
        done = subprocess.run([sys.executable, "-c", AT_ONCE], env=environment, check=False)
        assert done.returncode == 0
