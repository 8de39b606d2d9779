#!/bin/sh
# Compiles every C program of a folder, and of its folder `applications`, into an eBPF object (ELF64, little-endian, relocatable).
#
#   examples/build.sh [OUTPUT [SOURCES]]     both default to the folder of this script
#   CLANG=clang-14 examples/build.sh         chooses the compiler; the committed objects are clang 14's
#
# The output depends on sources and compiler only: no debug information, no paths, no compiler's name.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
CLANG=${CLANG:-clang}

mkdir -p "${1:-$here}"
output=$(cd "${1:-$here}" && pwd)
cd "${2:-$here}"

if ! command -v "$CLANG" >/dev/null 2>&1; then
    echo "build.sh: '$CLANG' is not on the PATH; name a clang with CLANG=..., for example CLANG=clang-14" >&2
    exit 1
fi
if ! "$CLANG" --print-targets 2>/dev/null | grep -q bpfel; then
    echo "build.sh: '$CLANG' cannot compile for BPF ('$CLANG --print-targets' does not list bpfel)" >&2
    exit 1
fi

# Plain file names on the command line, because the compiler records them in the object.
compile() {
    for source in *.c; do
        "$CLANG" -target bpfel -mcpu=v3 -O2 -std=c11 -ffreestanding -fno-ident \
            -Wall -Wextra -Werror -I "$here" -c "$source" -o "$1/${source%.c}.o"
    done
}

compile "$output"
if [ -d applications ]; then
    mkdir -p "$output/applications"
    cd applications
    compile "$output/applications"
fi
