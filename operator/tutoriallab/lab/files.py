"""A lab's files: what is wrong with them as far as a schema cannot say it, and what they hold. Pure.

Called by `lab/parse.py`, and through `status/seen.py` by what writes them: `cli/files.py`, `cli/scripts.py`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from tutoriallab.lab.model import FILE_PATH, File
from tutoriallab.lab.problem import Problem
from tutoriallab.lab.texts import Names, fill

#: Bytes of all files of a lab together.
MOST_BYTES = 65_536


def is_clean(path: str) -> bool:
    """Whether the path is plain and relative, so that it stays below the folder that it is written into."""
    # Once more, and whole: to Python, the $ of a pattern stands before a last line feed, too.
    return re.fullmatch(FILE_PATH, path) is not None


def contents(files: Sequence[File], names: Names) -> Mapping[str, str]:
    """What stands in each file, by its path, with every ${name} of `names` replaced."""
    return {file.path: fill(file.content, names) for file in files}


def file_problems(files: Sequence[File]) -> Iterator[Problem]:
    """What is wrong with the files that a lab brings."""
    size = sum(len(file.content.encode()) for file in files)
    if size > MOST_BYTES:
        yield Problem(
            "spec.files", f"have {size:,} bytes in all, at most {MOST_BYTES:,} are allowed: shorten them"
        )
    before: dict[str, str] = {}
    for i, file in enumerate(files):
        where = f"spec.files[{i}].path"
        if not is_clean(file.path):
            yield Problem(where, f"{file.path!r} is no plain relative path: write it as folder/file.yaml")
        # Not everybody's disk tells upper from lower case.
        path = file.path.lower()
        folders = {str(one) for one in PurePosixPath(path).parents}
        if path in before:
            yield Problem(where, f"{file.path} is there twice ({before[path]}): give each file its own")
        elif folders & before.keys() or any(other.startswith(f"{path}/") for other in before):
            yield Problem(where, f"{file.path} would be a file and a folder: call one of them otherwise")
        before[path] = file.path
