# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Users and the roles they hold. A user is known by what their login provider calls them, never by a password."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from huisartsplek.accounts.roles import Role, ScopeType


class UserManager(models.Manager["User"]):
    """Finds users by what their login provider calls them."""

    def get_by_natural_key(self, user_id: str) -> "User":
        """Find a user by their id."""
        return self.get(pk=user_id)


class User(AbstractBaseUser):
    """Somebody who can log in: a citizen, or staff."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen"
        STAFF = "staff"

    password = None  # type: ignore[assignment]  # nobody has one here
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    display_name = models.CharField(max_length=120, blank=True)  # of staff; a citizen's name is with their person
    person_id = models.UUIDField(null=True, unique=True)  # the citizen's person, once the people app knows it
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)  # one more ends every session
    created_at = models.DateTimeField()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_per_login"),
            models.CheckConstraint(
                condition=Q(kind="citizen", display_name="") | Q(kind="staff", person_id__isnull=True),
                name="citizens_have_a_person_and_staff_a_name",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to be this user's; it changes when all sessions must end."""
        return salted_hmac("huisartsplek.accounts.session", f"{self.id}:{self.session_epoch}").hexdigest()


class RoleGrant(models.Model):
    """A role given to a member of staff over one practice, region or insurer, until it is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope_type = models.CharField(max_length=8, choices=[(scope.value, scope.value) for scope in ScopeType])
    scope_id = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope_id"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="a_role_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(scope_type="country", scope_id__isnull=True)
                | ~Q(scope_type="country") & Q(scope_id__isnull=False),
                name="a_role_reaches_over_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_id or ''}"
