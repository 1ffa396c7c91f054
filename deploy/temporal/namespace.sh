#!/bin/sh
# Makes our namespace with 30 days of retention and its search attributes; run as often as you like.
# A workflow that sets an attribute which is not registered fails its task for ever.
# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where.
set -eu
ours="--namespace $TEMPORAL_NAMESPACE"

# A namespace is known to every part of the server some seconds after it was made.
patiently() {
  left=30
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 1
  done
}

temporal operator namespace describe $ours > /dev/null 2>&1 ||
  temporal operator namespace create $ours --retention 30d
patiently temporal operator namespace update $ours --retention 30d > /dev/null
known=" $(patiently temporal operator search-attribute list $ours | awk '{print $1}' | tr '\n' ' ')"
for pair in OrganizationId=Keyword JobId=Keyword Stage=Keyword Outcome=Keyword \
  WaitingOn=Keyword DueAt=Datetime Gateway=Keyword; do
  case "$known" in
    *" ${pair%=*} "*) ;;
    *) patiently temporal operator search-attribute create $ours \
      --name "${pair%=*}" --type "${pair#*=}" ;;
  esac
done
