import tarfile
from pathlib import Path

from node_image.layers import Tree, forget_others, of_tar, of_tree, read_files


def tree() -> Tree:
    return (
        Tree()
        .file("etc/a", "text")
        .program("bin/run", b"#!")
        .link("bin/also", "/bin/run")
        .folder("tmp", 0o1777)
    )


def members(file: Path) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(file) as given:
        return {member.name: member for member in given}


def test_the_same_files_are_the_same_layer_byte_for_byte(tmp_path: Path) -> None:
    first, second = of_tree(tree(), tmp_path / "one"), of_tree(tree(), tmp_path / "two")
    assert (first.diff_id, first.digest) == (second.diff_id, second.digest)
    assert first.file.read_bytes() == second.file.read_bytes()


def test_folders_above_are_made_and_modes_and_links_are_kept(tmp_path: Path) -> None:
    found = members(of_tree(tree(), tmp_path).file)
    assert list(found) == ["bin", "bin/also", "bin/run", "etc", "etc/a", "tmp"]
    assert (found["bin/run"].mode, found["etc/a"].mode, found["tmp"].mode) == (0o755, 0o644, 0o1777)
    assert found["bin/also"].linkname == "/bin/run"
    assert {(one.uid, one.gid, one.mtime) for one in found.values()} == {(0, 0, 0)}


def test_a_known_layer_is_not_compressed_again(tmp_path: Path) -> None:
    first = of_tree(tree(), tmp_path)
    first.file.write_bytes(b"kept")
    assert of_tree(tree(), tmp_path).file.read_bytes() == b"kept"


def test_a_layer_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    first = of_tree(tree(), tmp_path)
    first.file.write_bytes(b"half")
    first.file.with_name(f"{first.diff_id}.json").unlink()
    assert len(members(of_tree(tree(), tmp_path).file)) == 6


def test_of_a_tar_only_what_is_wanted_is_taken(tmp_path: Path) -> None:
    whole = of_tree(tree(), tmp_path)
    part = of_tar(whole.file, lambda member: member.name.startswith("etc"), tmp_path)
    assert list(members(part.file)) == ["etc", "etc/a"]
    assert read_files(whole.file, ["etc/a", "no"]) == {"etc/a": b"text"}


def test_a_folder_of_this_machine_is_copied_with_what_can_be_run(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "sub" / "text").write_text("x")
    (source / "run").write_text("x")
    (source / "run").chmod(0o700)
    found = members(of_tree(Tree().copy(source, "opt"), tmp_path / "cache").file)
    assert (found["opt/run"].mode, found["opt/sub/text"].mode) == (0o755, 0o644)


def test_layers_of_former_builds_are_forgotten(tmp_path: Path) -> None:
    old, new = of_tree(Tree().file("a", "old"), tmp_path), of_tree(tree(), tmp_path)
    forget_others(tmp_path, [new])
    assert not old.file.exists()
    assert len(list(tmp_path.iterdir())) == 2
