"""The console script: finds the command class of interfaces/cli and runs it."""

import re
import sys
from importlib import import_module

import django
from django.core.management.base import CommandError
from django.db import connections

from gongjian.config import env

COMMANDS = {
    "audit": "日志校验：verify 校验，tables 列出受保护的表",
    "bulletin": "写一期进展情况通报（Word）",
    "demo": "建演示县并打开：从示例方案走到通报",
    "doctor": "体检：数据库、文件、缓存、设置",
    "export": "导出责任清单、任务分解表、项目：json、csv、xlsx、docx",
    "extract": "读方案文件，列出行动、目标、任务",
    "import": "试读项目台账：--dry-run 不保存",
    "judge": "按某一天已采信的数亮灯",
    "map": "镇街底图：GeoJSON，校验后换上",
    "serve": "启动网页和后台作业",
    "upgrade": "升级数据库结构",
    "work": "只跑后台作业",
}
WRONG = (  # what argparse says, and how it is said here
    (r"the following arguments are required: (.+)", "还要写 {}。"),
    (
        r"argument ([^:]+): invalid choice: '?([^']*)'? \(choose from (.+)\)",
        "{} 没有 {}，可以是 {}。",
    ),
    (r"argument ([^:]+): expected .+", "{} 后面要写一个值。"),
    (r"argument ([^:]+): invalid \S+ value: (.+)", "{} 不能是 {}。"),
    (r"unrecognized arguments: (.+)", "不认识 {}。"),
)
MODULES = {"import": "imports", "map": "maps"}  # words of the language name no module


def main() -> None:
    """Run `gongjian COMMAND …`; without a known command, say what there is and exit 2."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        _say_commands(name)
        raise SystemExit(0 if name in ("", "help", "--help", "-h") else 2)
    env.use_settings("gongjian.config.settings")
    django.setup()
    command = import_module(f"gongjian.interfaces.cli.{MODULES.get(name, name)}").Command()
    parser = command.create_parser("gongjian", name)
    try:
        options = vars(parser.parse_args(sys.argv[2:]))
    except CommandError as no:
        sys.stderr.write(f"{_in_words(str(no))}\n写法见 gongjian {name} --help\n")
        raise SystemExit(2) from no
    try:
        command.execute(**options)
    except CommandError as no:
        sys.stderr.write(f"{no}\n")
        raise SystemExit(no.returncode) from no
    finally:
        connections.close_all()


def _in_words(said: str) -> str:
    """What the reader of arguments found wrong, as a sentence; as it said it, where unknown."""
    said = said.removeprefix("Error: ")
    for pattern, sentence in WRONG:
        if found := re.fullmatch(pattern, said):
            return sentence.format(*found.groups())
    return said


def _say_commands(asked: str) -> None:
    out = sys.stdout
    if asked and not asked.startswith("-") and asked != "help":
        out = sys.stderr
        out.write(f"没有命令 {asked}。可用的命令：\n")
    out.writelines(f"  gongjian {name:<9} {text}\n" for name, text in COMMANDS.items())
