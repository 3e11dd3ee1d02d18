"""What the page's server refuses, as a status of HTTP and a sentence with the way out; called throughout `web/`."""


class Refused(Exception):
    """A request that is not done; `status` is that of the answer, `mode` how one comes in, where that is missing."""

    def __init__(self, status: int, message: str, mode: str = "") -> None:
        super().__init__(message)
        self.status, self.mode = status, mode


def no_lab(namespace: str, name: str) -> Refused:
    """The same for a lab that is not there and for one that the viewer may not see."""
    return Refused(
        404, f"There is no lab {name} in namespace {namespace} that you may see: kubectl get labs -A"
    )
