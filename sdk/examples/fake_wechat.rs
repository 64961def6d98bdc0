//! Runs the embedded server in the foreground, for `curl` and for programs in other languages:
//!
//! ```text
//! cargo run --example fake-wechat            # port 8080
//! cargo run --example fake-wechat -- 9000    # another; 0 is any that is free
//! ```
//!
//! It prints how to talk to it, and then every call that arrives. It ends with Ctrl-C.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::net::Ipv4Addr;
use std::time::Duration;

use wechat_bizwifi::testing::{Call, Endpoint, TestServer};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = match std::env::args().nth(1) {
        Some(port) => port.parse().map_err(|_| format!("`{port}` is not a port"))?,
        None => 8080,
    };
    let address = (Ipv4Addr::LOCALHOST, port);
    let server = TestServer::builder()
        .address(address)
        .account("wxfake", "fakesecret")
        .keep_calls(100)
        .start()
        .await
        .map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    explain(&server);
    print_calls(&server).await;
    Ok(())
}

fn explain(server: &TestServer) {
    let url = server.base_url();
    let (token, now) = (server.token(), server.clock().now().seconds());
    println!(
        r#"A fake WeChat listens at {url}
Its account is appid wxfake, secret fakesecret. Any store and any card will do.

Set a token, which is good for two hours:

  TOKEN={token}

or fetch one, in either way:

  curl {url}/cgi-bin/stable_token -d '{{"grant_type":"client_credential","appid":"wxfake","secret":"fakesecret"}}'
  curl '{url}/cgi-bin/token?grant_type=client_credential&appid=wxfake&secret=fakesecret'

Place a coupon for a day, and read it back:

  curl "{url}/bizwifi/couponput/set?access_token=$TOKEN" -d '{{"shop_id":429620,"card_id":"pBnTrjvZJXkZsPGwfq9F0Hl0WqE","card_describe":"10元代金券","start_time":{now},"end_time":{end},"card_quantity":10}}'
  curl "{url}/bizwifi/couponput/get?access_token=$TOKEN" -d '{{"shop_id":429620}}'

What it turns down:

  curl "{url}/bizwifi/couponput/get?access_token=$TOKEN" -d '{{}}'
  curl "{url}/bizwifi/couponput/get?access_token=wrong" -d '{{"shop_id":429620}}'
  curl -i "{url}/bizwifi/couponput/get" -H 'Transfer-Encoding: chunked' -d '{{"shop_id":429620}}'

Calls (Ctrl-C ends):
"#,
        // The token of a server that is made up may be seen.
        token = token.expose(),
        end = now + 24 * 3600,
    );
}

/// Prints each call when it has been answered, in the order in which they arrived.
async fn print_calls(server: &TestServer) {
    let mut printed = 0;
    loop {
        server.wait_for_calls(Endpoint::ANY, printed + 1).await;
        let calls = server.calls();
        let new: Vec<&Call> =
            calls.iter().filter(|call| call.number() > printed && call.reply().is_some()).collect();
        for call in new {
            println!("  {call}");
            printed = call.number();
        }
        // Those that have arrived may still be without a reply.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
