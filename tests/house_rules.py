"""The rules of the house as functions from source text to complaints (see test_house.py)."""

import ast
import re
from collections.abc import Iterable, Iterator

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
BANNED = {"mark_safe", "RawSQL"}
#: Calls whose argument is read by a person: its position, or its keyword.
SPOKEN = {"Problem": (1, "message"), "success": (1, "message"), "error": (1, "message")}
APPS = [
    "core",
    "people",
    "funding",
    "assets",
    "compliance",
    "reports",
    "planning",
    "integrations",
    "demonstration",
]


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _calls(source: str) -> Iterator[ast.Call]:
    return (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))


def _on_a_queryset(call: ast.Call) -> bool:
    """`x.objects...update(...)` or `row.save(update_fields=...)`; not `hash.update(b"")`."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    words = ast.unparse(owner) if owner is not None else ""
    if "objects" in words or "_default_manager" in words:
        return True
    return _name(call) in ("save", "delete") and (
        not call.args or any(k.arg == "update_fields" for k in call.keywords)
    )


def writes(source: str) -> list[str]:
    """Writes to the database: they belong to actions and to core."""
    return [
        f"line {c.lineno}: .{_name(c)}() outside actions and core"
        for c in _calls(source)
        if isinstance(c.func, ast.Attribute) and _name(c) in WRITES and _on_a_queryset(c)
    ]


def banned(source: str) -> list[str]:
    """What nobody may use: unescaped markup, raw SQL in querysets, acting as nobody, request data
    poured into the ORM."""
    found = []
    for call in _calls(source):
        name = _name(call)
        raw = name == "extra" and any(k.arg in ("where", "select", "tables") for k in call.keywords)
        if name in BANNED or raw:
            found.append(f"line {call.lineno}: {name}() is banned")
        for keyword in call.keywords:
            value = ast.unparse(keyword.value)
            if keyword.arg == "by" and value == "None":
                found.append(f"line {call.lineno}: by=None: nobody acts")
            if keyword.arg is None and re.search(r"request\.(GET|POST|data|query_params)", value):
                found.append(f"line {call.lineno}: **{value} lets the client name our fields")
    return found


def never_ending(source: str) -> list[str]:
    """NOT IN over what may be a query: once its rows outgrow work_mem, PostgreSQL looks through all
    of them again for each row. `~Exists(rows.filter(pk=OuterRef("pk")))` asks the same."""
    found = []
    for node in ast.walk(ast.parse(source)):
        conditions: list[ast.AST] = []
        if isinstance(node, ast.Call) and _name(node) == "exclude":
            conditions = [node]
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            conditions = [node.operand]
        inside = [c for x in conditions for c in ast.walk(x) if isinstance(c, ast.Call)]
        for call in inside if conditions else []:
            if call is not node and _name(call) != "Q":
                continue
            found += [
                f"line {call.lineno}: NOT IN {ast.unparse(k.value)}: use ~Exists, or list() for few"
                for k in call.keywords
                if (k.arg or "").endswith("__in") and not _few(k.value)
            ]
        found += [
            f"line {call.lineno}: OR {ast.unparse(k.value)}: use Exists, or list() for few"
            for call in _alternatives(node)
            for k in call.keywords
            if (k.arg or "").endswith("__in")
            and isinstance(k.value, ast.Call)
            and not _few(k.value)
        ]
    text = re.search(r"NOT\s+IN\s*\(\s*SELECT", source, re.I)
    return found + (["NOT IN (SELECT ...) in SQL: use NOT EXISTS"] if text else [])


def _alternatives(node: ast.AST) -> list[ast.Call]:
    """The conditions that are alternatives of an OR: IN is no join there, and is as bad as NOT
    IN."""
    sides: list[ast.AST] = []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [node.left, node.right]
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitOr):
        sides = [node.value]
    return [x for x in sides if isinstance(x, ast.Call) and _name(x) == "Q"]


def _few(value: ast.expr) -> bool:
    """Values that are in memory: a constant of ours, a literal, or list(...) and its like."""
    if isinstance(value, ast.Call):
        return getattr(value.func, "id", "") in ("list", "set", "tuple", "frozenset", "sorted")
    name = getattr(value, "attr", getattr(value, "id", ""))
    return isinstance(value, (ast.List, ast.Tuple, ast.Set)) or (name.isupper() and bool(name))


def unspoken(source: str) -> list[str]:
    """Sentences for a person that do not pass gettext."""
    found = []
    for call in _calls(source):
        place = SPOKEN.get(_name(call))
        if place is None:
            continue
        position, keyword = place
        said = [k.value for k in call.keywords if k.arg == keyword]
        said += call.args[position : position + 1]
        for value in said:
            if isinstance(value, ast.JoinedStr) or (
                isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value
            ):
                found.append(f"line {call.lineno}: {ast.unparse(value)[:60]} does not pass gettext")
    return found


def untranslated(template: str) -> list[str]:
    """Words between tags of a template that do not pass gettext."""
    text = re.sub(r"{% (blocktrans(?:late)?)\b.*?{% end\1 %}", "", template, flags=re.S)
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"<(style|script|code|title lang)[^>]*>.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    words = re.findall(r">([^<>]*)<", text)
    return [w.strip()[:60] for w in words if re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", w)]


def upper_names(source: str, upper: set[str]) -> list[str]:
    """Reverse accessors of upper apps, used where those apps must not be known."""
    return [
        f"line {n.lineno}: .{n.attr} is an upper app's"
        for n in ast.walk(ast.parse(source))
        if isinstance(n, ast.Attribute) and n.attr in upper
    ]


def too_long(source: str, limit: int = 300) -> bool:
    """Over the limit, with no reason in the first comment or docstring."""
    if source.count("\n") <= limit:
        return False
    return not re.match(r'\s*(#|"""|//|/\*)[^\n]*\b(one table|in one file|because)\b', source)


def mostly(lengths: Iterable[int], part: float, *, under: int) -> bool:
    """Whether so large a part of the files is under so many lines."""
    found = list(lengths)
    return sum(n < under for n in found) >= part * len(found)


def crowded(template: str, width: int = 160, length: int = 200) -> list[str]:
    """A template of which nobody sees at a glance what it says: long lines, or too many of them."""
    lines = template.splitlines()
    found = [f"line {n}: {len(x)} characters" for n, x in enumerate(lines, 1) if len(x) > width]
    return found + ([f"{len(lines)} lines"] if len(lines) > length else [])


def late(source: str) -> list[str]:
    """Imports inside of a function that give no reason, beside the first of them or above it."""
    lines = ["", *source.splitlines()]
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    found = []
    for function in functions:
        imports = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        first = min((n.lineno for n in imports), default=0)
        if first and "#" not in lines[first] + lines[first - 1]:
            found.append(f"line {first}")
    return found


LOCKS = {"select_for_update", "locked", "for_change", "staying"}
_RACE = re.compile(r"#|\b(wait|moment|at once|lock)", re.IGNORECASE)


def unraced(source: str) -> list[str]:
    """Functions that lock rows and tell of nobody who could meet there, in a comment or above."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        inside = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
        lines = source.splitlines()[function.lineno - 1 : function.end_lineno]
        said = [ast.get_docstring(function) or "", *(x.partition("#")[2] and "#" for x in lines)]
        if LOCKS & {_name(c) for c in inside} and not _RACE.search(" ".join(said)):
            found.append(f"line {function.lineno}: {function.name} locks: which two could meet?")
    return found


def unexplained(source: str) -> list[str]:
    """Lines that silence the type checker and say no reason, beside it or above it."""
    mark = "# type: " + "ignore["
    lines = source.splitlines()
    return [
        f"line {n + 1}"
        for n, line in enumerate(lines)
        if mark in line
        and "#" not in line.partition(mark)[2]
        and not lines[max(0, n - 1)].lstrip().startswith("#")
    ]
