#!/bin/sh
# Makes Temporal's tables in its two databases, or brings them to the newest shape; run as often as
# you like. A database without a schema has no version that could be updated.
set -eu
for name in temporal visibility; do
  database=temporal
  [ "$name" = temporal ] || database=temporal_visibility
  tool="temporal-sql-tool --plugin postgres12 --endpoint $SQL_HOST --port $SQL_PORT --user $SQL_USER --db $database"
  shape="/etc/temporal/schema/postgresql/v12/$name/versioned"
  $tool update-schema -d "$shape" || { $tool setup-schema -v 0.0; $tool update-schema -d "$shape"; }
done
