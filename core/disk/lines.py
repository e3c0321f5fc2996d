"""Small files that grow by lines: each is there whole or not at all."""

import os
from pathlib import Path


def append(path: Path, text: str) -> None:
    """Add whole lines (ASCII) and wait until they are on the disk. Raises OSError, and then nothing
    of them stays. Half a line that a power cut or a full disk left before is taken off first."""
    with path.open("a+b") as file:
        size = _whole(file.fileno())
        if size < file.seek(0, 2):
            file.truncate(size)
        try:
            file.write(text.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise


def _whole(handle: int) -> int:
    """The size of the file up to the end of its last whole line."""
    end = os.fstat(handle).st_size
    while end:
        begin = max(0, end - 4096)
        found = os.pread(handle, end - begin, begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
