"""How commands end as processes: the exit code, the streams, and never a traceback."""

import sqlite3

import pytest

from interfaces.cli.commands import gongjian


def test_commands_on_a_sound_county_end_with_nought(demo_home, tmp_path):
    paper = tmp_path / "o.docx"

    verified = gongjian("audit", "verify", home=demo_home)
    examined = gongjian("doctor", home=demo_home)
    told = gongjian("bulletin", "--period", "2020-06", "--out", paper, home=demo_home)

    assert [ended.code for ended in (verified, examined, told)] == [0, 0, 0]
    assert [ended.err for ended in (verified, examined, told)] == ["", "", ""]
    assert verified.lines == ["日志和受保护的表都没有发现问题。"]
    assert examined.lines[-1] == "没有发现问题。"
    assert paper.read_bytes().startswith(b"PK")


def test_commands_on_a_tampered_county_end_with_one(demo_home):
    with sqlite3.connect(demo_home / "gongjian.sqlite3") as database:
        database.execute("UPDATE gongjian_report SET value = value + 1 WHERE id = 5")

    verified = gongjian("audit", "verify", "--json", home=demo_home)
    examined = gongjian("doctor", home=demo_home)

    assert [ended.code for ended in (verified, examined)] == [1, 1]
    assert [ended.err for ended in (verified, examined)] == ["", ""]
    assert verified.json == ["gongjian_report 第 5 行和日志对不上：绕过系统改动"]


@pytest.mark.parametrize("made", [False, True], ids=["no home", "an empty home"])
def test_commands_without_a_database_say_so(tmp_path, made):
    home = tmp_path / "home"
    if made:
        home.mkdir()

    judged = gongjian("judge", home=home)
    examined = gongjian("doctor", home=home)

    assert (judged.code, judged.out) == (2, "")
    assert f"{home} 里没有可用的数据库" in judged.err
    assert len(judged.err.splitlines()) == 1
    assert (examined.code, examined.err) == (1, "")
    assert examined.lines == ["数据库还没有建，或者结构旧了。运行 gongjian upgrade。"]


def test_an_unknown_command_names_those_there_are(tmp_path):
    ended = gongjian("juge", home=tmp_path / "home")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("没有命令 juge。可用的命令：")
    assert "judge" in ended.err
