#!/usr/bin/env bash
# The built wheel, installed alone: it answers, finds in the demo, and serves the app.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

"${1:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$root/locks/app.txt"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$(ls -t "$root"/dist/trialfinder-*.whl | head -n 1)"
cd "$work"
export TRIALFINDER_STORE="$work/store/trialfinder.sqlite"
"$work/venv/bin/trialfinder" info --format json | grep -q '"is_demo"'
"$work/venv/bin/trialfinder" find --demo --format csv --near "Boston, MA" | grep -q 'NCT99'
port="$("$work/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
"$work/venv/bin/trialfinder" app --port "$port" >"$work/app.log" 2>&1 &
server=$!
for _ in $(seq 60); do
  if [ "$("$work/venv/bin/python" - "$port" <<'PY'
import sys, urllib.request
try:
    print(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/_stcore/health", timeout=2).read().decode())
except OSError:
    print("not yet")
PY
)" = ok ]; then echo "the wheel, installed alone, answers, finds and serves"; exit 0; fi
  sleep 0.5
done
cat "$work/app.log" >&2
echo "the app of the wheel did not come up" >&2
exit 1
