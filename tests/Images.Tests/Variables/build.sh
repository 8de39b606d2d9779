#!/bin/sh
# Rebuilds the objects of this folder, whose variables DWARF tells: CLANG=clang-14 tests/Images.Tests/Variables/build.sh
set -eu
cd "$(dirname "$0")"
for version in 4 5; do
    "${CLANG:-clang}" -target bpf -O2 -g "-gdwarf-$version" -fdebug-compilation-dir=. -c variables.c -o "variables$version.o"
done
"${CLANG:-clang}" -target bpf -O1 -g -fno-inline -fdebug-compilation-dir=. -c variables.c -o variables1.o
