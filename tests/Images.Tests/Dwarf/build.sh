#!/bin/sh
# Rebuilds the objects of this folder, whose lines of source DWARF alone tells: CLANG=clang-14 tests/Images.Tests/Dwarf/build.sh
set -eu
cd "$(dirname "$0")"
for version in 4 5; do
    (cd ../Lines && "${CLANG:-clang}" -target bpf -O2 -g "-gdwarf-$version" -fdebug-compilation-dir=. \
        -c lines.c -o "../Dwarf/dwarf$version.o")
    "${OBJCOPY:-llvm-objcopy}" --remove-section='.BTF*' --remove-section='.rel.BTF*' "dwarf$version.o"
done
