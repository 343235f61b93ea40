"""The gates of stages: what each needs, which may be skipped, in which order dates come."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongjian.engine.stages import Going, Lacking, gate_table

FILE = Path(__file__).parents[2] / "src/gongjian/flow/projects/stages.toml"
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
GATES = gate_table(TABLE)
ALL = {"code", "owner", "uscc", "investor", "township", "industry", "total_investment",
       "contract_funds", "planned_finish"}  # fmt: skip
DAY = date(2020, 3, 1)


def going(*stages, track="enterprise", promoted=True, fields=ALL):
    return Going(track, promoted, fields, dict.fromkeys(stages, DAY))


def test_both_tracks_go_their_own_way_and_meet_at_the_start():
    enterprise = [g.code for g in GATES.path("enterprise", promoted=True)]
    government = [g.code for g in GATES.path("government", promoted=False)]

    assert enterprise == [
        "lead", "negotiating", "framework_signed", "signed", "established", "preparing",
        "started", "under_construction", "completed", "in_production", "full_effect",
    ]  # fmt: skip
    assert government == [
        "planned", "reserved", "proposal_approved", "feasibility_approved", "design_approved",
        "preparing", "started", "under_construction", "completed", "in_production",
        "full_effect",
    ]  # fmt: skip


def test_a_local_firm_signs_nothing():
    path = [g.code for g in GATES.path("enterprise", promoted=False)]

    assert path[0] == "established"
    assert GATES.following(going(promoted=False)).code == "established"


@pytest.mark.parametrize(
    ("reached", "following"),
    [((), "signed"), (("lead",), "signed"), (("signed",), "established"),
     (("signed", "established", "preparing"), "started"), (("started",), "completed"),
     (("full_effect",), None)],
)  # fmt: skip
def test_the_next_stage_is_the_next_that_may_not_be_skipped(reached, following):
    gate = GATES.following(going(*reached))

    assert (gate.code if gate else None) == following


def test_a_start_asks_for_contract_permit_and_a_sign_of_works_each_from_its_group():
    way = going("signed", "established")

    assert GATES.lacking("started", way, ()).proofs == (
        ("building_contract",),
        ("building_permit", "early_start"),
        ("piling", "site_check", "start_order"),
    )
    assert not GATES.lacking("started", way, {"building_contract", "early_start", "site_check"})


def test_a_photo_is_never_the_only_proof():
    photos = {"piling"}

    groups = [group for gate in GATES.gates for group in gate.proofs if photos & set(group)]

    assert min(len(group) for group in groups) > 1


def test_what_is_lacking_names_columns_and_skipped_stages():
    way = going(fields=ALL - {"code", "uscc"})

    assert GATES.lacking("established", way, {"filing"}) == Lacking(
        ("code", "uscc"), (), ("signed",)
    )


def test_no_code_no_filing_and_none_is_asked_for_before():
    without = going("signed", fields=ALL - {"code"})

    assert GATES.lacking("signed", without, {"contract"}).fields == ()
    assert GATES.lacking("established", without, {"filing"}).fields == ("code",)


def test_dates_may_not_fall_but_of_optional_stages():
    rising = {"signed": date(2020, 1, 5), "established": date(2020, 1, 5), "started": DAY}
    falling = rising | {"started": date(2019, 12, 1), "preparing": date(2018, 1, 1)}

    assert GATES.falling(rising) == []
    assert GATES.falling(falling) == [("signed", "started"), ("established", "started")]


def test_a_reply_to_the_feasibility_study_counts_as_established():
    assert GATES.under("established") == ["established", "feasibility_approved"]
    assert GATES.under("started") == ["started"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": [TABLE["stage"][0], TABLE["stage"][0]]},
        {"stage": [TABLE["stage"][0] | {"proofs": [["oath"]]}]},
        {"stage": [TABLE["stage"][0] | {"fields": ["colour"]}]},
        {"stage": [TABLE["stage"][0] | {"tracks": []}]},
        {"stage": [TABLE["stage"][0] | {"counts_as": "nowhere"}]},
        {"stage": [TABLE["stage"][0] | {"tracks": ["river"]}]},
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - each says what, in its own words
        gate_table(TABLE | wrong)
