"""Another unit's draft opened once past one's rights, with a reason: what that page looks like."""

from collections.abc import Iterator
from datetime import datetime

from gongjian.flow.progress.queries import closed_rows, period_shown
from gongjian.flow.progress.usecases import open_unaccepted
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.months import Event
from gongjian.lib.days import LOCAL

OPENED = datetime(2020, 6, 28, 16, 30, tzinfo=LOCAL)
WHY = "主要领导明早听汇报，要先核对这项数怎么来的；单位联系人外出，电话里同意先看（示例）"


def past_events(county: County) -> Iterator[Event]:
    """One opening, at the end of June."""

    def look(at: datetime) -> None:
        office, period = county.users["office"], period_shown(at)
        if period is None:
            return
        for unit in county.units.values():
            for row in closed_rows(unit, period.key, reader=office):
                open_unaccepted(row.uid, reason=WHY, by=office, at=at)
                return

    yield Event(OPENED, 9, look)
