#!/bin/sh
# Run once by the PostgreSQL image, on an empty volume: the owner of the tables, and the API's login that owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$MAILLAGE_OWNER_PASSWORD" -v app="$MAILLAGE_APP_PASSWORD" \
  -U "$POSTGRES_USER" -d postgres <<'SQL'
create role maillage_owner login createrole password :'owner';
create role maillage_app login password :'app';
create database maillage owner maillage_owner;
SQL
