"""What only the console of the server can do: the setup code, and the passwords of the three administrators."""

import pytest

from yichuang.project import cli
from yichuang.staff.queries import actor_of_account


@pytest.mark.django_db
def test_migrate_says_the_setup_code_until_the_hall_is_founded(capsys, client, fast_passwords):
    assert cli.main(["migrate"]) == 0
    said = capsys.readouterr().out
    assert "/setup" in said
    code = said.strip().rsplit("：", 1)[1]
    form = {
        f"{role}_{field}": f"{role[:3]}{field[:3]}"
        for role in ("system_admin", "security_admin", "auditor")
        for field in ("name", "username")
    }
    assert client.post("/setup", {"code": code, **form}).status_code == 200
    assert cli.main(["migrate"]) == 0
    assert "/setup" not in capsys.readouterr().out


def test_the_password_of_an_administrator_is_reset_at_the_console(security_admin, capsys, client):
    assert cli.main(["reset-password", "SECURITY_ADMIN"]) == 0
    initial = capsys.readouterr().out.split("：")[1].split("（")[0]
    assert client.post("/login", {"username": "security_admin", "password": initial}).status_code == 302
    assert client.get("/desk/")["Location"] == "/password"
    security_admin.account.refresh_from_db()
    assert not actor_of_account(security_admin.account).may("staff.grant")
    assert cli.main(["reset-password", "nobody"]) == 1
    assert "没有用户名" in capsys.readouterr().err
