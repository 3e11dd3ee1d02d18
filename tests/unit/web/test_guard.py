"""Requests that no page of ours would send are refused."""

import pytest
from multidict import CIMultiDict

from tutoriallab.web.guard import HEADERS, check
from tutoriallab.web.refusal import Refused

HERE = "127.0.0.1:8787"
JSON = "application/json"


@pytest.mark.parametrize(
    "host", [HERE, "localhost:1", "localhost", "[::1]:8787", "127.0.0.2:80", "lab.example", "lab.example:443"]
)
def test_loopback_at_any_port_and_names_that_are_set_are_ours(host: str) -> None:
    check("GET", "/api/labs", CIMultiDict(Host=host), frozenset({"lab.example"}))


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[::1",
        "evil@127.0.0.1.x",
    ],
)
def test_any_other_name_is_refused_with_the_way_to_the_page(host: str) -> None:
    with pytest.raises(Refused, match="kubectl lab page") as refused:
        check("GET", "/", CIMultiDict(Host=host))
    assert refused.value.status == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8787"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused(method: str, origin: str) -> None:
    with pytest.raises(Refused) as refused:
        check(method, "/api/labs", CIMultiDict({"Host": HERE, "Origin": origin, "Content-Type": JSON}))
    assert refused.value.status == 403


def test_another_site_may_link_to_the_page_but_ask_nothing_of_it() -> None:
    elsewhere = CIMultiDict({"Host": HERE, "Sec-Fetch-Site": "cross-site"})

    check("GET", "/", elsewhere)
    with pytest.raises(Refused):
        check("GET", "/api/labs", elsewhere)


def test_a_change_needs_its_origin_and_json() -> None:
    origin = {"Host": HERE, "Origin": f"http://{HERE}"}

    check("POST", "/api/session", CIMultiDict({**origin, "Content-Type": f"{JSON}; charset=utf-8"}))
    with pytest.raises(Refused, match="Origin"):
        check("POST", "/api/session", CIMultiDict({"Host": HERE, "Content-Type": JSON}))
    with pytest.raises(Refused, match="application/json") as refused:
        check("POST", "/api/session", CIMultiDict({**origin, "Content-Type": "text/plain"}))
    assert refused.value.status == 415


def test_a_page_may_run_only_its_own_scripts_and_speak_only_to_its_server() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
