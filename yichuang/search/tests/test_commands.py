import argparse
import json

import pytest

from yichuang.search import commands


def run(*words):
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())
    options = parser.parse_args(["search", *words])
    return options.run(options)


@pytest.mark.plan("D1-accept")
def test_the_command_prints_the_first_ten(small_catalogue, capsys):
    assert run("许可", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 10
    assert set(rows[0]) == {"code", "name", "department", "score"}
    assert run("公安", "居住证") == 0
    assert "居住证办理  公安局  B01" in capsys.readouterr().out


def test_nothing_found_says_what_to_do(small_catalogue, capsys):
    assert run("没有的东西呢", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run("没有的东西呢") == 0
    assert "换一个说法" in capsys.readouterr().out
