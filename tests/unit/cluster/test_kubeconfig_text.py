from difflib import ndiff

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.cluster.kubeconfig_text import (
    LISTS,
    Entry,
    NotAKubeconfig,
    current,
    names,
    parse,
    with_current,
    with_entry,
    without_entry,
)

OURS = Entry("tutoriallab", {"server": "https://127.0.0.1:1"}, {"token": "t"})
THEIRS = """\
# my clusters
apiVersion: v1
clusters:
- cluster:
    # the one at work
    server: https://b.example
  name: b
- name: a
  cluster:
    certificate-authority-data: |
      AAAA
      BBBB
contexts:
  - context: {cluster: b, user: b}
    name: b   # indented, in flow style

  - name: a
    context:
      cluster: a
      user: a
current-context: b # where I work
kind: Config
preferences: {}
users:
- name: b
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1, command: get, args: [token]}
- name: a
  user: {}
x-mine: kept
"""


def test_what_was_there_stays_to_the_letter() -> None:
    text = with_current(with_entry(THEIRS, OURS), "tutoriallab")
    changes = [line for line in ndiff(THEIRS.splitlines(), text.splitlines()) if line.startswith("- ")]
    assert changes == ["- current-context: b # where I work"]
    assert current(parse(text)) == "tutoriallab"
    assert [names(parse(text), of) for of in LISTS] == [["tutoriallab", "b", "a"]] * 3


def test_taking_it_out_again_gives_back_the_same_text() -> None:
    text = with_current(with_entry(THEIRS, OURS), "tutoriallab")
    assert with_current(without_entry(text, "tutoriallab"), "b") == THEIRS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "apiVersion: v1\nkind: Config\n",
        "apiVersion: v1\nclusters: []\ncontexts: []\nusers: []\ncurrent-context: ''\nkind: Config\n",
        'apiVersion: v1\nclusters: null\ncontexts:\nusers: # none\ncurrent-context: ""\nkind: Config',
        '{"apiVersion":"v1","clusters":[{"name":"a","cluster":{}}],"contexts":[],"users":[]}',
        THEIRS,
    ],
)
def test_every_shape_of_kubeconfig_takes_the_entry_and_gives_it_back(text: str) -> None:
    before = parse(text)
    added = with_current(with_entry(text, OURS), OURS.name)
    after = parse(added)
    assert current(after) == OURS.name
    assert [names(after, of).count(OURS.name) for of in LISTS] == [1, 1, 1]
    removed = parse(with_current(without_entry(added, OURS.name), before.get("current-context")))
    for of in LISTS:
        assert (removed.get(of) or []) == (before.get(of) or [])
    assert removed.get("current-context") == before.get("current-context")


def test_adding_twice_changes_nothing() -> None:
    once = with_entry(THEIRS, OURS)
    assert with_entry(once, OURS) == once


def test_a_new_address_replaces_the_old_and_the_context_keeps_its_namespace() -> None:
    once = with_entry(THEIRS, OURS)
    data = parse(once)
    data["contexts"][0]["context"]["namespace"] = "lab"
    again = parse(with_entry(yaml.safe_dump(data, sort_keys=False), Entry(OURS.name, {"server": "x"}, {})))
    assert [one["cluster"] for one in again["clusters"] if one["name"] == OURS.name] == [{"server": "x"}]
    assert [one["context"].get("namespace") for one in again["contexts"]] == ["lab", None, None]


def test_a_removed_current_context_leaves_no_line() -> None:
    assert "current-context" not in with_current(THEIRS, None)


@pytest.mark.parametrize("text", ["a: [", "- 1", "clusters: yes", "\tx"])
def test_a_text_that_is_no_kubeconfig_says_so(text: str) -> None:
    with pytest.raises(NotAKubeconfig):
        parse(text)


_TEXT = st.text(alphabet="ab: #-'\"|{}\n", max_size=8)
_ITEM = st.fixed_dictionaries(
    {"name": _TEXT},
    optional={"cluster": st.dictionaries(_TEXT, _TEXT | st.lists(_TEXT, max_size=2), max_size=3)},
)
_DATA = st.fixed_dictionaries(
    {},
    optional={key: st.lists(_ITEM, max_size=3) for key in LISTS} | {"current-context": _TEXT, "extra": _TEXT},
)


@given(data=_DATA, flow=st.sampled_from([True, False, None]))
def test_nothing_else_is_ever_lost_or_reordered(data: dict[str, object], flow: bool | None) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, sort_keys=False)
    before = parse(text)
    after = parse(with_entry(text, OURS))
    for of in LISTS:
        others = [item for item in after[of] if item["name"] != OURS.name]
        assert others == (before.get(of) or [])
    assert {key: after[key] for key in after if key not in LISTS and key not in ("apiVersion", "kind")} == {
        key: before[key] for key in before if key not in LISTS
    }
    back = parse(without_entry(with_entry(text, OURS), OURS.name))
    assert [back.get(of) or [] for of in LISTS] == [before.get(of) or [] for of in LISTS]
