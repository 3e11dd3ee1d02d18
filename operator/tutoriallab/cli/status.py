"""`status`: the open step once: its task, each check with its verdict, what to do next."""

from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace, Output
from tutoriallab.cli.page import as_json, page
from tutoriallab.cli.screen import show, show_json
from tutoriallab.cli.seen import Seen


def command(
    lab: Lab = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """The open step: its task, what is asked, what is seen."""
    render(find_lab(Kubectl.find(context), lab, namespace), lang, output)


def render(lab: Seen, language: str, output: str) -> None:
    """Print a lab's page; called by every command that ends by showing one."""
    shown = page(lab, language)
    if output == "json":
        show_json(as_json(shown))
        return
    from tutoriallab.cli.show import whole

    show(whole(shown))
