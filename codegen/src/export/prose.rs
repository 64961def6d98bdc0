//! The document's own sentences, which stand in no description.

/// The default servers, with their descriptions.
pub(super) const SERVERS: [(&str, &str); 2] = [
    ("https://api.weixin.qq.com", "The general host, which picks the nearest site."),
    ("https://api2.weixin.qq.com", "For disaster recovery, when the general host is out of reach."),
];

pub(super) const TOKEN: &str = "The account's access token.";

/// The description of every request body.
pub(super) const BODY: &str = "In UTF-8, each character as it is, and not as a `\\u` escape.";

/// The description of an operation whose query is closed: OpenAPI has no keyword for that.
pub(super) const CLOSED: &str = "Parameters that are not listed are refused.";

/// The description of the parameter for additional properties.
pub(super) const ADDITIONAL: &str = "Parameters of other names.";

/// The description of a reply; `code` and `message` are the names of its properties.
pub(super) fn reply(code: &str, message: &str) -> String {
    format!(
        "How the call ended stands in `{code}`: 0, or none, for success; any other code for a \
         refusal, with which there may be no more than `{message}`."
    )
}
