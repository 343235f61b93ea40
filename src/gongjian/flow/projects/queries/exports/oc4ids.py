"""Projects by the Open Contracting for Infrastructure Data Standard (OC4IDS), as a package."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engine.calendar import Precision, last_day
from gongjian.engine.calendar import span as span_of
from gongjian.flow.projects.models import Stage
from gongjian.flow.projects.queries.exports.tables import Basis
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.taken import day_of
from gongjian.lib.days import LOCAL

VERSION = "0.9"
PREFIX = "gongjian"
PREPARING = {Stage.ESTABLISHED, Stage.PREPARING, Stage.PROPOSAL_APPROVED,
             Stage.FEASIBILITY_APPROVED, Stage.DESIGN_APPROVED}  # fmt: skip
BUILT = {Stage.STARTED, Stage.UNDER_CONSTRUCTION}
FINISHED = {Stage.COMPLETED}
RUNNING = {Stage.IN_PRODUCTION, Stage.FULL_EFFECT}
APPROVALS = {Stage.FRAMEWORK_SIGNED, Stage.SIGNED, *PREPARING}
NATURES = {
    "新建": "construction", "扩建": "expansion", "改建": "rehabilitation",  # not shown
    "技术改造": "rehabilitation", "迁建": "replacement",  # not shown
}  # fmt: skip
SECTORS = {"D": "energy", "I": "communications", "N": "waterAndWaste", "P": "education",
           "Q": "health", "R": "cultureSportsAndRecreation", "S": "governance",
           "G": "transport"}  # fmt: skip
ENDED = ("terminated", "relocated")
Object = Mapping[str, Any]


def oc4ids_package(objects: Iterable[Object], *, basis: Basis, publisher: str, uri: str) -> bytes:
    """A package of every project. Amounts in CNY; what nobody reported is left out, never 0."""
    content = {
        "uri": uri,
        "publishedDate": basis.known_at.astimezone(LOCAL).isoformat(timespec="seconds"),
        "version": VERSION,
        "publisher": {"name": publisher or _("攻坚办")},
        "projects": [oc4ids_project(one, basis=basis, publisher=publisher) for one in objects],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def oc4ids_project(of: Object, *, basis: Basis, publisher: str = "") -> dict[str, Any]:
    """One project by the schema; `identifiers` hold the national code."""
    parties = list(_parties(of, publisher))
    told = {
        "id": f"{PREFIX}-{of['uid']}",
        "updated": basis.known_at.astimezone(LOCAL).isoformat(timespec="seconds"),
        "language": "zh",
        "identifiers": _identifiers(of),
        "title": of["name"],
        "description": of["scope"],
        "status": _status(of),
        "type": NATURES.get(of["nature"]),
        "sector": _sector(of),
        "additionalClassifications": _classes(of),
        "budget": _budget(of),
        "period": _period(of["actual_start"] or of["planned_start"],
                          of["actual_finish"] or of["planned_finish"]),
        "implementationPeriod": _period(of["actual_start"], of["actual_finish"]),
        "locations": _locations(of),
        "parties": parties,
        "publicAuthority": next(
            ({"name": one["name"], "id": one["id"]} for one in parties
             if "publicAuthority" in one["roles"]), None,
        ),
        "milestones": list(_milestones(of)),
        "metrics": list(_metrics(of)),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def _identifiers(of: Object) -> list[dict[str, str]]:
    return [{"id": of["code"], "scheme": "CN-TZXM"}] if of["code"] else []


def _status(of: Object) -> str:
    if of["standing"] in ENDED:
        return "cancelled"
    for stages, status in (
        (RUNNING, "maintenance"),
        (FINISHED, "completion"),
        (BUILT, "implementation"),
        (PREPARING, "preparation"),
    ):
        if of["stage"] in stages:
            return status
    return "identification"


def _sector(of: Object) -> list[str]:
    sector = SECTORS.get(of["industry"][:1], "economy" if of["industry"] else "")
    return [sector] if sector else []


def _classes(of: Object) -> list[dict[str, str]]:
    if not of["industry"]:
        return []
    return [{"scheme": "GB/T 4754", "id": of["industry"]}]


def _budget(of: Object) -> dict[str, Any]:
    amount = _value(of["total_investment"])
    return {"amount": amount} if amount else {}


def _value(amount: str | None) -> dict[str, Any] | None:
    return None if amount is None else {"amount": _number(amount), "currency": "CNY"}


def _number(amount: str) -> int | float:
    exact = Decimal(amount)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _period(start: str | None, end: str | None) -> dict[str, str]:
    """From the first day that is meant to the last."""
    begins = {"startDate": _moment(start, first=True)} if start else {}
    return begins | ({"endDate": _moment(end)} if end else {})


def _moment(span: str, *, first: bool = False) -> str:
    """The end of a span, since plans compare by their last day; or its beginning."""
    last, kept = day_of(span)
    precision = Precision.TEN_DAYS if kept == "ten_day" else Precision(kept.upper())
    day: date = span_of(last, precision)[0] if first else last
    return datetime.combine(day, time(), tzinfo=LOCAL).isoformat()


def _locations(of: Object) -> list[dict[str, Any]]:
    words = " ".join(filter(None, (of["township"], of["site"])))
    return [{"id": "1", "description": words}] if words else []


def _parties(of: Object, publisher: str) -> Iterator[dict[str, Any]]:
    if of["owner"]:
        owner: dict[str, Any] = {"id": "owner", "name": of["owner"], "roles": ["projectOwner"]}
        if of["uscc"]:
            owner["identifier"] = {"scheme": "CN-USCC", "id": of["uscc"], "legalName": of["owner"]}
        yield owner
    authority = of["lead_unit"] or publisher
    if authority:
        yield {"id": "authority", "name": authority, "roles": ["publicAuthority"]}
    if of["investor"] and of["investor"] != of["owner"]:
        yield {"id": "investor", "name": of["investor"], "roles": ["funder"]}


def _milestones(of: Object) -> Iterator[dict[str, Any]]:
    """Stages that were reached, and planned dates that were not reached yet."""
    planned = {"started": of["planned_start"], "completed": of["planned_finish"],
               "in_production": of["planned_production"]}  # fmt: skip
    for stage in of["stages"]:
        told = _milestone(stage["stage"], stage["label"])
        if due := planned.pop(stage["stage"], None):
            told["dueDate"] = _moment(due)
        yield told | {
            "dateMet": _moment(stage["day"]),
            "status": "partiallyMet" if stage["partial"] else "met",
        }
    for code, due in planned.items():
        if due:
            yield _milestone(code, stage_label(code)) | {
                "dueDate": _moment(due),
                "status": "scheduled",
            }


def _milestone(code: str, title: str) -> dict[str, Any]:
    kind = "approval" if code in APPROVALS else "delivery"
    return {"id": code, "title": title, "type": kind}


def _metrics(of: Object) -> Iterator[dict[str, Any]]:
    """What was invested and what arrived, month by month."""
    for column, title in (("done", _("完成投资（调度口径）")), ("arrived", _("到位资金"))):
        seen = [
            {"id": month["month"], "period": _whole(month["month"]), "value": _value(month[column])}
            for month in of["months"]
            if month[column] is not None
        ]
        if seen:
            yield {"id": column, "title": title, "observations": seen}


def _whole(month: str) -> dict[str, str]:
    first = datetime.fromisoformat(f"{month}-01").replace(tzinfo=LOCAL)
    end = datetime.combine(last_day(month), time(), tzinfo=LOCAL)
    return {"startDate": first.isoformat(), "endDate": end.isoformat()}
