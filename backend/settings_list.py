"""The one list of settings: names, defaults and meanings. The README's table and `yimaban settings` print it."""

from __future__ import annotations

from typing import NamedTuple

PREFIX = "YIMABAN_"


class Setting(NamedTuple):
    """One setting. `default` is as a person would write it in the environment; "" means not set."""

    field: str
    default: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """The environment variable."""
        return PREFIX + self.field.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("demo", "", "1 = 演示大厅；不设 = 正式运行", "1 = demonstration hall; unset = production"),
    Setting(
        "demo_day",
        "",
        "演示大厅里今天是哪天（2026-09-28）；不设就是今天。往后拨，到期的事自己会办",
        "What day it is in the demo hall (2026-09-28); unset = today. Turned on, what is due happens by itself",
    ),
    Setting("host", "127.0.0.1", "监听地址", "Address to listen on"),
    Setting("port", "8000", "监听端口", "Port to listen on"),
    Setting(
        "base_url",
        "http://localhost:{port}",
        "对外网址，二维码里就是它；正式运行必须 https",
        "Public address, printed in QR codes; https in production",
    ),
    Setting("allowed_hosts", "", "另外允许的域名，逗号分隔", "Further host names that are answered, comma separated"),
    Setting("trusted_proxies", "", "可信反向代理的 IP，逗号分隔", "IPs of proxies whose X-Forwarded-For is believed"),
    Setting("data_dir", ".yimaban", "内置数据库、文件、演示密钥都在这里", "Embedded database, files and demo secrets"),
    Setting("database_url", "", "PostgreSQL 网址；不设就用内置的", "PostgreSQL address; unset = the embedded server"),
    Setting("pool_size", "8", "每个进程的数据库连接数上限", "Database connections per worker at most"),
    Setting(
        "storage_url",
        "",
        "材料存放处，如 s3://桶/前缀；不设 = 本机目录",
        "Where documents are kept, e.g. s3://bucket/prefix; unset = a local folder",
    ),
    Setting("secret_key", "", "会话与表单签名密钥（≥ 32 字符）", "Signs sessions and forms (≥ 32 characters)"),
    Setting(
        "personal_data_keys",
        "",
        "个人信息加密密钥：编号:base64 的 32 字节，逗号分隔，第一个用于加密",
        "Keys for personal data: id:base64 of 32 bytes, comma separated; the first one seals",
    ),
    Setting("blind_index_key", "", "证件号盲索引密钥：base64 的 32 字节", "Blind-index key: base64 of 32 bytes"),
    Setting("cipher", "AES-256-GCM", "AES-256-GCM 或 SM4-GCM", "AES-256-GCM or SM4-GCM"),
    Setting("workers", "2", "网页进程数", "Web worker processes"),
    Setting("max_upload_bytes", "104857600", "单个文件上限（字节）", "Largest single upload, bytes"),
    Setting("session_idle_minutes", "30", "手机多久不动就退出（分钟）", "Phone: minutes idle before signing out"),
    Setting("session_hours", "12", "登录最长多久（小时）", "Longest session, hours"),
    Setting("tablet_idle_minutes", "10", "窗口平板多久不动就退出（分钟）", "Window tablet: minutes idle"),
    Setting("kiosk_idle_seconds", "90", "自助机多久不动就清空（秒）", "Kiosk: seconds idle before it is wiped"),
    Setting(
        "sign_in_limit", "10", "5 分钟内同一人或同一 IP 可试登录几次", "Sign-in tries per person and IP in 5 minutes"
    ),
    Setting("track_miss_limit", "10", "每分钟同一 IP 可扫错几次追踪码", "Wrong tracking codes per IP and minute"),
    Setting(
        "push_key",
        "",
        "网页推送私钥（VAPID，base64url）；不设就不推送",
        "Web push key (VAPID, base64url); unset = no push",
    ),
    Setting(
        "push_contact",
        "",
        "推送服务找得到您的地址：mailto: 或 https:",
        "Where push services reach you: mailto: or https:",
    ),
    Setting(
        "push_hosts",
        "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com,push.hicloud.com",
        "可以往哪些推送服务发（含子域名）；* = 任何公网地址",
        "Push services that may be called, with subdomains; * = any public address",
    ),
    Setting("sms_kind", "json", "短信网关种类：json、aliyun、tencent", "Kind of SMS gateway: json, aliyun or tencent"),
    Setting(
        "sms_gateway_url",
        "",
        "短信网关网址；json 不设就只进站内信箱，其他种类不设 = 官方网址",
        "SMS gateway; unset = in-app inbox only (json) or the provider's own address",
    ),
    Setting("sms_gateway_token", "", "短信网关口令（json）", "Bearer token of the SMS gateway (json)"),
    Setting("sms_key_id", "", "短信：AccessKeyId 或 SecretId", "SMS: AccessKeyId or SecretId"),
    Setting("sms_key_secret", "", "短信：AccessKeySecret 或 SecretKey", "SMS: AccessKeySecret or SecretKey"),
    Setting("sms_sign_name", "", "短信签名", "SMS: signature in front of the text"),
    Setting("sms_app_id", "", "短信应用 SdkAppId（tencent）", "SMS: SdkAppId (tencent)"),
    Setting(
        "sms_templates",
        "",
        "短信模板：我方名=模板号(变量,对方:我方)，分号分隔",
        "SMS templates: our key=their id(place,theirs:ours), semicolons between",
    ),
    Setting(
        "receipt_token",
        "",
        "运营商回执网址里的口令；不设就不收回执",
        "Secret in the receipts' address; unset = none taken",
    ),
    Setting("wechat_app_id", "", "微信小程序 AppID", "WeChat mini program: AppID"),
    Setting("wechat_secret", "", "微信小程序 AppSecret", "WeChat mini program: AppSecret"),
    Setting("wechat_templates", "", "微信订阅消息模板，写法同短信", "WeChat templates, written as for SMS"),
    Setting("wechat_page", "pages/open", "微信小程序里打开网页的页面", "Mini program page that opens our address"),
    Setting("wechat_url", "https://api.weixin.qq.com", "微信接口网址", "Address of WeChat's API"),
    Setting("alipay_app_id", "", "支付宝小程序 AppID", "Alipay mini program: app id"),
    Setting("alipay_private_key", "", "支付宝应用私钥（PKCS#8，base64）", "Alipay: our private key (PKCS#8, base64)"),
    Setting("alipay_public_key", "", "支付宝公钥（base64）", "Alipay: its public key (base64)"),
    Setting("alipay_templates", "", "支付宝消息模板，写法同短信", "Alipay templates, written as for SMS"),
    Setting("alipay_page", "pages/open", "支付宝小程序里打开网页的页面", "Mini program page that opens our address"),
    Setting("alipay_url", "https://openapi.alipay.com/gateway.do", "支付宝网关网址", "Address of Alipay's gateway"),
    Setting(
        "seal_file",
        "",
        "给证照签名的密钥（PKCS#12 文件）；演示大厅自己造一把",
        "PKCS#12 key that signs certificates; a demo makes its own",
    ),
    Setting("seal_password", "", "签名密钥文件的口令", "Password of that file"),
    Setting(
        "seal_roots",
        "",
        "签发机构根证书（PEM）；不设 = 密钥文件里的",
        "Root certificates, PEM; unset = those in the key file",
    ),
    Setting(
        "anchor_file",
        "",
        "每日锚点另存到这个文件（放在数据库以外的盘上）；不设 = 只存库里",
        "File on another disk that daily anchors are added to; unset = database only",
    ),
    Setting(
        "metrics_token", "", "远程读取 /metrics 的口令；不设 = 仅本机", "Token for /metrics; unset = loopback only"
    ),
    Setting("log_level", "info", "日志级别：debug、info、warning、error", "debug, info, warning or error"),
    Setting(
        "deputy_after_hours",
        "4",
        "人不在岗满几小时，B 岗可以代办",
        "Hours of absence after which the deputy post may act",
    ),
    Setting("hall_name", "南湖区政务服务大厅", "大厅名称", "Name of the hall"),
    Setting("hall_phone", "0573-12345", "大厅电话", "Phone of the hall"),
    Setting(
        "region_code",
        "330402",
        "行政区划代码（6 位），办件编号以它开头",
        "Region code (6 digits), opens every case number",
    ),
    Setting("icp_record", "", "页脚：ICP 备案号", "Footer: ICP record"),
    Setting("police_record", "", "页脚：公安备案号", "Footer: public security record"),
    Setting("site_code", "", "页脚：政府网站标识码", "Footer: government site code"),
)
