//! Any bytes as the body of a reply: the client makes of it what a model says, for every kind of
//! reply, and no error shows the token.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_bizwifi::__private::read_reply;
use wechat_bizwifi::{
    Endpoint, Error, GetAccessToken, GetCouponPlacement, GetStableAccessToken, Secret,
    SetCouponPlacement,
};
use wechat_bizwifi_fuzz::model::{Outcome, Placed, bare, enveloped, placement, token, token_parts};

/// It is in the dictionary, so that it gets into replies.
const TOKEN: &str = "T0K3N-OF-THE-CALL";

fuzz_target!(|body: &[u8]| {
    let get = Outcome::of(read::<GetCouponPlacement>(body), |found| found.map(Placed::from));
    assert_eq!(get, enveloped(body, None, placement));

    let set = Outcome::of(read::<SetCouponPlacement>(body), |()| ());
    assert_eq!(set, bare(body));

    assert_eq!(Outcome::of(read::<GetStableAccessToken>(body), token_parts), token(body));
    assert_eq!(Outcome::of(read::<GetAccessToken>(body), token_parts), token(body));
});

fn read<E: Endpoint>(body: &[u8]) -> Result<E::Reply, Error> {
    let reply = read_reply::<E>(body.to_vec().into(), &Secret::new(TOKEN));
    if let Err(error) = &reply {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(TOKEN), "{shown}");
        assert!(shown.len() < 10_000, "{shown}");
    }
    reply
}
