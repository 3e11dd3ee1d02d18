"""`status`: the open step once: its task, each check with its verdict, what to do next."""

from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.map import Map, draw_up
from tutoriallab.cli.options import Context, Lab, Language, Namespace, Output
from tutoriallab.cli.page import as_json, page
from tutoriallab.cli.screen import show, show_json
from tutoriallab.status.seen import Seen


def command(
    lab: Lab = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """The open step: its task, what is asked, what is seen."""
    kubectl = Kubectl.find(context)
    found = find_lab(kubectl, lab, namespace)
    render(found, lang, output, _map(kubectl, found) if output == "text" else None)


def render(lab: Seen, language: str, output: str, where: Map | None = None) -> None:
    """Print a lab's page; called by every command that ends by showing one."""
    shown = page(lab, language)
    if output == "json":
        show_json(as_json(shown))
        return
    from tutoriallab.cli.show import whole

    show(whole(shown, where))


def _map(kubectl: Kubectl, lab: Seen) -> Map | None:
    """Where the workspace's pods run now; None while nothing is to be done there."""
    if lab.status.phase not in {"Active", "Preparing"}:
        return None
    from tutoriallab.cli.sighting import look

    return draw_up(look(kubectl, lab.workspace), lab.status.nodes)
