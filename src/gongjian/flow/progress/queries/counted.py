"""The figure of a target that nobody types: counted from the register of projects."""

from datetime import datetime

from gongjian.flow.progress.models import Report
from gongjian.flow.projects.queries import CountedFigure, counted_figure


def counted_for(report: Report, *, known_at: datetime) -> CountedFigure | None:
    """What the register counts by the end of a report's period; None where the figure is typed.

    One query where it is typed, six where it is counted.
    """
    if report.target is None:
        return None
    return counted_figure(report.target, as_of=report.period.last_day, known_at=known_at)
