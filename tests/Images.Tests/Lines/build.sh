#!/bin/sh
# Rebuilds the object of this folder, with lines of source: CLANG=clang-14 tests/Images.Tests/Lines/build.sh
set -eu
cd "$(dirname "$0")"
"${CLANG:-clang}" -target bpf -O2 -g -fdebug-compilation-dir=. -c lines.c -o lines.o
"${OBJCOPY:-llvm-objcopy}" --remove-section='.debug*' --remove-section='.rel.debug*' lines.o
