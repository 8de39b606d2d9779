#!/usr/bin/env bash
# A step of action.yml: proves what the ledger does not have yet; a ledger of its own, reports, and a part of the job summary.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$REPORTS"
reports=$(cd -- "$REPORTS" && pwd)

# The program tells by a note beside the ledger that nothing has changed.
cp "$here/proofs/ledger.json" "$here/proofs/ledger.json.inputs" "$reports/"
"$here/rbpf" prove --changed ${ONLY:+--only "$ONLY"} --ledger "$reports/ledger.json" \
  --report sarif --output "$reports/proofs.sarif" | tee "$reports/prove.log"
status=${PIPESTATUS[0]}
{
  echo "### Proofs"
  echo
  grep -E '^[0-9]+ proved, ' "$reports/prove.log"
} >>"$GITHUB_STEP_SUMMARY"
exit "$status"
