"""`gongjian map FILE.geojson`: the operator's map of the townships, checked and kept."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.projects.usecases import bring_map
from gongjian.foundation.orgs.queries import account
from gongjian.interfaces.cli.outcome import InstalledCommand
from gongjian.interfaces.request import now, today
from gongjian.lib.refusals import Refused


class Command(InstalledCommand):
    help = _("换镇街底图：带边界的 GeoJSON 要写审图号；只有点的按大致方位排方格")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("GeoJSON，经纬度，name 或 code 对得上镇街"))
        parser.add_argument("--review-number", default="", help=_("审图号，印在图下面"))
        parser.add_argument("--source", default="", help=_("底图来源"))
        parser.add_argument("--by", required=True, metavar="USERNAME", help=_("用谁的账号换"))

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        try:
            brought = bring_map(
                path.read_bytes(),
                review_number=options["review_number"],
                source=options["source"],
                by=account(options["by"], on=today()),
                at=now(),
            )
        except OSError as trouble:
            said = _("打不开 %(path)s：%(why)s") % {"path": path, "why": trouble.strerror}
            raise CommandError(said, returncode=2) from trouble
        except Refused as no:
            raise CommandError(f"{path}: {no}", returncode=2) from no
        self.stdout.write(_("底图已换上：%(n)s 个镇街。") % {"n": len(brought.kept.shapes)})
        for label, names in (
            (_("文件里对不上的：%(names)s"), brought.unknown),
            (_("图上没有的镇街：%(names)s"), brought.without),
        ):
            if names:
                self.stdout.write(label % {"names": _("、").join(names)})
