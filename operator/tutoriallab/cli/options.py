"""Options that several commands share, so that they read and mean the same everywhere."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from tutoriallab.words.sentence import LANGUAGES


def tongue(wanted: str) -> str:
    """A language as labs name it: zh for zh-CN and zh_CN.UTF-8; one that is not ours may be a lab's own."""
    base = re.split("[-_.]", wanted, maxsplit=1)[0].lower()
    return base if base in LANGUAGES else wanted


def of_terminal(environment: Mapping[str, str]) -> str:
    """The language of the user's terminal, where it is one of ours; empty where it is English, or none of ours."""
    locale = next((environment[one] for one in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(one)), "")
    language = tongue(locale)
    return language if language in LANGUAGES and language != "en" else ""


Format = Literal["text", "json"]

Lab = Annotated[
    str, typer.Argument(metavar="[LAB]", help="The lab; may be left out when it is clear which one is meant.")
]
Context = Annotated[
    str,
    typer.Option("--context", metavar="NAME", help="Context of the kubeconfig; the current one by default."),
]
Namespace = Annotated[
    str, typer.Option("--namespace", "-n", metavar="NAME", help="Namespace that the lab stands in.")
]
Output = Annotated[Format, typer.Option("--output", "-o", help="text for people, json for programs.")]
Language = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="en|zh",
        envvar="TUTORIALLAB_LANG",
        callback=tongue,
        help="Language of texts; the lab's own by default, which begins in that of your terminal.",
    ),
]
