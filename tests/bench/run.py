"""`python -m tests.bench.run`, from the repository's root: what `make bench` calls. All else is in `main.py`."""

import sys
from pathlib import Path

# As pytest's `pythonpath` does: tests and benches are imported from the folder tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.main import main

if __name__ == "__main__":
    main()
