from typing import Any

from sqlalchemy import event, text

from tests.adapters.storage.scenes import GUILD, Scene


async def test_the_jobs_and_the_lines_are_of_one_moment(postgres_scenes: list[Scene]) -> None:
    """A job that begins while somebody looks at the line is still in it for them, or in neither."""
    first, second = postgres_scenes
    job = await first.queued()

    def begin_meanwhile(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "queued_at IS NOT NULL" in statement:
            with second.database.engine.begin() as connection:
                connection.execute(text("UPDATE jobs SET state = 'painting'"))

    event.listen(first.database.engine, "after_cursor_execute", begin_meanwhile)
    jobs, lines = await first.store.line(GUILD)

    assert [it.id for it in jobs] == [job.id]
    assert [it.guild for it in lines] == [GUILD]
