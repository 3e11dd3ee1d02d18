"""The one HTTP session with the API server: requests that end in an object or an ApiError, and streams.

Called by the other modules of `kube/` and by the reflectors. Made once per process by the entry point.
"""

from asyncio.sslproto import SSLProtocol
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack
from urllib.parse import quote, urlencode

import aiohttp
import msgspec
from yarl import URL

from tutoriallab.kube.credentials import Credentials, from_environment, from_kubeconfig, from_pod
from tutoriallab.kube.errors import ApiError, error_from_answer, garbled, no_answer, too_late

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Query = Mapping[str, str | int | bool | None]

JSON = "application/json"
#: An answer of the API server that has an object's metadata only: it need not write out the rest, nor we read it.
METADATA_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
#: Bytes of a stream that are read ahead before the socket is left alone; the bound of a watch's memory.
STREAM_BUFFER = 256 * 1024
#: Seconds to connect, TLS included; a dead server is told quickly.
CONNECT_TIMEOUT = 5.0
#: Seconds for a whole answer, unless the caller says otherwise.
TIMEOUT = 30.0

# asyncio takes 256 KiB for each TLS connection. Every watch has one of its own, and a class has hundreds: ConfigMaps
# and Secrets are watched per workspace. Two TLS records are enough.
SSLProtocol.max_size = 32 * 1024


class Options(TypedDict, total=False):
    """Options of a request.

    `query` becomes the URL's query without what is None, `body` is sent as JSON (bytes as they are) under
    `content_type`, `accept` is the media type that is wanted, `impersonate` is the name of the user for whom
    we ask, `timeout` is in seconds for the whole answer.
    """

    query: Query | None
    body: Any
    content_type: str
    accept: str
    impersonate: str | None
    timeout: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status; `cut` when there was more content than was to be read."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    cut: bool = False


class Session:
    """Requests to one API server. `requests` counts what was sent, by verb (WATCH for streams)."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self.requests: Counter[str] = Counter()
        # TCP_NODELAY is asyncio's default. No limit: every watch holds a connection of its own.
        connector = aiohttp.TCPConnector(limit=0, ssl=credentials.tls or True, keepalive_timeout=55)
        self._http = aiohttp.ClientSession(
            connector=connector, trust_env=False, auto_decompress=True, cookie_jar=aiohttp.DummyCookieJar()
        )

    @classmethod
    async def from_kubeconfig(cls, path: str | None = None, context: str | None = None) -> "Session":
        """A session from a kubeconfig's context; raises ApiError BadKubeconfig."""
        return cls(await from_kubeconfig(path, context))

    @classmethod
    def from_pod(cls) -> "Session":
        """A session with the service account of the pod that we run in; raises ApiError BadKubeconfig."""
        return cls(from_pod())

    @classmethod
    async def from_environment(cls) -> "Session":
        """A session from KUBECONFIG, else from the pod that we run in, else from ~/.kube/config."""
        return cls(await from_environment())

    async def twin(self) -> aiohttp.ClientSession:
        """A client with today's credentials for somebody who closes it: Kopf, which asks again after a 401."""
        connector = aiohttp.TCPConnector(limit=0, ssl=self.credentials.tls or True)
        return aiohttp.ClientSession(connector=connector, headers=await self._headers(None), trust_env=False)

    async def close(self) -> None:
        """Cut all connections; streams that are open end with ServerUnavailable."""
        await self._http.close()

    async def __aenter__(self) -> "Session":
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    async def request(self, method: Method, path: str, **options: Unpack[Options]) -> Any:
        """The decoded answer of one request (text where it is no JSON: logs, proxies); raises ApiError."""
        answer = await self.fetch(method, path, **options)
        try:
            return msgspec.json.decode(answer)
        except msgspec.DecodeError:
            # Proxies and logs answer with plain text; the API's own objects are always JSON.
            return answer.decode(errors="replace")

    async def fetch(self, method: Method, path: str, **options: Unpack[Options]) -> bytes:
        """The raw answer of one request, for those who decode it themselves; raises ApiError."""
        self.requests[method] += 1
        body = options.get("body")
        data = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        headers = await self._headers(options.get("impersonate"))
        if "accept" in options:
            headers["Accept"] = options["accept"]
        if data is not None:
            headers["Content-Type"] = options.get("content_type", JSON)
        limits = aiohttp.ClientTimeout(total=options.get("timeout", TIMEOUT), connect=CONNECT_TIMEOUT)
        url = self._url(path, options.get("query"))
        try:
            async with self._http.request(
                method, url, data=data, headers=headers, timeout=limits, **self._options()
            ) as answer:
                content = await answer.read()
                if answer.status >= 400:
                    raise self._refusal(answer, content)
                return content
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            raise no_answer(self.credentials.host, problem) from problem

    async def peek(
        self, path: str, *, headers: Mapping[str, str], impersonate: str | None, limit: int, timeout: float
    ) -> Answer:
        """The answer to a GET of what the API server passes on, of which `limit` bytes are read; follows no redirect.

        The content is as it came: nothing is decompressed. `path` may have a query, and is sent as it stands. Raises
        ApiError only where there is no answer: TimedOut after `timeout` seconds, UnexpectedAnswer for one that breaks
        off or is no HTTP, else ServerUnavailable.
        """
        self.requests["GET"] += 1
        sent = {**await self._headers(impersonate), "Accept": "*/*", "Accept-Encoding": "identity", **headers}
        limits = aiohttp.ClientTimeout(total=timeout, connect=CONNECT_TIMEOUT)
        try:
            async with self._http.get(
                self._url(path, None),
                headers=sent,
                timeout=limits,
                allow_redirects=False,
                auto_decompress=False,
                **self._options(),
            ) as answer:
                content = await _at_most(answer.content, limit + 1)
                if answer.status == 401:
                    self.credentials.expire()
                pairs = tuple((name.lower(), value) for name, value in answer.headers.items())
                if len(content) > limit:
                    # Whatever is left is not read: the connection ends here.
                    answer.close()
                return Answer(answer.status, pairs, content[:limit], cut=len(content) > limit)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as problem:
            raise no_answer(self.credentials.host, problem) from problem
        except TimeoutError as problem:
            raise too_late(timeout) from problem
        except (aiohttp.ClientPayloadError, aiohttp.ClientResponseError) as problem:
            raise garbled() from problem
        except (aiohttp.ClientError, OSError) as problem:
            raise no_answer(self.credentials.host, problem) from problem

    @asynccontextmanager
    async def stream(
        self, path: str, query: Query | None = None, *, impersonate: str | None = None, silence: float = 90
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """A long answer as raw chunks, as they come off the socket; raises ApiError, also while it is read.

        After `silence` seconds without a byte it ends with ServerUnavailable. While the reader does not ask
        for the next chunk, the socket is not read: this is what bounds the memory of a watch.
        """
        self.requests["WATCH"] += 1
        headers = await self._headers(impersonate)
        limits = aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT, sock_read=silence)
        try:
            async with self._http.request(
                "GET",
                self._url(path, query),
                headers=headers,
                timeout=limits,
                read_bufsize=STREAM_BUFFER,
                **self._options(),
            ) as answer:
                if answer.status >= 400:
                    raise self._refusal(answer, await answer.read())
                yield answer.content.iter_any()
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            raise no_answer(self.credentials.host, problem) from problem

    def _url(self, path: str, query: Query | None) -> URL:
        pairs = {key: _text(value) for key, value in (query or {}).items() if value is not None}
        # encoded=True: names are quoted by path_of(), and yarl's own normalising costs more than the rest.
        return URL(self.credentials.host + path + ("?" + urlencode(pairs) if pairs else ""), encoded=True)

    async def _headers(self, impersonate: str | None) -> dict[str, str]:
        headers = {"Accept": JSON, "User-Agent": "tutoriallab"}
        try:
            token = await self.credentials.header()
        except (OSError, ValueError, LookupError) as problem:
            raise no_answer(self.credentials.host, problem) from problem
        if token:
            headers["Authorization"] = token
        if impersonate:
            headers["Impersonate-User"] = impersonate
        return headers

    def _options(self) -> dict[str, Any]:
        return {"proxy": self.credentials.proxy, "server_hostname": self.credentials.server_name}

    def _refusal(self, answer: aiohttp.ClientResponse, content: bytes) -> ApiError:
        if answer.status == 401:
            self.credentials.expire()
        return error_from_answer(answer.status, content, answer.headers.get("Retry-After"))


async def _at_most(content: aiohttp.StreamReader, limit: int) -> bytes:
    """The first bytes of a stream."""
    read = bytearray()
    while len(read) < limit and (chunk := await content.read(limit - len(read))):
        read += chunk
    return bytes(read)


def path_segment(name: str) -> str:
    """A name as one segment of a URL's path; hostile names cannot leave their place."""
    if name in {".", ".."}:
        return name.replace(".", "%2E")
    return quote(name, safe=":")


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
