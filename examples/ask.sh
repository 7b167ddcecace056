#!/usr/bin/env bash
# Asks account B for access over HTTP: bash ask.sh redis lindorm
# URL and TOKEN come from the operator of account B. KEY names the request: give each try of one request the same.
set -euo pipefail
: "${URL:?set it to the URL of the HTTP trigger}" "${TOKEN:?set it to the token of your client}"
: "${REQUESTER_UID:?set it to the UID of account A}" "${1:?name the engines, such as: bash ask.sh redis lindorm}"
KEY=${KEY:-ask-$(date +%s)-$$} ACTION=${ACTION:-grant}
engines=$(printf '"%s",' "$@")

# The token goes in by a file of its own, so that no list of processes shows it.
curl --silent --show-error --fail-with-body --max-time 20 --retry 3 --write-out '\n' "$URL/requests" \
  --header @<(printf 'Authorization: Bearer %s\n' "$TOKEN") \
  --header 'Content-Type: application/json' --header "Idempotency-Key: $KEY" \
  --data "{\"requesterUid\":\"$REQUESTER_UID\",\"action\":\"$ACTION\",\"engines\":[${engines%,}],\"reference\":\"$KEY\"}"
