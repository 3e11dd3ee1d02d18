"""The command line's own exception; `main.py` prints it as one sentence on stderr, without a traceback."""


class CliError(Exception):
    """Something that a person has to know; its message says what is wrong and ends with what to do."""
