#!/usr/bin/env bash
# Brings a browser, gettext, poppler, a store of trusted roots and a key token in software from Debian's
# packages when they are missing and we may.
# Nothing here is needed to run Aula itself.
set -euo pipefail

present() { command -v "$@" >/dev/null; }
missing=()
present chromium-headless-shell chromium chromium-browser google-chrome || missing+=(chromium)
present xgettext || missing+=(gettext)
present pdftotext || missing+=(poppler-utils)
present certutil || missing+=(libnss3-tools)
present softhsm2-util || missing+=(softhsm2)

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
may_install() { present apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
install() {
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::http::Timeout=20)
  "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null
}

if [ ${#missing[@]} -gt 0 ]; then
  may_install || { echo "Please install for the tests: ${missing[*]}" >&2 && exit 1; }
  echo "Installing for the tests: ${missing[*]}"
  install "${missing[@]}"
fi

# A browser that has no window to draw is a third faster; where it cannot be had, the other serves.
if ! present chromium-headless-shell && may_install; then
  install chromium-headless-shell 2>/dev/null || echo "The journeys use the browser with a window, and take longer."
fi
