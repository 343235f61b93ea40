"""What the asking found: answers that differ, addresses nobody wrote down, rows of none."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjian.interfaces.cli.access.asking import Answer, addresses, ask_everything
from gongjian.interfaces.cli.access.wanted import OPEN, Wanted, wanted_answers


@dataclass(frozen=True, slots=True)
class AccessReport:
    """All answers, the addresses without a row, and the rows without an address.

    `shut` are "GET name" and "POST name" of those that opened to nobody, and give no reason: there
    no answer shows that the right is what decides.
    """

    answers: list[Answer]
    unknown: dict[str, str]
    idle: list[str]
    shut: list[str]

    @property
    def different(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.differs]

    @property
    def right(self) -> bool:
        return not (self.different or self.unknown or self.idle or self.shut)

    def as_json(self) -> dict[str, Any]:
        leaks = sum(answer.leaks for answer in self.answers)
        return {
            "asked": len(self.answers),
            "different": len(self.different),
            "leaks": leaks,
            "unknown": self.unknown,
            "idle": self.idle,
            "shut": self.shut,
            "rows": [
                {**asdict(answer), "differs": answer.differs, "leaks": answer.leaks}
                for answer in self.answers
            ],
        }

    def lines(self) -> list[str]:
        """What is wrong, a line each with what to write; then the count."""
        found = [
            _("没有写明谁能进：%(name)s（%(url)s）。在 wanted.toml 里加：%(rows)s")
            % {"name": name, "url": url, "rows": rows_to_add(name, url)}
            for name, url in self.unknown.items()
        ]
        found += [
            _("wanted.toml 里的 %(name)s 没有这个网址，删掉。") % {"name": n} for n in self.idle
        ]
        found += [
            _("%(what)s 对谁都不开：给它一个真实对象，或写明 never 的理由。") % {"what": what}
            for what in self.shut
        ]
        found += [_line(answer) for answer in self.different]
        leaks = sum(answer.leaks for answer in self.answers)
        found.append(
            _("问了 %(asked)s 次：不一致 %(different)s，越权 %(leaks)s；没写明 %(unknown)s。")
            % {
                "asked": len(self.answers),
                "different": len(self.different),
                "leaks": leaks,
                "unknown": len(self.unknown),
            }
        )
        return found


def rows_to_add(name: str, url: str) -> str:
    """The lines of an address that is not there yet, to be filled in."""
    thing = 'object = "report"  # what the uid is of\n' if "<uuid:" in url else ""
    return f'\n\n[{name}]\n{thing}open = ["campaign_office"]  # roles or groups\n'


def access_report(wanted: Wanted | None = None) -> AccessReport:
    """Ask everything in a county made for it; the caller gives the database."""
    table = wanted_answers() if wanted is None else wanted
    known = addresses()
    unknown = {name: route for name, (route, _view) in known.items() if name not in table}
    idle = [name for name in table if name not in known]
    answers = ask_everything(table)
    return AccessReport(answers, unknown, idle, shut_addresses(answers, table))


def shut_addresses(answers: list[Answer], table: Wanted) -> list[str]:
    """`GET name` or `POST name` of what opened to no role at all, without a reason in its row."""
    opened = {(answer.method, answer.name) for answer in answers if answer.real == OPEN}
    asked = {(answer.method, answer.name) for answer in answers if not table[answer.name].never}
    return sorted(f"{method} {name}" for method, name in asked - opened)


@contextmanager
def quiet() -> Iterator[None]:
    """Without a line in the output for every request that is turned away, as it should be."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _line(answer: Answer) -> str:
    sides = {"own": _("本单位"), "other": _("别的单位"), "": "—"}
    leak = _("越权：") if answer.leaks else ""
    return f"{leak}{answer.role} {answer.method} {answer.url} {sides[answer.unit]}: " + _(
        "应为 %(wanted)s，实为 %(real)s %(code)s"
    ) % {"wanted": answer.wanted, "real": answer.real, "code": answer.code}
