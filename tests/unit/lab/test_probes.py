"""What an author may ask of a Service, a Pod or a log, and what is refused with its path."""

import re

import pytest

from builders import Json, check, lab, spec, step
from tutoriallab.lab.given import PATH
from tutoriallab.lab.parse import parse, parse_spec
from tutoriallab.lab.probes import ASTRAY, MOST_PER_STEP, first_probe
from tutoriallab.lab.problem import InvalidLab

HTTP: Json = {"kind": "Http", "service": "web", "port": 80}


def faults(**given: object) -> list[str]:
    """What is said of a lab whose only check has this `given` as page."""
    try:
        parse_spec(spec(step("a", check(given={"page": {**given}}, expect=["true"]))))
    except InvalidLab as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/a.b/..c/...",
        "/a/b?x=/../y&z=//a",
        "/?q=%2F%25",
        "/%E4%BD%A0",
        "/a;b=c,d@e:f!$&'()*+~_-",
    ],
)
def test_an_ordinary_path_is_taken(path: str) -> None:
    assert faults(**HTTP, path=path) == []


@pytest.mark.parametrize(
    "path",
    [
        "", "x", "//", "//other.example", "/..", "/a/..", "/./a", "/a/.", "/%2e%2e/b", "/%2E./b", "/.%2e/b", "/a%2fb",
        "/a%5Cb", "/a%252fb", "/a%00b", "/a%0d%0aHost:x", "/a%1fb", "/a%7Fb", "/a\\b", "/a b", "/a\nb", "/a\n", "/a#b",
        "/ä", "/a%", "/a%2", "/a%zz", "/a?b=%", "/<a>", "/a/..?b", "http://other.example/",
    ],
)  # fmt: skip
def test_a_path_that_could_lead_elsewhere_is_refused_with_its_place(path: str) -> None:
    found = faults(**HTTP, path=path)
    assert found
    assert all("path" in one for one in found)


def test_what_is_taken_for_a_path_says_the_same_in_two_languages() -> None:
    """RE2 has no look-around, Python's $ stands before a last line feed: the rules must do without both."""
    for pattern in (PATH, ASTRAY):
        assert not re.search(r"\(\?[=!<]|\\[zZ]", pattern)


@pytest.mark.parametrize(
    "name",
    [
        "Authorization", "cookie", "Host", "Impersonate-User", "impersonate-extra-a", "X-Forwarded-For", "Forwarded",
        "x-remote-user", "Connection", "Keep-Alive", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Accept-Encoding", "Expect", "Via", "X-Real-IP", "X-Kubernetes-A", "", "A B", "A:", "Ä", "a" * 65,
    ],
)  # fmt: skip
def test_headers_that_say_who_asks_or_belong_to_the_connection_are_refused(name: str) -> None:
    (found,) = faults(**HTTP, headers={name: "x"})
    assert found.startswith("spec.steps[0].checks[0].given.page.headers: ")
    assert "leave it out" in found


@pytest.mark.parametrize("name", ["Accept", "Accept-Language", "User-Agent", "X-Canary", "Range", "Hostname"])
def test_other_headers_are_taken(name: str) -> None:
    assert faults(**HTTP, headers={name: "a b", "X-Empty": ""}) == []


@pytest.mark.parametrize("value", [" a", "a ", "a\nb", "a\r\nb", "a\x00", "ä", "a\n"])
def test_values_of_headers_are_printable(value: str) -> None:
    (found,) = faults(**HTTP, headers={"X-A": value})
    assert "printable ASCII" in found


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "Http", "service": "https:web", "port": 80},
        {"kind": "Http", "pod": "web:8080", "port": 80},
        {"kind": "Http", "service": "../secrets/a", "port": 80},
        {"kind": "Http", "service": "web\n", "port": 80},
        {"kind": "Log", "pod": "web", "container": "a/b"},
    ],
)
def test_names_are_names_without_a_scheme_a_port_or_a_path(given: Json) -> None:
    assert faults(**given)


def test_a_name_may_be_the_workspaces() -> None:
    assert faults(kind="Http", service="${workspace}-web", port=80) == []


def test_an_alias_that_is_not_declared_is_found_in_a_name() -> None:
    (found,) = faults(kind="Log", pod="on-${node1}")
    assert (
        found
        == "spec.steps[0].checks[0].given.page.pod: ${node1} is not declared: declare node1 in spec.nodes"
    )


def test_a_step_asks_for_so_much_and_no_more() -> None:
    def asking(count: int) -> Json:
        pages = [{"kind": "Http", "service": "web", "port": 80 + i} for i in range(count)]
        checks = [check(f"c{i}", given={"page": page}) for i, page in enumerate([*pages, pages[0]])]
        return lab("demo", step("a", *checks))

    assert parse(asking(MOST_PER_STEP))
    with pytest.raises(InvalidLab, match="ask for 11 different pages and logs, at most 10: make two steps"):
        parse(asking(MOST_PER_STEP + 1))


def test_the_first_probe_is_found_by_its_path() -> None:
    assert first_probe(parse_spec(spec(step("a", check()), step("b", check("c", given={"page": HTTP}))))) == (
        "spec.steps[1].checks[0].given.page"
    )
