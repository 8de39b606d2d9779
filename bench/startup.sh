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
printf '%-58s %s ms\n' './rbpf --version' "$(median ./rbpf --version)"
printf '%-58s %s ms\n' './rbpf run examples/increment.o --memory 00…' "$(median ./rbpf run examples/increment.o --memory 0000000000000000)"
printf '%-58s %s ms\n' './rbpf run examples/fletcher32.o --memory-file …' "$(median ./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input)"
printf '%-58s %s ms\n' './rbpf conformance plugin' "$(median plugin)"
