#!/bin/sh
# Rebuilds the objects of this folder as the examples are built: CLANG=clang-14 tests/Images.Tests/Objects/build.sh [OUTPUT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/../../../examples/build.sh" "${1:-$here}" "$here"
