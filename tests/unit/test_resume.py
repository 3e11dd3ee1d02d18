import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import OutsideObject
from tutoriallab.resume import resume


class Adopted:
    """Where an observer would stand."""

    def __init__(self) -> None:
        self.namespaces: list[str] = []
        self.homes: set[str] = set()
        self.left: list[LabKey] = []

    def adopt(self, workspace: str, home: str) -> None:
        self.namespaces.append(workspace)
        self.homes.add(home)

    def left_behind(self, key: LabKey) -> None:
        self.left.append(key)


class Recalled:
    """Where the claims of all labs would stand."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []

    def recall(self, lab: str, claimed: Sequence[OutsideObject]) -> None:
        self.names += [(lab, one.name) for one in claimed]


def lab(name: str, namespace: str = "default", **status: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "namespace": namespace}, "status": status}


@asynccontextmanager
async def serving(
    pages: dict[str, web.Response], folder: Path, namespaces: Sequence[dict[str, Any]] = ()
) -> AsyncIterator[Session]:
    async def answer(request: web.Request) -> web.Response:
        return pages[request.query.get("continue", "")]

    async def all_namespaces(request: web.Request) -> web.Response:
        assert request.query["labelSelector"] == "app.kubernetes.io/managed-by=tutoriallab"
        return page(*namespaces)

    app = web.Application()
    app.router.add_get("/api/v1/namespaces", all_namespaces)
    app.router.add_get("/apis/tutoriallab.dev/v1alpha1/tutoriallabs", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host = f"http://127.0.0.1:{runner.addresses[0][1]}"
    config = folder / "kubeconfig"
    entry = {"clusters": [{"name": "x", "cluster": {"server": host}}], "users": [{"name": "x", "user": {}}]}
    contexts = {"contexts": [{"name": "x", "context": {"cluster": "x", "user": "x"}}], "current-context": "x"}
    config.write_text(json.dumps({"apiVersion": "v1", "kind": "Config", **entry, **contexts}))
    try:
        async with await Session.from_kubeconfig(str(config)) as session:
            yield session
    finally:
        await runner.cleanup()


def workspace(name: str, lab: str, namespace: str = "default", uid: str = "u") -> dict[str, Any]:
    labels = {"tutoriallab.dev/lab": lab, "tutoriallab.dev/lab-namespace": namespace}
    annotations = {"tutoriallab.dev/lab-uid": uid} if uid else {}
    return {"metadata": {"name": name, "labels": labels, "annotations": annotations}}


def page(*labs: dict[str, Any], token: str = "") -> web.Response:
    return web.json_response({"metadata": {"continue": token}, "items": labs})


async def test_the_workspaces_of_all_prepared_labs_are_adopted(tmp_path: Path) -> None:
    first = page(lab("a", provisioned=True), lab("new"), token="more")
    second = page(lab("b", "class", provisioned=True), {"metadata": {"name": "c", "namespace": "default"}})
    adopted = Adopted()
    async with serving({"": first, "more": second}, tmp_path) as session:
        await resume(session, adopted, Recalled())
    assert adopted.namespaces == ["a", "class-b"]
    assert adopted.homes == {"default", "class"}


async def test_a_refused_list_is_no_reason_not_to_start(tmp_path: Path) -> None:
    refusal = {"kind": "Status", "code": 403, "reason": "Forbidden", "message": "no"}
    adopted = Adopted()
    async with serving({"": web.json_response(refusal, status=403)}, tmp_path) as session:
        await resume(session, adopted, Recalled())
    assert adopted.namespaces == []


async def test_names_outside_of_workspaces_stay_with_the_labs_that_have_them(tmp_path: Path) -> None:
    dev = {"apiVersion": "v1", "kind": "Namespace", "name": "dev"}
    recalled = Recalled()
    async with serving({"": page(lab("a", "class", outside=[dev]), lab("b"))}, tmp_path) as session:
        await resume(session, Adopted(), recalled)
    assert recalled.names == [("class/a", "dev")]


async def test_workspaces_whose_lab_is_gone_are_left_behind(tmp_path: Path) -> None:
    there = [
        workspace("a", "a"),
        workspace("gone", "gone", uid="g"),
        workspace("class-gone", "gone", "class", "c"),
        workspace("other", "gone"),
        workspace("unmarked", "unmarked", uid=""),
    ]
    adopted = Adopted()
    async with serving({"": page(lab("a"), lab("b"))}, tmp_path, there) as session:
        await resume(session, adopted, Recalled())
    assert adopted.left == [LabKey("default", "gone", "g"), LabKey("class", "gone", "c")]
