"""The PDF: designed pages through WeasyPrint, then PDF/A-3a and PDF/UA-1 in one file.

The renderer reaches no file and no network: its fetcher knows `data:` and nothing else.
"""

import hashlib
import io
from datetime import datetime
from typing import Any

import pikepdf
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from weasyprint.urls import URLFetcher

from assets.labels.draw import qr_path
from core.problems import Refused
from reports.dataset import Dataset
from reports.render.glyphs import MISSING, drawable
from reports.render.groups import by_class, grouped, ledger, too_many
from reports.render.table import csv

_UA = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema'
    "</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property>"
    '<rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal"
    "</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    "</rdf:Description>"
)


class NothingFetcher(URLFetcher):  # type: ignore[misc]  # it has no types
    """Refuses every address but `data:`."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("data:"):
            raise ValueError("a report fetches nothing")
        return super().fetch(url, headers)


def context(
    dataset: Dataset, *, number: str, made_at: datetime, made_by: str, verify_url: str
) -> dict[str, Any]:
    """What the page and the PDF share."""
    return {
        "dataset": dataset,
        "schools": grouped(dataset),
        "number": number,
        "made_at": made_at,
        "made_by": made_by,
        "verify_url": verify_url,
        "sha256": dataset.sha256(),
        "extra": dict(dataset.extra),
        "classes": by_class(dataset),
        "ledger": ledger(dataset),
        "class_heading": _("Class"),
        "school_heading": _("School"),
    }


def lay_out(
    dataset: Dataset, *, number: str, made_at: datetime, made_by: str, verify_url: str
) -> weasyprint.Document:
    """The pages of a dataset. Raises Refused above AT_MOST rows."""
    if problem := too_many(len(dataset.rows)):
        raise Refused(problem)
    values = context(
        dataset, number=number, made_at=made_at, made_by=made_by, verify_url=verify_url
    )
    path, modules = qr_path(verify_url) if verify_url else ("", 0)
    css = (settings.BASE_DIR / "static" / "css" / "report.css").read_text()
    html = drawable(
        render_to_string(
            "reports/pdf/property_record.html", {**values, "qr": path, "qr_size": modules}
        )
    )
    if MISSING in html:
        note = _("%s stands for a letter that no font here draws; the attached rows have it.")
        html = html.replace("<!--letters-->", f"<p>{note % MISSING}</p>")
    return weasyprint.HTML(string=html, url_fetcher=NothingFetcher(), base_url=None).render(
        stylesheets=[weasyprint.CSS(string=css, url_fetcher=NothingFetcher())]
    )


def render(
    dataset: Dataset, *, number: str, made_at: datetime, made_by: str, verify_url: str
) -> bytes:
    """The PDF of a dataset; the same bytes for the same arguments on the same release.

    Raises Refused above AT_MOST rows."""
    document = lay_out(
        dataset, number=number, made_at=made_at, made_by=made_by, verify_url=verify_url
    )
    attachment = weasyprint.Attachment(
        string=b"".join(csv(dataset)),
        name="rows.csv",
        description=_("The rows of this report"),
        relationship="Data",
        created=made_at,
        modified=made_at,
    )
    document.metadata.attachments = [attachment]
    document.metadata.created = made_at.isoformat()
    document.metadata.modified = made_at.isoformat()
    identifier = hashlib.sha256(f"{dataset.sha256()} {number}".encode()).digest()[:16]
    out = document.write_pdf(
        pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=identifier, custom_metadata=False
    )
    return _claim_ua(out, identifier)


def _claim_ua(data: bytes, identifier: bytes) -> bytes:
    """Say in the metadata that the file is PDF/UA-1 too, with the schema PDF/A asks for that."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata = pdf.make_stream(
            xmp.replace(b"</rdf:RDF>", _UA.encode() + b"</rdf:RDF>"),
            Type=pikepdf.Name.Metadata,
            Subtype=pikepdf.Name.XML,
        )
        pdf.trailer.ID = pikepdf.Array([pikepdf.String(identifier), pikepdf.String(identifier)])
        buffer = io.BytesIO()
        pdf.save(buffer, static_id=False, deterministic_id=True, linearize=False)
        return buffer.getvalue()
