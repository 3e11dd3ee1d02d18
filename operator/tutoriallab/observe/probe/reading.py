"""What came back, as the value of a variable, or why nothing did. Pure: called by `asking.py`.

What a container says is hostile: it is cut, never unpacked, and never quoted in a sentence of ours.
"""

import re

import msgspec

from tutoriallab.kube.errors import ApiError, TimedOut, error_from_answer
from tutoriallab.kube.session import Answer
from tutoriallab.observe.probe.outcome import Heard, Outcome, Refused, Silent, Troubled
from tutoriallab.observe.probe.question import Asked, EventsOf, LastLines, Question
from tutoriallab.observe.probe.request import Http, Log, where
from tutoriallab.words import probing as words
from tutoriallab.words.sentence import Sentence, Words

#: Bytes of a page or a log that checks see.
LIMIT = 64 * 1024
#: Characters of one line of a log, and of one header: what CEL may read within its macros.
LINE = 1_024
#: Response headers that checks see.
HEADERS = 64
#: What the API server says of its own, in each answer anew.
_OF_THE_API_SERVER = re.compile(r"audit-id|x-kubernetes-pf-.*")
#: What the API server's proxy says of an address that it did not get through to; Go's words for why, and ours.
_UNREACHED = "error trying to reach service"
_WHY: tuple[tuple[str, Words], ...] = (
    ("connection refused", words.REFUSED),
    ("no route to host", words.NO_WAY),
    ("network is unreachable", words.NO_WAY),
    ("timeout", words.LATE),
    ("deadline exceeded", words.LATE),
    ("malformed HTTP", words.NO_HTTP),
    ("connection reset", words.CUT_OFF),
    ("EOF", words.CUT_OFF),
)
#: What the kubelet writes in place of the log of a container that it has removed already.
_NO_LOG = "unable to retrieve container logs for "
_ADDRESS = re.compile(r"dial tcp (\S{1,60}:\d{1,5}): ")


def page(probe: Http, answer: Answer) -> Outcome:
    """The page; or why the API server could not fetch it."""
    refusal = _of_the_api_server(answer)
    if refusal is not None:
        return _unfetched(probe, refusal)
    headers: dict[str, str] = {}
    for name, value in answer.headers:
        if _OF_THE_API_SERVER.fullmatch(name) or (name not in headers and len(headers) == HEADERS):
            continue
        headers[name] = (f"{headers[name]}, {value}" if name in headers else value)[:LINE]
    body = answer.content[:LIMIT].decode(errors="replace")
    return Heard({"status": answer.status, "body": body, "headers": headers})


def lines(probe: Log, answer: Answer) -> Outcome:
    """The newest whole lines of a log that are no more than LIMIT bytes together; or why there is none."""
    if answer.status != 200:
        return _unread(probe, error_from_answer(answer.status, answer.content))
    newest = answer.content[-LIMIT:]
    if len(newest) < len(answer.content):
        # The first of them is the end of a line; of a single one that is all there is.
        newest = newest.partition(b"\n")[2] or newest
    text = newest.decode(errors="replace")
    return Heard({"lines": [line.removesuffix("\r")[:LINE] for line in text.split("\n") if line]})


def answer_to(question: Question, answer: Answer) -> Outcome:
    """Events, the newest first, or the last lines of a log; or why there is none."""
    if answer.status != 200:
        error = error_from_answer(answer.status, answer.content)
        return Troubled(words.CANNOT_READ(request=question.label, error=str(error)))
    if isinstance(question, LastLines):
        said = answer.content.decode(errors="replace").split("\n")
        mine = (line for line in said if line.strip() and not line.startswith(_NO_LOG))
        return Heard({"lines": [line.rstrip("\r")[:LINE] for line in mine]})
    try:
        items = msgspec.json.decode(answer.content, type=_Events).items
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # One answer that is over the limit was cut.
        return Troubled(words.UNREADABLE(request=question.label))
    return Heard({"events": [one.told() for one in sorted(items, key=_Event.at, reverse=True)]})


class _Event(msgspec.Struct, rename="camel"):
    """What is read of an Event: those of today have `eventTime` or a series, those of before a count."""

    reason: str | None = None
    message: str | None = None
    type: str | None = None
    last_timestamp: str | None = None
    event_time: str | None = None

    def at(self) -> str:
        return self.last_timestamp or self.event_time or ""

    def told(self) -> dict[str, str]:
        return {
            "reason": self.reason or "",
            "message": (self.message or "")[:LINE],
            "type": self.type or "",
        }


class _Events(msgspec.Struct):
    items: list[_Event]


def failed(probe: Asked, error: ApiError) -> Outcome:
    """Why there was no answer at all."""
    if isinstance(probe, EventsOf | LastLines):
        return Troubled(words.CANNOT_ASK(request=probe.label, error=str(error)))
    if isinstance(error, TimedOut):
        return _silent(probe, words.TOO_LATE(request=probe.label, error=str(error)))
    if error.status == 0 and error.reason == "UnexpectedAnswer":
        return _silent(probe, words.GARBLED(request=probe.label, error=str(error)))
    return Troubled(words.CANNOT_ASK(request=probe.label, error=str(error)))


def _of_the_api_server(answer: Answer) -> ApiError | None:
    """The API server's own refusal; None for whatever it has passed on.

    A container could answer the same words, and would gain that they are told as if the API server had said them.
    """
    if answer.status < 400 or answer.cut:
        return None
    try:
        found = msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not isinstance(found, dict) or (found.get("kind"), found.get("apiVersion")) != ("Status", "v1"):
        return None
    return error_from_answer(answer.status, answer.content)


def _unfetched(probe: Http, error: ApiError) -> Outcome:
    if error.status == 503 and error.message.startswith(_UNREACHED):
        why = next((why for sign, why in _WHY if sign in error.message), words.FAILED)
        address = _ADDRESS.search(error.message)
        told = why(request=probe.label, address=address[1] if address else words.ITS_ADDRESS())
        return _silent(probe, told)
    if error.status in (404, 503):
        # Between our look and the API server's, the Service has lost what it led to.
        return _silent(probe, words.NOWHERE(request=probe.label))
    if error.status == 400:
        return Refused(words.NOT_ASKED(request=probe.label, why=words.NOT_ALLOWED()))
    return Troubled(words.CANNOT_ASK(request=probe.label, error=str(error)))


def _unread(probe: Log, error: ApiError) -> Outcome:
    if error.status in (401, 403, 429) or error.reason == "UnexpectedAnswer":
        return Troubled(words.CANNOT_READ(request=probe.label, error=str(error)))
    if error.status == 404:
        return _silent(probe, words.NO_LOG(request=probe.label))
    waiting = re.search(r"is waiting to start: ([A-Za-z]{1,60})", error.message)
    why = words.WAITING_TO_START(reason=waiting[1]) if waiting else words.NODE_SILENT()
    return _silent(probe, words.NO_LOG_YET(request=probe.label, why=why))


def _silent(probe: Http | Log, why: Sentence) -> Silent:
    """Nothing answers, and the command that shows why."""
    return Silent(words.THEN_LOOK(why=why, look=where(probe)))
