"""What stands in for containers on an embedded cluster: a server on an address of this machine, and a kubelet's logs.

The API server's proxy and everything before it is real. The address is one of TEST-NET-2 (RFC 5737), which nobody
routes: it is put on the loopback interface, so that no packet leaves the machine, and taken off afterwards.
"""

import json
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from builders import Json
from in_ci import fail_in_ci_else_skip
from world import World

PORT = 8080


@dataclass
class Asked:
    """One request as the container got it."""

    path: str
    headers: dict[str, str]


@dataclass
class Page:
    """What a container answers; `wait` is called first."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: Callable[[], object] = lambda: None


@dataclass
class Container:
    """An HTTP server with pages by path; `asked` are the requests that it got."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Serve one request."""
        names = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.path, names))
        page = self.pages.get(urlsplit(request.path).path, Page(404, b"nothing here"))
        page.wait()
        request.send_response(page.status)
        for name, value in {"Content-Type": "text/plain", **page.headers}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(page.body)))
        request.end_headers()
        request.wfile.write(page.body)


@contextmanager
def container() -> Iterator[Container]:
    """A server on an address of its own."""
    with _address() as address:
        made = Container(address)
        with _serving(made.answer, address, PORT):
            yield made


@contextmanager
def _address() -> Iterator[str]:
    """An address of TEST-NET-2 that this machine does not have, on its loopback interface for as long."""
    taken = subprocess.run(["ip", "-o", "address"], capture_output=True, text=True, check=True).stdout
    address = next(
        f"198.51.100.{i}" for i in range(os.getpid() % 100 + 1, 250) if f"198.51.100.{i}/" not in taken
    )
    change = ["ip", "address", "add", f"{address}/32", "dev", "lo"]
    done = subprocess.run(change, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        fail_in_ci_else_skip(f"an address on lo takes root: {' '.join(change)}: {done.stderr.strip()}")
    try:
        yield address
    finally:
        subprocess.run(["ip", "address", "del", f"{address}/32", "dev", "lo"], check=True)


@contextmanager
def kubelet(certificate: Path, key: Path, log: Callable[[dict[str, str]], bytes]) -> Iterator[int]:
    """A kubelet on the loopback that knows nothing but logs; its port. `log` gets the query."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        text = log({"path": urlsplit(request.path).path, **query})
        request.send_response(200)
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with _serving(answer, "127.0.0.1", 0, tls) as port:
        yield port


@contextmanager
def _serving(
    answer: Callable[[BaseHTTPRequestHandler], None],
    address: str,
    port: int,
    tls: ssl.SSLContext | None = None,
) -> Iterator[int]:
    # HTTP/1.0: no connection outlives its answer, and with it the test.
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                # Who asked has given up.
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            pass

    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def waiting_pod(name: str) -> Json:
    """A Pod that the scheduler leaves alone until it is let go: its status can be written before kwok has it."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {"app": name}},
        "spec": {
            "schedulingGates": [{"name": "tutoriallab.dev/test"}],
            "containers": [{"name": "web", "image": "web"}],
        },
    }


def run_at(world: World, namespace: str, name: str, address: str, *, ready: bool = True) -> None:
    """The Pod runs, and has this address; kwok leaves a Pod alone that has one."""
    write_status(world, namespace, name, ready=ready, podIP=address, podIPs=[{"ip": address}])
    gone = json.dumps([{"op": "remove", "path": "/spec/schedulingGates"}])
    world.kubectl("patch", "pod", name, "-n", namespace, "--type=json", "-p", gone)


def write_status(world: World, namespace: str, name: str, *, ready: bool = True, **fields: object) -> None:
    """What a kubelet would write."""
    conditions = [{"type": kind, "status": str(ready)} for kind in ("Ready", "ContainersReady")]
    status = {"phase": "Running", "conditions": conditions, **fields}
    change = json.dumps({"status": status})
    world.kubectl("patch", "pod", name, "-n", namespace, "--subresource=status", "--type=merge", "-p", change)
