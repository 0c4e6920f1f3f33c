"""The same scenarios on SimCord and on the wire: whatever anybody sees must agree."""

import json
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.process.house import House
from tests.scenarios.credits import CREDITS
from tests.scenarios.differences import DIFFERENCES, mended
from tests.scenarios.pictures import PICTURES
from tests.scenarios.refusals import BOUNDS, REFUSALS, the_operators_bounds
from tests.scenarios.simulated import SimulatedStage
from tests.scenarios.stage import Payload, Play, Stage
from tests.scenarios.transcript import Recorder
from tests.scenarios.troubles import TROUBLES
from tests.scenarios.wired import WiredStage

DEFERRAL, DEFERRED_UPDATE, FORM = 5, 6, 9
"""Callbacks without words that could call anybody."""

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("play", [*PICTURES, *REFUSALS, *TROUBLES, *CREDITS], ids=lambda it: it.__name__)
async def test_both_worlds_show_the_same(house: House, tmp_path: Path, play: Play) -> None:
    await _agree(play, house, tmp_path)


async def test_both_worlds_show_the_same_under_the_operators_bounds(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        await WiredStage.furnish(house, **BOUNDS)
        await _agree(the_operators_bounds, house, tmp_path, **BOUNDS)
        await house.audit()


async def _agree(play: Play, house: House, folder: Path, **rules: object) -> None:
    async with SimulatedStage.open(folder, **rules) as stage:
        simulated = await _played(play, stage)
    wired = await _played(play, WiredStage(house))
    assert _calling_somebody(wired) == []
    difference = _difference(mended(simulated, DIFFERENCES), wired)
    assert not difference, difference
    for known in DIFFERENCES:
        if known.seen_in is play:
            others = [it for it in DIFFERENCES if it is not known]
            assert _difference(mended(simulated, others), wired), f"no longer different: {known.why}"


async def _played(play: Play, stage: Stage) -> Payload:
    await play(stage)
    return await Recorder(stage).transcript()


def _calling_somebody(transcript: Payload) -> list[Payload]:
    """What was sent without forbidding it to call whoever is named in it."""
    came = [it for act in transcript["acts"] for it in act["came of it"]] + transcript["posted"]
    sent = [it["sends"] for it in came if it["sends"].get("type") not in {DEFERRAL, DEFERRED_UPDATE, FORM}]
    return [it for it in sent if it.get("data", it).get("allowed_mentions") != {"parse": []}]


def _difference(simulated: Payload, wired: Payload) -> str:
    return "\n".join(unified_diff(_lines(simulated), _lines(wired), "SimCord", "wire", n=8, lineterm=""))


def _lines(transcript: Payload) -> list[str]:
    return json.dumps(transcript, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
