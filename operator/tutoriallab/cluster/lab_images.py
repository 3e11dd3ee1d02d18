"""The images that labs name, brought onto the nodes of a kind cluster once; called by kind.py.

Only for nodes from kind's own image: the offline one has them. What cannot be had is told and passed over, as a
lab that runs it says so itself.
"""

import subprocess
from pathlib import Path

from tutoriallab.cluster.engine import Engine, last_line
from tutoriallab.cluster.progress import Progress

IMAGES = (
    *("nginx:1.14", "nginx:1.17.1", "nginx:1.17.4-alpine", "nginx:1.7.9", "busybox:1.30"),
    *("debian:bookworm", "redis:7", "tomcat:6.0.53-jre8"),
)
#: Images in a format that engines of today no longer pull: what stands in for them.
SUCCESSORS = {"nginx:1.7.9": "nginx:1.14"}
#: Images of the tutorials' own: what they are made of, and their page.
MADE = {
    "k8s-demo:0.1": ("nginx:1.17.1", "Hello Docker!"),
    "k8s-demo:0.2": ("nginx:1.17.1", "Hello Kubernetes!"),
}
_BUILD_TIMEOUT = 120.0


def bring(engine: Engine, kind: Path, cluster: str, environment: dict[str, str], progress: Progress) -> None:
    """Have every image in the engine and on the nodes; raises nothing for one that cannot be had."""
    wanted = [*IMAGES, *MADE]
    for at, image in enumerate(wanted, start=1):
        problem = _made(engine, image) if image in MADE else _pulled(engine, image, progress)
        progress.step(f"Bringing {image} to the nodes, {at} of {len(wanted)}", at, len(wanted))
        problem = problem or _load(kind, engine, cluster, image, environment)
        if problem:
            progress.note(f"{image} is not on the nodes ({problem}): labs that run it wait for a registry.")


def _pulled(engine: Engine, image: str, progress: Progress) -> str:
    if engine.has_image(image):
        return ""
    problem = engine.pull(image, progress)
    other = SUCCESSORS.get(image)
    if problem and other and (engine.has_image(other) or not engine.pull(other, progress)):
        progress.note(f"{image} cannot be pulled any more ({problem}): {other} stands in for it.")
        return _tagged(engine, other, image)
    return problem


def _tagged(engine: Engine, image: str, name: str) -> str:
    done = engine.run("tag", image, name)
    return "" if done.returncode == 0 else last_line(done.stderr)


def _made(engine: Engine, image: str) -> str:
    if engine.has_image(image):
        return ""
    base, page = MADE[image]
    file = f"FROM {base}\nRUN echo '<h1>{page}</h1>' > /usr/share/nginx/html/index.html\n"
    done = engine.run("build", "-t", image, "-", stdin=file, timeout=_BUILD_TIMEOUT)
    return "" if done.returncode == 0 else last_line(done.stderr)


def _load(kind: Path, engine: Engine, cluster: str, image: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [str(kind), "load", "docker-image", image, "--name", cluster],
        env=engine.environment(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else last_line(done.stderr)
