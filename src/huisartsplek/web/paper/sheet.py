# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter as a PDF: the address in the window, the message in the heading, one deadline, one code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from huisartsplek.web.paper.document import BOLD, INK, PLAIN, SOFT, register_fonts

SIZE, LARGE = 14, 18  # points
# Where the window of the envelope shows the address, from the left and the top of the paper.
_WINDOW_LEFT, _WINDOW_TOP = 25 * mm, 43 * mm
_MARGIN, _FIRST_TOP, _TOP = 25 * mm, 76 * mm, 25 * mm
_BOTTOM = 18 * mm
_MOST_ADDRESS_LINES = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter under its own small heading; the code stands in it, large."""

    heading: str
    sentences: Sequence[str] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on a letter."""

    window: str
    day: str
    title: str
    greeting: str
    lead: Sequence[str]
    deadline: str
    closing: Sequence[str]
    sections: Sequence[Section] = field(default=())


def as_letter(sheet: Sheet, *, language: str, is_large: bool) -> bytes:
    """Render a letter on A4."""
    register_fonts()
    size = LARGE if is_large else SIZE
    made = BytesIO()
    paper = BaseDocTemplate(made, pagesize=A4, title=sheet.title, author="Huisartsplek", lang=language, invariant=1)
    width = A4[0] - 2 * _MARGIN

    def frame(top: float) -> Frame:
        return Frame(_MARGIN, _BOTTOM, width, A4[1] - top - _BOTTOM, 0, 0, 0, 0)

    def first(canvas: Canvas, _paper: BaseDocTemplate) -> None:
        _head(canvas, sheet)

    paper.addPageTemplates(
        [
            PageTemplate("first", [frame(_FIRST_TOP)], onPage=first, autoNextPageTemplate="later"),
            PageTemplate("later", [frame(_TOP)], onPage=_number),
        ]
    )
    paper.build(_flow(sheet, size))
    return made.getvalue()


def _style(size: float, *, bold: bool = False, before: float = 0, soft: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"letter{size}{bold}{before}{soft}",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=size * 1.4,
        spaceBefore=before,
        spaceAfter=size * 0.4,
        textColor=SOFT if soft else INK,
        splitLongWords=True,
    )


def _flow(sheet: Sheet, size: float) -> list[Flowable]:
    plain, bold = _style(size), _style(size, bold=True)
    flow: list[Flowable] = [Paragraph(escape(sheet.title), _style(size + 6, bold=True))]
    flow += [Paragraph(escape(text), plain) for text in (sheet.greeting, *sheet.lead) if text]
    if sheet.deadline:
        flow.append(Paragraph(escape(sheet.deadline), bold))
    for section in sheet.sections:
        part: list[Flowable] = [Paragraph(escape(section.heading), _style(size + 2, bold=True, before=size * 0.6))]
        part += [Paragraph(escape(text), plain) for text in section.sentences]
        if section.code:
            spaced = f"{section.code[:5]} {section.code[5:]}"
            part.append(Paragraph(escape(spaced), _style(size + 8, bold=True)))
        flow.append(KeepTogether(part))
    flow.append(Spacer(1, size * 0.6))
    flow += [
        Paragraph(escape(text), _style(size if size >= LARGE else size - 2, soft=True)) for text in sheet.closing
    ]
    return flow


def _head(canvas: Canvas, sheet: Sheet) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 16)
    canvas.drawString(_MARGIN, A4[1] - 22 * mm, "Huisartsplek")
    canvas.setFont(PLAIN, 11)
    canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 22 * mm, sheet.day)
    canvas.setFont(PLAIN, 12)
    for number, line in enumerate(sheet.window.splitlines()[:_MOST_ADDRESS_LINES]):
        canvas.drawString(_WINDOW_LEFT, A4[1] - _WINDOW_TOP - number * 5 * mm, line[:50])


def _number(canvas: Canvas, paper: BaseDocTemplate) -> None:
    canvas.setFont(PLAIN, 11)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(A4[0] - _MARGIN, 14 * mm, str(paper.page))
