"""Expressions that try to cost as much as they can, and the largest snapshot to try them on.

Used by test_hostile.py; `python tests/unit/grade/cel/hostile.py SECONDS` tries them for longer and prints the worst.
"""

import gc
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tutoriallab.grade.cel.explain import explain
from tutoriallab.grade.cel.expression import EVENTS, ExpressionError, compile_expression
from tutoriallab.grade.cel.variables import Variable

VARIABLES = (
    Variable("pods", "list", "Pod"),
    Variable("cms", "list", "ConfigMap"),
    Variable("log", "object", "Log"),
    Variable("web", "object", "Deployment"),
    Variable("nodes", "map"),
    Variable("answer", "text"),
)
MILLISECONDS, MEGABYTES = 200, 64


def pod(number: int) -> dict[str, Any]:
    """A pod of about 5 kB, as the API server gives it."""
    containers = [
        {
            "name": f"c{i}",
            "image": "registry.example.org/team/application:1.2.3",
            "env": [{"name": f"SETTING_{j}", "value": "v" * 30} for j in range(10)],
            "ports": [{"containerPort": 8080 + i, "name": f"p{i}", "protocol": "TCP"}],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
            "volumeMounts": [
                {"name": f"v{j}", "mountPath": f"/data/{j}", "readOnly": True} for j in range(4)
            ],
        }
        for i in range(3)
    ]
    return {
        "metadata": {
            "name": f"web-7d9c6b8f5-{number:05d}",
            "namespace": "lab",
            "uid": f"0d3f2c1e-9b1a-4c55-8d5f-{number:012d}",
            "labels": {"app": "web", "pod-template-hash": "7d9c6b8f5", "tier": "front"},
            "annotations": {"example.org/checksum": "a" * 64},
            "ownerReferences": [
                {"kind": "ReplicaSet", "name": "web-7d9c6b8f5", "uid": "u", "controller": True}
            ],
        },
        "spec": {
            "containers": containers,
            "nodeName": f"worker{number % 3}",
            "tolerations": [{"key": f"k{i}", "operator": "Exists", "effect": "NoExecute"} for i in range(4)],
            "volumes": [{"name": f"v{j}", "configMap": {"name": f"config-{j}"}} for j in range(4)],
        },
        "status": {
            "phase": "Running",
            "podIP": f"10.0.{number // 250}.{number % 250}",
            "conditions": [
                {"type": kind, "status": "True", "lastTransitionTime": "2024-05-01T10:00:00Z"}
                for kind in ("PodScheduled", "Initialized", "ContainersReady", "Ready")
            ],
            "containerStatuses": [
                {"name": f"c{i}", "ready": True, "restartCount": 0, "imageID": "sha256:" + "0" * 64}
                for i in range(3)
            ],
        },
    }


def snapshot() -> dict[str, Any]:
    """500 pods, 40 ConfigMaps with texts of 60 kB, a log of 64 KiB and 1,000 Events."""
    lines = [f"{number:06d} " + "ab" * 20 for number in range(1_394)]
    return {
        "pods": [pod(number) for number in range(500)],
        "cms": [{"metadata": {"name": f"cm{i}"}, "data": {"a": "ab" * 30_000, "b": "1"}} for i in range(40)],
        "log": {"lines": lines, "body": ("a" * 65_000)},
        "web": {
            "metadata": {"name": "web", "labels": {f"k{i}": "v" for i in range(50)}},
            "spec": {"replicas": 3, "text": "a" * 60_000},
            "status": {},
        },
        "nodes": {f"node{i}": f"worker{i}" for i in range(3)},
        "answer": "x" * 1_000,
        EVENTS: [
            {"involvedObject": {"uid": pod(i % 500)["metadata"]["uid"]}, "reason": "x"} for i in range(1_000)
        ],
    }


LISTS = ("pods", "cms", "log.lines", "pods.filter(f, true)", "pods.map(f, f)", "pods.map(f, f.metadata.name)",
         "pods.map(f, f.spec)", "log.body.split('')", "log.body.split('aa')", "pods.map(f, f.metadata.labels).flatten()",
         "pods.map(f, f.spec.containers).flatten()", "cms.map(f, f.data.a)", "web.metadata.labels", "(pods + pods)",
         "log.lines.sort()", "pods.map(f, f.spec.nodeName).distinct()", "events(pods[0])", "answer.findAll('x')")  # fmt: skip
ROOTS = ("pods[0]", "web", "cms[0]", "pods", "log.body", "log.lines", "web.spec.text", "cms", "answer")
FIELDS = ("", ".metadata", ".metadata.name", ".metadata.uid", ".metadata.labels", ".metadata.labels.app", ".spec", ".data",
          ".spec.containers", ".spec.containers[0]", ".spec.containers[0].env", ".spec.nodeName", ".status", ".data.a",
          ".status.conditions", ".status.podIP", ".spec.volumes")  # fmt: skip
REGEXES = ("(a|b|ab)*c", "(a{1,30}b{1,30}){1,3}", "((a{1,100}){1,10}){1,1}b", "a*a*a*a*b", "(x+x+)+y", "[^b]{1,60}c",
           r"\pL+\pN{1,9}", ".*.*.*=.*", "(a|aa)+$", "(.{0,12}){0,5}z", "a?" * 20 + "a" * 20, "")  # fmt: skip


class Generator:
    """Random expressions of a grammar of everything that could be costly."""

    def __init__(self, seed: int, roots: tuple[str, ...] = ROOTS, lists: tuple[str, ...] = LISTS) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self.roots, self.lists = roots, lists

    def expression(self) -> str:
        """One expression; most are refused."""
        parts = [self.truth((), self.random.randrange(4)) for _ in range(self.random.choice((1, 1, 2, 4, 8)))]
        return str(self.pick((" && ", " || "))).join(parts)

    def pick(self, choices: Any) -> Any:
        return self.random.choice(choices)

    def truth(self, names: tuple[str, ...], depth: int) -> str:
        if depth > 0 and self.random.random() < 0.7:
            name = f"e{len(names)}"
            over = self.over(names)
            body = self.truth((*names, name), depth - 1)
            match self.pick(("all", "exists", "exists_one", "filter", "map", "count", "map3")):
                case "filter":
                    return (
                        f"{over}.filter({name}, {body}){self.pick(('.size() > 0', f' == {over}', ' == []'))}"
                    )
                case "map":
                    return f"{over}.map({name}, {self.value((*names, name))}){self.pick(('.size() > 0', ' != []'))}"
                case "map3":
                    return f"size({over}.map({name}, {body}, {self.value((*names, name))})) == 1"
                case "count":
                    return f"size({over}.filter({name}, {body})) == 7"
                case kind:
                    # Errors and early answers end a loop: `|| true` keeps it running.
                    stubborn = self.pick(("", " || true", " || true", " && false"))
                    return f"{over}.{kind}({name}, {body}{stubborn})"
        joint = str(self.pick((" && ", " || ")))
        return "(" + joint.join(self.leaf(names) for _ in range(self.pick((1, 1, 2, 3, 6, 12)))) + ")"

    def over(self, names: tuple[str, ...]) -> str:
        if names and self.random.random() < 0.3:
            return f"{self.pick(names)}{self.pick(('.spec.containers', '.metadata.labels', '', '.status.conditions'))}"
        return str(self.pick(self.lists))

    def value(self, names: tuple[str, ...]) -> str:
        roots = (*names, *names, *names, *self.roots)
        return str(self.pick(roots)) + str(self.pick(FIELDS))

    def leaf(self, names: tuple[str, ...]) -> str:
        a, b = self.value(names), self.value(names)
        regex = self.pick(REGEXES)
        choices = (
            f"{a} == {b}", f"{a} != {b}", f"{a} == 'x'", f"{a} < {b}", f"{a} in {b}", f"'x' in {b}", f"size({a}) > 70000",
            f"{a}.contains('bbbbc')", f"{a}.contains({b})", f"{a}.matches('{regex}')", f"{a}.lowerAscii() == 'x'",
            f"{a}.split('').size() == 1", f"{a}.replace('a', '{'b' * 99}').size() == 1", f"ready({a})", f"owner({a}) == null",
            f"condition({a}, 'x')", f"image({a}, 'c0') == 'x'", f"events({a}).size() == 9", f"{a} + {b} == 'x'",
            f"quantity({a}) > quantity('1')", f"{a}.find('{regex}') == 'x'", f"{a}.trim() == 'x'", f"has({a}.x)",
            f"{a}.map(z, z == {b}).size() == 1", f"{a}.exists(z, z == {b})", f"{a}.reverse() == {b}", f"{a}.join(',') == 'x'",
            f"{a}.substring(1) == 'x'", f"string({a}) == 'x'", f"{a}.indexOf({b}) == 3", f"{a}.distinct() == {b}",
            f"'%s'.format([{a}]) == 'x'", f"[{a}, {a}] == {b}", f"dyn({a}) == {b}", f"type({a}) == type({b})", f"int({a}) == 1",
            f"timestamp({a}) > timestamp({b})", f"{a}.endsWith({b})", f"{a}.startsWith('x')", f"{a}.charAt(3) == 'x'",
        )  # fmt: skip
        return str(self.pick(choices))


def accepted(seed: int) -> Iterator[str]:
    """Expressions that the limits let through, without end."""
    generator = Generator(seed)
    while True:
        source = generator.expression()
        try:
            compile_expression(source, VARIABLES)
        except ExpressionError:
            continue
        yield source


def measure(source: str, values: dict[str, Any]) -> tuple[float, float, float]:
    """Milliseconds of the evaluation and of its explanation, and megabytes of memory that they took at their peak."""
    expression = compile_expression(source, VARIABLES)
    before = _reset_peak()
    start = time.thread_time()
    result = expression.evaluate(values)
    middle = time.thread_time()
    explain(expression, values, result=result)
    end = time.thread_time()
    return (middle - start) * 1e3, (end - middle) * 1e3, _peak() - before


def _reset_peak() -> float:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return _peak()
    return _peak()


def _peak() -> float:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(seconds: float, seed: int) -> None:
    """Prints the worst expressions found."""
    values = snapshot()
    gc.freeze()
    found: list[tuple[float, float, float, str]] = []
    end = time.monotonic() + seconds
    for source in accepted(seed):
        found.append((*measure(source, values), source))
        if time.monotonic() > end:
            break
    print(len(found), "accepted expressions")
    for key, unit in ((0, "ms evaluating"), (1, "ms explaining"), (2, "MB")):
        worst = sorted(((one[0], one[1], one[2])[key], one[3]) for one in found)[-6:]
        for figure, source in reversed(worst):
            print(f"{figure:8.1f} {unit}: {source[:600]}")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
