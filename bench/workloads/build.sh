#!/usr/bin/env bash
# Builds the BPF objects of the workloads. Without the 32-bit jumps of later instruction sets, every machine runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for source in *.c; do
  "${CLANG:-clang-14}" -target bpf -O2 -mcpu=v2 -ffreestanding -fno-builtin -fno-unroll-loops -c "$source" -o "${source%.c}.o"
done
