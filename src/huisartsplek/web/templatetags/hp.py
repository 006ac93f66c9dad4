# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The building blocks as tags, and wording as filters: `{% load hp %}`. See docs/web-components.md."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from huisartsplek.rules.intake import PublicStatus
from huisartsplek.web.components import wording
from huisartsplek.web.components.forms import FieldView, faults, field_view
from huisartsplek.web.components.status import StatusSign, say, sign
from huisartsplek.web.languages import complete_tongues, offered_tongues, page_tongue
from huisartsplek.web.shell import LANGUAGE_URL, LOGIN_URL, LOGOUT_URL, Shell, visitor_shell

if TYPE_CHECKING:
    from django.contrib.messages.storage.base import Message
    from django.forms import BaseForm
    from django.forms.boundfield import BoundField
    from django.template import Context
    from django.template.base import Parser, Token
    from django.utils.safestring import SafeString

    from huisartsplek.rules.tongues import Tongue
    from huisartsplek.web.components.charts import BarChart, RangeChart
    from huisartsplek.web.components.exchange_picture import ExchangePicture
    from huisartsplek.web.components.map import MapPicture
    from huisartsplek.web.components.parts import PersonRow, Pill, SearchResult, Side, Step, Table, Text

register = template.Library()

Status = PublicStatus | StatusSign | str
ROLES = {"ok": "status", "info": "", "warning": "alert", "error": "alert"}

for words in (
    wording.isolated,
    wording.day,
    wording.day_without_year,
    wording.weekday,
    wording.weekday_with_year,
    wording.clock,
    wording.deadline,
    wording.minutes,
    wording.distance,
    wording.distance_in_full,
    wording.cycling,
    wording.walking,
    wording.driving,
    wording.number,
    wording.people,
):
    register.filter(words.__name__, words)
register.filter("say", say)
register.filter("share", wording.share)
register.filter("time_left", wording.time_left)


# ---- the frame of a page ----
@register.inclusion_tag("web/components/page_header.html", takes_context=True)
def page_header(context: Context) -> dict[str, Any]:
    """The mark, the main links, the language switch, and log in or out."""
    shell: Shell = context.get("shell") or visitor_shell()
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    query = request.GET.copy() if request and request.method == "GET" else None
    if query is not None:
        query.pop("taal", None)
    return {
        "shell": shell,
        "items": [(item, item.current(path)) for item in shell.items],
        "query": f"{query.urlencode()}&" if query else "",
        "here": f"{path}?{query.urlencode()}" if query else path,
        "tongue": page_tongue(),
        "tongues": offered_tongues(request),
        "language_url": LANGUAGE_URL,
        "login_url": LOGIN_URL,
        "logout_url": LOGOUT_URL,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("web/components/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: str) -> dict[str, Any]:
    """The way up from this page: label, address, label, address."""
    return {"crumbs": list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))}


SITE_LINKS = (
    ("public:about", _("Over Huisartsplek")),
    ("public:privacy", _("Privacy")),
    ("public:accessibility", _("Toegankelijkheid")),
    ("public:complaint", _("Klacht of fout melden")),
    ("public:open-figures", _("Open cijfers")),
)


@register.simple_tag
def site_links() -> list[tuple[Text, str]]:
    """The links of the footer, as far as the site has those pages."""
    found: list[tuple[Text, str]] = []
    for name, label in SITE_LINKS:
        with contextlib.suppress(NoReverseMatch):
            found.append((label, reverse(name)))
    return found


@register.simple_tag
def message_kind(message: Message) -> str:
    """The kind of alert in which a message of the last action is shown."""
    return next((kind for kind in ("error", "warning", "info") if kind in message.tags), "ok")


# ---- languages ----
@register.simple_tag
def current_tongue() -> Tongue:
    """The language of this page, with which way it runs and who read it."""
    return page_tongue()


class BindingText(template.Node):
    """What stands between the tags, and beside it the same in the languages that bind; there `binds` is set."""

    def __init__(self, content: template.NodeList) -> None:
        self.content = content

    def render(self, context: Context) -> SafeString:
        """Say it once where the page itself is in such a language."""
        own = self.content.render(context)
        if page_tongue().is_complete:
            return own
        binding = []
        for tongue in complete_tongues():
            with translation.override(tongue.code), context.push(binds=tongue.code):
                binding.append((tongue, self.content.render(context)))
        return render_to_string("web/components/binding.html", {"content": own, "binding": binding})


@register.tag
def binding(parser: Parser, token: Token) -> BindingText:
    """Show what somebody agrees to or declares in the language of the page, and in Dutch and English beside it."""
    del token
    content = parser.parse(("endbinding",))
    parser.delete_first_token()
    return BindingText(content)


# ---- signs ----
@register.inclusion_tag("web/components/icon.html")
def icon(name: str, size: int = 20) -> dict[str, Any]:
    """A drawing beside words that say the same."""
    return {"drawing": f"web/components/icons/{name}.html", "size": size, "is_onward": name == "arrow"}


@register.inclusion_tag("web/components/status_badge.html")
def status_badge(status: Status, text: Text = "") -> dict[str, Any]:
    """The status of a practice as icon and words; `text` replaces the words."""
    known = sign(status)
    return {"status": known, "text": text or known.label}


@register.inclusion_tag("web/components/status_pin.html")
def status_pin(status: Status, number: int | str = "", *, spoken: bool = False) -> dict[str, Any]:
    """The status of a practice as a shape with its number in the list."""
    known = sign(status)
    return {"status": known, "number": number, "spoken": spoken, "drawing": known.drawing}


@register.inclusion_tag("web/components/status_legend.html")
def status_legend() -> dict[str, Any]:
    """All shapes with their words."""
    return {"statuses": [sign(status) for status in PublicStatus]}


# ---- boxes around content ----
def _block(template: str, context: Context, content: SafeString, /, **values: object) -> SafeString:
    request: HttpRequest | None = context.get("request")
    csrf_token = context.get("csrf_token")
    return render_to_string(
        f"web/components/{template}.html", {"content": content, "csrf_token": csrf_token, **values}, request=request
    )


@register.simple_block_tag(takes_context=True)
def alert(
    context: Context, content: SafeString, kind: str, title: Text = "", *, level: int = 2, focus: bool = False
) -> SafeString:
    """A message: `ok`, `info` (also for a refusal), `warning` or `error`."""
    return _block("alert", context, content, kind=kind, title=title, level=level, focus=focus, role=ROLES[kind])


@register.simple_block_tag(takes_context=True)
def task(context: Context, content: SafeString, title: Text, anchor: str = "taak") -> SafeString:
    """The one thing to do now; at most one on a page."""
    return _block("task", context, content, title=title, anchor=anchor)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: SafeString, title: Text, *, level: int = 3) -> SafeString:
    """An empty list: what is so, why, and one way on."""
    return _block("empty", context, content, title=title, level=level)


@register.simple_block_tag(takes_context=True)
def panel(
    context: Context, content: SafeString, title: Text = "", *, level: int = 2, mist: bool = False
) -> SafeString:
    """Background facts, never the main thing."""
    return _block("panel", context, content, title=title, level=level, mist=mist)


@register.simple_block_tag(takes_context=True)
def status_card(
    context: Context, content: SafeString, status: Status, title: Text, text: Text = "", anchor: str = "stand"
) -> SafeString:
    """The status of a practice large, with what it means below it."""
    return _block("status_card", context, content, status=sign(status), title=title, text=text, anchor=anchor)


@register.simple_block_tag(takes_context=True)
def wish(  # noqa: PLR0913 (a card shows many things, each by its name)
    context: Context,
    content: SafeString,
    rank: int,
    name: str,
    *,
    url: str = "",
    facts: Sequence[Text] = (),
    status: Status = "",
    status_text: Text = "",
    up: str = "",
    down: str = "",
    remove: str = "",
    stay: bool = False,
) -> SafeString:
    """A wish with what will happen; `up`, `down` and `remove` are addresses to post to."""
    return _block(
        "wish",
        context,
        content,
        rank=rank,
        name=name,
        url=url,
        facts=facts,
        status=sign(status) if status else None,
        status_text=status_text,
        up=up,
        down=down,
        remove=remove,
        stay=stay,
    )


# ---- lists, tables, charts ----
@register.inclusion_tag("web/components/result.html")
def result(result: SearchResult) -> dict[str, Any]:
    """A practice in the list of results, with the verdict for this person."""
    return {"result": result}


@register.inclusion_tag("web/components/data_list.html")
def data_list(facts: Iterable[tuple[Text, object]]) -> dict[str, Any]:
    """Facts as key and value."""
    return {"facts": facts}


@register.inclusion_tag("web/components/numbers.html")
def numbers(figures: Iterable[tuple[Text, object]]) -> dict[str, Any]:
    """A few figures at a glance."""
    return {"figures": figures}


@register.inclusion_tag("web/components/steps.html")
def steps(steps: Iterable[Step], label: Text) -> dict[str, Any]:
    """How far something is; the present step is marked."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries: Iterable[tuple[Text, object]]) -> dict[str, Any]:
    """What happens one after another."""
    return {"entries": entries}


@register.inclusion_tag("web/components/people.html")
def people_list(people: Iterable[PersonRow]) -> dict[str, Any]:
    """The people of a household and what each of them did."""
    return {"people": people}


@register.inclusion_tag("web/components/move.html")
def move(now: Side, then: Side) -> dict[str, Any]:
    """From the practice of now to the one offered."""
    return {"now": now, "then": then}


@register.inclusion_tag("web/components/table.html")
def table(table: Table) -> dict[str, Any]:
    """A table that stays one for assistive technology when it becomes cards."""
    return {"table": table}


@register.inclusion_tag("web/components/pills.html")
def pills(pills: Iterable[Pill], label: Text) -> dict[str, Any]:
    """A choice among views of the same list."""
    return {"pills": pills, "label": label}


@register.inclusion_tag("web/components/range_chart.html")
def range_chart(chart: RangeChart) -> dict[str, Any]:
    """An estimate as a band; the words above it say the same."""
    return {"chart": chart}


@register.inclusion_tag("web/components/bar_chart.html")
def bar_chart(chart: BarChart, *, level: int = 3) -> dict[str, Any]:
    """Bars with their figures, and the same figures as a table."""
    return {"chart": chart, "level": level}


@register.inclusion_tag("web/components/exchange_picture.html")
def exchange_picture(picture: ExchangePicture) -> dict[str, Any]:
    """A cycle or a chain of at most three houses."""
    return {"picture": picture}


@register.inclusion_tag("web/components/practice_map.html")
def practice_map(picture: MapPicture) -> dict[str, Any]:
    """The practices of the list on a map, with the same numbers and shapes."""
    return {"map": picture}


@register.inclusion_tag("web/components/show_more.html")
def show_more(count: int, url: str) -> dict[str, Any]:
    """A link to the rest of a list; nothing where there is no rest."""
    return {"count": count, "url": url}


# ---- forms ----
@register.inclusion_tag("web/components/field.html")
def field(
    bound: BoundField, width: str = "", descriptions: Mapping[str, Text] | None = None
) -> dict[str, FieldView]:
    """A form field with label, help and error; `width` in characters: 4, 6, 8, 10, 14, 20 or full."""
    return {"field": field_view(bound, width=str(width), descriptions=descriptions)}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """All errors at once, each leading to its field; it takes the focus."""
    prefix = next((form.prefix for form in forms if form.prefix), "")
    return {"faults": faults(forms), "anchor": slugify(f"fouten {prefix}")}


@register.inclusion_tag("web/components/title_prefix.html")
def title_prefix(*forms: BaseForm) -> dict[str, bool]:
    """The start of the page's title when something was filled in wrongly."""
    return {"has_faults": any(form.is_bound and form.errors for form in forms)}
