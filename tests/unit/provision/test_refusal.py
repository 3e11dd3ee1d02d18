from typing import Any

import pytest

from tutoriallab.kube.errors import ApiError, error_from_status
from tutoriallab.provision import reasons
from tutoriallab.provision.refusal import MAX_MESSAGE, Refusal, refusal, told


def error(code: int, reason: str, message: str, **details: Any) -> ApiError:
    return error_from_status(code, {"reason": reason, "message": message, "details": details})


QUOTA = error(
    403,
    "Forbidden",
    'pods "b" is forbidden: exceeded quota: tutoriallab-counts, requested: pods=1, used: pods=1',
)
NO_RIGHT = error(
    403,
    "Forbidden",
    'ingresses "a" is forbidden: User "system:serviceaccount:x:tutoriallab-provisioner" cannot patch resource',
)
IMMUTABLE = error(
    422, "Invalid", 'Service "a" is invalid: spec.clusterIP: Invalid value: "x": field is immutable'
)
SECRET = error(
    422,
    "Invalid",
    'Secret "a" is invalid: data[k]: Invalid value: "hunter2"',
    causes=[{"reason": "FieldValueInvalid", "message": 'Invalid value: "hunter2"', "field": "data[k]"}],
)

SORTED: list[tuple[str, ApiError, Refusal]] = [
    ("quota", QUOTA, Refusal(reasons.QUOTA_EXCEEDED, transient=True)),
    (
        "quota not counted yet",
        error(
            403,
            "Forbidden",
            'pods "a" is forbidden: status unknown for quota: tutoriallab-counts, resources: pods',
        ),
        Refusal(reasons.WORKSPACE_NOT_READY, transient=True, soon=True),
    ),
    (
        "no default account yet",
        error(
            403, "Forbidden", 'pods "a" is forbidden: error looking up service account x/default: not found'
        ),
        Refusal(reasons.WORKSPACE_NOT_READY, transient=True, soon=True),
    ),
    ("no right", NO_RIGHT, Refusal(reasons.FORBIDDEN, soon=True)),
    (
        "namespace terminating",
        error(
            403,
            "Forbidden",
            'pods "a" is forbidden: unable to create new content in namespace x because it is being terminated',
            causes=[{"reason": "NamespaceTerminating", "message": "namespace x is being terminated"}],
        ),
        Refusal(reasons.WORKSPACE_TERMINATING, transient=True),
    ),
    (
        "pod security",
        error(
            403, "Forbidden", 'pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces'
        ),
        Refusal(reasons.REFUSED),
    ),
    (
        "a webhook's no",
        error(400, "BadRequest", 'admission webhook "w.example.com" denied the request: no'),
        Refusal(reasons.REFUSED),
    ),
    (
        "a webhook that is away",
        error(
            500, "InternalError", 'Internal error occurred: failed calling webhook "w.example.com": timeout'
        ),
        Refusal(reasons.REFUSED, transient=True),
    ),
    ("immutable", IMMUTABLE, Refusal(reasons.INVALID)),
    (
        "field not known",
        error(
            500, "", "failed to create typed patch object (x/a; /v1, Kind=Pod): .spec.b: field not declared"
        ),
        Refusal(reasons.INVALID),
    ),
    ("too large", error(413, "RequestEntityTooLarge", "limit is 3145728"), Refusal(reasons.INVALID)),
    ("changed", error(409, "Conflict", "modified"), Refusal(reasons.CONFLICT, transient=True, soon=True)),
    (
        "the one of before",
        error(409, reasons.OBJECT_TERMINATING, "still being deleted"),
        Refusal(reasons.OBJECT_TERMINATING, transient=True, soon=True),
    ),
    (
        "namespace not seen yet",
        error(404, "NotFound", 'namespaces "x" not found', kind="namespaces", name="x"),
        Refusal(reasons.WORKSPACE_NOT_READY, transient=True, soon=True),
    ),
    ("kind gone", error(404, "NotFound", "the server could not find it"), Refusal(reasons.UNKNOWN_KIND)),
    (
        "no answer",
        ApiError(0, "NoAnswer", "refused"),
        Refusal(reasons.SERVER_UNAVAILABLE, transient=True, soon=True),
    ),
    (
        "too many",
        error(429, "TooManyRequests", "later"),
        Refusal(reasons.SERVER_UNAVAILABLE, transient=True, soon=True),
    ),
]


@pytest.mark.parametrize(("answer", "wanted"), [one[1:] for one in SORTED], ids=[one[0] for one in SORTED])
def test_every_answer_has_its_reason(answer: ApiError, wanted: Refusal) -> None:
    assert refusal(answer) == wanted


def test_the_message_names_the_object_once_and_quotes_the_api_server() -> None:
    found = told("Pod b", QUOTA, refusal(QUOTA))
    assert str(found.message) == (
        "Pod b: exceeded quota: tutoriallab-counts, requested: pods=1, used: pods=1: "
        "delete what is not needed, or provision less"
    )
    assert (found.object, found.transient) == ("Pod b", True)


@pytest.mark.parametrize(
    ("answer", "way_out"),
    [(NO_RIGHT, "labs may not provision this kind"), (IMMUTABLE, "reset the lab to make the object anew")],
)
def test_the_message_ends_with_the_way_out(answer: ApiError, way_out: str) -> None:
    assert str(told("Service a", answer, refusal(answer)).message).endswith(f": {way_out}")


def test_a_secrets_values_are_in_no_message() -> None:
    found = told("Secret a", SECRET, refusal(SECRET))
    assert (
        str(found.message)
        == "Secret a: the API server does not accept data[k] (what a Secret holds is not shown)"
    )


def test_a_message_is_bounded() -> None:
    long = error(422, "Invalid", "x" * 100_000)
    assert len(str(told("Pod a", long, refusal(long)).message)) == MAX_MESSAGE
