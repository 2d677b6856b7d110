# Shared by tools/run, tools/test and .ci/run: install what is missing, configure, build. Sourced, with $root set.
# Debian 12 is what this is tried on; Ubuntu 24.04 has the same package names and is meant to work, untested.

# Compiler, build and the libraries that the program and its tests are made of.
build_packages=(g++ cmake ninja-build ccache libboost-dev libeigen3-dev libfmt-dev nlohmann-json3-dev libcli11-dev
  libyaml-cpp-dev libgeographiclib-dev libsqlite3-dev catch2 librandom123-dev libbenchmark-dev)
# What the checks of .ci/run need beside them.
check_packages=(clang-format python3 python3-yaml)

# The compiler's cache serves every clone alike, wherever it lies.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# What is done, on standard error: results alone go to standard output.
say() { printf '%s\n' "$*" >&2; }

# missing_packages NAME...: those that are not installed, one a line.
missing_packages() {
  local installed
  # shellcheck disable=SC2016  # the ${...} are dpkg's own
  installed=$({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
    sed -n 's/ installed$//p')
  printf '%s\n' "$@" | grep -vxF -e "${installed:-none}" || true
}

# install_packages NAME...: installs what is missing, as root or with a sudo that does not ask. Where neither is
# there, prints the line to run and fails. Without dpkg it leaves finding the libraries to CMake.
install_packages() {
  command -v dpkg-query >/dev/null || { say "no dpkg here: the libraries must be installed already"; return 0; }
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "These packages are missing, and installing them needs root. Run this once, then try again:"
      say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
      return 1
    fi
    as_root=(sudo -n)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" \
    </dev/null >/dev/null
}

# build PRESET [TARGET...]: configures build/PRESET where that was not done yet, and builds. Ninja itself reconfigures
# when a CMake file changed or a source file came or went. CONFIGURE holds further options of CMake.
build() {
  local preset=$1
  shift
  local folder=$root/build/$preset
  if [ ! -f "$folder/build.ninja" ] || [ -n "${CONFIGURE[*]-}" ]; then
    say "configuring $folder"
    (cd "$root" && cmake --preset "$preset" ${CONFIGURE[@]+"${CONFIGURE[@]}"}) >&2
  fi
  say "building $folder"
  local how=(--quiet)
  [ ! -t 2 ] || how=()  # progress is for a terminal
  (cd "$root" && ninja -C "$folder" ${how[@]+"${how[@]}"} "$@") >&2
}
