# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom one can log in as in the demo: people of the world whose request fits a story, and staff of every role."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from huisartsplek.accounts.models import User
from huisartsplek.accounts.providers import DEMO_ISSUER_PATH
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import grant_role, register_user
from huisartsplek.audit.actors import Actor
from huisartsplek.demo.bsns import demo_bsn
from huisartsplek.demo.load_people import Loaded
from huisartsplek.demo.models import DemoPerson
from huisartsplek.demo.provider.choices import LoginChoice
from huisartsplek.engine import run_round
from huisartsplek.engine.tables import Tables
from huisartsplek.integrations.login.port import Audience
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Insurer, Practice
from huisartsplek.requests.facts import km_from_home
from huisartsplek.rules.consent import mandate_counts, says_yes_too
from huisartsplek.rules.wording import Text
from huisartsplek.simulator.stories import (
    FAMILY_OF_FOUR,
    MOVED_AWAY,
    NEWBORN,
    SEVENTEEN,
    WITHOUT_GP,
    candidates,
)
from huisartsplek.simulator.world_model import World, request_name

TRIALS = 3
REPRESENTATIVE_COMES = 900  # behind the people of the stories, in the list of the login page
BSN_FOR_EVERY = 60  # besides the people one can log in as, one person in so many has a stored BSN

REPRESENTATIVE = "gemachtigde"  # who logs in for somebody else
REPRESENTED = (f"{WITHOUT_GP}-1", f"{MOVED_AWAY}-1")  # the first of these who decides alone gave the mandate

STAFF = (
    (
        "eigenaar",
        "Anna Wiersma",
        Text("Huisarts en eigenaar van een praktijk", "GP and owner of a practice"),
        Role.PRACTICE_OWNER,
    ),
    (
        "assistent",
        "Bilal Demir",
        Text("Assistent bij dezelfde praktijk", "Assistant at the same practice"),
        Role.PRACTICE_ASSISTANT,
    ),
    (
        "coordinator",
        "Carla Jansen",
        Text("Coördinator van de regio", "Coordinator of the region"),
        Role.COORDINATOR,
    ),
    (
        "loket",
        "Ilse Bakker",
        Text("Medewerker van het loket van de regio", "Member of staff at the desk of the region"),
        Role.DESK,
    ),
    (
        "bemiddelaar",
        "Daan Smit",
        Text("Bemiddelaar bij een zorgverzekeraar", "Mediator at a health insurer"),
        Role.MEDIATOR,
    ),
    (
        "privacy",
        "Els Verhoeven",
        Text("Functionaris gegevensbescherming", "Data protection officer"),
        Role.PRIVACY_OFFICER,
    ),
    ("auditor", "Farid El Amrani", Text("Auditor: rekent rondes na", "Auditor: checks rounds"), Role.AUDITOR),
    (
        "beheerder",
        "Gerda Vos",
        Text("Beheerder: ziet of alles loopt", "Operator: sees whether everything runs"),
        Role.OPERATOR,
    ),
)


def choose_people(
    actor: Actor, world: World, loaded: Loaded, practices: Sequence[Practice], *, at: datetime
) -> None:
    """Pick the people of the stories, give them and some hundreds of others a demo BSN, and place the staff."""
    chosen = _choose(world)
    in_stories = [
        (story, order, loaded.people[member])
        for story, index in chosen.items()
        for order, member in enumerate(world.requests.request(index).members, start=1)
    ]
    told = {story: story_of(story, world, index, loaded.people, practices) for story, index in chosen.items()}
    for position, (story, order, person) in enumerate(in_stories):
        store_bsn(actor, person, demo_bsn(position), at)
        if says_yes_too(person.born_on, on=world.on):
            DemoPerson.objects.create(
                subject=f"{story}-{order}",
                audience=Audience.CITIZEN,
                name=person.full_name,
                story=told[story].nl,
                story_in_english=told[story].en,
                person_id=person.pk,
                bsn_number=position,
                position=position,
            )
    _add_representative(world)
    taken = {person.pk for _, _, person in in_stories}
    others = [person for person in loaded.people[::BSN_FOR_EVERY] if person.pk not in taken]
    for number, person in enumerate(others, start=len(in_stories)):
        store_bsn(actor, person, demo_bsn(number), at)
    scopes = _scopes(world, practices)
    DemoPerson.objects.bulk_create(
        [
            DemoPerson(
                subject=subject,
                audience=Audience.STAFF,
                name=name,
                story=story.nl,
                story_in_english=story.en,
                role=role,
                scope_id=scopes.get(role),
                position=position,
            )
            for position, (subject, name, story, role) in enumerate(STAFF)
        ]
    )


def _add_representative(world: World) -> None:
    """Let somebody log in who has a mandate of one of the people of the stories, and nothing here of their own."""
    candidates_ = DemoPerson.objects.filter(subject__in=REPRESENTED).order_by("-subject")
    people = Person.objects.in_bulk([one.person_id for one in candidates_ if one.person_id is not None])
    gave = next(
        (
            one
            for one in candidates_
            if one.person_id and mandate_counts(people[one.person_id].born_on, on=world.on)
        ),
        None,
    )
    if gave is None:
        return
    DemoPerson.objects.create(
        subject=f"{REPRESENTATIVE}:{gave.subject}",
        audience=Audience.CITIZEN,
        name="Hanna de Wit",
        story=f"Regelt de huisarts van {gave.name}, met een machtiging",
        story_in_english=f"Arranges the GP of {gave.name}, with a mandate",
        position=REPRESENTATIVE_COMES,
    )


def _choose(world: World) -> dict[str, int]:
    """Choose a request for each story: one that a trial round moves if there is one, else the first that fits."""
    moving, anybody = candidates(world, among=_who_may_move(world)), candidates(world)
    chosen: dict[str, int] = {}
    for story, numbers in anybody.items():
        chosen[story] = next(n for n in [*moving[story], *numbers] if n not in chosen.values())
    return chosen


def _who_may_move(world: World) -> list[int]:
    """Give the requests that every trial round moves, so that there is something to follow."""
    tables = world.deep_round_tables()
    moved = set.intersection(*(_moved(tables, f"trial {number}") for number in range(TRIALS)))
    return [number for number in range(len(world.requests)) if request_name(number) in moved]


def _moved(tables: Tables, seed: str) -> set[str]:
    outcomes = run_round(tables, seed=seed).outcomes
    return {name for name, outcome in zip(outcomes.request, outcomes.outcome, strict=True) if outcome == "moved"}


def story_of(story: str, world: World, index: int, people: Sequence[Person], practices: Sequence[Practice]) -> Text:
    """Tell in one line how things stand for them, from the world; what becomes of it is for the round to say."""
    request = world.requests.request(index)
    first = world.requests.person(request.members[0])
    if story == MOVED_AWAY:
        now = world.practices[first.practice]
        km = km_from_home([people[request.members[0]]], practices[first.practice]) or 0.0  # as their own page says
        return Text(
            f"Woont in {first.place}; de huisarts is nog in {now.place}, {km:.0f} kilometer ver",
            f"Lives in {first.place}; the GP is still in {now.place}, {km:.0f} kilometres away",
        )
    return {
        FAMILY_OF_FOUR: Text(
            f"Gezin van vier in {first.place} dat samen een andere huisarts zoekt",
            f"Family of four in {first.place} looking for another GP together",
        ),
        SEVENTEEN: Text(
            f"Is 17, woont in {first.place} en beslist zelf",
            f"Is 17, lives in {first.place} and decides for themselves",
        ),
        WITHOUT_GP: Text(
            f"Woont in {first.place} en heeft geen huisarts",
            f"Lives in {first.place} and has no GP",
        ),
        NEWBORN: Text(
            f"Pas ouder geworden in {first.place}; de baby heeft nog geen huisarts",
            f"A new parent in {first.place}; the baby has no GP yet",
        ),
    }[story]


def _scopes(world: World, practices: Sequence[Practice]) -> dict[Role, UUID]:
    """Give the staff the practice most wished for that swaps and has places, its region, and an insurer."""
    wanted = Counter(wish for request in world.requests for wish in request.wishes)
    lively = [
        number
        for number, _ in wanted.most_common()
        if world.practices[number].places > 0
        and world.practices[number].swaps
        and world.practices[number].region == world.deep_region
    ]
    practice = practices[lively[0]]
    return {
        Role.PRACTICE_OWNER: practice.pk,
        Role.PRACTICE_ASSISTANT: practice.pk,
        Role.COORDINATOR: practice.region_id,
        Role.DESK: practice.region_id,
        Role.MEDIATOR: Insurer.objects.order_by("uzovi")[0].pk,
    }


def ensure_staff(actor: Actor, *, at: datetime) -> None:
    """Let the staff of the demo log in at the address the site has today, in their roles."""
    issuer = settings.ORIGIN + DEMO_ISSUER_PATH
    for one in DemoPerson.objects.filter(audience=Audience.STAFF):
        user = register_user(
            User.Kind.STAFF, issuer=issuer, subject=one.subject, display_name=one.name, actor=actor, at=at
        )
        grant_role(user, Role(one.role), scope_id=one.scope_id, actor=actor, at=at)


def login_choices() -> list[LoginChoice]:
    """List whom one can log in as, their story in the language of the reader."""
    in_english = get_language() == "en"
    everybody = {one.subject: one for one in DemoPerson.objects.order_by("audience", "position")}
    return [
        LoginChoice(
            subject=one.subject,
            name=one.name,
            story=(in_english and one.story_in_english) or one.story,
            audience=Audience(one.audience),
            bsn=_bsn_of(one),
            represents=_represented_by(one, everybody),
        )
        for one in everybody.values()
    ]


def _bsn_of(one: DemoPerson) -> str:
    return demo_bsn(one.bsn_number).reveal() if one.bsn_number is not None else ""


def _represented_by(one: DemoPerson, everybody: Mapping[str, DemoPerson]) -> tuple[str, ...]:
    """Give the BSN of who gave this person a mandate, as their own login would say it."""
    gave = everybody.get(one.subject.partition(":")[2])
    return () if gave is None else (_bsn_of(gave),)


def login_lines() -> Iterator[str]:
    """Say who can log in where, for the terminal."""
    yield f"Search for a GP practice:  {settings.ORIGIN}/"
    yield f"Log in as a citizen:       {settings.ORIGIN}/inloggen"
    for choice in login_choices():
        if choice.audience is Audience.CITIZEN:
            yield f"  {choice.name}: {choice.story}"
    yield f"Log in as staff:           {settings.ORIGIN}/inloggen/medewerker"
    for choice in login_choices():
        if choice.audience is Audience.STAFF:
            yield f"  {choice.name}: {choice.story}"
    yield f"The clock, the mail and the other people of the demo: {settings.ORIGIN}/demo"
