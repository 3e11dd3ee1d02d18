"""What is wrong with the requests and logs that checks ask for (`given` of kind Http or Log). Pure.

Called by `lab/parse.py`; `lab/policy.py` has the same rules for the API server. What may be written here decides
what leaves the operator: a request must stay below the proxy path of its object, and carry nobody's identity.
"""

import re
from collections.abc import Iterable, Iterator

from tutoriallab.lab.given import ASKED, PATH, Given
from tutoriallab.lab.model import Spec, Step
from tutoriallab.lab.problem import Problem

# Regular expressions that mean the same to Python and to RE2, which the API server has.
#: What could lead a path elsewhere: empty, `.` and `..` segments, and the same (or %, or controls) encoded.
ASTRAY = "(?i)^[^?]*(//|/[.][.]?(/|[?]|$)|%(2[ef5]|5c|[01]|7f))"
#: A % that encodes nothing.
HALF_ENCODED = "(?i)%([^0-9a-f]|.[^0-9a-f]|.?$)"
HEADER = "^[A-Za-z0-9-]{1,64}$"
#: Headers that are the connection's own, would say who asks, or where from.
NOT_YOURS = (
    "(?i)^(accept-encoding|authorization|connection|content-.*|cookie|expect|forwarded|host|impersonate-.*|keep-alive|"
    "proxy-.*|te|trailer|transfer-encoding|upgrade|via|x-forwarded-.*|x-kubernetes-.*|x-real-ip|x-remote-.*)$"
)
#: Printable ASCII, without spaces at its ends.
HEADER_VALUE = "^([!-~]([ -~]*[!-~])?)?$"
#: Different requests and logs that the checks of one step may ask for.
MOST_PER_STEP = 10


def probe_problems(spec: Spec) -> Iterator[Problem]:
    """Everything that is wrong with the lab's requests and logs, with its path."""
    for s, step in enumerate(spec.steps):
        yield from _of_step(step, f"spec.steps[{s}]")


def probes(step: Step) -> Iterator[Given]:
    """The requests and logs of a step's checks."""
    return (given for check in step.checks for given in check.given.values() if given.asks)


def first_probe(spec: Spec) -> str | None:
    """The path of the first check that asks for a page or a log; None when none does."""
    return next(
        (
            f"spec.steps[{s}].checks[{c}].given.{name}"
            for s, step in enumerate(spec.steps)
            for c, check in enumerate(step.checks)
            for name, given in check.given.items()
            if given.asks
        ),
        None,
    )


def _of_step(step: Step, path: str) -> Iterator[Problem]:
    for c, check in enumerate(step.checks):
        where = f"{path}.checks[{c}]"
        for name, given in check.given.items():
            for field, fault in _faults(given):
                yield Problem(f"{where}.given.{name}{field}", fault)
        if check.when == "Throughout" and any(given.asks for given in check.given.values()):
            yield Problem(f"{where}.when", THROUGHOUT)
    for name, given in (step.settle.given if step.settle else {}).items():
        if given.asks:
            yield Problem(f"{path}.settle.given.{name}.kind", SETTLING)
    different = len({repr(given) for given in probes(step)})
    if different > MOST_PER_STEP:
        yield Problem(
            f"{path}.checks",
            f"they ask for {different} different pages and logs, at most {MOST_PER_STEP}: make two steps of it",
        )


THROUGHOUT = "nobody sees what an Http or Log says between two requests: use Now or Ever, or ask for objects throughout"
SETTLING = "nothing is asked before the step is open: settle on objects, such as a ready Pod"
NO_SELECTION = (
    "Http and Log take no name, namespace, ownedBy, selector, where, pick or terminating: leave them out"
)
NO_PROBE = "service, pod, port, path, headers and container are for Http and Log: leave them out"
NOT_FOR_LOG = "a Log has no service, port, path and headers: leave them out"
NOT_FOR_HTTP = "an Http request goes to a port, not to a container: leave container out"
LEADS_ASTRAY = (
    "a path has no empty, . or .. segment and no encoded dot, slash, backslash, % or control: "
    "write it plainly (a query may follow ?)"
)
NO_CODE = "% stands for a byte and two hexadecimal digits follow: write %25 for a %, in the query"
NO_HEADER = (
    "a header is 1 to 64 letters, digits and -; none that is the connection's own or says who asks "
    "(Host, Authorization, Cookie, X-Forwarded-… and the like): leave it out"
)
NO_VALUE = "a header's value is printable ASCII without spaces at its ends: write it so"


def _faults(given: Given) -> Iterator[tuple[str, str]]:
    """(field below the given, sentence) of all that does not fit its kind."""
    http_only = (given.service, given.port, given.path, given.headers)
    if not given.asks:
        if any((*http_only, given.pod, given.container)):
            yield "", NO_PROBE
        return
    selecting = (given.name, given.namespace, given.owned_by, given.selector, given.where, given.pick)
    if any((*selecting, given.terminating)):
        yield "", NO_SELECTION
    if given.kind == "Log" and any(http_only):
        yield "", NOT_FOR_LOG
    for field, name in (("service", given.service), ("pod", given.pod), ("container", given.container)):
        if name and not re.fullmatch(ASKED, name):
            yield f".{field}", f"{name!r} is no name: lower-case letters, digits, - and ."
    if given.kind == "Http" and given.container:
        yield ".container", NOT_FOR_HTTP
    # Once more, and whole: to Python, the $ of a pattern stands before a last line feed, too.
    if given.path and (re.search(ASTRAY, given.path) or not re.fullmatch(PATH, given.path)):
        yield ".path", LEADS_ASTRAY
    if given.path and re.search(HALF_ENCODED, given.path):
        yield ".path", NO_CODE
    yield from ((".headers", fault) for fault in _header_faults(given.headers.items()))


def _header_faults(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in headers:
        if not re.fullmatch(HEADER, name) or re.search(NOT_YOURS, name):
            yield f"{name[:64]!r}: {NO_HEADER}"
        elif not re.fullmatch(HEADER_VALUE, value):
            yield f"{name}: {NO_VALUE}"
