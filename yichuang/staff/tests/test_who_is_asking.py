"""``actor_of``: who holds a session, with posts and scope, in one query."""

from datetime import timedelta

from django.utils import timezone

from yichuang.accounts.actions import account as accounts
from yichuang.kit.audience import MUST_CHANGE_PASSWORD
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.staff import queries
from yichuang.staff.actions import person, post
from yichuang.staff.rules import PERMISSIONS, Role

BY = Actor(ActorKind.WORKER, "test", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True))


def asking(staff):
    return queries.actor_of(staff.account_id, session_hash=staff.account.get_session_auth_hash())


def test_one_query_tells_who_what_and_where(wang_fang, cast_places, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor = asking(wang_fang)
    assert actor.reference == f"staff:{wang_fang.pk}"
    assert actor.name == "王芳"
    assert actor.may("cases.accept")
    assert not actor.may("cases.decide")
    assert actor.scope == Scope(halls=frozenset({cast_places.hall.pk}))
    assert actor.hall == cast_places.hall.pk
    assert actor.department is None


def test_posts_in_several_places_add_up(wang_fang, cast_places, django_assert_num_queries):
    post.grant(wang_fang, Role.WINDOW_CLERK, at=cast_places.town_hall, by=BY)
    post.grant(wang_fang, Role.HANDLER, at=cast_places.department, by=BY)
    with django_assert_num_queries(1):
        actor = asking(wang_fang)
    assert actor.scope.halls == {cast_places.hall.pk, cast_places.town_hall.pk}
    assert actor.scope.departments == {cast_places.department.pk}
    assert actor.hall is None
    assert actor.department == cast_places.department.pk
    assert actor.may("cases.decide")


def test_wide_roles_see_everything_and_others_only_their_own(zheng_hua, zhao_min, system_admin):
    assert asking(zheng_hua).scope.everything
    assert asking(system_admin).scope.everything
    assert not asking(zhao_min).scope.everything


def test_posts_hold_from_their_first_to_their_last_day(wang_fang, cast_places, monkeypatch):
    today = timezone.localdate()
    term = post.Term(today + timedelta(days=3), today + timedelta(days=5))
    post.grant(wang_fang, Role.ISSUING_CLERK, at=cast_places.hall, term=term, by=BY)
    held = []
    for days in range(2, 7):
        monkeypatch.setattr(timezone, "localdate", lambda *_, day=today + timedelta(days=days): day)
        held.append(asking(wang_fang).may("cases.deliver"))
    assert held == [False, True, True, True, False]


def test_whoever_has_no_post_may_nothing(new_person):
    actor = asking(new_person("新人", "newcomer"))
    assert actor.permissions == frozenset()
    assert actor.scope == Scope()


def test_a_changed_password_ends_the_session(wang_fang, password):
    before = wang_fang.account.get_session_auth_hash()
    accounts.change_password(wang_fang.account, password, "another-good-one", by=BY)
    assert queries.actor_of(wang_fang.account_id, session_hash=before) is None
    assert asking(wang_fang) is not None
    assert queries.actor_of(wang_fang.account_id, session_hash="") is None


def test_a_locked_account_is_nobody(wang_fang):
    accounts.lock(wang_fang.account, by=BY)
    assert asking(wang_fang) is None


def test_after_the_last_day_of_work_nobody(wang_fang, monkeypatch):
    today = timezone.localdate()
    person.leave(wang_fang, last_day=today, by=BY)
    assert asking(wang_fang) is not None
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=1))
    assert asking(wang_fang) is None


def test_an_initial_password_opens_the_password_page_only(wang_fang):
    accounts.reset_password(wang_fang.account, by=BY)
    assert asking(wang_fang).permissions == {MUST_CHANGE_PASSWORD, "staff.password"}
