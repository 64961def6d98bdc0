//! What the server makes of credentials and tokens.

use super::*;

fn asked(server: &TestServer) -> Value {
    json!({
        "grant_type": "client_credential", "appid": "wx0123456789abcdef",
        "secret": server.secret().expose()
    })
}

fn stable(server: &TestServer, body: &Value) -> Value {
    post(server, STABLE, body.to_string()).json()
}

fn plain(server: &TestServer) -> String {
    let secret = server.secret().expose();
    let query = format!("grant_type=client_credential&appid=wx0123456789abcdef&secret={secret}");
    let reply = get(server, &format!("/cgi-bin/token?{query}")).json();
    reply["access_token"].as_str().unwrap().to_owned()
}

fn reading(server: &TestServer, token: &str) -> i64 {
    post(server, &with_token(GET, token), r#"{"shop_id":1}"#).code().unwrap()
}

#[test]
fn a_token_is_as_long_as_the_longest_documented_and_comes_without_a_code() {
    let server = server();
    let reply = stable(&server, &asked(&server));
    assert_eq!(reply["access_token"].as_str().unwrap().len(), 512);
    assert_eq!(reply["expires_in"], 7200);
    assert!(reply.get("errcode").is_none());
}

#[test]
fn each_fault_of_the_credentials_has_its_code() {
    let server = server();
    for (name, value, expected) in [
        ("grant_type", Value::Null, 40002),
        ("grant_type", "password".into(), 40002),
        ("appid", Value::Null, 41002),
        ("appid", "wx0".into(), 40013),
        ("secret", Value::Null, 41004),
        ("secret", "wrong".into(), 40125),
        ("force_refresh", "yes".into(), 40035),
    ] {
        let mut body = asked(&server);
        body[name] = value;
        assert_eq!(stable(&server, &body)["errcode"], expected, "{name}");
    }
    assert_eq!(get(&server, "/cgi-bin/token").code(), Some(40002));
    assert_eq!(post(&server, STABLE, "[]").code(), Some(47001));
}

#[test]
fn each_fault_of_a_token_has_its_code() {
    let server = server();
    assert_eq!(post(&server, GET, "{}").code(), Some(41001));
    assert_eq!(reading(&server, ""), 41001);
    assert_eq!(reading(&server, "made-up"), 40014);
    let token = server.token();
    assert_eq!(reading(&server, token.expose()), 0);
    server.clock().advance(Duration::from_secs(2 * 3600));
    assert_eq!(reading(&server, token.expose()), 42001);
}

#[test]
fn the_remaining_time_is_what_a_stable_token_expires_in() {
    let server = server();
    stable(&server, &asked(&server));
    server.clock().advance(Duration::from_secs(7200 - 345));
    assert_eq!(stable(&server, &asked(&server))["expires_in"], 345);
}

#[test]
fn a_forced_refresh_replaces_the_token() {
    let server = server();
    let old = server.token();
    let mut body = asked(&server);
    body["force_refresh"] = true.into();
    assert_ne!(stable(&server, &body)["access_token"], old.expose());
    assert_eq!(reading(&server, old.expose()), 40001);
}

#[test]
fn a_plain_token_outlives_its_successor_by_five_minutes_and_stable_ones_by_far() {
    let server = server();
    let stable = server.token();
    let first = plain(&server);
    let second = plain(&server);
    assert_ne!(first, second);
    server.clock().advance(Duration::from_secs(299));
    assert_eq!(reading(&server, &first), 0);
    server.clock().advance(Duration::from_secs(1));
    assert_eq!(reading(&server, &first), 40001);
    assert_eq!(reading(&server, &second), 0);
    assert_eq!(reading(&server, stable.expose()), 0);
}

#[test]
fn revoked_tokens_are_handed_out_again_and_expired_ones_are_not() {
    let server = server();
    let token = server.token();
    server.revoke_tokens();
    assert_eq!(reading(&server, token.expose()), 40001);
    assert_eq!(server.token(), token);
    server.expire_tokens();
    assert_ne!(server.token(), token);
    assert_eq!(server.tokens_issued(), 2);
}

#[test]
fn tokens_live_as_long_as_the_test_wants() {
    let server = server();
    for seconds in [45, 0, -1, i64::MAX] {
        server.expire_tokens();
        server.set_token_lifetime(seconds);
        assert_eq!(stable(&server, &asked(&server))["expires_in"], seconds);
    }
}
