from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from yichuang.accounts.actions import throttle
from yichuang.accounts.jobs import sweep
from yichuang.accounts.models import Attempt
from yichuang.lib.errors import TooMany


@pytest.mark.django_db
def test_only_what_no_longer_means_anything_goes(monkeypatch):
    now = timezone.now()
    for name, hours in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(hours=hours))
    for _ in range(5):
        throttle.take("login", "wangfang", "10.0.0.1")
    assert sweep() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    with pytest.raises(TooMany):
        throttle.take("login", "wangfang", "10.0.0.1")
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=25))
    assert sweep() == 3
    assert not Attempt.objects.exists()
