//! The texts of messages, each in English and in Chinese.

use super::Template;

const fn gaps(text: &str) -> usize {
    let (bytes, mut at, mut count) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        count += (bytes[at] == b'{') as usize;
        at += 1;
    }
    count
}

/// The texts: each with its name, its English and its Chinese, where `{}` is a gap.
macro_rules! templates {
    ($( $name:ident = $english:literal, $chinese:literal; )*) => {
        $(
            #[doc = concat!("```text\n", $english, "\n```")]
            pub const $name: Template<{ gaps($english) }> = Template($english);
            const _: () = assert!(gaps($english) == gaps($chinese));
        )*

        pub(super) const TEMPLATES: &[(&str, &str)] = &[ $( ($english, $chinese) ),* ];
    };
}

templates! {
    MINIMUM = "must be at least {}, is {}", "不得小于 {}，现为 {}";
    EXCLUSIVE_MINIMUM = "must be above {}, is {}", "必须大于 {}，现为 {}";
    MAXIMUM = "must be at most {}, is {}", "不得大于 {}，现为 {}";
    EXCLUSIVE_MAXIMUM = "must be below {}, is {}", "必须小于 {}，现为 {}";
    MULTIPLE_OF = "must be a multiple of {}, is {}", "必须是 {} 的倍数，现为 {}";
    MIN_COUNT = "must have at least {} {}, has {}", "至少 {} {}，现有 {}";
    MAX_COUNT = "must have at most {} {}, has {}", "最多 {} {}，现有 {}";
    CHARACTER = "character", "个字符";
    CHARACTERS = "characters", "个字符";
    ITEM = "item", "项";
    ITEMS = "items", "项";
    PROPERTY = "property", "个属性";
    PROPERTIES = "properties", "个属性";
    ITEM_UNDER_CONTAINS = "item that is valid against the schema under `contains`", "项符合 `contains` 下的模式";
    ITEMS_UNDER_CONTAINS = "items that are valid against the schema under `contains`", "项符合 `contains` 下的模式";
    PATTERN = "must match the pattern `{}`", "必须匹配正则表达式 `{}`";
    FORMAT = "must be of the format `{}`", "必须符合格式 `{}`";
    UNIQUE_ITEMS = "must not repeat an item, but item {} equals item {}", "不得有重复项，但序号 {} 与序号 {} 的项相同";
    PROPERTY_NAMES = "has a name that is not valid: {}", "属性名无效：{}";
    REQUIRED = "must have the property `{}`", "必须有属性 `{}`";
    REQUIRED_BY = "has `{}`, so it must have `{}`", "有 `{}`，因此必须有 `{}`";
    ORDER_OR_EQUAL = "must have `{}` <= `{}`", "`{}` 不得大于 `{}`";
    ORDER = "must have `{}` < `{}`", "`{}` 必须小于 `{}`";
    HAS_BOTH = "{}, has {} and {}", "{}，现为 {} 与 {}";
    NO_BRANCH = "must be valid against one of the {} schemas under `{}`; number {} is the closest, but: {}",
        "必须符合 {} 个 `{}` 模式之一；第 {} 个最接近，但：{}";
    ONE_OF_SCHEMAS = "must be valid against exactly one of the schemas under `oneOf`, is valid against {}",
        "必须恰好符合 `oneOf` 下的一个模式，却符合 {} 个";
    NOT = "must not be valid against the schema under `not`", "不得符合 `not` 下的模式";
    NO_SCHEMA = "cannot be valid: `{}` is empty", "不可能有效：`{}` 为空";
    ENDLESS = "cannot be checked: its schema refers to itself without end", "无法检查：它的模式没有止境地引用自身";
    NESTED_SCHEMAS = "cannot be checked: its schemas are nested too deep", "无法检查：它的模式嵌套过深";
    NOT_ALLOWED = "is not allowed", "不允许";
    TYPE = "must be {}, is {}", "必须是{}，现为{}";
    TYPE_IN_DIGITS = "must be {} written with digits only, is {}", "必须是只用数字书写的{}，现为{}";
    MUST_BE = "must be {}", "必须是{}";
    ENUM = "must be one of {}", "必须是以下之一：{}";
    ENUM_AND_MORE = "must be one of {} and {} more", "必须是以下之一：{}，另有 {} 个";
    ENUM_IS = "must be one of {}, is {}", "必须是以下之一：{}，现为 {}";
    NULL = "null", " null";
    BOOLEAN = "a boolean", "布尔值";
    INTEGER = "an integer", "整数";
    NUMBER = "a number", "数字";
    STRING = "a string", "字符串";
    ARRAY = "an array", "数组";
    OBJECT = "an object", "对象";
    COMMA = "{}, {}", "{}或{}";
    OR = "{} or {}", "{}或{}";
    NEXT = "{}; {}", "{}；{}";
    PLACED = "{} {}", "{} {}";

    // Those of the SDK, which builds, reads and sends values.
    NO_TAG = "must have a `{}` that is one of {}", "`{}` 必须是以下之一：{}";
    MUST_HAVE = "must have {}", "必须有 {}";
    NAME = "`{}`", "`{}`";
    ALL_OF_THESE = "{} and {}", "{} 与 {}";
    ANY_OF_THESE = "{}, or {}", "{}，或 {}";
    NOT_SET = "is required, and was not set", "必填，但没有设置";
    NOT_ALL_SET = "a required property was not set", "有必填属性没有设置";
    HAS_OWN_FIELD = "is a property of its own, and belongs in its own field", "是单独的属性，应放在它自己的字段里";
    NO_JSON_NUMBER = "must be a number that JSON can write, is {}", "必须是 JSON 能够表示的数字，现为 {}";
    NOT_IN_DIGITS = "must be a whole number written with digits only", "必须是只用数字书写的整数";
    OUT_OF_RANGE = "is out of this property's integer range", "超出该属性的整数范围";
    DOES_NOT_FIT = "does not fit {}", "超出 {} 的范围";
    OUT_OF_CHRONO = "is out of chrono's range", "超出 chrono 的范围";
    LIKE_MILLISECONDS = "{}; it is in seconds, and this looks like milliseconds", "{}；它以秒为单位，而这像是毫秒";
    NOT_READ = "cannot be read: {}", "无法读取：{}";
    MISSING = "the required property `{}` is missing", "缺少必填属性 `{}`";
    UNKNOWN = "is not a property of this object, which has {}", "不是该对象的属性，它的属性有：{}";
    TWICE = "appears twice", "出现了两次";
    WHOLE = "a whole number", "整数";
    WHOLE_I32 = "a whole number that fits i32", " 32 位整数";
    WHOLE_I64 = "a whole number that fits i64", " 64 位整数";
    WHOLE_U32 = "a whole number that fits u32", " 32 位非负整数";
    WHOLE_U64 = "a whole number that fits u64", " 64 位非负整数";
    DOUBLE = "a number that a double holds exactly", "双精度浮点数能准确表示的数字";
    NOT_WRITTEN = "cannot be written as JSON: {}", "无法写成 JSON：{}";
    CONTROL_CHARACTER = "holds the control character {}, which JSON can only write as an escape, and the service refuses that escape (40033): remove it",
        "含有控制字符 {}，JSON 只能把它写成转义，而服务拒绝这种转义（40033）：请去掉它";
    CONTROL_IN_NAME = "has a name that {}", "属性名{}";
    CONTROL_AT_UNKNOWN_PLACE = "holds a control character, but its place cannot be determined: {}", "某处含有控制字符，位置无法确定：{}";

    // Of the settings of a client.
    BASE_NO_URL = "the base URL is not a URL: {}", "基础 URL 不是有效的 URL：{}";
    BASE_NO_HTTPS = "the base URL must begin with https://", "基础 URL 必须以 `https://` 开头";
    BASE_PLAIN = "the base URL must begin with https://: plain http, where anyone can read the token, is accepted for this machine only (127.0.0.1, [::1], localhost)",
        "基础 URL 必须以 `https://` 开头：明文 HTTP 会让任何人读到令牌，只能用于本机（127.0.0.1、[::1]、`localhost`）";
    BASE_QUERY = "the base URL must have neither query nor fragment", "基础 URL 不得含有查询或片段";
    BASE_USER = "the base URL must not hold a user name or password", "基础 URL 不得含有用户名或密码";
    DEFECT = "the {} {}", "{} {}";
    ACCESS_TOKEN = "access token", "访问令牌";
    HANDED_OUT = "access token that was handed out", "取得的访问令牌";
    EMPTY = "is empty", "为空";
    WHITE_SPACE = "holds white space or a control character, perhaps a line break of the file that it was read from",
        "含有空白或控制字符，可能是来源文件的换行";
    TOO_LONG = "is longer than a URL can hold", "超出 URL 的长度";
    STORE_ALONE = "a token store goes with credentials, and with nothing else", "令牌存储只能与凭证一起使用";
    NO_TLS = "this program was built without TLS: switch on the feature `rustls` or `native-tls` of wechat-bizwifi, or give the builder an `http_client` of your own",
        "编译本程序时没有启用 TLS：请启用 `wechat-bizwifi` 的 `rustls` 或 `native-tls` 特性，或向构建器提供自己的 `http_client`";
    NO_CERTIFICATES = "this system has no CA certificates, so no server can be trusted: install them (the package `ca-certificates`), or switch on the feature `webpki-roots` of wechat-bizwifi, or give the builder an `http_client` of your own",
        "系统没有 CA 证书，无法信任任何服务器：请安装（软件包 `ca-certificates`），或启用 `wechat-bizwifi` 的 `webpki-roots` 特性，或向构建器提供自己的 `http_client`";
    NO_CLIENT = "the HTTP client cannot be set up", "无法建立 HTTP 客户端";

    // Of connections and replies.
    NO_CONNECTION = "cannot connect to {}", "无法连接 {}";
    NO_CONNECTION_SINCE = "cannot connect to {}: {}", "无法连接 {}：{}";
    UNTRUSTED = "its certificate is not trusted; if a proxy or gateway of yours puts its own in place, trust that one, in the system or in an `http_client` of your own",
        "其证书不受信任；若您的代理或网关换上了自己的证书，请在系统或自己的 `http_client` 中信任它";
    PROXY_PASSWORD = "the proxy requires a user name and a password: write them into its address, as in http://user:password@host:port",
        "代理要求用户名与密码：请写入代理地址，如 `http://user:password@host:port`";
    SOCKS = "the proxy uses SOCKS, which this program was built without: switch on the feature `socks` of reqwest in your own manifest",
        "代理使用 SOCKS，而编译本程序时没有启用它：请在自己的清单中启用 `reqwest` 的 `socks` 特性";
    NOT_YET_VALID = "its certificate is not valid yet{}: set this machine's clock{}, or, if the clock is right, have the certificate replaced",
        "其证书尚未生效{}：请校准本机时钟{}；若时钟正确，则须更换证书";
    EXPIRED = "its certificate has expired{}: set this machine's clock{}, or, if the clock is right, have the certificate replaced",
        "其证书已过期{}：请校准本机时钟{}；若时钟正确，则须更换证书";
    VALID_FROM = " (it is valid from {} on)", "（自 {} 起有效）";
    VALID_UNTIL = " (it is valid until {})", "（有效至 {}）";
    CLOCK_SAYS = ", which says {}", "（现为 {}）";
    CUT_BEFORE = "the connection failed before a reply came", "收到回复之前连接中断";
    CUT_WITHIN = "the connection failed in the middle of the reply", "回复尚未完整，连接中断";
    CLIENT_TIMEOUT = "the time limit of the given `http_client` has passed", "所提供的 `http_client` 超时";
    EMPTY_REPLY = "the reply is empty", "回复为空";
    EMPTY_REPLY_WITH = "the reply is empty (HTTP status {})", "回复为空（HTTP 状态 {}）";
    PAGE = "the reply is a page, not JSON: something on the way answered, with `{}`", "回复是网页，不是 JSON：应答的是中间环节，内容为 `{}`";
    COMPRESSED = "the reply is compressed, which was not asked for: something on the way did it", "回复被压缩，而请求并未要求：由中间环节所为";
    TOO_LARGE = "the reply is larger than the limit of {} bytes", "回复超过了 {} 字节的上限";
    STATUS = "HTTP status {}", "HTTP 状态 {}";
    STATUS_WITH = "HTTP status {}, with `{}`", "HTTP 状态 {}，内容为 `{}`";
    STATUS_SINCE = "HTTP status {}: {}", "HTTP 状态 {}：{}";
    REDIRECT = "a redirect, which is not followed", "重定向，客户端不跟随";
    HELD_BACK = "too many token fetches: this one is held back so that the token endpoint's daily quota lasts",
        "获取令牌过于频繁：为保住令牌接口的每日额度，本次没有发送";
    NO_TIME_FOR_TOKEN = "the time limit passed while waiting for an access token", "等待访问令牌时超时";
    REPEATED_PAGES = "two pages in a row have no new items, although more are said to follow: the service repeats itself",
        "连续两页没有新的条目，却称后面还有：服务在重复返回";
}
