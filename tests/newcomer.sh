#!/usr/bin/env bash
# What someone sees who uses the SDK from a crate of their own, without this workspace: the published
# packages build, the README's promises about swapping the descriptions hold, and an error in them
# stops the build with its place. Endpoints that nobody here knew (tests/newcomer) have their calls, pages
# and commands, and the embedded server answers them. All of it is compiled by the oldest Rust that the
# README promises, where that is to be had. Takes a few minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Kept between runs, since most of it is other people's crates.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/newcomer
# No one looks into these programs with a debugger, and its data take most of the room on the disk.
export CARGO_PROFILE_DEV_DEBUG=0
patches=()
packages=(wechat-bizwifi wechat-bizwifi-codegen wechat-bizwifi-rules wechat-bizwifi-schema wechat-bizwifi-cli)

main() {
    package
    take_the_oldest_rust
    user_crate

    expect "with the packages as they are" "18 characters"
    without_generator
    expect "without the generator" "18 characters"
    if (cd "$work/user" && cargo tree --edges normal,build) | grep -qE "typify|prettyplease"; then
        fail "without the generator, the generator's dependencies are compiled"
    fi
    edit 's/"maxLength": 18/"maxLength": 20/'
    expect "without the generator, with another limit" \
        'are not those that this crate.s code was generated from: switch on the feature `generate`'
    edit 's/"maxLength": 20/"maxLength": 18/'
    with_generator
    edit 's/"maxLength": 18/"maxLength": 30/'
    expect "with another limit" "30 characters"
    edit 's/"maxLength": 30/"maxLength": 18/'
    unknown_endpoints
    edit 's/"maxLength": 18/"pattern": "^."/'
    expect "with a pattern" 'a pattern takes the feature `pattern`, which is off'
    edit 's/"pattern": "^."/"maxLength": 18/'
    edit 's/"properties": {/"properties": { "名称": { "type": "string" },/'
    expect "with a name beyond ASCII" 'the name `名称` takes the feature `unicode-names`, which is off'
    edit 's/ "名称": { "type": "string" },//'
    edit 's/"properties": {/"properties": { "note": { "type": "string", "description": "*Any*" },/'
    expect "with Markdown" \
        'Markdown other than paragraphs, code and links to pages takes the feature `markdown`, which is off'
    edit 's/ "note": { "type": "string", "description": "\*Any\*" },//'
    edit 's/"maxLength": 18/"maxLenght": 18/'
    expect "with an error" \
        'schema/couponput/set\.json:[0-9]+:9 /request/properties/card_describe/maxLenght: is not a keyword; did you mean `maxLength`\?'
    if grep -qE "panicked at|stack backtrace" "$work/said"; then
        fail "the error came as a panic"
    fi
    edit 's/"maxLenght": 30/"maxLength": 18/'
    without_placements
    expect "with every feature, without the placements" "a page of 2 stores"
    echo "newcomer: all is as the README says"
}

take_the_oldest_rust() {
    local oldest
    oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    if rustup run "$oldest" rustc --version >/dev/null 2>&1 ||
        timeout 100 rustup toolchain install --profile minimal "$oldest"; then
        export RUSTUP_TOOLCHAIN=$oldest
        return
    fi
    # Not every machine may download one, so that this is no failure.
    echo "newcomer: Rust $oldest is not to be had, so $(rustc --version) compiles" >&2
    if [[ -n ${SKIPPED_TESTS:-} ]]; then echo "newcomer: with Rust $oldest" >>"$SKIPPED_TESTS"; fi
}

# The packages as crates.io would have them, unpacked. They are not verified here: that is what
# building them for another crate does, and cargo would keep what it unpacks for that for ever.
package() {
    local names=()
    for name in "${packages[@]}"; do names+=(--package "$name"); done
    cargo package --quiet --no-verify --allow-dirty "${names[@]}" 2>"$work/said" || fail "packaging"
    for name in "${packages[@]}"; do
        mkdir "$work/$name"
        tar -xzf "$CARGO_TARGET_DIR/package/$name"-[0-9]*.crate -C "$work/$name" --strip-components 1
    done
    mv "$work/wechat-bizwifi-schema" "$work/schema"
}

user_crate() {
    mkdir -p "$work/user/src"
    cp Cargo.lock "$work/user/"
    cat >"$work/user/Cargo.toml" <<'MANIFEST'
[package]
name = "user"
version = "0.0.0"
edition = "2024"

[dependencies]
wechat-bizwifi = { version = "*", features = ["testing"] }
tokio = { version = "1", features = ["macros", "rt"] }

[patch.crates-io]
wechat-bizwifi = { path = "../wechat-bizwifi" }
wechat-bizwifi-codegen = { path = "../wechat-bizwifi-codegen" }
wechat-bizwifi-rules = { path = "../wechat-bizwifi-rules" }
wechat-bizwifi-schema = { path = "../schema" }
MANIFEST
    cat >"$work/user/src/main.rs" <<'PROGRAM'
use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{Client, GetCouponPlacement, SetCouponPlacement};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start().await?;
    let client = Client::builder(server.credentials()).base_url(server.base_url()).build()?;
    let placement = SetCouponPlacement::builder()
        .shop_id(429620)
        .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
        .card_describe("10元代金券")
        .start_time(1457280000)
        .end_time(1457712000)
        .card_quantity(10);
    client.set_coupon_placement(&placement.clone().build()?).await?;
    let placed = client.get_coupon_placement(&GetCouponPlacement::new(429620)).await?;
    assert!(placed.is_some());
    println!("{}", placement.card_describe("x".repeat(1000)).build().unwrap_err());
    Ok(())
}
PROGRAM
}

# Endpoints that no code here knows, by POST and by GET: two have pages, and two read one of what those list.
unknown_endpoints() {
    cp -r tests/newcomer/parcel "$work/schema/"
    cp "$work/user/src/main.rs" "$work/main.rs"
    cat >"$work/user/src/main.rs" <<'PROGRAM'
use serde_json::json;
use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{FindDepots, GetDepot, GetParcel, ListParcels};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start().await?;
    let client = server.client_builder().build()?;
    let mut parcels = client.parcels(ListParcels::builder().depot("north"));
    while let Some(page) = parcels.next_page().await {
        println!("{:?}", page?.iter().map(|parcel| &parcel.number).collect::<Vec<_>>());
    }
    let mut depots = client.depots(FindDepots::builder().town("020").open(true));
    while let Some(depot) = depots.next().await {
        println!("{}", depot?);
    }
    println!("{} calls", server.calls().len());

    server.add_item("number", "PX-8", None);
    server.add_item("number", "PX-9", json!({ "weight": 20 }));
    server.add_item("depot", "west", json!({ "town": "021" }));
    let mut parcels = client.parcels(ListParcels::builder().depot("north"));
    while let Some(parcel) = parcels.next().await {
        let number = parcel?.number;
        let parcel = client.get_parcel(&GetParcel::builder().number(&number).build()?).await?;
        println!("{} weighs {:?}", parcel.number, parcel.weight);
    }
    let mut depots = client.depots(FindDepots::builder().town("021"));
    while let Some(depot) = depots.next().await {
        let depot = GetDepot::builder().depot(depot?).build()?;
        println!("{} is in {}", depot.depot(), client.get_depot(&depot).await?.town);
    }
    let unknown = GetParcel::builder().number("PX-1").build()?;
    println!("{}", client.get_parcel(&unknown).await.unwrap_err());
    Ok(())
}
PROGRAM
    sed -i '/^tokio = /i serde_json = "1"' "$work/user/Cargo.toml"
    expect "with endpoints that nobody knew" '^5 calls$'
    for line in '["PX-1", "PX-2"]' '["PX-3"]' north south 'PX-8 weighs Some(300)' \
        'PX-9 weighs Some(20)' 'west is in 021'; do
        grep -qxF -- "$line" "$work/said" || fail "no line is: $line"
    done
    grep -qF "nothing was added by this number" "$work/said" || fail "a parcel is there that was not added"
    mv "$work/main.rs" "$work/user/src/main.rs"
    for package in wechat-bizwifi wechat-bizwifi-codegen wechat-bizwifi-rules; do
        patches+=(--config "patch.crates-io.$package.path='$work/$package'")
    done
    patches+=(--config "patch.crates-io.wechat-bizwifi-schema.path='$work/schema'")
    expect_command 'PX-1' list-parcels --depot north --page 0
    expect_command 'north' find-depots --town 020
    expect_command 'Finds the depots of a town' describe findDepots
}

# expect_command PATTERN ARGUMENT...: the command line, built with these descriptions, says so of its demo.
expect_command() {
    local pattern=$1
    shift
    echo "newcomer: wechat-bizwifi $*"
    (cd "$work/wechat-bizwifi-cli" && cargo run --quiet "${patches[@]}" -- --demo "$@") \
        >"$work/said" 2>&1 || fail "the command fails: $*"
    grep -qE -- "$pattern" "$work/said" || fail "$*: no line is like this: $pattern"
}

without_generator() {
    sed -i 's/features = \["testing"\]/default-features = false, features = ["rustls", "testing"]/' \
        "$work/user/Cargo.toml"
}

with_generator() {
    sed -i 's/default-features = false, features = \["rustls", "testing"\]/features = ["testing"]/' \
        "$work/user/Cargo.toml"
}

# An SDK of other endpoints is one without a folder of descriptions. Nothing of the runtime may
# need it, whatever features are on; but for TLS by the system, which needs a library.
without_placements() {
    local features='"testing", "blocking", "redis", "pattern", "chrono", "jiff", "time", "webpki-roots"'
    rm -r "$work/schema/couponput"
    sed -i "s/features = \[\"testing\"\]/features = [$features]/" "$work/user/Cargo.toml"
    cat >"$work/user/src/main.rs" <<'PROGRAM'
use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::{Client, ListShops};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start().await?;
    server.add_shop(1);
    server.add_shop(2);
    let client = Client::builder(server.credentials()).base_url(server.base_url()).build()?;
    let page = client.list_shops(&ListShops::builder().build()?).await?.ok_or("no page")?;
    let shops = page.records.ok_or("no stores")?.len();
    println!("a page of {shops} stores");
    Ok(())
}
PROGRAM
}

edit() {
    sed -i "$1" "$work/schema/couponput/set.json"
}

# expect WHEN PATTERN: what the user's crate says, built or not, has a line like this.
expect() {
    echo "newcomer: $1"
    (cd "$work/user" && cargo run --quiet) >"$work/said" 2>&1 || true
    grep -qE -- "$2" "$work/said" || fail "$1: no line is like this: $2"
}

fail() {
    printf 'newcomer: %s\n\n' "$1" >&2
    cat "$work/said" >&2
    exit 1
}

main
