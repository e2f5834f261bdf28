#!/usr/bin/env bash
# The suite on SQLite, the browser journeys, and the database part again on a throw-away PostgreSQL.
set -euo pipefail
python=.venv/bin/python

# Each process reads only the files that may hold what it runs: to read all takes it ten seconds.
holding() { grep -rlE --include='test_*.py' "$1" tests; }

"$python" -m tests.migrated & # while the workers start and read the tests
"$python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --durations 12 -m "not browser and not flushes"
wait

# Beside the browser's journeys, which wait for their pages half of the time: the tests that empty
# the database, and then the database part on PostgreSQL.
beside=$(mktemp)
flushes() { "$python" -m pytest -q -m "flushes and not browser" $(holding 'transaction|live_server|reset_seq|flushes'); }

# the demo is loaded once, for all processes that walk through it
journeys() {
  BROWSER_TEMPLATE=$(mktemp -d)
  export BROWSER_TEMPLATE
  "$python" -c "from tests.browser.serving import template; template()"
  local outcome=0
  # three, because each waits for its pages now and then
  "$python" -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder --durations 12 \
    -m browser $(holding browser) || outcome=$?
  rm -rf "$BROWSER_TEMPLATE"
  return "$outcome"
}

both() { # the second in the background, its output at the end
  "$1" >"$beside" 2>&1 &
  local other=$! outcome=0
  journeys || outcome=$?
  wait "$other" || outcome=$?
  echo "--- beside the journeys"
  cat "$beside"
  rm -f "$beside"
  return "$outcome"
}

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
command -v initdb >/dev/null && pg_bin=$(dirname "$(command -v initdb)")
if [ -z "$pg_bin" ]; then
  echo "No PostgreSQL found: the database part ran on SQLite alone."
  both flushes
  exit 0
fi

# The server refuses to run as root, so it then runs as an unprivileged account.
folder=$(mktemp -d)
chmod 755 "$folder"
run=()
if [ "$(id -u)" = 0 ]; then
  account=postgres
  id "$account" >/dev/null 2>&1 || account=nobody
  chown "$account" "$folder"
  run=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups env HOME="$folder")
fi
stop() { "${run[@]}" "$pg_bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
"${run[@]}" "$pg_bin/initdb" -D "$folder/data" -U aula --auth trust -E UTF8 --no-sync >/dev/null
"${run[@]}" "$pg_bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c max_connections=200" start >/dev/null
flushes_and_postgres() {
  flushes
  DATABASE_URL="postgres://aula@/aula?host=$folder" "$python" -m pytest -q \
    -m "database and not browser" $(holding database)
}
both flushes_and_postgres
