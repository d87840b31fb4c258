#!/usr/bin/env bash
# Installs what building Ouroboros needs and this machine lacks (Debian 12, Ubuntu 24.04).
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tools/install_dependencies.sh [--all] [--bench] [--check] [--quiet]

Installs the packages that a build of the library, tests and examples needs and that are
missing: a C++20 compiler, CMake 3.25, Ninja, ccache, Boost 1.81 headers, fmt 9, utf8proc, CLI11, Catch2,
pkg-config.

  --all     also what `tests/run.sh --all` needs: Clang, its sanitizers and libFuzzer, and CPython, which some tests ask;
            clang-format 14, without which a test is skipped, if it can be had
  --bench   also what the benchmarks compare with: CPython's and Lua's C API, mimalloc, jemalloc, tcmalloc
  --check   install nothing; name what is missing and exit with status 1 if there is any
  --quiet   say nothing when nothing is missing
TEXT
}

all=false bench=false check=false quiet=false
for argument in "$@"; do
  case "$argument" in
    --all) all=true ;;
    --bench) bench=true ;;
    --check) check=true ;;
    --quiet) quiet=true ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

distribution=unknown boost_package=libboost-dev python_package=python3-dev
if [[ -r /etc/os-release ]]; then
  distribution=$(. /etc/os-release && echo "${ID:-unknown}-${VERSION_ID:-}")
fi
if [[ $distribution == debian-12 ]]; then
  boost_package=libboost1.81-dev # libboost-dev is 1.74 there
  python_package=libpython3.11-dev
fi

has_program() { command -v "$1" > /dev/null 2>&1; }
# has_code TEXT: a C++20 compiler accepts TEXT.
has_code() { has_program c++ && printf '%s\n' "$1" | c++ -std=c++20 -fsyntax-only -x c++ - > /dev/null 2>&1; }
has_cmake() {
  has_program cmake || return 1
  local version
  version=$(cmake --version | sed -n 's/^cmake version \([0-9]*\.[0-9]*\).*/\1/p')
  [[ $(printf '3.25\n%s\n' "$version" | sort -V | head -n 1) == 3.25 ]]
}
has_catch() { has_code '#include <catch2/catch_test_macros.hpp>' || has_code '#include <catch2/catch.hpp>'; }
has_fuzzer() { # links, since the compiler alone does not bring what it links to
  has_program clang++ || return 1
  local program status=0
  program=$(mktemp)
  printf 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' |
    clang++ -std=c++20 -fsanitize=fuzzer,address,undefined -x c++ - -o "$program" > /dev/null 2>&1 || status=1
  rm -f "$program"
  return "$status"
}
has_embeddable_python() { # the distribution's, not one that comes first on PATH
  compgen -G '/usr/include/python3*/Python.h' > /dev/null && compgen -G '/usr/lib/*/libpython3*.so' > /dev/null
}

# Prints the packages that are missing, one a line.
missing_packages() {
  has_code '#include <concepts>
static_assert(__cplusplus >= 202002L);' || echo g++
  has_cmake || echo cmake
  has_program ninja || echo ninja-build
  has_program pkg-config || has_program pkgconf || echo pkg-config
  has_code '#include <boost/version.hpp>
static_assert(BOOST_VERSION >= 108100);' || echo "$boost_package"
  has_code '#include <fmt/core.h>
static_assert(FMT_VERSION >= 90000);' || echo libfmt-dev
  has_catch || echo catch2
  has_code '#include <utf8proc.h>' || echo libutf8proc-dev
  has_code '#include <CLI/CLI.hpp>' || echo libcli11-dev
  if $all; then
    has_program clang++ || echo clang
    has_fuzzer || echo libclang-rt-dev
    has_program python3 || echo python3
  fi
  $bench || return 0
  has_embeddable_python || echo "$python_package"
  has_code '#include <lua5.4/lua.hpp>' || echo liblua5.4-dev
  has_code '#include <mimalloc.h>' || echo libmimalloc-dev
  has_code '#include <jemalloc/jemalloc.h>' || echo libjemalloc-dev
  has_code '#include <gperftools/tcmalloc.h>' || echo libgoogle-perftools-dev
}

has_clang_format() {
  local program
  for program in clang-format-14 clang-format; do
    [[ $("$program" --version 2> /dev/null) == *'version 14.'* ]] && return
  done
  return 1
}
# Prints the packages that are missing and without which a test is skipped.
missing_for_tests() {
  if $all && ! has_clang_format; then echo clang-format-14; fi
}

mapfile -t missing < <(missing_packages)
mapfile -t welcome < <(missing_for_tests)
if $check; then welcome=(); fi
all_missing=("${missing[@]}" "${welcome[@]}")
if ((${#all_missing[@]} == 0)); then
  $quiet || echo "Nothing is missing."
  exit 0
fi
if $check; then
  echo "Missing: ${missing[*]}"
  exit 1
fi

give_up() {
  echo "Cannot install ${all_missing[*]}: $1" >&2
  exit $((${#missing[@]} > 0))
}

has_program apt-get || give_up "this machine has no apt-get. Please install them (or their counterparts) by hand."
root=()
if [[ $(id -u) != 0 ]]; then
  has_program sudo || give_up "not root, and there is no sudo. As root: apt-get install ${all_missing[*]}"
  sudo -n true 2> /dev/null || [[ -t 0 ]] || give_up "sudo wants a password. As root: apt-get install ${all_missing[*]}"
  root=(sudo)
fi

# Makes rebuilds quick, and a judge for some tests: welcome, but no reason to install anything by themselves.
wanted=("${missing[@]}")
has_program ccache || wanted+=(ccache)
has_program python3 || wanted+=(python3)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 "$@" >> "$log" 2>&1; }
echo "Installing ${wanted[*]} ${welcome[*]} ..." >&2
if ! apt install --no-install-recommends "${wanted[@]}" "${welcome[@]}"; then # the package lists may be absent or old
  apt update || true
  for package in "${welcome[@]}"; do # one that is not to be had must not keep the others out
    apt install --no-install-recommends "$package" || echo "There is no $package: the test that needs it is skipped." >&2
  done
  if ! apt install --no-install-recommends "${wanted[@]}" && ((${#missing[@]} > 0)); then
    tail -n 15 "$log" >&2
    give_up "apt-get failed, see above. It needs the network and packages of Debian 12, Ubuntu 24.04 or later."
  fi
fi

hash -r
mapfile -t missing < <(missing_packages)
((${#missing[@]} == 0)) || give_up "apt-get ran, but what $distribution provides is too old."
