"""What a later room knows of a target or task, for its one page: the newest accepted word."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Target, Task
from gongjian.flow.progress.queries import accepted_words, figure_history
from gongjian.lib.rounding import written


def figures_of(work: Target | Task, *, on: date) -> dict[str, str]:
    """{label: value} of the newest accepted figure or words up to a day; nothing where none is."""
    upto = f"{on:%Y-%m}"
    if isinstance(work, Target):
        figures = [figure for figure in figure_history(work) if figure.period <= upto]
        if not figures:
            return {str(_("最新采信")): str(_("未报"))}
        newest = figures[-1]
        value = f"{written(newest.value / work.factor)}{work.unit}"
        return {
            str(_("最新采信")): _("%(value)s（%(period)s 期，核实级别 V%(level)s）")
            % {"value": value, "period": newest.period, "level": newest.level}
        }
    told = [report for report in accepted_words(upto) if report.task_id == work.pk]
    if not told:
        return {str(_("最新进展")): str(_("未报"))}
    return {
        str(_("最新进展")): _("%(words)s（%(period)s 期）")
        % {"words": told[-1].words, "period": told[-1].period.key}
    }
