# SPDX-License-Identifier: Apache-2.0
# Sourced by the other scripts: how they speak, and how they find Python. shellcheck shell=bash

TORCH_CPU_INDEX=https://download.pytorch.org/whl/cpu

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    bold='' dim='' red='' green='' plain=''
fi

step() { printf '%s==>%s %s%s%s\n' "$green" "$plain" "$bold" "$*" "$plain"; }
detail() { printf '    %s%s%s\n' "$dim" "$*" "$plain"; }
done_with() { printf '%s==>%s %s\n' "$green" "$plain" "$*"; }
warn() { printf '%swarning:%s %s\n' "$red" "$plain" "$*" >&2; }

stop() { # stop WHAT [WHAT TO DO...]: one line each, then the end
    printf '%serror:%s %s\n' "$red" "$plain" "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# Prints a Python that runs and is new enough. 3.11 first: it is what the lock of torch and the tests are for.
find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Tests mostly wait for a screen or a browser, so three files at a time, in the order of tests/conftest.py. A file stays
# together: its recordings are shared.
side_by_side=(-n 3 --dist loadfile --no-loadscope-reorder)
