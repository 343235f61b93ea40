"""The workdays of the mainland, as the State Council publishes them year by year."""

from chinese_calendar.constants import holidays, workdays

from gongjian.engine.calendar import WorkCalendar

# Beyond the last year that was published weekdays are worked and weekends are not.
CHINESE_WORKDAYS = WorkCalendar(
    holidays=frozenset(holidays) - frozenset(workdays), extra_workdays=frozenset(workdays)
)
