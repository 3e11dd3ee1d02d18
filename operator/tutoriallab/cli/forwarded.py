"""The page that stands in the cluster, at a port of this machine that kubectl forwards; called by `open_page.py`.

kubectl ends when the page's pod does: it is started again at the same port, so that the browser's address stays.
"""

import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.refusal import Forbidden, Unreachable, refusal
from tutoriallab.cluster.install import NAMESPACE, PAGE
from tutoriallab.lab.plain import line

#: Seconds between two starts of kubectl.
_PAUSE = 1.0
_FROM = re.compile(r"^Forwarding from 127\.0\.0\.1:(\d+) ")


def is_in(kubectl: Kubectl) -> bool:
    """Whether a page stands in the cluster and may be looked for; raises CliError when no cluster answers."""
    try:
        return kubectl.find_one("service", PAGE, NAMESPACE) is not None
    except Forbidden:
        return False


def forward(kubectl: Kubectl, open_: Callable[[str], None], lost: Callable[[str], None]) -> None:
    """Forward a port until Ctrl-C; `open_` gets the address once, `lost` why there is none for now.

    Raises CliError where it never came about, and for what no waiting repairs.
    """
    port = ""
    to = (f"service/{PAGE}", f"--namespace={NAMESPACE}")
    while True:
        # Of stderr the end alone counts: there is a line for each connection that fails.
        last = deque[str](maxlen=5)
        with kubectl.start("port-forward", *to, f"{port}:80") as process:
            reader = threading.Thread(target=last.extend, args=(process.stderr or (),), daemon=True)
            reader.start()
            try:
                came = _port(process)
                if came and not port:
                    port = came
                    open_(f"http://127.0.0.1:{port}/")
                for _ in process.stdout or ():
                    pass
            finally:
                process.kill()
                reader.join()
        said = "".join(last)
        why = refusal(said, kubectl.context)
        if isinstance(why, Forbidden) or (isinstance(why, Unreachable) and not port):
            raise why
        if not port:
            raise CliError(
                f"The page in the cluster does not answer ({line(said)[-160:] or 'kubectl ended'}): see "
                f"`kubectl get pods -n {NAMESPACE}`, then run this again."
            )
        lost(str(why) if isinstance(why, Unreachable) else "The page's pod has ended")
        time.sleep(_PAUSE)


def _port(process: subprocess.Popen[str]) -> str:
    """The port that kubectl has opened; empty when it ended instead."""
    for told in process.stdout or ():
        if found := _FROM.match(told):
            return found[1]
    return ""
