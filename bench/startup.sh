#!/usr/bin/env bash
# Whole-process times of the command line: the median of some runs, in milliseconds, beside that of printing the version.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
runs=${1:-21}
./rbpf --version >/dev/null

median() {
  for _ in $(seq "$runs"); do
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null
    end=$(date +%s%N)
    echo $(((end - start) / 10000))
  done | sort -n | awk '{ t[NR] = $1 } END { printf "%.1f", t[int((NR + 1) / 2)] / 100 }'
}

exit_program='b7000000070000009500000000000000'
plugin() { ./rbpf conformance plugin <<<"$exit_program"; }
show() { printf '%-58s %s ms\n' "$1" "$(median "${@:2}")"; }
show './rbpf --version' ./rbpf --version
show './rbpf run examples/increment.o --memory 00…' ./rbpf run examples/increment.o --memory 0000000000000000
show './rbpf run examples/fletcher32.o --memory-file …' \
  ./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input
show './rbpf conformance plugin' plugin
