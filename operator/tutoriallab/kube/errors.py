"""What the API server answers when it refuses, as exceptions that name the object and the way out.

Raised by `kube/session.py` alone; everything above decides by class, `reason` or `transient`, never by text.
"""

from collections.abc import Mapping
from typing import Any

import msgspec


class Cause(msgspec.Struct, frozen=True):
    """One refused field: `field` is its path, `reason` a constant such as FieldValueInvalid."""

    reason: str = ""
    message: str = ""
    field: str = ""


class ApiError(Exception):
    """The API server refused a request.

    `status` is the HTTP status (0 when there was no answer), `reason` the API's own PascalCase constant,
    `message` its sentence, `details` what metav1.Status has besides, `causes` the refused fields.
    """

    def __init__(
        self, status: int, reason: str, message: str, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.details: Mapping[str, Any] = details or {}

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The fields that were refused, with their paths; empty when the API server named none."""
        return tuple(msgspec.convert(one, Cause, strict=False) for one in self.details.get("causes") or ())

    @property
    def transient(self) -> bool:
        """Whether the same request may succeed later without anybody changing anything."""
        return self.status in TRANSIENT_STATUSES


class BadRequest(ApiError):
    """400: the request makes no sense to the API server."""


class Unauthorized(ApiError):
    """401: the credentials are missing, wrong or expired."""


class Forbidden(ApiError):
    """403: the user lacks the right, a quota is exhausted, or an admission plugin refused."""


class NotFound(ApiError):
    """404: there is no such object, or no such kind (then `reason` is not NotFound's own)."""


class Conflict(ApiError):
    """409: another version, another UID or another field manager stands in the way."""


class AlreadyExists(Conflict):
    """409 on create: an object of that name exists."""


class Gone(ApiError):
    """410: the resourceVersion or the continue token is too old; list again."""


class Invalid(ApiError):
    """422: the object breaks a rule; `causes` names the fields."""


class TooManyRequests(ApiError):
    """429: the API server asks to wait; `retry_after` in seconds, 0 when it did not say."""

    @property
    def retry_after(self) -> float:
        """Seconds to wait before the next try."""
        return float(self.details.get("retryAfterSeconds") or 0)


class ServerUnavailable(ApiError):
    """No answer at all (refused, cut, timed out: status 0), or 502, 503, 504 from something in between."""


class TimedOut(ApiError):
    """No answer in time, be it for the API server or for what it passes the request on to (status: 0)."""


#: Statuses after which the same request may succeed.
TRANSIENT_STATUSES = frozenset({0, 408, 410, 429, 500, 502, 503, 504})

#: Reason of an ApiError without an answer: the connection was refused, cut or timed out.
NO_ANSWER = "NoAnswer"
#: Reason of an answer that is no metav1.Status: a proxy or another program stands there.
UNEXPECTED_ANSWER = "UnexpectedAnswer"

#: Reason of an ApiError for an answer that did not come in time.
TOO_LATE = "TooLate"

_BY_STATUS: Mapping[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    422: Invalid,
    429: TooManyRequests,
    502: ServerUnavailable,
    503: ServerUnavailable,
    504: ServerUnavailable,
}


def error_from_status(code: int, status: Mapping[str, Any]) -> ApiError:
    """The exception for a decoded metav1.Status; `code` counts where the Status has none."""
    code = int(status.get("code") or code)
    reason = str(status.get("reason") or UNEXPECTED_ANSWER)
    if code == 500 and not status.get("reason"):
        # Server-side apply answers so to a value of a wrong type, which no later try will mend.
        code, reason = 422, "Invalid"
    kind = AlreadyExists if reason == "AlreadyExists" else _BY_STATUS.get(code, ApiError)
    return kind(
        code, reason, str(status.get("message") or f"HTTP status {code}"), status.get("details") or {}
    )


def error_from_answer(code: int, body: bytes, retry_after: str | None = None) -> ApiError:
    """The exception for an HTTP answer that is an error; a body that is no Status is quoted, cut short."""
    try:
        status = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        status = None
    if not isinstance(status, dict) or status.get("kind") != "Status":
        text = body[:200].decode(errors="replace").strip()
        status = {"reason": UNEXPECTED_ANSWER, "message": text or f"HTTP status {code} without a text"}
    if retry_after is not None and retry_after.isdigit():
        status.setdefault("details", {}).setdefault("retryAfterSeconds", int(retry_after))
    return error_from_status(code, status)


def no_answer(host: str, problem: BaseException) -> ServerUnavailable:
    """The exception for a request that got no answer from the API server at `host`."""
    text = str(problem) or type(problem).__name__
    return ServerUnavailable(0, NO_ANSWER, f"the API server at {host} does not answer: {text}")


def too_late(seconds: float) -> TimedOut:
    """The exception for a request that was given up after so many seconds."""
    return TimedOut(0, TOO_LATE, f"no answer within {seconds:g} s")


def garbled() -> ApiError:
    """The exception for an answer that breaks off, or that nobody can read."""
    return ApiError(0, UNEXPECTED_ANSWER, "the answer broke off, or cannot be read")
