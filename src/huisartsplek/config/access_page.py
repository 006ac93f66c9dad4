# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that says who may open what, written from what every view declares of itself."""

import re
from collections.abc import Iterable

from huisartsplek.accounts.declarations import Declaration, all_declarations
from huisartsplek.accounts.policies import Party, Policy, Reach
from huisartsplek.accounts.roles import Role
from huisartsplek.config.places import project_root

PAGE = project_root() / "docs" / "access-matrix.md"
_SUBJECTS: tuple[Party | Role, ...] = (Party.CITIZEN, Party.HELPING, *Role)
_HEADINGS: dict[Party | Role, str] = {
    Party.CITIZEN: "citizen",
    Party.HELPING: "helping",
    **{role: role.value.replace("_", " ") for role in Role},
}
_CONVERTER = re.compile(r"(?<=[<{])\w+:")  # how a parameter is read says nothing of who may
_INTRODUCTION = """# Who may open what

Written by `huisartsplek manage document_access` from what each view and API operation declares. One test fails when
it is out of date; another opens every address as every role and as nobody, and finds other people's things as "not
found". A view that declares nothing keeps the application from starting.

| cell | one's own things | somebody else's | another practice's, region's or insurer's |
|---|---|---|---|
| **open** | open, without logging in | the same | the same |
| **own** | yes | not found (404) | not found (404) |
| **all** | yes | yes, recorded | yes, recorded |
| empty | not found (404) | not found (404) | not found (404) |

*Helping*: whoever helps one person at a desk just now, below the address of that help and about that person only;
below it nothing opens that their role opens elsewhere.

Nobody who is not logged in gets further than *open*: a page sends them to log in, an API operation answers 401.
What begins with `/demo` is there in a demo world only, and `/stijl` never in production.
"""


def access_page() -> str:
    """Give the page's whole text."""
    found = sorted(all_declarations(), key=lambda one: (one.route, one.methods))
    head = "| address | nobody | " + " | ".join(_HEADINGS[subject] for subject in _SUBJECTS) + " |"
    line = "|" + "---|" * (2 + len(_SUBJECTS))
    return "\n".join([_INTRODUCTION, head, line, *_rows(found), ""])


def _rows(declarations: Iterable[Declaration]) -> Iterable[str]:
    for one in declarations:
        methods = f"{' '.join(one.methods)} " if one.methods else ""
        if one.policy is None:
            raise ValueError(f"/{one.route} does not declare who may open it")
        cells = [_cell(one.policy, subject) for subject in _SUBJECTS]
        nobody = "open" if one.policy.is_public else ""
        yield f"| {methods}`/{_CONVERTER.sub('', one.route)}` | {nobody} | " + " | ".join(cells) + " |"


def _cell(policy: Policy, subject: Party | Role) -> str:
    if policy.is_public:
        return "open"
    if subject not in policy.admitted:
        return ""
    return {Reach.NOBODYS: "open", Reach.OWN: "own", Reach.ALL: "all"}[policy.reach]
