"""The functions that Kubernetes authors expect in CEL and that no CEL library for Python has.

Declared to cel-expr-python by `environment.py`; `trace.py` calls the same Python functions for explanations.
They get plain JSON values, return plain values and raise ValueError, which CEL hands back as an error.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cel_expr_python import cel  # type: ignore[import-untyped]

from tutoriallab.grade.cel.lists import (
    distinct,
    find,
    find_all,
    flatten,
    is_sorted,
    largest,
    smallest,
    sort,
    total,
)
from tutoriallab.grade.cel.quantity import is_quantity, thousandths

#: The hidden field under which an object's Events are bound for events(obj).
EVENTS_FIELD = "__events"
_PODS_AT = ((), ("template",), ("jobTemplate", "spec", "template"))

#: Functions of one whole object, with the paths that they read in it.
OBJECT_FUNCTIONS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ready": (("status", "conditions", "*", "type"), ("status", "conditions", "*", "status")),
    "condition": (("status", "conditions", "*", "type"), ("status", "conditions", "*", "status")),
    "owner": (("metadata", "ownerReferences"),),
    "events": ((EVENTS_FIELD,),),
    "image": tuple(
        (*(("spec", *at, "spec") if at else ("spec",)), containers, "*", part)
        for at in _PODS_AT
        for containers in ("containers", "initContainers")
        for part in ("name", "image")
    ),
}


def condition_status(obj: Any, kind: str) -> str:
    """The status of the condition of that type: True, False or Unknown; empty when there is none."""
    for one in _list(obj, "status", "conditions"):
        if isinstance(one, dict) and one.get("type") == kind:
            return str(one.get("status", ""))
    return ""


def condition(obj: Any, kind: str) -> bool:
    """Whether the object has the condition of that type with status True."""
    return condition_status(obj, kind) == "True"


def ready(obj: Any) -> bool:
    """Whether the pod (or node) has the condition Ready with status True."""
    return condition(obj, "Ready")


def owner(obj: Any) -> Any:
    """The owner reference of the object's controller, or null."""
    references = _list(obj, "metadata", "ownerReferences")
    return next((one for one in references if isinstance(one, dict) and one.get("controller")), None)


def events(obj: Any) -> list[Any]:
    """The Events about the object."""
    return list(obj.get(EVENTS_FIELD) or []) if isinstance(obj, dict) else []


def image(obj: Any, container: str) -> str:
    """The image of the container, shortest form; empty when the object has no such container.

    Works on pods and on what makes pods. `docker.io/library/nginx` is `nginx:latest`.
    """
    for one in containers(obj):
        if one.get("name") == container:
            return short_image(str(one.get("image", "")))
    return ""


def containers(obj: Any) -> Iterator[dict[str, Any]]:
    """Containers and init containers of a pod, or of the pods that a workload makes."""
    for at in _PODS_AT:
        path = ("spec", *at, "spec") if at else ("spec",)
        for name in ("containers", "initContainers"):
            yield from (one for one in _list(obj, *path, name) if isinstance(one, dict))


def short_image(name: str) -> str:
    """An image name as people write it: without Docker Hub's prefixes, with its tag."""
    for prefix in ("docker.io/", "index.docker.io/", "registry-1.docker.io/"):
        name = name.removeprefix(prefix)
    name = name.removeprefix("library/")
    tagged = ":" in name.rsplit("/", 1)[-1]
    return name if tagged or not name else f"{name}:latest"


def _list(obj: Any, *path: str) -> list[Any]:
    for step in path:
        obj = obj.get(step) if isinstance(obj, dict) else None
    return obj if isinstance(obj, list) else []


Implementation = Callable[..., Any]
_D, _S, _I, _B = cel.Type.DYN, cel.Type.STRING, cel.Type.INT, cel.Type.BOOL
_L = cel.Type.List(cel.Type.DYN)
_SL = cel.Type.List(cel.Type.STRING)
_Overload = tuple[Any, list[Any], Implementation]

_GLOBAL: dict[str, _Overload] = {
    "ready": (_B, [_D], ready),
    "condition": (_B, [_D, _S], condition),
    "owner": (_D, [_D], owner),
    "events": (_L, [_D], events),
    "image": (_S, [_D, _S], image),
    "quantity": (_I, [_D], thousandths),
    "isQuantity": (_B, [_D], is_quantity),
}
_MEMBER: dict[str, _Overload] = {
    "sort": (_L, [_L], sort),
    "distinct": (_L, [_L], distinct),
    "flatten": (_L, [_L], flatten),
    "isSorted": (_B, [_L], is_sorted),
    "sum": (_D, [_L], total),
    "min": (_D, [_L], smallest),
    "max": (_D, [_L], largest),
    "find": (_S, [_S, _S], find),
    "findAll": (_SL, [_S, _S], find_all),
    "isGreaterThan": (_B, [_I, _I], lambda a, b: a > b),
    "isLessThan": (_B, [_I, _I], lambda a, b: a < b),
    "compareTo": (_I, [_I, _I], lambda a, b: (a > b) - (a < b)),
    "add": (_I, [_I, _I], lambda a, b: a + b),
    "sub": (_I, [_I, _I], lambda a, b: a - b),
}

#: Every function of ours by name.
IMPLEMENTATIONS: Mapping[str, Implementation] = {
    name: implementation for name, (_, _, implementation) in (*_GLOBAL.items(), *_MEMBER.items())
}


def extension() -> cel.CelExtension:
    """All of them, as an extension for an environment."""
    declared = [_declaration(name, overload, False) for name, overload in _GLOBAL.items()]
    declared += [_declaration(name, overload, True) for name, overload in _MEMBER.items()]
    return cel.CelExtension("tutoriallab", declared)


def _declaration(name: str, overload: _Overload, member: bool) -> cel.FunctionDecl:
    result, parameters, implementation = overload
    declared = cel.Overload(f"{name}_tutoriallab", result, parameters, is_member=member, impl=implementation)
    return cel.FunctionDecl(name, [declared])
