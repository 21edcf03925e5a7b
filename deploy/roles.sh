#!/bin/sh
# The roles and the database, made once by the PostgreSQL container on an empty volume; the passwords are those of the
# addresses in secrets/. border/embedded does the same on a machine without containers.
set -eu

password() {
  sed 's|^postgresql://[^:]*:\([^@]*\)@.*$|\1|' "/run/secrets/database_$1_url"
}

psql --username=postgres --dbname=postgres --set=ON_ERROR_STOP=1 --no-psqlrc --quiet \
  --set=owner="$(password owner)" --set=app="$(password app)" --set=reader="$(password reader)" <<'SQL'
CREATE ROLE border_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE border_app LOGIN PASSWORD :'app';
CREATE ROLE border_reader LOGIN PASSWORD :'reader';
GRANT border_app, border_reader TO border_owner WITH ADMIN TRUE, INHERIT FALSE;
CREATE DATABASE border OWNER border_owner;
REVOKE ALL ON DATABASE border FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE border TO border_app;
GRANT CONNECT ON DATABASE border TO border_reader;
SQL
