#!/usr/bin/env bash
# The exported OpenAPI document: an independent validator reads it, and schemathesis finds no
# difference between it and the embedded server. Takes a minute or two.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The versions that the hooks were written for.
packages=(openapi-spec-validator==0.9.0 schemathesis==4.32.5)
target=${CARGO_TARGET_DIR:-$PWD/target}
tools=$target/openapi-tools
work=$(mktemp -d)
server=

main() {
    trap clean_up EXIT
    install_tools || skip "the Python packages ${packages[*]} cannot be installed: is there pip?"
    cargo build --quiet --package wechat-bizwifi-codegen --features cli
    cargo build --quiet --package wechat-bizwifi --features testing --example fake-wechat
    validate schema tests/other-api/schema codegen/tests/openapi/traps
    start_server
    compare
    echo "openapi: the documents are valid, and the SDK's is what the embedded server does"
}

install_tools() {
    if [[ $(cat "$tools/packages" 2>/dev/null) == "${packages[*]}" ]]; then return; fi
    rm -rf "$tools"
    python3 -m venv "$tools" || return 1
    "$tools/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" || return 1
    echo "${packages[*]}" >"$tools/packages"
}

# Where something cannot be tested, that is a failure under CI.
skip() {
    echo "openapi: NOT TESTED: $1" >&2
    if [[ ${CI:-} == true || ${CI:-} == 1 ]]; then exit 1; fi
    if [[ -n ${SKIPPED_TESTS:-} ]]; then echo "openapi: $1" >>"$SKIPPED_TESTS"; fi
    exit 0
}

# Whether a document says the same in YAML as in JSON.
same='import json, sys, yaml
with open(sys.argv[1]) as a, open(sys.argv[2]) as b:
    assert json.load(a) == yaml.safe_load(b), "the YAML says something else than the JSON"'

# The first folder's document is kept for `compare`.
validate() {
    local folder name documents=()
    for folder in "$@"; do
        name=$work/openapi-${#documents[@]}
        documents+=("$name.json")
        for format in json yaml; do
            "$target/debug/wechat-bizwifi-codegen" export openapi "$folder" \
                --format "$format" --output "$name.$format"
        done
        "$tools/bin/python" -c "$same" "$name.json" "$name.yaml"
    done
    "$tools/bin/openapi-spec-validator" "${documents[@]}"
}

start_server() {
    "$target/debug/examples/fake-wechat" 0 >"$work/server" &
    server=$!
    for _ in {1..100}; do
        url=$(sed -n 's/^A fake WeChat listens at //p' "$work/server")
        TOKEN=$(sed -n 's/^ *TOKEN=//p' "$work/server")
        if [[ -n $url && -n $TOKEN ]]; then return; fi
        sleep 0.1
    done
    echo "openapi: the embedded server does not start" >&2
    exit 1
}

# The service answers with status 200 whatever it thinks of a request, and says in the return code
# what that is. Checks that go by the status would learn nothing: `return_code_agrees` of the hooks
# stands in for `negative_data_rejection`, `positive_data_acceptance`, `unsupported_method` and
# `ignored_auth`. The others need resources that calls create, headers or status codes that differ.
compare() {
    local checks=not_a_server_error,status_code_conformance,content_type_conformance
    checks+=,response_schema_conformance,return_code_agrees
    (
        hooks=$PWD/tests
        cd "$work"
        export TOKEN PYTHONPATH=$hooks PYTHONDONTWRITEBYTECODE=1 SCHEMATHESIS_HOOKS=openapi_hooks
        "$tools/bin/schemathesis" run openapi-0.json --url "$url" --checks "$checks" \
            --phases examples,coverage,fuzzing --max-examples 50 --seed 1 --continue-on-failure \
            --suppress-health-check all --warnings off
    )
}

clean_up() {
    if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; fi
    rm -rf "$work"
}

main
