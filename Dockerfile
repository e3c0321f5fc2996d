# One image for web, worker, sweeper and the migration; the command says which.
FROM node:20-bookworm-slim AS front
WORKDIR /front
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY scripts/vendor.mjs scripts/vendor.mjs
RUN node scripts/vendor.mjs

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
       fonts-noto-core fonts-wqy-microhei tini \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
COPY --from=front /front/static/vendor static/vendor
# Nobody's account: no shell, no home to write to; it may write to /data and /backups alone.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin district \
    && mkdir /data /backups && chown district:district /data /backups && chmod 700 /data /backups
USER district
# The font cache is the one thing written elsewhere.
# Two arenas of memory for all threads: each of eight keeps what it once needed.
ENV DATA_DIR=/data BIND=0.0.0.0:8000 XDG_CACHE_HOME=/tmp MALLOC_ARENA_MAX=2
VOLUME /data /backups
EXPOSE 8000
ENTRYPOINT ["tini", "--"]
CMD ["gunicorn", "district_assets.wsgi", "-c", "gunicorn.conf.py"]
