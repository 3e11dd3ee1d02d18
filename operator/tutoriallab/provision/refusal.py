"""What the API server answered to one object → why the lab cannot be prepared, in words for people. Pure.

Called by `apply.py` for every request that failed, and by `workspace.py`.
"""

from dataclasses import dataclass

from tutoriallab.kube.errors import ApiError, Conflict, Invalid, NotFound
from tutoriallab.provision import reasons
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence, Text, Words, cut

MAX_MESSAGE = 1_000
#: What the API server says while a fresh workspace is being set up: its controllers make these moments later.
_NOT_YET = ("status unknown for quota", "error looking up service account")
#: What it says (with status 500) when server-side apply cannot read a manifest.
_UNREADABLE = "failed to create typed patch object"


@dataclass(frozen=True)
class ProvisionProblem:
    """Why an object could not be applied: `object` is its kind and name, `message` a sentence with both.

    `transient`: it may go away without anybody changing the lab; apply again later.
    """

    reason: str
    object: str
    message: Sentence
    transient: bool = False


@dataclass(frozen=True)
class Refusal:
    """A failed request, sorted: `soon` when trying again within moments is likely to help."""

    reason: str
    transient: bool = False
    soon: bool = False


def refusal(error: ApiError) -> Refusal:
    """Which of our reasons an answer of the API server amounts to."""
    if error.status == 403:
        return _forbidden(error)
    if _UNREADABLE in error.message or isinstance(error, Invalid) or error.status in {400, 413}:
        return Refusal(reasons.REFUSED if _by_webhook(error) else reasons.INVALID)
    if error.reason == reasons.OBJECT_TERMINATING:
        return Refusal(reasons.OBJECT_TERMINATING, transient=True, soon=True)
    if isinstance(error, Conflict):
        # Of our object, or of the ResourceQuota, whose use many creations at once try to count.
        return Refusal(reasons.CONFLICT, transient=True, soon=True)
    if isinstance(error, NotFound):
        return _not_found(error)
    if error.status == 500 and _by_webhook(error):
        return Refusal(reasons.REFUSED, transient=True)
    return Refusal(reasons.SERVER_UNAVAILABLE, transient=True, soon=True)


def _forbidden(error: ApiError) -> Refusal:
    if any(cause.reason == "NamespaceTerminating" for cause in error.causes):
        return Refusal(reasons.WORKSPACE_TERMINATING, transient=True)
    if any(sign in error.message for sign in _NOT_YET):
        return Refusal(reasons.WORKSPACE_NOT_READY, transient=True, soon=True)
    if "exceeded quota" in error.message:
        # The learner may delete what fills it.
        return Refusal(reasons.QUOTA_EXCEEDED, transient=True)
    if " cannot " in error.message and 'User "' in error.message:
        # An API server may know the workspace's fresh RoleBinding some milliseconds later than another.
        return Refusal(reasons.FORBIDDEN, soon=True)
    return Refusal(reasons.REFUSED)


def _not_found(error: ApiError) -> Refusal:
    if error.details.get("kind") == "namespaces":
        return Refusal(reasons.WORKSPACE_NOT_READY, transient=True, soon=True)
    return Refusal(reasons.UNKNOWN_KIND)


def _by_webhook(error: ApiError) -> bool:
    return "admission webhook" in error.message or "calling webhook" in error.message


def told(subject: str, error: ApiError, found: Refusal) -> ProvisionProblem:
    """The problem with an object (`Pod web`) in the API server's words, with a way out if there is one."""
    if subject.startswith("Secret ") and found.reason in {reasons.INVALID, reasons.REFUSED}:
        text: Text = _without_values(error)
    else:
        text = _own_words(error)
    way_out = _way_out(error, found)
    message = words.REFUSED(object=subject, told=way_out(told=text) if way_out else text)
    return ProvisionProblem(found.reason, subject, cut(message, MAX_MESSAGE), found.transient)


def _own_words(error: ApiError) -> Text:
    """The API server's sentence without the object's name in front, which we have said already."""
    if error.reason == reasons.OBJECT_TERMINATING:
        return words.STILL_DELETED()
    for prefix in (" is forbidden: ", " is invalid: "):
        _, found, rest = error.message.partition(prefix)
        if found:
            return rest
    if error.message.startswith(_UNREADABLE):
        return error.message.partition("): ")[2] or error.message
    return error.message


def _without_values(error: ApiError) -> Sentence:
    """Which fields of a Secret are wrong; the API server's sentence could quote their values."""
    fields = ", ".join(sorted({cause.field for cause in error.causes if cause.field}))
    return words.HIDDEN_REFUSAL(fields=fields or words.IT())


def _way_out(error: ApiError, found: Refusal) -> Words | None:
    if "field is immutable" in error.message or "may not change fields" in error.message:
        return words.RESET_TO_MEND
    if found.reason == reasons.FORBIDDEN:
        return words.MAY_NOT_PROVISION
    if found.reason == reasons.QUOTA_EXCEEDED:
        return words.OVER_QUOTA
    return None
