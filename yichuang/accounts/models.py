from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A login (账号). What its holder may do is in the posts of the staff member, never here."""

    username = models.CharField(max_length=40, unique=True)
    is_active = models.BooleanField(default=True, help_text="False: locked")
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def subject(self) -> str:
        return f"account:{self.pk}"


class Installation(models.Model):
    """The installation (本平台): one row. Demo mode is this row, written once, never an environment switch."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)
    demo_loaded_at = models.DateTimeField(null=True, blank=True)
    setup_code_hash = models.CharField(max_length=64, blank=True)
    founded_at = models.DateTimeField(null=True, blank=True, help_text="from then on it is demo or real for ever")
    turn = models.PositiveIntegerField(default=0, help_text="writers of posts and locks queue on this column")

    class Meta:
        constraints = [
            models.CheckConstraint(name="installation_once", condition=Q(id=1)),
            models.CheckConstraint(
                name="installation_demo_founded", condition=Q(is_demo=False) | Q(founded_at__isnull=False)
            ),
        ]


class Attempt(models.Model):
    """Failures (失败次数) of one key or one address. The key is a keyed fingerprint: people type passwords into name fields."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(help_text="the first of the failures counted")
    blocked_until = models.DateTimeField()


class Token(models.Model):
    """A token for machines (接口令牌): known by its hash only, works once approved, never more than its account may."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8, help_text="the first characters, to tell tokens apart")
    scopes = models.TextField(help_text="permissions, separated by spaces")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=40)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="token_expires_later", condition=Q(expires_at__gt=F("created_at"))),
            # Whoever makes a token sees it; whoever approves it must be somebody else.
            models.CheckConstraint(name="token_two_persons", condition=~Q(approved_by=F("created_by"))),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def subject(self) -> str:
        return f"token:{self.pk}"

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset(self.scopes.split())
