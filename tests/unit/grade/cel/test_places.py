import pytest

from tutoriallab.grade.cel.places import Place, Secrecy, Segment, field_path, of_object, of_variable
from tutoriallab.grade.cel.variables import Subject, Variable


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("spec", "replicas"), "spec.replicas"),
        (("spec", "template", "spec", "containers", 0, "image"), "spec.template.spec.containers[0].image"),
        (("metadata", "labels", "app"), 'metadata.labels["app"]'),
        (("spec", "selector", "matchLabels", "app"), 'spec.selector.matchLabels["app"]'),
        (("metadata", "annotations", "a.b/c"), 'metadata.annotations["a.b/c"]'),
        (("data", "redis.properties"), 'data["redis.properties"]'),
        (("status", "capacity", "example.org/gpu"), 'status.capacity["example.org/gpu"]'),
        ((), ""),
    ],
)
def test_a_path_is_written_as_kubernetes_writes_it(path: tuple[Segment, ...], text: str) -> None:
    assert field_path(path) == text


def test_objects_go_by_subject_then_own_name_then_variable() -> None:
    web = Variable("web", "object", "Deployment")
    assert of_variable(web, Subject("Deployment", "front"), {}).label == "Deployment front"
    assert of_object(web, {"metadata": {"name": "own"}}).label == "Deployment own"
    assert of_object(web, None).label == "Deployment web"


@pytest.mark.parametrize(
    ("path", "secret"),
    [((), True), (("data",), True), (("data", "a"), True), (("metadata",), True), (("metadata", "annotations", "x"), True),
     (("metadata", "name"), False), (("metadata", "labels", "a"), False), (("type",), False)],
)  # fmt: skip
def test_of_a_secret_only_what_gives_nothing_away_is_open(path: tuple[Segment, ...], secret: bool) -> None:
    held = Place(Variable("db", "object", "Secret", secret=True), "Secret db", path).secret
    assert held is (Secrecy.SECRET if secret else Secrecy.OPEN)
    assert not Place(Variable("db", "object", "ConfigMap"), "ConfigMap db", path).secret


@pytest.mark.parametrize("path", [(), ("body",), ("headers",), ("headers", "status"), ("lines", 0)])
def test_what_a_container_says_is_told_by_its_length_alone(path: tuple[Segment, ...]) -> None:
    assert Place(Variable("page", "object", "Http"), "GET http://web:80/", path).secret is Secrecy.QUIET
    assert Place(Variable("log", "object", "Log"), "Log of Pod web", path).secret is Secrecy.QUIET


def test_the_status_of_a_page_is_open() -> None:
    assert Place(Variable("page", "object", "Http"), "GET http://web:80/", ("status",)).secret is Secrecy.OPEN
