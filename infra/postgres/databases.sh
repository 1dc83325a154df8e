#!/bin/sh
# Run once by the PostgreSQL image, for a new data folder: the read models and the vault each have a database and a role
# of their own, so that whoever may read figures cannot reach people and notes.
set -eu

for name in models vault; do
  case "$name" in
    models) password="$LEDGER_MODELS_PASSWORD" ;;
    vault) password="$LEDGER_VAULT_PASSWORD" ;;
  esac
  psql --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" \
    --username "$POSTGRES_USER" --dbname "${POSTGRES_DB:-$POSTGRES_USER}" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
