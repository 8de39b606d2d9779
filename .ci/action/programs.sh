#!/usr/bin/env bash
# A step of action.yml: checks and analyses programs, several at a time; SARIF for each, and a table in the job summary.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$REPORTS/programs"
export RBPF="$here/rbpf" OUT="$REPORTS/programs" CONTEXT FUNCTION

# Writes of one program its results, its exit code, and the line that says most. Those of the analyser: 0 proved, 1 a trap or
# rejected, 2 no program, 3 not proved.
analyse() {
  local name=${1#./}
  local base=$OUT/${name//\//__}
  "$RBPF" analyze "$1" ${CONTEXT:+--context "$CONTEXT"} ${FUNCTION:+--function "$FUNCTION"} --search 2 \
    --sarif "$base.sarif" >"$base.log" 2>&1
  local code=$?
  printf '%s\t%s\t%s\n' "$code" "$name" "$(grep -v '^ ' "$base.log" | tail -n 1 | tr '|\t' '  ')" >"$base.result"
}
export -f analyse

# What was built is looked at once, not for each program.
if [ -e "$here/artifacts/rbpf/rbpf" ]; then RBPF=$here/artifacts/rbpf/rbpf; fi
if [ -d "$PROGRAMS" ]; then
  find "$PROGRAMS" -type f -name '*.o' -print0
else
  printf '%s\0' "$PROGRAMS"
fi | LC_ALL=C sort -z | xargs -0 -r -P "$(getconf _NPROCESSORS_ONLN)" -I{} bash -c 'analyse "$1"' - {}

results=$(find "$OUT" -name '*.result' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 -r cat)
if [ -z "$results" ]; then
  echo "there is no program in '$PROGRAMS': expected a file, or a folder with objects (*.o)" >&2
  exit 2
fi
printf '%s\n' "$results"
{
  echo "### Programs"
  echo
  echo "| program | verdict | |"
  echo "|---|---|---|"
  printf '%s\n' "$results" | awk -F '\t' '{
    verdict = $1 == 0 ? "proved" : $1 == 1 ? "**traps or is rejected**" : $1 == 3 ? "not proved" : "**no program**"
    printf "| `%s` | %s | %s |\n", $2, verdict, $3
  }'
} >>"$GITHUB_STEP_SUMMARY"
printf '%s\n' "$results" | awk -F '\t' -v on="$FAIL_ON" '
  $1 == 3 && on == "unproved" { failed++ }
  $1 != 0 && $1 != 3 && on != "never" { failed++ }
  END { exit failed ? 1 : 0 }'
