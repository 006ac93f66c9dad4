# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plain document as a PDF: a title, a few sentences, and parts with facts; the same in gives the same out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

_FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "Noto Sans", "Noto Sans Bold"
INK, SOFT = HexColor("#1b2a2f"), HexColor("#46565b")
_MARGIN = 22 * mm


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document: a heading, sentences, and groups of facts, each a name with what it is."""

    heading: str
    sentences: Sequence[str] = ()
    groups: Sequence[Sequence[tuple[str, str]]] = field(default=())


def as_pdf(title: str, lead: str, parts: Sequence[Part], *, language: str) -> bytes:
    """Render a document on A4, its pages numbered."""
    register_fonts()
    made = BytesIO()
    paper = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=title,
        author="Huisartsplek",
        lang=language,
        invariant=1,
    )
    paper.build(list(_flow(title, lead, parts)), onFirstPage=_number, onLaterPages=_number)
    return made.getvalue()


@cache
def register_fonts() -> None:
    """Make the fonts of the site known to the maker of PDFs, once."""
    for name, file in ((PLAIN, "noto-sans-400.ttf"), (BOLD, "noto-sans-700.ttf")):
        pdfmetrics.registerFont(TTFont(name, _FONTS / file))


def _style(size: float, *, bold: bool = False, before: float = 0, soft: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{soft}",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=size * 1.4,
        spaceBefore=before,
        spaceAfter=size * 0.35,
        textColor=SOFT if soft else INK,
        splitLongWords=True,
    )


def _flow(title: str, lead: str, parts: Sequence[Part]) -> list[Flowable]:
    flow: list[Flowable] = [
        Paragraph("Huisartsplek", _style(11, bold=True)),
        Paragraph(escape(title), _style(20, bold=True, before=8 * mm)),
        Paragraph(escape(lead), _style(12)),
    ]
    for part in parts:
        flow.append(Paragraph(escape(part.heading), _style(14, bold=True, before=7 * mm)))
        flow += [Paragraph(escape(sentence), _style(11)) for sentence in part.sentences]
        for group in part.groups:
            flow += [
                Paragraph(f'{escape(name)}: <font name="{BOLD}">{escape(fact)}</font>', _style(10.5))
                for name, fact in group
            ]
            flow.append(Spacer(1, 3 * mm))
    return flow


def _number(canvas: Canvas, paper: SimpleDocTemplate) -> None:
    canvas.setFont(PLAIN, 9)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(A4[0] - _MARGIN, 12 * mm, str(paper.page))
