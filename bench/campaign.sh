#!/usr/bin/env bash
# What a campaign on this computer costs beside one process that does the same, by turns: processor time and time, and their ratio.
# The median of some rounds; the first argument says how many.
# Patterns of claims are for rbpf, not for the shell.
set -feuo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
rounds=${1:-5}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
./rbpf --version >/dev/null

# Seconds of processor time and of time.
measure() {
  local TIMEFORMAT='%U %S %R'
  # 1 says that something does not hold, such as that mutants are left; beyond it nothing was measured.
  { time "$@" >"$work/out" 2>&1 || [ $? -eq 1 ] || { cat "$work/out" >&3; false; }; } 3>&2 2>&1 | awk '{ print $1 + $2, $3 }'
}

# The median of a column.
median() { sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }

compare() {
  local name=$1 one=$2 many=$3
  for _ in $(seq "$rounds"); do
    # shellcheck disable=SC2086 # words, not one
    measure ./rbpf $one >>"$work/one"
    # shellcheck disable=SC2086
    measure ./rbpf $many --state "$work/state" >>"$work/many"
  done
  paste -d ' ' "$work/one" "$work/many" >"$work/both"
  printf '%-28s one process %6.1f s (%6.1f s of processors), campaign %6.1f s (%6.1f s), ratio %.2f (%.2f)\n' "$name" \
    "$(cut -d ' ' -f 2 "$work/both" | median)" "$(cut -d ' ' -f 1 "$work/both" | median)" \
    "$(cut -d ' ' -f 4 "$work/both" | median)" "$(cut -d ' ' -f 3 "$work/both" | median)" \
    "$(awk '{ print $4 / $2 }' "$work/both" | median)" "$(awk '{ print $3 / $1 }' "$work/both" | median)"
  rm "$work/one" "$work/many"
}

# As large as whoever measures has patience for: starting a silo takes as long for a large campaign as for a small one.
compare 'prove' "prove --only ${RBPFSPEC_CAMPAIGN_CLAIMS:-*} --ledger $work/a.json" \
  "campaign prove --only ${RBPFSPEC_CAMPAIGN_CLAIMS:-*} --ledger $work/b.json"
cmp "$work/a.json" "$work/b.json" && echo 'the ledgers have the same bytes'
compare 'fuzz' 'fuzz --seed 1 --programs 2000000' 'campaign fuzz --seed 1 --programs 2000000'
compare 'score' 'conformance score spec/vectors/vectors.json' 'campaign score spec/vectors/vectors.json'
