"""Options that several commands share, so that they read and mean the same everywhere."""

from typing import Annotated, Literal

import typer

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
    str, typer.Option("--lang", metavar="en|zh", help="Language of texts; the lab's own choice by default.")
]
