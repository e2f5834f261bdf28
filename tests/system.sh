#!/usr/bin/env bash
# Brings a browser, gettext, poppler, a store of trusted roots and a key token in software from Debian's
# packages when they are missing and we may.
# Nothing here is needed to run Aula itself.
set -euo pipefail

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v xgettext >/dev/null || missing+=(gettext)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v certutil >/dev/null || missing+=(libnss3-tools)
command -v softhsm2-util >/dev/null || missing+=(softhsm2)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  echo "Installing for the tests: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=("${missing[@]/chromium-headless-shell/chromium}")
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
elif [ "${missing[*]}" = chromium-headless-shell ] && command -v chromium chromium-browser google-chrome >/dev/null; then
  exit 0 # a whole browser serves as well, but takes a third longer
else
  echo "Please install for the tests: ${missing[*]}" >&2
  exit 1
fi
