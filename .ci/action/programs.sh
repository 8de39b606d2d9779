#!/usr/bin/env bash
# A step of action.yml: checks and analyses programs, all in one process; SARIF, a log, and a table in the job summary.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
out=$REPORTS/programs
mkdir -p "$out"
rm -f "$out/programs.md"

"$here/rbpf" analyze "$PROGRAMS" ${CONTEXT:+--context "$CONTEXT"} ${FUNCTION:+--function "$FUNCTION"} --search 2 \
  --sarif "$out/programs.sarif" --summary "$out/programs.md" 2>&1 | tee "$out/programs.log"
status=${PIPESTATUS[0]}

# Where there is nothing to look at, there is no table.
if [ ! -e "$out/programs.md" ]; then exit "$status"; fi
{
  echo "### Programs"
  echo
  cat "$out/programs.md"
} >>"$GITHUB_STEP_SUMMARY"

# 0 all proved, 1 a trap or rejected, 2 no program, 3 not proved.
case "$FAIL_ON:$status" in
  *:0 | never:* | trap:3) exit 0 ;;
  *) exit 1 ;;
esac
