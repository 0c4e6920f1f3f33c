from alembic import context

from bot.adapters.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
    compare_type=True,
)
context.run_migrations()
