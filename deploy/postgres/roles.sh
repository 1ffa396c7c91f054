#!/bin/sh
# Runs once, on an empty data folder: two roles without special rights, one database for the data
# and one for the keys. Row-level security binds the application's role because it owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE interloop_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE interloop_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE interloop OWNER interloop_owner;
CREATE DATABASE interloop_keys OWNER interloop_owner;
SQL
