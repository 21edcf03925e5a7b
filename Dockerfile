# The image of the web process, of the worker and of one-off commands. PostgreSQL and the proxy have their own: docker-compose.yml.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    BORDER_DATA=/var/lib/border

WORKDIR /srv/border
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: --requirement requirements.txt
COPY . .
# Nothing but BORDER_DATA is ever written, and the program is not its own to change.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/border

USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "deploy/health.py"]
CMD ["python", "-m", "gunicorn", "--config", "deploy/web.py"]
