# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a line of the log is called: who, what, and on what ground."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import ActorKind, Ground
from huisartsplek.audit.events import Action, Outcome
from huisartsplek.audit.models import AuditEvent

KINDS: dict[ActorKind, str] = {
    ActorKind.PERSON: gettext_noop("Een burger"),
    ActorKind.STAFF: gettext_noop("Een medewerker"),
    ActorKind.SYSTEM: gettext_noop("Het systeem zelf"),
    ActorKind.ANONYMOUS: gettext_noop("Iemand die niet was ingelogd"),
}
ROLES: dict[Role, str] = {
    Role.PRACTICE_OWNER: gettext_noop("eigenaar van een praktijk"),
    Role.PRACTICE_ASSISTANT: gettext_noop("assistent van een praktijk"),
    Role.COORDINATOR: gettext_noop("coördinator van een regio"),
    Role.DESK: gettext_noop("medewerker van het loket van een regio"),
    Role.MEDIATOR: gettext_noop("bemiddelaar van een verzekeraar"),
    Role.PRIVACY_OFFICER: gettext_noop("functionaris gegevensbescherming"),
    Role.AUDITOR: gettext_noop("auditor"),
    Role.OPERATOR: gettext_noop("beheerder"),
}
ACTIONS: dict[Action, str] = {
    Action.CREATE: gettext_noop("Gemaakt"),
    Action.READ: gettext_noop("Gelezen"),
    Action.UPDATE: gettext_noop("Veranderd"),
    Action.DELETE: gettext_noop("Weggehaald"),
    Action.SEARCH: gettext_noop("Gezocht"),
    Action.EXPORT: gettext_noop("Opgehaald"),
    Action.ACT: gettext_noop("Gedaan"),
}
GROUNDS: dict[Ground, str] = {
    Ground.OWN_REQUEST: gettext_noop("Eigen verzoek"),
    Ground.PARENTAL_AUTHORITY: gettext_noop("Ouderlijk gezag"),
    Ground.MANDATE: gettext_noop("Machtiging"),
    Ground.TREATMENT_RELATION: gettext_noop("Behandelrelatie"),
    Ground.REGION_TASK: gettext_noop("Taak van de regio"),
    Ground.CONSENT: gettext_noop("Toestemming"),
    Ground.LEGAL_TASK: gettext_noop("Wettelijke taak"),
    Ground.OPERATIONS: gettext_noop("Beheer"),
}


def party_text(event: AuditEvent, name: str) -> str:
    """Who did it: the person at work by name and role, anybody else by what they are."""
    if event.actor_kind != ActorKind.STAFF:
        return _(KINDS[ActorKind(event.actor_kind)])
    role = _(ROLES[Role(event.role)]) if event.role in set(Role) else _(KINDS[ActorKind.STAFF])
    return f"{name}, {role}" if name else role


def action_text(event: AuditEvent) -> str:
    """What was done, with the name of the kind of line for who looks it up, and whether it was refused."""
    text = f"{_(ACTIONS[Action(event.action)])} ({event.kind})"
    return text if event.outcome == Outcome.SUCCESS else _("%(what)s, geweigerd of mislukt") % {"what": text}


def ground_text(ground: str) -> str:
    """On what ground."""
    return _(GROUNDS[Ground(ground)])
