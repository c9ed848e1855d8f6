"""What comes in through standard input."""

import sys

from papertrack.errors import UsageError


def read() -> str:
    """Read all of it as UTF-8, whatever the locale is; a byte order mark is left out."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"standard input:{line}: is not UTF-8", "write it as UTF-8") from None
