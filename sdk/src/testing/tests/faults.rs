//! What the server does when it is told to fail.

use std::time::Instant;

use super::*;
use crate::testing::{Cut, Endpoint};

const GET_COUPON: Endpoint = Endpoint::GET_COUPON_PLACEMENT;
const SET_COUPON: Endpoint = Endpoint::SET_COUPON_PLACEMENT;

fn read(server: &TestServer) -> Raw {
    call(server, GET, &json!({ "shop_id": 429_620 }))
}

fn start_reading(server: &TestServer) -> Wire {
    let mut wire = Wire::to(server);
    wire.post(&with_token(GET, server.token().expose()), r#"{"shop_id":429620}"#);
    wire
}

#[test]
fn a_code_concerns_the_call_it_is_scripted_for_and_no_other() {
    let server = server();
    server.fault(GET_COUPON).on_call(2).reply_code(-1);
    assert_eq!(call(&server, SET, &documented()).code(), Some(0));
    assert_eq!([(); 3].map(|()| read(&server).code()), [Some(0), Some(-1), Some(0)]);
    server.fault(GET_COUPON).times(2).message("oh no").reply_code(40164);
    assert!(read(&server).json()["errmsg"].as_str().unwrap().starts_with("oh no rid: "));
    server.clear_faults();
    assert_eq!(read(&server).code(), Some(0));
}

#[test]
fn who_counts_from_0_or_forgets_a_slash_is_understood() {
    let server = server();
    server.fault(Endpoint::path("bizwifi/couponput/get")).on_call(0).reply_code(-1);
    assert_eq!([(); 2].map(|()| read(&server).code()), [Some(-1), Some(0)]);
    assert_eq!(Endpoint::path("*"), Endpoint::ANY);
}

#[test]
fn a_refused_call_takes_no_effect_unless_it_is_said() {
    let server = server();
    server.fault(SET_COUPON).reply_code(-1);
    assert_eq!(call(&server, SET, &documented()).code(), Some(-1));
    assert!(read(&server).json().get("data").is_none());
    server.fault(SET_COUPON).carried_out().reply_code(-1);
    assert_eq!(call(&server, SET, &documented()).code(), Some(-1));
    assert!(read(&server).json().get("data").is_some());
}

#[test]
fn a_call_whose_reply_is_cut_off_takes_effect_unless_it_is_said() {
    let server = server();
    let target = with_token(SET, server.token().expose());
    let place = || {
        let mut wire = Wire::to(&server);
        wire.post(&target, documented().to_string());
        assert!(wire.rest().is_empty());
    };
    server.fault(SET_COUPON).not_carried_out().cut_before_reply();
    place();
    assert!(read(&server).json().get("data").is_none());
    server.fault(SET_COUPON).cut_before_reply();
    place();
    assert!(read(&server).json().get("data").is_some());
}

fn page(title: &str) -> String {
    [
        "<html>",
        &format!("<head><title>{title}</title></head>"),
        "<body>",
        &format!("<center><h1>{title}</h1></center>"),
        "<hr><center>nginx</center>",
        "</body>",
        "</html>",
        "",
    ]
    .join("\r\n")
}

#[test]
fn a_gateways_page_comes_with_its_status() {
    let server = server();
    server.fault(Endpoint::ANY).reply_status(502);
    let reply = read(&server);
    assert_eq!(reply.status(), 502);
    assert!(reply.head.starts_with("HTTP/1.1 502 Bad Gateway\r\n"));
    assert!(reply.head.contains("\r\nContent-Type: text/html\r\n"));
    assert_eq!(str::from_utf8(&reply.body).unwrap(), page("502 Bad Gateway"));
    server.fault(Endpoint::ANY).status(503).content_type("text/plain").reply_html();
    let reply = read(&server);
    assert_eq!(reply.status(), 503);
    assert!(reply.head.contains("\r\nContent-Type: text/plain\r\n"));
    assert_eq!(str::from_utf8(&reply.body).unwrap(), page("Please sign in to this network"));
}

#[test]
fn bodies_are_what_the_script_says() {
    let server = server();
    server.fault(GET_COUPON).reply_empty();
    let empty = read(&server);
    assert!(empty.body.is_empty());
    assert!(empty.head.contains("\r\nContent-Type: text/html; charset=gbk\r\n"));
    server.fault(GET_COUPON).reply_garbage();
    assert_eq!(read(&server).body, b"\x00\xff\xfe\x80{]\xc3\x28\"\x1b[0m");
    for (asked, sent) in [(0, 26), (26, 26), (27, 27)] {
        server.fault(GET_COUPON).reply_huge(asked);
        let reply = read(&server);
        assert_eq!((reply.body.len(), reply.code()), (sent, Some(0)), "{asked}");
    }
    server.fault(GET_COUPON).reply_body("{\"errcode\":");
    assert_eq!(read(&server).body, b"{\"errcode\":");
    server.fault(GET_COUPON).reply_json(&json!({ "errcode": "0" }));
    assert_eq!(read(&server).body, br#"{"errcode":"0"}"#);
    server.fault(GET_COUPON).reply_huge(10_000_000);
    let huge = read(&server);
    assert_eq!(huge.body.len(), 10_000_000);
    assert_eq!(huge.code(), Some(0));
    server.fault(GET_COUPON).reply_control_characters();
    assert_eq!(read(&server).body, b"{\"errcode\":0,\"errmsg\":\"ok\x01\t\n\x1f\"}");
}

#[test]
fn a_content_type_cannot_smuggle_in_another_header() {
    let server = server();
    server.fault(GET_COUPON).content_type("a\r\nContent-Length: 0").reply_truly();
    let reply = read(&server);
    assert!(reply.head.contains("\r\nContent-Type: a  Content-Length: 0\r\n"));
    server.fault(GET_COUPON).content_type("text/plain").reply_truly();
    assert!(read(&server).head.contains("\r\nContent-Type: text/plain\r\n"));
}

#[test]
fn a_connection_is_cut_where_the_script_says() {
    let server = server();
    server.fault(GET_COUPON).cut_before_reply();
    assert!(start_reading(&server).rest().is_empty());
    server.fault(GET_COUPON).cut_within_reply();
    let rest = String::from_utf8(start_reading(&server).rest()).unwrap();
    assert!(rest.contains("Content-Length: 13\r\n") && rest.ends_with("\r\n\r\n{\"errc"), "{rest}");
    server.fault(GET_COUPON).cut_after_reply();
    let mut wire = start_reading(&server);
    assert!(wire.reply().head.contains("Connection: keep-alive"));
    assert!(wire.rest().is_empty());
    let cuts: Vec<_> = server.calls().iter().map(|call| call.reply().unwrap().cut()).collect();
    assert_eq!(cuts, [Cut::BeforeReply, Cut::WithinReply, Cut::AfterReply].map(Some));
    let calls = server.calls();
    let faults = ["cut before the reply", "cut within the reply", "cut after the reply"];
    for (call, fault) in calls.iter().zip(faults) {
        let reply = format!("200, errcode 0, {fault}");
        assert!(call.to_string().ends_with(&format!(" -> {reply}")), "{call}");
        assert_eq!(format!("{call:?}"), format!("Call({call})"));
        assert_eq!(format!("{:?}", call.reply().unwrap()), format!("Replied({reply})"));
    }
}

#[test]
fn a_delay_holds_one_call_and_not_the_others() {
    let server = server();
    server.fault(GET_COUPON).delay(Duration::from_millis(200)).reply_truly();
    let began = Instant::now();
    let mut slow = start_reading(&server);
    while server.call_count(GET_COUPON) == 0 {
        std::thread::yield_now();
    }
    assert_eq!(read(&server).code(), Some(0));
    let quick = began.elapsed();
    assert_eq!(slow.reply().code(), Some(0));
    assert!(began.elapsed() >= Duration::from_millis(200) && quick < began.elapsed());
}

#[test]
fn a_reply_that_trickles_arrives_whole_and_late() {
    let server = server();
    let pause = Duration::from_millis(5);
    server.fault(GET_COUPON).trickle(pause).reply_body("{\"errcode\":0}");
    let began = Instant::now();
    assert_eq!(read(&server).code(), Some(0));
    assert!(began.elapsed() >= 13 * pause, "{:?}", began.elapsed());
    server.fault(GET_COUPON).trickle(pause).cut_within_reply();
    let rest = String::from_utf8(start_reading(&server).rest()).unwrap();
    assert!(rest.ends_with("\r\n\r\n{\"errc"), "{rest}");
}

#[test]
fn a_gate_holds_every_call_that_it_is_scripted_for_until_it_opens() {
    let server = server();
    let gate = server.fault(GET_COUPON).times(3).hold();
    let mut held = [(); 3].map(|()| start_reading(&server));
    while server.call_count(GET_COUPON) < 3 {
        std::thread::yield_now();
    }
    assert!(server.calls().iter().all(|call| call.reply().is_none()));
    assert!(server.calls()[0].to_string().ends_with("-> no reply yet"));
    assert_eq!(format!("{gate:?}"), "Gate(closed)");
    gate.open();
    assert!(held.iter_mut().all(|wire| wire.reply().code() == Some(0)));
}

#[test]
fn a_call_that_hangs_is_never_answered() {
    let server = server();
    server.fault(GET_COUPON).hang();
    let mut wire = start_reading(&server);
    wire.0.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert!(wire.0.read(&mut [0]).is_err());
    let reply = server.calls()[0].reply().unwrap().clone();
    assert_eq!((reply.cut(), &*reply.to_string()), (Some(Cut::NoReply), "200, never sent"));
    wire.send("x");
    assert!(wire.0.read(&mut [0]).is_err());
    // It hangs for as long as the client waits.
    wire.0.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    wire.0.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(wire.rest().is_empty());
}

#[test]
fn a_call_that_hangs_takes_no_effect_unless_it_is_said() {
    let server = server();
    let place = |placed: bool| {
        let mut wire = Wire::to(&server);
        wire.post(&with_token(SET, server.token().expose()), documented().to_string());
        // What is read tells whether it was placed once the call has been carried out, or not.
        while server.calls().iter().all(|call| call.path() != SET || call.reply().is_none()) {
            std::thread::yield_now();
        }
        assert_eq!(read(&server).json().get("data").is_some(), placed);
        server.clear_calls();
    };
    server.fault(SET_COUPON).hang();
    place(false);
    server.fault(SET_COUPON).carried_out().hang();
    place(true);
}

#[tokio::test(start_paused = true)]
async fn a_test_can_wait_for_calls_even_when_its_own_time_stands_still() {
    let server = TestServer::start().await.unwrap();
    let gate = server.fault(GET_COUPON).hold();
    let mut wire = start_reading(&server);
    server.wait_for_calls(GET_COUPON, 1).await;
    drop(gate);
    assert_eq!(wire.reply().code(), Some(0));
}
