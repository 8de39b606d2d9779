#!/usr/bin/env bash
# Proves a part of the claims, those of them that the committed ledger does not have for the same scripts:
#   bash .ci/part.sh 1 4   writes parts/1.json, a ledger with the claims of the first of four parts and no others
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
shard=$1/$2
mkdir -p known parts

# The note beside the ledger is about the whole of it, so the part is taken out of it afterwards.
cp proofs/ledger.json proofs/ledger.json.inputs known/
./rbpf prove --changed --shard "$shard" --ledger known/ledger.json
./rbpf prove --list --shard "$shard" | awk 'NR > 1 { print $1 }' >known/ids
awk -F '"' '
  FNR == NR { wanted[$0]; next }
  /^    "/ {
    if (!($2 in wanted)) next
    sub(/,$/, "")
    if (claim != "") print claim ","
    claim = $0
    next
  }
  { if (claim != "") print claim; claim = ""; print }
' known/ids known/ledger.json >"parts/$1.json"
