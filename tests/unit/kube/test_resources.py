import pytest

from tutoriallab.kube.resources import Resource

POD = Resource("v1", "Pod", "pods", namespaced=True)
NODE = Resource("v1", "Node", "nodes", namespaced=False)
SCALE = Resource("apps/v1", "Deployment", "deployments", namespaced=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (POD.path(), "/api/v1/pods"),
        (POD.path("x"), "/api/v1/namespaces/x/pods"),
        (POD.path("x", "web"), "/api/v1/namespaces/x/pods/web"),
        (NODE.path("x", "n1"), "/api/v1/nodes/n1"),
        (SCALE.path("x", "web", "status"), "/apis/apps/v1/namespaces/x/deployments/web/status"),
        (POD.path("..", "../../secrets"), "/api/v1/namespaces/%2E%2E/pods/..%2F..%2Fsecrets"),
        (POD.path("x", "a?b#c"), "/api/v1/namespaces/x/pods/a%3Fb%23c"),
    ],
)
def test_a_path_names_one_place_and_cannot_be_left(path: str, expected: str) -> None:
    assert path == expected
