"""What kubectl says when it fails → one sentence that ends with what to do. Pure; called by `kubectl.py`."""

import re
from collections.abc import Callable

from tutoriallab.cli.error import CliError
from tutoriallab.lab.plain import line


class NotFound(CliError):
    """The object does not exist."""


class Forbidden(CliError):
    """Whoever asks lacks the right."""


class Unreachable(CliError):
    """No API server answers; it may come back."""


_NO_CLUSTER = re.compile(
    r"no configuration has been provided|localhost:8080|current-context (is not set|must exist)"
)
_UNREACHABLE = re.compile(
    r"connection to the server (\S+) was refused|[Uu]nable to connect to the server: (.*)|"
    r"couldn't get current server API group list|request did not complete|connection refused|"
    r"Timeout exceeded|context deadline exceeded|http2: client connection lost|unexpected EOF|"
    r"connection reset by peer|ServiceUnavailable|apiserver not ready"
)
_NO_CRD = re.compile(r"doesn't have a resource type \"tutoriallabs|no matches for kind \"TutorialLab\"")
_NO_CONTEXT = re.compile(
    r"context \"?([^\"\s]+)\"? does not exist|context was not found for specified context: (\S+)|"
    r"cannot locate context (\S+)"
)
_NOT_FOUND = re.compile(r"\(NotFound\)|NotFound: ")
_NO_NAMESPACE = re.compile(r'namespaces "([^"]+)" not found')
_FORBIDDEN = re.compile(r"\(Forbidden\):? ?(.*)")
#: How a line of kubectl's log begins: E1122 19:34:04.810078   11718 memcache.go:265] "Unhandled Error" err=
_LOG = re.compile(r"[IWEF]\d{4} [\d:.]+ +\d+ \S+\] (\"Unhandled Error\" err=)?")
_INVALID = re.compile(r"is invalid:? ?(.*)", re.DOTALL)


def refusal(stderr: str, context: str) -> CliError:
    """The error for what kubectl said on stderr."""
    whole, said = line(stderr), line(_last_word(stderr))
    for pattern, make in _KNOWN:
        if found := pattern.search(whole):
            return make(said, found, context)
    return CliError(f"kubectl says: {_short(said) or 'nothing, but it failed'}. See `kubectl get labs -A`.")


def _last_word(stderr: str) -> str:
    """What kubectl says to people, without its log; where there is only that, the last line of it."""
    lines = [one for one in stderr.splitlines() if one.strip()]
    plain = [one for one in lines if not _LOG.match(one)]
    return "\n".join(plain) or _LOG.sub("", lines[-1] if lines else "")


def _short(said: str) -> str:
    text = re.sub(r"^(error|Error from server( \(\w+\))?): ", "", said)
    return text[:600].rstrip(" .")


def _with_context(context: str) -> str:
    return f" of context {context}" if context else ""


def _no_cluster(_said: str, _found: re.Match[str], _context: str) -> CliError:
    return Unreachable(
        "There is no cluster: run `tutoriallab up`, or choose one with --context or KUBECONFIG."
    )


def _unreachable(said: str, _found: re.Match[str], context: str) -> CliError:
    return Unreachable(
        f"The cluster{_with_context(context)} does not answer ({_short(said)[-160:]}): "
        "run `tutoriallab up`, or choose another with --context."
    )


def _no_crd(_said: str, _found: re.Match[str], context: str) -> CliError:
    return CliError(f"There is no tutoriallab on this cluster{_with_context(context)}: run `tutoriallab up`.")


def _no_context(_said: str, found: re.Match[str], _context: str) -> CliError:
    name = (found[1] or found[2] or found[3]).strip("\"'")
    return CliError(f"There is no context {name}: see `kubectl config get-contexts`.")


def _no_namespace(_said: str, found: re.Match[str], _context: str) -> CliError:
    return NotFound(f"There is no namespace {found[1]}: make it with `kubectl create namespace {found[1]}`.")


def _not_found(said: str, _found: re.Match[str], _context: str) -> CliError:
    return NotFound(f"{_short(said)}: see `kubectl get labs -A`.")


def _forbidden(said: str, _found: re.Match[str], _context: str) -> CliError:
    return Forbidden(f"You may not do this ({_short(said)}): ask who runs the cluster for the right.")


def _invalid(_said: str, found: re.Match[str], _context: str) -> CliError:
    return CliError(f"The cluster refuses the lab ({found[1][:600].rstrip(' .')}): correct it and try again.")


_KNOWN: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], str], CliError]], ...] = (
    (_NO_CLUSTER, _no_cluster),
    # Before what a cluster may lack: one that comes back while kubectl asks has told only half of what it has.
    (_UNREACHABLE, _unreachable),
    (_NO_CRD, _no_crd),
    (_NO_CONTEXT, _no_context),
    (_NO_NAMESPACE, _no_namespace),
    (_NOT_FOUND, _not_found),
    (_FORBIDDEN, _forbidden),
    (_INVALID, _invalid),
)
