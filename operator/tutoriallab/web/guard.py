"""Which requests are looked at at all, and what every answer forbids the browser; pure but for aiohttp's types.

A page of somebody else's in the same browser can send requests here: by another name for this address (DNS rebinding)
or across sites. The first are told by Host, the others by Origin; the session's cookie is SameSite=Strict, besides.
"""

from collections.abc import Set
from ipaddress import ip_address
from urllib.parse import urlsplit

from multidict import CIMultiDict, CIMultiDictProxy

from tutoriallab.web.refusal import Refused

Headers = CIMultiDict[str] | CIMultiDictProxy[str]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_JSON = "application/json"
_SAFE = frozenset({"GET", "HEAD"})


def check(method: str, path: str, headers: Headers, hosts: Set[str] = frozenset()) -> None:
    """Raise Refused for a request that no page of ours would send; `hosts` are our names besides loopback's."""
    host = headers.get("Host", "")
    if not _is_ours(host, hosts):
        raise Refused(
            421,
            f"This page is not called {host[:100]!r}: open it at the address that `kubectl lab page` prints",
        )
    origin = headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise Refused(403, "Another web page asked for this: it is refused")
    if path.startswith("/api/") and headers.get("Sec-Fetch-Site", "same-origin") not in {
        "same-origin",
        "none",
    }:
        raise Refused(403, "Another web page asked for this: it is refused")
    if method in _SAFE:
        return
    if origin is None:
        raise Refused(403, "Changes are made from the page itself: send its Origin")
    if headers.get("Content-Type", "").partition(";")[0].strip() != _JSON:
        raise Refused(415, f"Send {_JSON}")


def _is_ours(host: str, hosts: Set[str]) -> bool:
    """Whether this is a loopback address, at whatever port (kubectl port-forward), or a name that is set."""
    try:
        named = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if named == "localhost" or named in hosts or host in hosts:
        return True
    try:
        return ip_address(named).is_loopback
    except ValueError:
        return False
