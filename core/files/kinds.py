"""What a file really is: by its first bytes, never by its name. The name follows the content: a
desktop opens a file by its last letters."""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

#: Largest attachment, in bytes.
LIMIT = 20 * 1024 * 1024
#: Longest name, in characters.
NAME = 200
#: The content types that there are, with the endings that a name of each may have; the first is
#: given to a name that has another. None of them is run where it is opened.
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "text/plain; charset=utf-8": (".txt", ".csv", ".tsv", ".log", ".md"),
}


def harmless(name: str, content_type: str) -> str:
    """The name under which a file of an allowed content is kept and handed out: with an ending of
    what it holds (`run.bat` of plain text is `run.bat.txt`), and with no sign that hides its ending
    or means a folder."""
    text = "".join(c for c in name if not unicodedata.category(c).startswith("C"))
    text = re.sub(r'[\\/:*?"<>|]', "_", text).strip(" .") or "file"
    endings = ENDINGS.get(content_type, (".bin",))
    ending = PurePath(text).suffix.lower()
    if ending in endings:
        return text[-NAME:]
    return text[-(NAME - len(endings[0])) :] + endings[0]


def sniff(data: bytes) -> str | None:
    """The content type of an allowed file; None for anything else (SVG and HTML among them)."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return _text(data)


def _office(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return None
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return None


def _text(data: bytes) -> str | None:
    if b"\x00" in data:
        return None
    try:
        start = data[:65536].decode("utf-8", "strict" if len(data) <= 65536 else "ignore")
    except UnicodeDecodeError:
        return None
    lowered = start.lstrip("\ufeff \r\n\t").lower()
    if lowered.startswith("<") or "<script" in lowered or "<svg" in lowered:
        return None
    return "text/plain; charset=utf-8"
