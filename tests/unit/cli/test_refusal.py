"""What kubectl says becomes one sentence with the way out."""

import pytest

from tutoriallab.cli.refusal import NotFound, Unreachable, refusal

CASES = [
    (
        "no kubeconfig at all",
        "error: current-context must exist in order to minify",
        "There is no cluster: run `tutoriallab up`, or choose one with --context or KUBECONFIG.",
    ),
    (
        "no kubeconfig, asked for objects",
        "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
        "There is no cluster: run `tutoriallab up`, or choose one with --context or KUBECONFIG.",
    ),
    (
        "no CRD",
        'error: the server doesn\'t have a resource type "tutoriallabs"',
        "There is no tutoriallab on this cluster: run `tutoriallab up`.",
    ),
    (
        "no CRD, applied",
        'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind '
        '"TutorialLab" in version "tutoriallab.dev/v1alpha1"\nensure CRDs are installed first',
        "There is no tutoriallab on this cluster: run `tutoriallab up`.",
    ),
    (
        "a context that does not exist",
        'error: context "nix" does not exist',
        "There is no context nix: see `kubectl config get-contexts`.",
    ),
    (
        "a context that does not exist, minified",
        "error: cannot locate context nix",
        "There is no context nix: see `kubectl config get-contexts`.",
    ),
    (
        "an API server that is gone",
        "The connection to the server 127.0.0.1:31440 was refused - did you specify the right host or port?",
        "The cluster does not answer (The connection to the server 127.0.0.1:31440 was refused - did you specify "
        "the right host or port?): run `tutoriallab up`, or choose another with --context.",
    ),
    (
        "an API server that comes back while kubectl asks",
        'E1122 19:34:04.810078   11718 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group '
        'list: Get \\"https://127.0.0.1:1/api?timeout=32s\\": EOF"\n'
        'error: the server doesn\'t have a resource type "tutoriallabs"',
        'The cluster does not answer (the server doesn\'t have a resource type "tutoriallabs"): run `tutoriallab up`, '
        "or choose another with --context.",
    ),
    (
        "an API server that is gone, in kubectl's log alone",
        'E1122 19:34:04.810078   11718 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group '
        'list: EOF"',
        'The cluster does not answer ("couldn\'t get current server API group list: EOF"): run `tutoriallab up`, '
        "or choose another with --context.",
    ),
    (
        "an object that does not exist",
        'Error from server (NotFound): tutoriallabs.tutoriallab.dev "x" not found',
        'tutoriallabs.tutoriallab.dev "x" not found: see `kubectl get labs -A`.',
    ),
    (
        "a namespace that does not exist",
        'Error from server (NotFound): namespaces "class" not found',
        "There is no namespace class: make it with `kubectl create namespace class`.",
    ),
    (
        "no rights",
        'Error from server (Forbidden): tutoriallabs.tutoriallab.dev is forbidden: User "eve" cannot list resource',
        'You may not do this (tutoriallabs.tutoriallab.dev is forbidden: User "eve" cannot list resource): '
        "ask who runs the cluster for the right.",
    ),
    (
        "a lab that the schema refuses",
        'The TutorialLab "x" is invalid: spec.steps: Required value',
        "The cluster refuses the lab (spec.steps: Required value): correct it and try again.",
    ),
    ("anything else", "error: odd", "kubectl says: odd. See `kubectl get labs -A`."),
    ("nothing at all", "", "kubectl says: nothing, but it failed. See `kubectl get labs -A`."),
]


@pytest.mark.parametrize(("sentence", "said", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_refusal(sentence: str, said: str, wanted: str) -> None:
    assert str(refusal(said, "")) == wanted


def test_the_context_is_named_when_it_was_chosen() -> None:
    said = 'error: the server doesn\'t have a resource type "tutoriallabs"'

    assert str(refusal(said, "school")) == (
        "There is no tutoriallab on this cluster of context school: run `tutoriallab up`."
    )


def test_what_is_missing_and_who_is_gone_can_be_told_apart() -> None:
    assert isinstance(refusal("Error from server (NotFound): pods", ""), NotFound)
    assert isinstance(refusal("Unable to connect to the server: EOF", ""), Unreachable)
