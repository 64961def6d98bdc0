//! What the document says to its readers beyond the descriptions.

/// Where WeChat's API is, and why there.
pub(super) const SERVERS: [(&str, &str); 2] = [
    ("https://api.weixin.qq.com", "The general host, which picks the nearest site."),
    ("https://api2.weixin.qq.com", "For disaster recovery, when the general host is out of reach."),
];

pub(super) const TOKEN: &str = "The account's access token.";

/// What is true of every body, and stands in no schema.
pub(super) const BODY: &str = "In UTF-8, each character as it is, and not as a `\\u` escape.";

/// What OpenAPI has no other way to say of a query.
pub(super) const CLOSED: &str = "Parameters that are not listed are refused.";

pub(super) const ADDITIONAL: &str = "Parameters of other names.";

/// What a reply is, by the names of its code and its message.
pub(super) fn reply(code: &str, message: &str) -> String {
    format!(
        "How the call ended stands in `{code}`: 0, or none, for success; any other code for a \
         refusal, with which there may be no more than `{message}`."
    )
}
