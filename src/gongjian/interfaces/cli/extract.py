"""`gongjian extract`: what a plan file gives, without a database and without keeping anything."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import (
    check_bears_no_mark,
    findings_as_json,
    findings_workbook,
    open_file,
    text_findings,
)
from gongjian.interfaces.cli.outcome import write_out
from gongjian.lib.refusals import Refused

KINDS = ("actions", "targets", "tasks")


@dataclass(frozen=True, slots=True)
class Read:
    """A file that could be read: its name, its text, what was found in it."""

    name: str
    text: str
    found: dict[str, Any]


class Command(BaseCommand):
    help = _("读方案文件，列出行动、目标、任务和它们的原文")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            help=_("Word、PDF、Excel（xlsx、xls、et、csv）、html、txt 文件"),
        )
        parser.add_argument("--format", choices=["table", "json", "xlsx"], default="table")
        parser.add_argument("--out", type=Path, help=_("写到文件；xlsx 必填"))
        parser.add_argument(
            "--explain", action="store_true", help=_("再列出没有采用的每个数字和理由")
        )
        parser.add_argument("--jsonl", nargs=2, type=Path, metavar=("IN", "OUT"))

    def handle(self, **options: Any) -> None:
        if options["jsonl"]:
            self.many_texts(*options["jsonl"], explain=options["explain"])
            return
        if not options["files"]:
            raise CommandError(_("请给出要读的文件，例如 gongjian extract 方案.docx"), returncode=2)
        if options["format"] == "xlsx" and not options["out"]:
            raise CommandError(_("xlsx 要用 --out 说明写到哪个文件。"), returncode=2)
        read, troubles = self.read_all(options["files"], explain=options["explain"])
        if read:
            self.give(read, options["format"], options["out"])
        if troubles:
            sys.stdout.flush()
            raise SystemExit(2)

    def read_all(self, files: list[Path], *, explain: bool) -> tuple[list[Read], int]:
        """The files that can be read; one sentence on stderr for each that cannot."""
        read, troubles = [], 0
        for path in files:
            try:
                read.append(_read(path, explain=explain))
            except Refused as no:
                troubles += 1
                sys.stderr.write(f"{path}: {no}\n")
            except (MemoryError, RecursionError):
                troubles += 1
                sys.stderr.write(f"{path}: {_('文件太大或太复杂，没有读完。请拆成几份再读。')}\n")
        return read, troubles

    def give(self, read: list[Read], form: str, out: Path | None) -> None:
        if form == "xlsx":
            content = findings_workbook([(item.name, item.found) for item in read])
        elif form == "json":
            rows = [
                {"id": Path(r.name).name, "file": r.name, "text": r.text, **r.found} for r in read
            ]
            content = (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
        else:
            content = "".join(line + "\n" for item in read for line in _table(item)).encode()
        if out is not None:
            write_out(out, content)
        else:
            self.stdout.write(content.decode(), ending="")

    def many_texts(self, source: Path, target: Path, *, explain: bool) -> None:
        """One JSON object a line in, {"id", "text"}; one a line out, spans in that very text."""
        try:
            given = source.read_text(encoding="utf-8-sig")
        except OSError as trouble:
            sentence = _("读不了 %(path)s：%(why)s") % {"path": source, "why": trouble.strerror}
            raise CommandError(sentence, returncode=2) from trouble
        except UnicodeDecodeError as trouble:
            sentence = _("%(path)s 不是 UTF-8 文本。") % {"path": source}
            raise CommandError(sentence, returncode=2) from trouble
        lines = [
            _answer(line, number, explain=explain)
            for number, line in enumerate(given.split("\n"), start=1)
            if line.strip()
        ]
        # Half a surrogate pair is no UTF-8; as an escape it is still the JSON that came in.
        write_out(target, "".join(line + "\n" for line in lines).encode(errors="backslashreplace"))


def _read(path: Path, *, explain: bool) -> Read:
    try:
        with path.open("rb") as file:  # a device has no end, and no size to ask for
            content = file.read(settings.LARGEST_UPLOAD + 1)
    except OSError as trouble:
        sentence = _("打不开：%(why)s") % {"why": trouble.strerror}
        raise Refused("extract.file", sentence) from trouble
    opened = open_file(path.name, content)
    check_bears_no_mark(opened)
    found = findings_as_json(opened.document, explain=explain)
    return Read(str(path), opened.document.text, found)


def _answer(line: str, number: int, *, explain: bool) -> str:
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not (isinstance(given, dict) and "id" in given and isinstance(given.get("text"), str)):
        sentence = _("第 %(number)s 行不是带 id 和 text 的 JSON 对象。") % {"number": number}
        raise CommandError(sentence, returncode=2)
    found = text_findings(given["text"], explain=explain)
    return json.dumps({"id": given["id"], **found}, ensure_ascii=False)


def _table(item: Read) -> Iterator[str]:
    """The findings for a person at a terminal, doubtful ones marked."""
    yield f"# {item.name}"
    found = item.found
    yield _("行动 %(actions)s，目标 %(targets)s，任务 %(tasks)s") % {
        k: len(found[k]) for k in KINDS
    }
    for number, action in enumerate(found["actions"], start=1):
        yield f"  {number:>2}  {action['name']}"
    for target in found["targets"]:
        goal = f"{target['comparator']}{target['value']}{target['unit']}"
        due = target["deadline"] or _("未写时限")
        yield f"  {target['metric']}  {goal}  {due}  {_sure(target)}"
    for task in found["tasks"]:
        lead = _("、").join(task["lead"]) or _("未写单位")
        yield f"  {task['text']}  [{lead}]  {task['deadline'] or ''}  {_sure(task)}"
    if "left_out" in found:
        yield _("没有读的内容：%(what)s") % {"what": _("、").join(found["left_out"])}
    if "untaken" in found:
        yield _("没有采用的数字 %(count)s 个") % {"count": len(found["untaken"])}
        for number in found["untaken"]:
            sentence = " ".join(number["sentence"].split())
            yield f"  {number['number']}  {number['reason']}  {sentence[:60]}"


def _sure(finding: dict[str, Any]) -> str:
    return f"{finding['confidence']:.2f} {finding['reason']}"
