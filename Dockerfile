FROM python:3.12-slim AS build
COPY requirements.lock .
# Everything comes as a wheel, so neither stage needs a compiler.
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --only-binary=:all: --require-hashes -r requirements.lock
COPY bot /app/bot
COPY cogs /app/cogs
# The files keep the modes that they have on the machine that builds, and another user has to read them.
RUN chmod -R a+rX,go-w /app

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/bot.db \
    DATA_DIR=/data \
    HTTP_PORT=8080
# The volume takes the folder's owner over, so the folder has to be there first.
RUN groupadd --gid 10001 bot \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bot \
    && install --directory --owner=10001 --group=10001 /data
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-I", "bot/adapters/monitoring/probe.py"]
ENTRYPOINT ["python", "-m", "bot"]
