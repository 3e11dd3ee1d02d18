"""The observer on a real API server, through a proxy that can be cut, stalled and closed."""

import asyncio
import itertools
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tutoriallab.cluster import embedded
from tutoriallab.kube import objects
from tutoriallab.kube.apply import apply
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.observe.observer import Observer, Options
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import LabelSelector, OwnerRef, Selection

pytestmark = pytest.mark.integration

Manifest = dict[str, Any]
_numbers = itertools.count(1)


class Proxy:
    """Passes TCP on to the API server, until told otherwise."""

    def __init__(self, port: int) -> None:
        self.port = 0
        self._target = port
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._pumps: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Take connections (again, on the same port)."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Refuse connections, and cut those that are open."""
        if self._server:
            self._server.close()
        self.cut()
        await asyncio.sleep(0.01)

    def cut(self) -> None:
        """Reset all connections."""
        for writer in list(self._writers):
            writer.transport.abort()

    def stall(self) -> None:
        """Pass nothing on any more; connections stay open."""
        self._flowing.clear()

    def flow(self) -> None:
        """Pass on again what comes over new connections; the stalled ones are dead."""
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._writers |= {writer, there_writer}
            flowing = self._flowing
            for source, sink in ((reader, there_writer), (there_reader, writer)):
                pump = asyncio.create_task(self._pump(source, sink, flowing))
                self._pumps.add(pump)
                pump.add_done_callback(self._pumps.discard)

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, flowing: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                await flowing.wait()
                sink.write(data)
                await sink.drain()
        self._writers.discard(sink)
        sink.close()

    async def end(self) -> None:
        """Let go of everything."""
        await self.close()
        for pump in list(self._pumps):
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)


@dataclass
class Recorder:
    """A listener that remembers what it was told, and what was to be seen then."""

    observer: Observer | None = None
    changes: list[tuple[str, Selection]] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    synced_labs: list[str] = field(default_factory=list)
    gaps: list[Scope] = field(default_factory=list)

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:
        assert self.observer is not None
        for selection in selections:
            self.changes.append((lab, selection))
            for one in self.observer.select(selection):
                counter = (one.body["metadata"].get("annotations") or {}).get("counter")
                if counter is not None:
                    self.seen.append((one.name, counter))

    def synced(self, lab: str) -> None:
        self.synced_labs.append(lab)

    def gap(self, scope: Scope, since: float, until: float) -> None:
        assert since <= until
        self.gaps.append(scope)


@dataclass
class World:
    """A namespace of its own, a session of the administrator, and an observer behind the proxy."""

    admin: Session
    kinds: Resources
    proxy: Proxy
    watching: Session
    observer: Observer
    recorder: Recorder
    namespace: str

    async def apply(self, kind: tuple[str, str], name: str, **content: Any) -> Manifest:
        """Server-side apply an object in the world's namespace."""
        metadata = {"name": name, "namespace": self.namespace, **content.pop("metadata", {})}
        manifest = {"apiVersion": kind[0], "kind": kind[1], "metadata": metadata, **content}
        return await apply(self.admin, await self.kinds.find(*kind), manifest)

    async def delete(self, kind: tuple[str, str], name: str) -> None:
        """Delete an object of the world's namespace at once."""
        resource = await self.kinds.find(*kind)
        found = await objects.get(self.admin, resource, name, self.namespace)
        target = found["metadata"]
        await objects.delete(self.admin, resource, target, uid=target["uid"], grace_seconds=0)

    async def make_namespace(self, name: str) -> None:
        """Make a namespace with its default ServiceAccount."""
        manifest = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        await apply(self.admin, await self.kinds.find("v1", "Namespace"), manifest)

    def watch(self, lab: str, *selections: Selection) -> None:
        """Subscribe a lab."""
        self.observer.subscribe(lab, selections)

    def names(self, selection: Selection) -> list[str]:
        """Names of what is selected now."""
        return [one.name for one in self.observer.select(selection)]


@asynccontextmanager
async def a_world(cluster: Any, folder: Path, **options: Any) -> AsyncIterator[World]:
    text = cluster.kubeconfig.read_text()
    port = int(re.search(r"server: https://127\.0\.0\.1:(\d+)", text)[1])  # type: ignore[index]
    proxy = Proxy(port)
    await proxy.open()
    path = folder / "through-proxy"
    path.write_text(text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{proxy.port}"))
    pace = options.pop("pace", Pace(retry_most=0.5, refused_most=0.5, good_watch=0.2))
    recorder = Recorder()
    async with (
        await Session.from_kubeconfig(str(cluster.kubeconfig)) as admin,
        await Session.from_kubeconfig(str(path)) as watching,
    ):
        observer = Observer(
            watching, Resources(watching), recorder, Options(pace=pace, gap=recorder.gap, **options)
        )
        recorder.observer = observer
        namespace = f"observe-{next(_numbers)}"
        world = World(admin, Resources(admin), proxy, watching, observer, recorder, namespace)
        await world.make_namespace(namespace)
        observer.adopt(namespace)
        try:
            yield world
        finally:
            await observer.close()
            await proxy.end()


@pytest.fixture
async def world(cluster: Any, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(cluster, tmp_path) as made:
        yield made


async def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until a condition holds; fail the test otherwise."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.01)


POD, SERVICE, CONFIG_MAP = ("v1", "Pod"), ("v1", "Service"), ("v1", "ConfigMap")
DEPLOYMENT, EVENT = ("apps/v1", "Deployment"), ("v1", "Event")
CONTAINER = {"name": "c", "image": "nginx:1.27"}
WEB = LabelSelector(match_labels=(("app", "web"),))


def pod_spec() -> Manifest:
    return {"containers": [CONTAINER], "terminationGracePeriodSeconds": 0}


def deployment_spec() -> Manifest:
    labels = {"app": "web"}
    template = {"metadata": {"labels": labels}, "spec": pod_spec()}
    return {"replicas": 2, "selector": {"matchLabels": labels}, "template": template}


def service_spec(app: str = "web") -> Manifest:
    return {"selector": {"app": app}, "ports": [{"port": 80}]}


async def test_a_lab_is_synced_once_all_its_kinds_are_listed(world: World) -> None:
    await world.apply(SERVICE, "web", spec=service_spec())
    named = Selection(*SERVICE, world.namespace, name="web")
    world.watch("lab", named, Selection("v1", "Node"))
    assert not world.observer.synced("lab")
    assert [str(one) for one in world.observer.waiting_for("lab")] == [
        "Node (v1): listing",
        "Service (v1): listing",
    ]
    await until(lambda: world.observer.synced("lab"))
    assert world.recorder.synced_labs == ["lab"]
    assert [str(one) for one in world.observer.waiting_for("lab")] == []
    assert world.observer.select(named)[0].body["kind"] == "Service"
    assert len(world.names(Selection("v1", "Node"))) >= 1


async def test_changed_relabelled_and_deleted_objects_are_told(world: World) -> None:
    labelled = Selection(*SERVICE, world.namespace, selector=WEB)
    world.watch("lab", labelled)
    await until(lambda: world.observer.synced("lab"))
    told = world.recorder.changes
    await world.apply(SERVICE, "web", metadata={"labels": {"app": "web"}}, spec=service_spec())
    await until(lambda: world.names(labelled) == ["web"])
    before = len(told)
    await world.apply(SERVICE, "web", metadata={"labels": {"app": "other"}}, spec=service_spec())
    await until(lambda: world.names(labelled) == [])
    assert len(told) == before + 1, "an object that stops matching is told"
    await world.apply(SERVICE, "unrelated", spec=service_spec("none"))
    await world.apply(SERVICE, "web", metadata={"labels": {"app": "web"}}, spec=service_spec())
    await until(lambda: world.names(labelled) == ["web"])
    await world.delete(SERVICE, "web")
    await until(lambda: world.names(labelled) == [])
    assert len(told) == before + 3, "objects that never matched are not told"


async def test_a_terminating_pod_leaves_the_list_and_is_told(world: World) -> None:
    alive = Selection(*POD, world.namespace, name="web")
    dying = Selection(*POD, world.namespace, name="web", terminating=True)
    world.watch("lab", alive, dying)
    await until(lambda: world.observer.synced("lab"))
    # On no node: the simulated ones take finalizers away.
    spec = {**pod_spec(), "nodeSelector": {"none": "such"}}
    await world.apply(POD, "web", metadata={"finalizers": ["example.com/hold"]}, spec=spec)
    await until(lambda: world.names(alive) == ["web"])
    world.recorder.changes.clear()
    await world.delete(POD, "web")
    await until(lambda: world.names(alive) == [])
    assert ("lab", alive) in world.recorder.changes
    assert world.names(dying) == ["web"]
    await objects.patch(
        world.admin,
        await world.kinds.find(*POD),
        {"name": "web", "namespace": world.namespace},
        {"metadata": {"finalizers": None}},
    )
    await until(lambda: world.names(dying) == [])


async def test_pods_of_a_deployment_are_those_of_its_replica_sets(world: World) -> None:
    owner = OwnerRef(*DEPLOYMENT, "web")
    owned = Selection(*POD, world.namespace, owned_by=owner)
    everything = Selection(*POD, world.namespace)
    world.watch("lab", owned, everything)
    await until(lambda: world.observer.synced("lab"))
    await world.apply(POD, "web-stranger", metadata={"labels": {"app": "none"}}, spec=pod_spec())
    await world.apply(DEPLOYMENT, "web", spec=deployment_spec())
    await until(lambda: len(world.names(owned)) == 2)
    assert "web-stranger" in world.names(everything)
    assert "web-stranger" not in world.names(owned)


async def test_pods_that_an_earlier_deployment_left_behind_do_not_count(world: World) -> None:
    owned = Selection(*POD, world.namespace, owned_by=OwnerRef(*DEPLOYMENT, "web"))
    world.watch("lab", owned)
    await until(lambda: world.observer.synced("lab"))
    made = await world.apply(DEPLOYMENT, "web", spec=deployment_spec())
    await until(lambda: len(world.names(owned)) == 2)
    orphan = {"preconditions": {"uid": made["metadata"]["uid"]}, "propagationPolicy": "Orphan"}
    resource = await world.kinds.find(*DEPLOYMENT)
    await world.admin.request("DELETE", resource.path(world.namespace, "web"), body=orphan)
    world.recorder.changes.clear()
    await until(lambda: world.names(owned) == [])
    assert ("lab", owned) in world.recorder.changes


async def test_a_workspace_adopted_late_is_listed_beside_the_watch(world: World) -> None:
    first = Selection(*SERVICE, world.namespace)
    world.watch("first", first)
    await until(lambda: world.observer.synced("first"))
    late = [f"{world.namespace}-late-{number}" for number in range(12)]
    for namespace in late:
        await world.make_namespace(namespace)
        await world.apply(SERVICE, "web", metadata={"namespace": namespace}, spec=service_spec())
    world.observer.adopt(late[0])
    world.watch("one", Selection(*SERVICE, late[0]))
    assert not world.observer.synced("one")
    await until(lambda: world.observer.synced("one"))
    assert world.names(Selection(*SERVICE, late[0])) == ["web"]
    for namespace in late[1:]:
        world.watch(namespace, Selection(*SERVICE, namespace))
        world.observer.adopt(namespace)
    await until(lambda: all(map(world.observer.synced, late[1:])))
    assert [world.names(Selection(*SERVICE, namespace)) for namespace in late] == [["web"]] * 12
    world.observer.release(late[0])
    assert world.names(Selection(*SERVICE, late[0])) == []
    assert world.recorder.gaps == []


async def test_config_maps_are_read_in_their_workspace_once_its_reader_may(world: World) -> None:
    selection = Selection(*CONFIG_MAP, world.namespace, name="settings")
    world.watch("lab", selection)
    await until(lambda: "is forbidden" in "".join([str(one) for one in world.observer.waiting_for("lab")]))
    (waiting,) = [str(one) for one in world.observer.waiting_for("lab")]
    assert waiting.startswith(
        f"ConfigMap (v1) in namespace {world.namespace}: configmaps is forbidden: User "
    )
    assert not world.observer.synced("lab")
    account = {"kind": "ServiceAccount", "name": "tutoriallab-provisioner", "namespace": world.namespace}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}
    binding = ("rbac.authorization.k8s.io/v1", "RoleBinding")
    await world.apply(binding, "reader", subjects=[account], roleRef=role)
    await until(lambda: world.observer.synced("lab"))
    await world.apply(CONFIG_MAP, "settings", data={"color": "blue"})
    await until(lambda: world.names(selection) == ["settings"])
    assert world.observer.select(selection)[0].body["data"] == {"color": "blue"}


async def test_a_kind_that_is_not_there_is_named_and_asked_for_calmly(world: World) -> None:
    world.watch("lab", Selection("example.com/v1", "Widget", world.namespace))
    await until(lambda: "knows no kind" in "".join([str(one) for one in world.observer.waiting_for("lab")]))
    asked = world.watching.requests.total()
    await asyncio.sleep(1.0)
    assert world.watching.requests.total() - asked <= 1
    assert not world.observer.synced("lab")


async def test_a_list_longer_than_a_page_is_read_to_its_end(cluster: Any, tmp_path: Path) -> None:
    options = {"per_workspace": frozenset[tuple[str, str]]()}
    async with a_world(cluster, tmp_path, **options) as world:
        many = [f"m{number:04}" for number in range(620)]
        await together(world.apply(CONFIG_MAP, name, data={"a": "1"}) for name in many)
        selection = Selection(*CONFIG_MAP, world.namespace)
        world.watch("lab", selection)
        await until(lambda: world.observer.synced("lab"))
        assert [name for name in world.names(selection) if name.startswith("m")] == many
        assert world.watching.requests["GET"] >= 3, "discovery and two pages"


async def test_nothing_is_lost_while_the_connection_is_cut_five_times(cluster: Any, tmp_path: Path) -> None:
    options = {"per_workspace": frozenset[tuple[str, str]]()}
    async with a_world(cluster, tmp_path, **options) as world:
        names = [f"c{number:02}" for number in range(20)]
        each = [Selection(*CONFIG_MAP, world.namespace, name=name) for name in names]
        world.watch("lab", *each)
        await until(lambda: world.observer.synced("lab"))

        async def count(name: str) -> None:
            for number in range(1, 101):
                metadata = {"annotations": {"counter": str(number)}}
                await world.apply(CONFIG_MAP, name, metadata=metadata)

        counting = asyncio.gather(*map(count, names))
        for _ in range(5):
            await asyncio.sleep(0.3)
            world.proxy.cut()
        await counting
        last = {(name, "100") for name in names}
        await until(lambda: last <= set(world.recorder.seen))
        assert world.watching.requests["WATCH"] >= 4
        for name in names:
            seen = [int(counter) for one, counter in world.recorder.seen if one == name]
            assert seen == list(range(1, 101)), f"{name}: every change is seen once, in order"
        assert world.recorder.gaps == []


async def test_a_silent_connection_is_replaced(cluster: Any, tmp_path: Path) -> None:
    async with a_world(cluster, tmp_path, pace=Pace(silence=0.8, good_watch=0.2, retry_most=0.3)) as world:
        selection = Selection(*SERVICE, world.namespace)
        world.watch("lab", selection)
        await until(lambda: world.observer.synced("lab"))
        world.proxy.stall()
        await world.apply(SERVICE, "web", spec=service_spec())
        await asyncio.sleep(0.2)
        assert world.names(selection) == []
        world.proxy.flow()
        await until(lambda: world.names(selection) == ["web"], 5)
        assert world.recorder.gaps == []


async def test_what_changed_while_the_server_was_away_is_told_afterwards(world: World) -> None:
    selection = Selection(*SERVICE, world.namespace)
    await world.apply(SERVICE, "old", spec=service_spec())
    world.watch("lab", selection)
    await until(lambda: world.names(selection) == ["old"])
    await world.proxy.close()
    await world.delete(SERVICE, "old")
    await world.apply(SERVICE, "new", spec=service_spec())
    await asyncio.sleep(0.5)
    assert world.names(selection) == ["old"]
    assert world.observer.synced("lab"), "a lost connection alone changes no verdict"
    await world.proxy.open()
    await until(lambda: world.names(selection) == ["new"])
    assert len(world.recorder.changes) == 2


async def test_history_that_was_compacted_is_listed_again_and_the_gap_is_told(
    world: World, cluster: Any
) -> None:
    """Events have no watch cache, so that a compaction of etcd reaches the watch."""
    selection = Selection(*EVENT, world.namespace)
    about = {"kind": "Namespace", "name": world.namespace, "namespace": world.namespace}
    await world.apply(EVENT, "old", involvedObject=about, reason="Old", message="old")
    world.watch("lab", selection)
    await until(lambda: world.names(selection) == ["old"])
    await world.proxy.close()
    await world.delete(EVENT, "old")
    await world.apply(EVENT, "new", involvedObject=about, reason="New", message="new")
    await compact(cluster)
    await world.proxy.open()
    await until(lambda: world.names(selection) == ["new"])
    assert [scope.kind for scope in world.recorder.gaps] == ["Event"]
    assert len(world.recorder.changes) == 1, "both changes are seen at one moment"


async def test_kinds_that_nobody_needs_are_watched_a_little_longer_and_then_forgotten(
    cluster: Any, tmp_path: Path
) -> None:
    async with a_world(cluster, tmp_path, pace=Pace(linger=0.3)) as world:
        selection = Selection(*SERVICE, world.namespace)
        await world.apply(SERVICE, "web", spec=service_spec())
        world.watch("lab", selection)
        await until(lambda: world.names(selection) == ["web"])
        world.observer.unsubscribe("lab")
        world.watch("again", selection)
        assert world.observer.synced("again"), "the watch was still there"
        world.observer.unsubscribe("again")
        await until(lambda: world.names(selection) == [])
        assert world.watching.requests["WATCH"] == 1


async def together(work: Any, at_once: int = 20) -> None:
    """Run many small requests, a few at a time."""
    limit = asyncio.Semaphore(at_once)

    async def one(request: Awaitable[Any]) -> None:
        async with limit:
            await request

    await asyncio.gather(*map(one, work))


async def compact(cluster: Any) -> None:
    """Forget all history that etcd has."""
    process = embedded.status(cluster.name, cluster.places).processes["etcd"]
    command = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    url = re.search(r"--listen-client-urls=(\S+)", command)[1]  # type: ignore[index]
    async with aiohttp.ClientSession() as etcd:
        async with etcd.post(f"{url}/v3/maintenance/status", json={}) as answer:
            revision = (await answer.json())["header"]["revision"]
        body = {"revision": revision, "physical": True}
        async with etcd.post(f"{url}/v3/kv/compaction", json=body) as answer:
            assert answer.status == 200
