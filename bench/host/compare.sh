#!/usr/bin/env bash
# The comparison of the papers: our engines beside others, as a table in Markdown.
#   bench/host/compare.sh [--install] [--milliseconds N] [--starts N] [--chart FILE]
# With --install it first fetches what Debian and npm have of the other engines. One that is missing is named, and left out.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

if [ "${1-}" = --install ]; then
  shift
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q clang-14 lld-14 binutils gcc wabt lua5.4 duktape mujs npm >&2 ||
    echo "compare.sh: not all Debian packages could be installed" >&2
  mkdir -p "$root/artifacts/comparison"
  npm install --prefix "$root/artifacts/comparison" --ignore-scripts --no-audit --no-fund \
    quickjs-emscripten@0.32.0 @micropython/micropython-webassembly-pyscript@1.27.0 >&2 ||
    echo "compare.sh: not all npm packages could be installed" >&2
fi

"$root/rbpf" --version >/dev/null
exec dotnet run --project "$root/bench" -c Release -- host "$@"
