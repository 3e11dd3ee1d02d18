"""The page's server as a browser speaks to it, without a browser: cookie, Origin, server-sent events."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tutoriallab.web.key import found, ticket

Json = dict[str, Any]


@dataclass(frozen=True)
class Event:
    """One of the stream."""

    kind: str
    number: str
    data: Json


@dataclass
class Browser:
    """Somebody who has opened the page, or not yet."""

    port: int
    cookie: str = ""
    origin: str = ""
    host: str = ""
    streams: list[http.client.HTTPConnection | http.client.HTTPResponse] = field(default_factory=list)

    def come_in(self, key_file: Path) -> "Browser":
        """As the script does with what `kubectl lab page` opens."""
        told = {"key": ticket(found(key_file), time.time())}
        return self.sign_in(told)

    def sign_in(self, told: Json) -> "Browser":
        """Exchange a ticket or a token for the cookie."""
        status, headers, body = self._ask("POST", "/api/session", told)
        assert status == 200, body
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        return self

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON."""
        status, _, body = self._ask("GET", path)
        return status, json.loads(body)

    def post(self, path: str, told: Json) -> tuple[int, Any]:
        """Status and JSON."""
        status, _, body = self._ask("POST", path, told)
        return status, json.loads(body)

    def stream(self, lab: str, last: str = "", timeout: float = 20.0) -> Iterator[Event]:
        """A lab's events, each awaited for so many seconds at most; comments are passed over."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        self.streams.append(connection)
        headers = {"Cookie": self.cookie, **({"Last-Event-ID": last} if last else {})}
        connection.request("GET", f"/api/labs/{lab}/stream", headers=headers)
        answer = connection.getresponse()
        # It holds on to the socket, even when the connection is closed.
        self.streams.append(answer)
        assert answer.status == 200, answer.read()
        fields: dict[str, str] = {}
        for raw in iter(answer.readline, b""):
            line = raw.decode().rstrip("\n")
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif not line and fields:
                yield Event(fields["event"], fields.get("id", ""), json.loads(fields["data"]))
                fields = {}

    def close(self) -> None:
        """End all streams."""
        while self.streams:
            self.streams.pop().close()

    def _ask(self, method: str, path: str, told: Json | None = None) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        host = self.host or f"127.0.0.1:{self.port}"
        headers = {"Host": host, "Cookie": self.cookie}
        if method == "POST":
            headers |= {"Origin": self.origin or f"http://{host}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(told) if told is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()
