"""`next`: starts the lab that comes next in its track, by what the learner has begun and done on the cluster."""

from collections.abc import Sequence
from typing import Annotated

import typer

from tutoriallab.cli.catalogue import find_entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Language, Namespace, Output
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import tell
from tutoriallab.cli.start import begin, first_language, is_decided, running, wait_active
from tutoriallab.cli.status import render
from tutoriallab.cli.tracks import Track, ahead, learner_of, tracks
from tutoriallab.cli.use import follow
from tutoriallab.cli.waiting import wait_for
from tutoriallab.cli.words import word
from tutoriallab.lab.texts import in_language
from tutoriallab.lab.workspace import HOME
from tutoriallab.status.seen import Seen, read

#: Seconds for the operator to say whether a lab can run on this cluster.
ANSWERS_WITHIN = 120.0


def command(
    track: Annotated[str, typer.Option("--track", metavar="NAME", help="The next one of this track.")] = "",
    skip: Annotated[bool, typer.Option("--skip", help="Leave the open lab as it is, and go on.")] = False,
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Start the lab that comes next in its track."""
    kubectl, home = Kubectl.find(context), namespace or HOME
    known = tracks()
    labs = {body.name: body for body in map(read, kubectl.list(LABS, home))}
    learner = learner_of(labs.values(), known)
    todo = ahead(known, learner, track)
    if learner.open and not skip and (not track or learner.open in todo):
        open_lab = labs[learner.open]
        tell(word(open_lab.speaks(lang), "not_done", lab=open_lab.name, program=program()))
        render(open_lab, lang, output)
        return
    todo = [name for name in todo if name != learner.open]
    started = _start_first(kubectl, home, todo, lang, quiet=output == "json")
    if started is None:
        raise CliError(_nothing_left(todo, track))
    follow(kubectl, started, lang)
    before, now = _track_of(known, learner.begun[-1:]), _track_of(known, [started.name])
    if before and now and before is not now:
        language = started.speaks(lang)
        told = {"before": before.name, "track": now.name, "title": in_language(now.title, language)}
        tell(word(language, "new_track", **told))
    render(started, lang, output)


def _track_of(known: Sequence[Track], labs: Sequence[str]) -> Track | None:
    return next((one for one in known if set(labs) & set(one.labs)), None)


def _start_first(
    kubectl: Kubectl, home: str, todo: Sequence[str], language: str, *, quiet: bool
) -> Seen | None:
    """Start the first lab that this cluster can run; those that it cannot are taken away again, and named."""
    lacking = list[frozenset[str]]()
    for name in todo:
        body = find_entry(name).body()
        needed = frozenset(body["spec"].get("requires", {}).get("capabilities", ()))
        if any(missing <= needed for missing in lacking):
            continue
        there = running(kubectl, name, home)
        lab = there or begin(kubectl, body, home, first_language(body, language))
        lab = wait_for(kubectl, lab, is_decided, ANSWERS_WITHIN, quiet=quiet)
        if not lab.lacks:
            return lab if lab.status.phase == "Completed" else wait_active(kubectl, lab, quiet=quiet)
        if not there:
            kubectl.delete(LABS, name, home)
        tell(word(lab.speaks(language), "left_out", lab=name, problem=lab.problem))
        if needed:
            lacking.append(needed)
    return None


def _nothing_left(todo: Sequence[str], track: str) -> str:
    of = f"of track {track} " if track else ""
    if todo:
        return f"No other lab {of}runs on this cluster. `{program()} ls` shows all."
    return f"All labs {of}are done. `{program()} ls` shows them; `{program()} reset LAB` starts one over."
