"""Opening CSV and XLSX as districts really have them, as a stream: a file of 90 MB is never whole
in memory. Anything unreadable is one sentence."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from integrations import quotes
from integrations.headings import known_in
from integrations.sheet import MOST_BYTES, Table, bad
from integrations.workbook import open_workbook

CHUNK = 1 << 20
#: Characters of a line, and of a cell: far more than anybody means, far less than memory.
LONGEST_LINE = 11 * 1024 * 1024
SAMPLE = 4096
#: What is saved or sent under the name of a workbook or a list, and is neither: by its start.
_OTHERS = (
    (re.compile(r"<(!doctype\s+html|html|head|body|table|meta|script)\b|<!--", re.I), "HTML"),
    (re.compile(r"(mime-version|content-type):\s", re.I), "MHTML"),
    (re.compile(r"<(\?xml|workbook|[a-z]\w*:workbook)\b", re.I), "XML"),
    (re.compile(r"\{\\rtf"), "RTF"),
    (re.compile(r"[\[{]\s*[\[{\"]"), "JSON"),
)
#: A cell within quotation marks.
_QUOTED = re.compile(r'(^|[,;\t|\n])"(?:[^"]|"")*"')


def open_table(file: BinaryIO, names: frozenset[str] = frozenset()) -> Table:
    """The lines of a file. Raises Invalid with a sentence for what it cannot read, also while its
    lines are taken. The file stays open for as long. `names`: the known headings."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MOST_BYTES:
        raise bad(_("The file is larger than 100 MB; split it."))
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return open_workbook(file)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise bad(_("This is neither CSV nor XLSX. Save it as one of these."))
    encoding, notes = _encoding(file)
    if other := _other(file, encoding):
        raise bad(
            _(
                "This is %s, whatever its name says, and neither CSV nor XLSX. Open it in a "
                "spreadsheet and save it as one of these."
            )
            % other
        )
    csv.field_size_limit(LONGEST_LINE)
    delimiter = _delimiter(file, encoding, names)
    return Table(quotes.rows(_lines(file, encoding), delimiter, notes), notes)


def _other(file: BinaryIO, encoding: str) -> str:
    """What a text is by its first words, where it is no table."""
    text = next(_decoded(file, encoding, "replace"))[:SAMPLE].lstrip("\ufeff \t\r\n")
    return next((name for look, name in _OTHERS if look.match(text)), "")


def _encoding(file: BinaryIO) -> tuple[str, list[str]]:
    """How the whole file is written: every byte is looked at before the first row is taken."""
    start = file.read(SAMPLE)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        _check(file, "utf-16", _("The file says it is UTF-16 and is not."))
        return "utf-16", []
    if name := _unmarked(start):
        _check(file, name, _("The file seems to be UTF-16 and is not. Save it as UTF-8."))
        return name, [_("The file is UTF-16 without saying so; it was read as that.")]
    if _fits(file, "utf-8-sig", "strict"):
        _check(file, "utf-8-sig", "")
        return "utf-8-sig", []
    if _fits(file, "utf-8", "surrogatepass"):
        raise bad(
            _(
                "The file holds half characters (lone surrogates), which are no text. Save "
                "it again as UTF-8."
            )
        )
    _check(file, "cp1252", "")
    return "cp1252", [_("The file is not UTF-8; it was read as Windows-1252. Look at the accents.")]


def _unmarked(start: bytes) -> str:
    """UTF-16 without a mark: of plain letters every other byte is zero."""
    pairs = len(start) // 2
    if pairs < 2:
        return ""
    even, odd = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.6 and even <= pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.6 and odd <= pairs * 0.1 else ""


def _fits(file: BinaryIO, encoding: str, errors: str) -> bool:
    try:
        for _text in _decoded(file, encoding, errors):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _check(file: BinaryIO, encoding: str, otherwise: str) -> None:
    errors = "replace" if encoding == "cp1252" else "strict"
    try:
        for text in _decoded(file, encoding, errors):
            if "\x00" in text:
                raise bad(_("The file contains zero bytes; it is not a text file."))
    except UnicodeDecodeError as error:
        raise bad(otherwise) from error


def _decoded(file: BinaryIO, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines with their ends: LF, CRLF, or CR alone as old Macs have it."""
    errors = "replace" if encoding == "cp1252" else "strict"
    rest, ended = "", ""
    for text in _decoded(file, encoding, errors):
        text = ended + text
        ended = "\r" if text.endswith("\r") else ""  # the other half of CRLF may come next
        text = text.removesuffix("\r") if ended else text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        parts = (rest + text).split("\n")
        rest = parts.pop()
        for part in parts:
            yield part + "\n"
        if len(rest) > LONGEST_LINE:
            raise bad(_("A line of the file is far too long for a table."))
    if ended:
        yield rest + "\n"
        rest = ""
    yield rest + "\n"
    yield quotes.END


def _delimiter(file: BinaryIO, encoding: str, names: frozenset[str]) -> str:
    """What splits a row into known headings (`names`), else most of the first lines into equally
    many cells: a title above the headings, or a semicolon within quoted cells of commas, does
    not."""
    text = next(_decoded(file, encoding, "replace")).lstrip("\ufeff\r\n")[:20_000]
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    def cells(delimiter: str) -> tuple[int, int]:
        known = max((known_in(row, names) for row in _split(text, delimiter)), default=0)
        widths = Counter(map(len, _split(_QUOTED.sub(r"\1q", text), delimiter)))
        most = max((rows * (width - 1) for width, rows in widths.items()), default=0)
        return known if known > 1 else 0, most  # one known word may stand in a title

    return max(",;\t|", key=cells)


def _split(text: str, delimiter: str) -> list[list[str]]:
    """The first lines of a text; none where they cannot be read so."""
    try:
        return list(csv.reader(text.split("\n")[:20], delimiter=delimiter))
    except csv.Error:
        return []
