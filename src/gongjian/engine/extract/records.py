"""The findings as plain values, ready for JSON, in the keys of the corpus."""

from dataclasses import asdict
from decimal import Decimal

from gongjian.engine.extract.findings import Finding, Findings, FoundMilestone, FoundTarget
from gongjian.engine.extract.untaken import Sentences, Untaken
from gongjian.engine.extract.view import normalise
from gongjian.lib.pages import Document

Record = dict[str, object]


def as_record(findings: Findings, document: Document) -> Record:
    """What was found, each with its evidence, its sentence and its place in the document.

    Shapes: lists in the order of the text. Units: as written, `value_base` in base units.
    Missing: null. Errors: none. Source: docs/rules/reading.md, R-1.
    """
    campaign = findings.campaign
    sentences = Sentences(document.text)
    return {
        "campaign": campaign and {
            "name": campaign.name, "first_year": campaign.first_year,
            "last_year": campaign.last_year, **_common(campaign, document, sentences),
        },
        "actions": [
            {"name": action.name, "number": action.number, **_common(action, document, sentences)}
            for action in findings.actions
        ],
        "targets": [_target(target, document, sentences) for target in findings.targets],
        "tasks": [
            {
                "text": task.text, "lead": list(task.lead), "support": list(task.support),
                "deadline": task.deadline, "action": task.action,
                **_common(task, document, sentences),
            }
            for task in findings.tasks
        ],
        "milestones": [_milestone(one, document, sentences) for one in findings.milestones],
    }  # fmt: skip


def untaken_as_record(numbers: tuple[Untaken, ...], document: Document) -> list[Record]:
    """Every number in no target with why not, as plain values."""
    return [
        {
            "number": document.text[one.start : one.end], "span": [one.start, one.end],
            "sentence": document.text[slice(*one.sentence)], "code": one.code,
            "place": place_of(document, one.start),
        }
        for one in numbers
    ]  # fmt: skip


def _target(target: FoundTarget, document: Document, sentences: Sentences) -> Record:
    return {
        "metric": target.metric,
        "qualifier": target.qualifier,
        "comparator": target.comparator,
        "direction": target.direction,
        "value": plain(target.value),
        "value_max": None if target.value_max is None else plain(target.value_max),
        "unit": target.unit,
        "value_base": plain(target.value_base),
        "deadline": target.deadline,
        "number": list(target.number),
        "action": target.action,
        **_common(target, document, sentences),
    }


def _milestone(milestone: FoundMilestone, document: Document, sentences: Sentences) -> Record:
    return {
        "text": milestone.text, "date": milestone.date, "precision": milestone.precision,
        "action": milestone.action, **_common(milestone, document, sentences),
    }  # fmt: skip


def _common(finding: Finding, document: Document, sentences: Sentences) -> Record:
    sentence = sentences.around(document.extent(finding.start), (finding.start, finding.end))
    return {
        "evidence": finding.evidence,
        "plain": normalise(finding.evidence),
        "span": [finding.start, finding.end],
        "sentence": list(sentence),
        "place": place_of(document, finding.start),
        "section": list(finding.section),
        "confidence": finding.confidence,
        "reason": {"code": finding.reason.code, "params": dict(finding.reason.params)},
    }


def place_of(document: Document, offset: int) -> Record | None:
    """The page, and the paragraph or the cell, of a character; what does not apply is left out."""
    spot = document.spot(offset)
    return None if spot is None else {k: value for k, value in asdict(spot).items() if value}


def plain(value: Decimal) -> int | float:
    """A Decimal as JSON writes it: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)
