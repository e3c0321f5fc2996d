#!/usr/bin/env bash
# Everything the project needs on a fresh Debian machine: packages, .venv, front-end files.
# Quick the second time: each step leaves a stamp of what it installed.
set -euo pipefail
cd "$(dirname "$0")/.."
VENV=.venv
STAMPS=.tools
mkdir -p "$STAMPS"

changed() { # changed STAMP FILE... : has one of the files changed since the step last ran?
  local stamp="$STAMPS/$1"; shift
  local now; now=$(cat "$@" | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null || true)" != "$now" ]
}
done_with() { local stamp="$STAMPS/$1"; shift; cat "$@" | sha256sum >"$stamp"; }

# What runs the application, and what only the tests need.
runtime=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
  fonts-noto-core fonts-wqy-microhei) # names of families from everywhere on the printed report
testing=(postgresql redis-server chromium poppler-utils libjaxb-java)
command -v javac >/dev/null 2>&1 || testing+=(default-jdk-headless) # veraPDF
missing=()
for package in "${runtime[@]}" "${testing[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
    echo "Installing Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # A package that starts a server on installation would take the standard ports: not here.
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$STAMPS/apt.log" 2>&1 \
      || { tail -20 "$STAMPS/apt.log" >&2; exit 1; }
  else
    echo "Please install these packages first: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

if changed python requirements-dev.txt || [ ! -x "$VENV/bin/python" ]; then
  echo "Installing Python packages into $VENV"
  if command -v uv >/dev/null 2>&1; then
    [ -x "$VENV/bin/python" ] || uv venv -q "$VENV"
    VIRTUAL_ENV=$VENV uv pip sync -q --require-hashes requirements-dev.txt
  else
    [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
    "$VENV/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
  fi
  done_with python requirements-dev.txt
fi

if changed node package-lock.json scripts/vendor.mjs || [ ! -d static/vendor ]; then
  echo "Installing front-end files"
  if command -v npm >/dev/null 2>&1; then
    npm ci --ignore-scripts --silent
    node scripts/vendor.mjs
  else
    echo "Please install Node.js 20 or newer with npm first." >&2
    exit 1
  fi
  done_with node package-lock.json scripts/vendor.mjs
fi
