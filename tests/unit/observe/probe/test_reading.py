"""What comes back is cut, never unpacked, and never quoted."""

import json

import pytest

from tutoriallab.kube.errors import ApiError, garbled, no_answer, too_late
from tutoriallab.kube.session import Answer
from tutoriallab.observe.probe import reading
from tutoriallab.observe.probe.outcome import Heard, Outcome, Refused, Silent, Troubled
from unit.observe.probe.world import LOG, OF_POD, PAGE

LOOK = "Look: kubectl describe service -n demo web"
DIAL = "error trying to reach service: dial tcp 192.0.2.7:8080: "


def status(code: int, message: str, reason: str = "ServiceUnavailable") -> Answer:
    body = {
        "kind": "Status",
        "apiVersion": "v1",
        "status": "Failure",
        "code": code,
        "reason": reason,
        "message": message,
    }
    return Answer(code, (("content-type", "application/json"),), json.dumps(body).encode())


def value(outcome: Outcome) -> dict[str, object]:
    assert isinstance(outcome, Heard)
    return outcome.value


def said(outcome: Outcome) -> tuple[type, str]:
    assert not isinstance(outcome, Heard)
    return type(outcome), str(outcome.message)


def test_a_page_is_status_body_and_headers() -> None:
    answer = Answer(
        404,
        (("content-type", "text/plain"), ("x-a", "1"), ("x-a", "2"), ("audit-id", "7")),
        "nö\x00".encode(),
    )
    assert value(reading.page(PAGE, answer)) == {
        "status": 404,
        "body": "nö\x00",
        "headers": {"content-type": "text/plain", "x-a": "1, 2"},
    }


def test_what_the_api_server_says_in_each_answer_anew_makes_no_other_page() -> None:
    pages = [Answer(200, (("audit-id", n), ("x-kubernetes-pf-flowschema-uid", n)), b"") for n in "12"]
    assert reading.page(PAGE, pages[0]) == reading.page(PAGE, pages[1])


def test_a_page_is_cut_at_64_kib_and_what_is_no_text_is_marked() -> None:
    body = value(reading.page(PAGE, Answer(200, (), b"\xff" * 100_000, cut=True)))["body"]
    assert body == "\N{REPLACEMENT CHARACTER}" * 65_536


def test_headers_are_cut_too() -> None:
    many = tuple((f"x-{i}", "y" * 5_000) for i in range(200))
    headers = value(reading.page(PAGE, Answer(200, many, b"")))["headers"]
    assert isinstance(headers, dict)
    assert len(headers) == 64
    assert {len(one) for one in headers.values()} == {1_024}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"oops",
        b"[" * 60_000,
        b'{"kind": "Status"}',
        b'{"kind": "Status", "apiVersion": "v2"}',
        b"null",
        b"\xff{",
    ],
)
def test_an_error_of_the_container_is_a_page_like_any_other(content: bytes) -> None:
    assert value(reading.page(PAGE, Answer(503, (), content)))["status"] == 503


UNREACHED = {
    DIAL + "connect: connection refused": "GET http://web:80/ was refused: nothing listens at 192.0.2.7:8080.",
    DIAL + "i/o timeout": "GET http://web:80/ got no answer from 192.0.2.7:8080 in time.",
    DIAL + "connect: no route to host": "GET http://web:80/ found no way to 192.0.2.7:8080.",
    "error trying to reach service: EOF": "GET http://web:80/ was cut off by it before it was answered.",
    'error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00"':
        "GET http://web:80/ was answered by it with something that is no HTTP.",
    "error trying to reach service: something new": "GET http://web:80/ failed on the way to it.",
    'no endpoints available for service "web"': "GET http://web:80/ leads nowhere just now.",
}  # fmt: skip


@pytest.mark.parametrize("words", UNREACHED)
def test_what_does_not_answer_is_told_in_our_words_with_where_to_look(words: str) -> None:
    assert said(reading.page(PAGE, status(503, words))) == (Silent, f"{UNREACHED[words]} {LOOK}")


def test_nothing_that_a_container_said_is_quoted() -> None:
    told = reading.page(
        PAGE, status(503, 'error trying to reach service: malformed HTTP response "password"')
    )
    assert isinstance(told, Silent)
    assert "password" not in str(told.message)


def test_a_service_that_is_gone_by_now_leads_nowhere() -> None:
    told = reading.page(PAGE, status(404, 'endpoints "web" not found', "NotFound"))
    assert said(told) == (Silent, f"GET http://web:80/ leads nowhere just now. {LOOK}")


def test_an_address_that_the_api_server_does_not_allow_is_not_asked() -> None:
    told = reading.page(OF_POD, status(400, "address not allowed", "BadRequest"))
    assert said(told) == (
        Refused,
        "GET http://web-1:8080/healthz is not asked: the API server allows no such address",
    )


@pytest.mark.parametrize("code", [401, 403, 429, 500])
def test_what_the_api_server_refuses_says_nothing_about_the_lab(code: int) -> None:
    told = reading.page(PAGE, status(code, "no", "Forbidden"))
    assert said(told) == (Troubled, "GET http://web:80/ cannot be asked: no")
    assert isinstance(reading.lines(LOG, status(code, "no", "Forbidden")), Troubled | Silent)


def test_a_log_is_its_lines() -> None:
    answer = Answer(200, (), b"one\r\n\ntwo \xc3\xa4\n\x1b[31mthree")
    assert value(reading.lines(LOG, answer)) == {"lines": ["one", "two ä", "\x1b[31mthree"]}


def test_of_a_long_log_the_newest_whole_lines_count() -> None:
    content = b"".join(b"%06d %s\n" % (i, b"x" * 93) for i in range(2_000))
    lines = value(reading.lines(LOG, Answer(200, (), content)))["lines"]
    assert isinstance(lines, list)
    assert lines[-1].startswith("001999 ")
    assert len(lines) == 648
    assert {len(line) for line in lines} == {100}


def test_a_line_is_cut_and_a_log_of_one_endless_line_is_its_end() -> None:
    assert value(reading.lines(LOG, Answer(200, (), b"a" * 5_000 + b"\nb")))["lines"] == ["a" * 1_024, "b"]
    assert value(reading.lines(LOG, Answer(200, (), b"a" * 200_000)))["lines"] == ["a" * 1_024]


POD = "Look: kubectl describe pod -n demo web-1"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            status(400, 'container "web" in pod "web-1" is waiting to start: ImagePullBackOff', "BadRequest"),
            f"Log of Pod web-1 is not there yet: its container is waiting to start (ImagePullBackOff). {POD}",
        ),
        (status(404, 'pods "web-1" not found', "NotFound"), f"Log of Pod web-1 is not there. {POD}"),
        (
            status(500, "Get https://…: dial tcp", "InternalError"),
            f"Log of Pod web-1 is not there yet: the node does not give it. {POD}",
        ),
    ],
)
def test_why_there_is_no_log(answer: Answer, told: str) -> None:
    assert said(reading.lines(LOG, answer)) == (Silent, told)


def test_no_answer_in_time_is_the_containers_and_no_answer_at_all_the_api_servers() -> None:
    assert said(reading.failed(PAGE, too_late(5))) == (
        Silent,
        f"GET http://web:80/ got no answer within 5 s. {LOOK}",
    )
    assert isinstance(reading.failed(PAGE, garbled()), Silent)
    assert isinstance(reading.failed(PAGE, no_answer("h", OSError("x"))), Troubled)
    assert isinstance(reading.failed(PAGE, ApiError(0, "NoCredentials", "x")), Troubled)
