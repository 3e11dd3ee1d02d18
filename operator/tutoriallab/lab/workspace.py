"""The name of a lab's workspace: its own namespace; called by `lab/parse.py` and the command line."""

MAX_LENGTH = 63
HOME = "default"


def workspace_name(namespace: str, name: str) -> str:
    """Namespace that the lab `name` of `namespace` works in: `name` for labs of default, else `namespace-name`."""
    return name if namespace == HOME else f"{namespace}-{name}"


def workspace_problem(workspace: str) -> str | None:
    """Why no namespace can have this name, or None."""
    if len(workspace) > MAX_LENGTH:
        return f"the workspace's name {workspace} has {len(workspace)} characters, at most {MAX_LENGTH} are allowed"
    if "." in workspace:
        return f"the workspace's name {workspace} has a dot, which no namespace may have"
    if workspace.startswith("kube-") or workspace in {"default", "tutoriallab-system"}:
        return f"the workspace would be the namespace {workspace}, which belongs to the cluster"
    return None
