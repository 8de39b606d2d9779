#!/usr/bin/env bash
# A step of action.yml: puts the vectors to a machine; JUnit, a page, and a part of the job summary.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$REPORTS"

options=(--report junit --output "$REPORTS/conformance.xml")
if [ -n "$MACHINE" ]; then options+=(--batch "$MACHINE"); else options+=(--plugin "$PLUGIN"); fi
if [ -n "$PROVIDES" ]; then options+=(--provides "$PROVIDES"); fi
if [ -n "$KNOWN" ]; then options+=(--known "$KNOWN"); fi
if [ "$CORE" = true ]; then options+=(--core); fi
"$here/rbpf" conformance run "${VECTORS:-$here/spec/vectors/vectors.json}" "${options[@]}" | tee "$REPORTS/conformance.log"
status=${PIPESTATUS[0]}
{
  echo "### Conformance"
  echo
  echo '```text'
  tail -n 40 "$REPORTS/conformance.log"
  echo '```'
} >>"$GITHUB_STEP_SUMMARY"
exit "$status"
