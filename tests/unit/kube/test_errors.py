import json
from typing import Any

import pytest

from tutoriallab.kube.errors import (
    AlreadyExists,
    ApiError,
    BadRequest,
    Cause,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    ServerUnavailable,
    TooManyRequests,
    Unauthorized,
    error_from_answer,
    error_from_status,
    no_answer,
)


def status(reason: str, message: str = "no", **details: Any) -> bytes:
    return json.dumps({"kind": "Status", "reason": reason, "message": message, "details": details}).encode()


@pytest.mark.parametrize(
    ("code", "reason", "kind", "transient"),
    [
        (400, "BadRequest", BadRequest, False),
        (401, "Unauthorized", Unauthorized, False),
        (403, "Forbidden", Forbidden, False),
        (404, "NotFound", NotFound, False),
        (409, "Conflict", Conflict, False),
        (409, "AlreadyExists", AlreadyExists, False),
        (410, "Expired", Gone, True),
        (410, "Gone", Gone, True),
        (422, "Invalid", Invalid, False),
        (429, "TooManyRequests", TooManyRequests, True),
        (500, "InternalError", ApiError, True),
        (503, "ServiceUnavailable", ServerUnavailable, True),
        (504, "Timeout", ServerUnavailable, True),
    ],
)
def test_each_answer_has_its_class(code: int, reason: str, kind: type[ApiError], transient: bool) -> None:
    error = error_from_answer(code, status(reason, "a sentence"))
    assert type(error) is kind
    assert (error.status, error.reason, error.message, str(error)) == (
        code,
        reason,
        "a sentence",
        "a sentence",
    )
    assert error.transient is transient


def test_refused_fields_come_with_their_paths() -> None:
    cause = {"reason": "FieldValueInvalid", "message": "must be more", "field": "spec.replicas"}
    error = error_from_answer(422, status("Invalid", causes=[cause]))
    assert error.causes == (Cause("FieldValueInvalid", "must be more", "spec.replicas"),)
    assert error_from_answer(404, status("NotFound")).causes == ()


def test_a_value_of_a_wrong_type_is_invalid_though_the_api_server_says_500() -> None:
    body = {"kind": "Status", "code": 500, "message": "failed to create typed patch object"}
    error = error_from_answer(500, json.dumps(body).encode())
    assert type(error) is Invalid
    assert not error.transient


@pytest.mark.parametrize("body", [b"", b"<html>bad gateway</html>", b"[1]", b"\xff\xfe", b'{"kind": "Pod"}'])
def test_an_answer_of_something_else_is_quoted(body: bytes) -> None:
    error = error_from_answer(502, body)
    assert type(error) is ServerUnavailable
    assert error.reason == "UnexpectedAnswer"
    assert error.message


@pytest.mark.parametrize(
    ("header", "details", "seconds"),
    [("7", {}, 7.0), (None, {"retryAfterSeconds": 3}, 3.0), (None, {}, 0.0), ("soon", {}, 0.0)],
)
def test_how_long_to_wait_comes_from_the_answer(
    header: str | None, details: dict[str, Any], seconds: float
) -> None:
    error = error_from_answer(429, status("TooManyRequests", **details), header)
    assert isinstance(error, TooManyRequests)
    assert error.retry_after == seconds


def test_the_error_in_a_watch_has_its_code_inside() -> None:
    assert type(error_from_status(500, {"code": 410, "reason": "Expired", "message": "too old"})) is Gone


def test_no_answer_names_the_server_and_is_worth_another_try() -> None:
    error = no_answer("https://127.0.0.1:6443", ConnectionRefusedError("refused"))
    assert str(error) == "the API server at https://127.0.0.1:6443 does not answer: refused"
    assert error.transient
    assert str(no_answer("x", TimeoutError())).endswith("TimeoutError")
