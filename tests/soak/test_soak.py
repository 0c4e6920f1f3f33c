"""The same as `make soak`, in small."""

from pathlib import Path

from tests.soak import report
from tests.soak.queued import cost
from tests.soak.soak import soak

JOBS = 200


async def test_what_waits_costs_little_memory(tmp_path: Path) -> None:
    result = await cost(tmp_path, 50)
    assert result.is_fine
    page = tmp_path / "page.md"
    report.put(page, "10,000 jobs")
    for _ in range(2):
        report.put(page, result.told, report.QUEUED)
    assert "10,000 jobs" in page.read_text()
    assert page.read_text().count("50 queued jobs cost") == 1


async def test_nothing_is_lost_paid_twice_or_answered_twice_and_nothing_leaks(tmp_path: Path) -> None:
    result = await soak(tmp_path, JOBS, seed=1)
    assert result.complaints == ()
    assert sum(result.deeds.get(it, 0) for it in ("kills", "restarts")) >= 1
    page = tmp_path / "page.md"
    for _ in range(2):
        report.put(page, report.written(result))
    assert page.read_text().count("200 jobs in") == 1
