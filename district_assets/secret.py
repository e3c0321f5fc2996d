"""The secret of this installation, made on its first start; never a shared default."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def installation_secret(folder: Path) -> str:
    """What sessions and links are signed with, from the data folder. It is there whole or not at
    all: half of one, or an empty one, would stop every later start.

    Raises SystemExit with a sentence where it cannot be written."""
    path, aside = folder / "secret_key", folder / f".secret_key.{secrets.token_hex(8)}"
    if not path.exists() or not path.stat().st_size:
        try:
            with aside.open("x") as file:
                aside.chmod(0o600)
                file.write(secrets.token_urlsafe(50))
            if path.exists():
                path.unlink()  # empty: an earlier start found the disk full
            with suppress(FileExistsError):  # another process of ours was faster
                os.link(aside, path)
        except OSError as error:
            raise SystemExit(
                f"The data folder DATA_DIR={folder} cannot be used: {error}"
            ) from error
        finally:
            aside.unlink(missing_ok=True)
    return path.read_text()
