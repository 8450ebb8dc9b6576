from django.urls import path

from yichuang.staff.pages import accounts, entry, people, posts, qualifications, setup, tokens

app_name = "staff"
urlpatterns = [
    path("login", entry.login_page, name="login"),
    path("logout", entry.logout_page, name="logout"),
    path("password", entry.password_page, name="password"),
    path("presence", entry.presence, name="presence"),
    path("setup", setup.setup, name="setup"),
    path("staff/", people.people, name="list"),
    path("staff/new", people.registration, name="registration"),
    path("staff/<int:pk>/", people.detail, name="person"),
    path("staff/<int:pk>/particulars", people.particulars, name="particulars"),
    path("staff/<int:pk>/leaving", people.leaving, name="leaving"),
    path("staff/<int:pk>/skills", qualifications.skills, name="skills"),
    path("staff/<int:pk>/certificates", qualifications.certificate, name="certificate"),
    path(
        "staff/certificates/<int:pk>/withdrawal", qualifications.certificate_withdrawal, name="certificate_withdrawal"
    ),
    path("staff/<int:pk>/posts", posts.grant, name="post"),
    path("staff/posts/<int:pk>/end", posts.end, name="post_end"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("staff/<int:pk>/account", accounts.opening, name="account"),
    path("staff/<int:pk>/account/lock", accounts.lock, name="account_lock"),
    path("staff/<int:pk>/account/unlock", accounts.unlock, name="account_unlock"),
    path("staff/<int:pk>/account/reset", accounts.reset, name="account_reset"),
    path("staff/<int:pk>/tokens", tokens.creation, name="token"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/approvals", tokens.approvals, name="token_approvals"),
    path("tokens/<int:pk>/approval", tokens.approval, name="token_approval"),
    path("tokens/<int:pk>/revocation", tokens.revocation, name="token_revocation"),
]
