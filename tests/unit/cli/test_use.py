"""What `use` remembers."""

from pathlib import Path

from tutoriallab.cli.use import Before, Memory


def test_each_context_has_its_own_namespace_to_go_back_to_and_its_labs_language(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache" / "namespaces.json")
    memory.keep("a", Before("default"))
    memory.keep("b", Before("mine", "zh"))

    kept = (memory.before("a"), memory.before("b"), memory.before("c"))
    assert kept == (Before("default", "en"), Before("mine", "zh"), None)


def test_what_was_put_back_is_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "namespaces.json")
    memory.keep("a", Before("default"))
    memory.keep("a", None)

    assert memory.before("a") is None


def test_a_file_that_cannot_be_read_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "namespaces.json").write_text("{")

    assert Memory(tmp_path / "namespaces.json").before("a") is None
