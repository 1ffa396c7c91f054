#!/bin/sh
# Runs once, on an empty data folder: three roles without special rights, one database for the data,
# one for the keys and two for Temporal. Row-level security binds the application's role because it
# owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" \
  -v temporal="$TEMPORAL_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE interloop_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE interloop_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE ROLE temporal LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'temporal';
CREATE DATABASE interloop OWNER interloop_owner;
CREATE DATABASE interloop_keys OWNER interloop_owner;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
