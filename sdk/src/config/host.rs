//! Where the service is.

use std::fmt;

/// WeChat's hosts, by name. All of them offer the whole API.
///
/// The token is the same on each, so a client can be moved from one to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// `api.weixin.qq.com`: the general one, which picks the nearest site. The default.
    #[default]
    Api,
    /// `api2.weixin.qq.com`: for disaster recovery, when the general one is out of reach.
    Api2,
    /// `sh.api.weixin.qq.com`: Shanghai.
    Shanghai,
    /// `sz.api.weixin.qq.com`: Shenzhen.
    Shenzhen,
    /// `hk.api.weixin.qq.com`: Hong Kong.
    HongKong,
}

impl Host {
    /// The host's base URL.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Api => "https://api.weixin.qq.com",
            Self::Api2 => "https://api2.weixin.qq.com",
            Self::Shanghai => "https://sh.api.weixin.qq.com",
            Self::Shenzhen => "https://sz.api.weixin.qq.com",
            Self::HongKong => "https://hk.api.weixin.qq.com",
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.base_url().trim_start_matches("https://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_its_name_and_is_reached_by_https() {
        let hosts = [Host::Api, Host::Api2, Host::Shanghai, Host::Shenzhen, Host::HongKong];
        let names = hosts.map(|host| host.to_string());
        let beginnings = ["api", "api2", "sh.api", "sz.api", "hk.api"];
        assert_eq!(names, beginnings.map(|beginning| format!("{beginning}.weixin.qq.com")));
        assert_eq!(hosts.map(Host::base_url).to_vec(), names.map(|name| format!("https://{name}")));
        assert_eq!(Host::default(), Host::Api);
    }
}
