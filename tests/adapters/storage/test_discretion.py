"""What goes wrong in the database reaches the log, and prompts do not."""

import traceback

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.adapters.storage import rows
from bot.adapters.storage.tables import jobs
from bot.redaction import Redaction
from tests.adapters.storage.scenes import Scene
from tests.examples import a_job


@pytest.mark.parametrize("spoilt", [{"channel": None}, {"allowance": -1}, {}])
async def test_a_row_that_is_refused_does_not_tell_its_prompt(scene: Scene, spoilt: dict[str, object]) -> None:
    job = (await scene.hold()).job
    row = rows.columns_of(a_job(id=job.id, guild=job.guild, parameters=job.parameters)) | {"lease_until": 0} | spoilt
    with pytest.raises(IntegrityError) as refused:
        await scene.database.run(lambda connection: connection.execute(insert(jobs), row))
    told = "".join(traceback.format_exception(refused.value))
    assert "INSERT INTO jobs" in told
    assert "fox" not in Redaction([])(told)
