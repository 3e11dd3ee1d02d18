"""Replays a recorded watch stream over HTTP, as an API server would send it; a process of its own.

Started by engine_stream.py and by engine.py: `python replay_server.py EVENTS WORKSPACES PORT_FILE [hold]`.
The recording is made from a Pod as a real API server sent it (pod.json, 4.6 KB); one event in RELEVANT_ONE_IN is
in a workspace, the others are in namespaces that are none. The stream of Pods begins when it is watched; with
`hold`, not before GET /go. It is also the sink of what the engine writes: GET /sink says how much that was, and when the
last of it came (time.monotonic).
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tutoriallab.words.kinds import plural

RELEVANT_ONE_IN = 40
#: Events in one write: a busy API server flushes each, and the kernel joins them.
BATCH = 16
#: What the labs select, and what is seen besides to say why a check fails.
_KINDS = {
    "/api/v1": ("Pod", "Node", "PersistentVolume", "PersistentVolumeClaim"),
    "/apis/apps/v1": ("Deployment", "ReplicaSet"),
    "/apis/rbac.authorization.k8s.io/v1": ("RoleBinding",),
    "/apis/storage.k8s.io/v1": ("StorageClass",),
}
_CLUSTER_WIDE = frozenset({"Node", "PersistentVolume", "StorageClass"})
_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: (\d+)\r\n")
POD = Path(__file__).with_name("pod.json")


class Recording:
    """The events, by number from 1: each a line with a Pod whose annotation `number` counts its changes."""

    def __init__(self, workspaces: int) -> None:
        pod = json.loads(POD.read_text(encoding="utf-8"))
        metadata = pod["metadata"]
        metadata |= {"namespace": "@namespace@", "uid": "uid-@namespace@", "resourceVersion": "@revision@"}
        metadata["annotations"] = {**metadata.get("annotations", {}), "number": "@turn@"}
        line = json.dumps({"type": "MODIFIED", "object": pod}, separators=(",", ":")) + "\n"
        self._parts = [part.encode() for part in re.split("(@[a-z]+@)", line)]
        self._workspaces = workspaces

    def event(self, number: int) -> bytes:
        """The line of one event."""
        turn, rest = divmod(number, RELEVANT_ONE_IN)
        values = {
            b"@namespace@": b"other-%d" % (number % 200) if rest else b"lab-%d" % (turn % self._workspaces),
            b"@revision@": b"%d" % (1000 + number),
            b"@turn@": b"%d" % (turn // self._workspaces),
        }
        return b"".join([values.get(part, part) for part in self._parts])


class Replay:
    """Answers discovery, empty lists, and one watch with the recording, over and over."""

    def __init__(self, events: int, workspaces: int, *, hold: bool = False) -> None:
        self._recording = Recording(workspaces)
        self._events = events
        self._written: Counter[str] = Counter()
        self._last: dict[str, float] = {}
        self._go = asyncio.Event()
        if not hold:
            self._go.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection; requests come one after the other."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, target = head.decode().split(" ", 2)[:2]
                length = _LENGTH.search(head)
                if length:
                    await reader.readexactly(int(length[1]))
                if "watch=true" in target:
                    await self._watch(writer, pods="/pods?" in target)
                else:
                    _answer(writer, self._answer_to(method, target))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer_to(self, method: str, target: str) -> object:
        if method != "GET":
            self._written[method] += 1
            self._last[method] = time.monotonic()
            return {}
        if target == "/sink":
            return {"counts": self._written, "last": self._last}
        if target == "/go":
            self._go.set()
            return {}
        return _list_or_discovery(target)

    async def _watch(self, writer: asyncio.StreamWriter, *, pods: bool) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        if not pods:
            await asyncio.sleep(3600)
        await self._go.wait()
        for batch in self._batches():
            writer.write(b"".join(b"%x\r\n%b\r\n" % (len(line), line) for line in batch))
            await writer.drain()
        await asyncio.sleep(3600)

    def _batches(self) -> Iterator[list[bytes]]:
        for first in range(1, self._events + 1, BATCH):
            numbers = range(first, min(first + BATCH, self._events + 1))
            yield [self._recording.event(number) for number in numbers]


def _list_or_discovery(target: str) -> object:
    kinds = _KINDS.get(target.rstrip("/"))
    if kinds:
        return {
            "resources": [
                {"kind": kind, "name": plural(kind).lower(), "namespaced": kind not in _CLUSTER_WIDE}
                for kind in kinds
            ]
        }
    return {"kind": "List", "metadata": {"resourceVersion": "1000"}, "items": []}


def _answer(writer: asyncio.StreamWriter, body: object) -> None:
    text = json.dumps(body).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n"
    writer.write(head.encode() + text)


async def main(events: int, workspaces: int, port_file: Path, *, hold: bool) -> None:
    """Serve on a free port, which is written to `port_file`, until the process is ended."""
    replay = Replay(events, workspaces, hold=hold)
    server = await asyncio.start_server(replay.serve, "127.0.0.1", 0)
    part = port_file.with_suffix(".part")
    part.write_text(str(server.sockets[0].getsockname()[1]), encoding="ascii")
    part.rename(port_file)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), hold="hold" in sys.argv[4:]))
