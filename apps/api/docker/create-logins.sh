#!/bin/sh
# Run once by the PostgreSQL image, on an empty volume: the owner of the tables, and the API's login that owns nothing.
# psql itself reads the passwords: as arguments, the list of processes would show them.
set -eu
test -s /run/secrets/owner_password
test -s /run/secrets/app_password
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres <<'SQL'
\set owner `cat /run/secrets/owner_password`
\set app `cat /run/secrets/app_password`
create role maillage_owner login createrole password :'owner';
create role maillage_app login password :'app';
create database maillage owner maillage_owner;
SQL
