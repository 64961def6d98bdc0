#!/usr/bin/env bash
# memory.sh ROWS: how much memory `campaign apply` takes for so many rows, in a folder that it deletes.
# The server is a process of its own. Needs jq and GNU time.
set -euo pipefail
rows=$1
program=$(cd "$(dirname "$0")/../../.." && pwd)/target/${PROFILE:-release}/wechat-bizwifi
folder=$(mktemp -d)
cd "$folder"
"$program" serve --address 127.0.0.1:0 --stores "$rows" > facts.json &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
until [ -s facts.json ] && jq -e .stores facts.json > /dev/null 2>&1; do sleep 0.2; done
card=$(jq -r .card_id facts.json)
end=$(($(date +%s) + 86400))
{
  echo shop_id,card_id,card_describe,start_time,end_time,card_quantity
  seq "$rows" | awk -v card="$card" -v end="$end" '{ print $1 "," card ",10元代金券,1700000000," end ",10" }'
} > a.csv
WECHAT_BIZWIFI_APPID=$(jq -r .appid facts.json) WECHAT_BIZWIFI_SECRET=$(jq -r .secret facts.json)
export WECHAT_BIZWIFI_APPID WECHAT_BIZWIFI_SECRET
/usr/bin/time -f "$rows rows: %M kB at the most, %e s" "$program" --base-url "$(jq -r .base_url facts.json)" \
  campaign apply a.csv --yes --rate 100000000 --concurrency 32 2>&1 | tail -4
