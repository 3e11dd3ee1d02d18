"""A relay in front of the API server that can be cut and joined again: to kubectl, the API server is gone meanwhile."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml


class Relay:
    """Listens on a port of loopback from its beginning; TLS passes through."""

    def __init__(self, kubeconfig: Path, folder: Path) -> None:
        config: dict[str, Any] = yaml.safe_load(kubeconfig.read_text(encoding="utf-8"))
        cluster = config["clusters"][0]["cluster"]
        server = urlsplit(cluster["server"])
        self._target = (str(server.hostname), int(server.port or 443))
        self._open: set[socket.socket] = set()
        self._port = 0
        self.join()
        cluster["server"] = f"https://127.0.0.1:{self._port}"
        self.kubeconfig = folder / "relayed.kubeconfig"
        self.kubeconfig.write_text(yaml.safe_dump(config), encoding="utf-8")

    def join(self) -> None:
        """Let connections through from now on."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Break all connections, and refuse new ones."""
        # A close alone does not end an accept that waits.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._open):
            _shut(end)

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self._target)
                self._open |= {near, far}
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
        _shut(sink)
        source.close()
        self._open.discard(source)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
