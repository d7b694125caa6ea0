"""账号各命令的帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.user": "账号", "short.user.list": "现有账号", "short.user.show": "一个账号", "short.user.add": "新增账号", "short.user.set": "变更",
    "short.user.disable": "停用", "short.user.stand-in": "代理", "short.user.hand-over": "交接名下事项", "short.user.portfolio": "市领导的分管单位",
    "short.user.password": "设置密码", "short.user.invite": "一次性登录链接", "short.user.token": "程序用的令牌",

    "help.user": "账号：谁能办理。账号只停用不删除；姓名、电话、邮箱不进入不可更改的部分。",
    "example.user": "zg user list --unit 市发改委\nzg user add fgw2 --title 第二联络员 --role contact --unit 市发改委",
    "help.user.list": "列出在用的账号；--all 包括停用的。",
    "example.user.list": "zg user list --role leader\nzg user list --all --json",
    "help.user.show": "显示一个账号：角色、单位、有效期、代理、分管单位。不显示任何秘密。",
    "example.user.show": "zg user show fgw\nzg user show leader --json",
    "help.user.add": "新增账号。联络员和负责人要写单位，其他角色不写。接入程序 intake 的账号名就是来源名：只能以这个名义接收诉求评价，或本监测点发现的问题，什么也看不到。",
    "example.user.add": (
        "zg user add fgw2 --title 第二联络员 --role contact --unit 市发改委 --phone 13800000000\n"
        "zg --as admin user add duty --title 值班督查员 --role supervisor --until 2026-12-31"
    ),
    "help.user.set": "变更账号的称呼、角色、单位、联系方式或有效期；--enable 重新启用。以前的记录仍显示当时的称呼。",
    "example.user.set": "zg user set fgw --title 第二联络员 --phone 13800000000\nzg user set fgw2 --unit 市税务局",
    "help.user.disable": "停用账号，其令牌一并失效。最后一个督办单位账号和系统管理员账号不能停用。",
    "example.user.disable": "zg user disable fgw2 --reason 调离\nzg user disable fgw2",
    "help.user.stand-in": "登记代理：代理期内，代理人写 --as 代理人/被代理人，以其角色和单位办理，记录写明谁代谁；消息也同时发给代理人。只限同一单位、督办人员之间或市领导之间。",
    "example.user.stand-in": (
        "zg user stand-in fgw-head --by fgw --from 2026-12-01 --until 2026-12-10\n"
        "zg user stand-in fgw-head --by fgw --end"
    ),
    "help.user.hand-over": "把一个账号名下的事项交给另一个：所分管的在办事项、未答复的延期申请、分管单位。工作属于单位，联络员换人不需要移交事项。双方都会收到消息。",
    "example.user.hand-over": "zg user hand-over leader --to leader2 --dry-run\nzg user hand-over leader --to leader2",
    "short.user.codes": "接收存证码的人",
    "help.user.codes": "让一个账号接收每次存证的存证码（按其通知渠道，由值守进程发送）；--none 不再接收。存证码留在库外，谁改写或退回数据库，zg audit verify --code 就能看出。",
    "example.user.codes": "zg user codes leader\nzg user codes leader --none",
    "option.user.codes.none": "不再接收",
    "help.user.portfolio": "写明一位市领导分管哪些单位，取代以前的。事项没有指定市领导时，只告知分管牵头单位的市领导。",
    "example.user.portfolio": "zg user portfolio leader --unit 市发改委 --unit 市税务局\nzg user portfolio leader --none",
    "help.user.password": "为网页登录设置密码：在终端输入两次，或从标准输入读一行；不能写在命令里。",
    "example.user.password": "zg user password fgw\nzg --as fgw user password fgw < 密码文件",
    "help.user.invite": "生成一次性登录链接，打开后自设密码。72 小时内有效，只能用一次；再次生成，以前的即失效。--at 写网页的地址。",
    "example.user.invite": "zg user invite fgw\nzg user invite fgw --at https://zg.example.gov.cn",
    "help.user.token": "为程序生成令牌，凭它以这个账号使用 API：默认只读，--scope act 可办账号能办的一切，--scope intake 只能报送诉求评价（接入程序的令牌都是这样）。只显示一次；--list 列出，--revoke 撤销。令牌以 zgt_ 开头，便于查找泄露。",
    "example.user.token": "zg user token fgw --name 政务平台 --scope act --expires 2027-01-01\nzg user token fgw --revoke 1a2b3c4d",

    "short.user.separate": "实行三员分立",
    "help.user.separate": "管理工作分为三员：系统管理员（三员） system 管单位、日历、流程并录入账号；安全管理员（三员） security 决定账号的角色和单位，启用账号，发链接、令牌，设代理；审计员 auditor 看管理日志。三员都不办事项，也看不到事项（审计员只看不办）；督办单位不再管账号。系统管理员录入的账号，安全管理员启用后才能用。由系统管理员 admin 执行一次，执行后该账号停用，不能恢复；三员须各有一个本人设过密码的账号。",
    "example.user.separate": "zg --as admin user add xitong --title 系统管理员 --role system\nzg --as admin user add anquan --title 安全管理员 --role security\nzg --as admin user separate --yes",
    "short.user.reset-second": "停用两步验证", "short.user.identity": "绑定统一身份",
    "help.user.reset-second": "停用一个账号的两步验证，给手机和备用码都丢了的人；本人下次登录后可重新启用。停用记入管理日志，所有浏览器退出登录。",
    "example.user.reset-second": "zg user reset-second fgw\nzg --as admin user reset-second leader",
    "help.user.identity": "写明一个账号的本人在统一身份认证里是谁：--provider 是设置里的名称，--subject 是对方给这个人的编号。只绑定已有账号，不会新建账号。",
    "example.user.identity": "zg user identity fgw --provider city --subject 4711\nzg user identity fgw --none",
    "option.provider": "统一身份认证在设置里的名称", "option.subject": "对方给这个人的编号", "option.user.identity.none": "解除绑定",
    "option.address": "网页的地址，默认本机",
    "option.role": "角色：{choices}", "option.everybody": "包括停用的", "option.user.list.unit": "只看这个单位的",
    "option.user.add.title": "称呼，如姓名或职务", "option.user.set.title": "新的称呼", "option.user.add.unit": "所属单位", "option.user.set.unit": "转到哪个单位",
    "option.no_unit": "不再属于任何单位", "option.email": "邮箱", "option.user.add.since": "何时启用", "option.user.set.since": "何时启用",
    "option.user.add.until": "有效至哪一天（含）", "option.user.set.until": "有效至哪一天（含）", "option.enable": "重新启用", "option.user.disable.reason": "原因",
    "option.by": "由哪个账号代理", "option.user.stand-in.since": "从何时起，默认现在", "option.user.stand-in.until": "到哪一天（含）", "option.end": "提前结束",
    "option.user.hand-over.to": "交给哪个账号", "option.user.portfolio.unit": "分管单位，可写多个", "option.empty": "不分管任何单位",
    "option.scope": "可以做什么：{choices}", "option.per_minute": "每分钟最多答复多少次请求，默认 600", "option.called": "令牌名称，如用它的程序", "option.expires": "有效至哪一天（含）", "option.listed": "列出令牌", "option.revoke": "撤销这个令牌",
    "option.list.portfolio": "只看本人分管单位的（分管市领导）",
    "option.user.add.phone": "电话", "option.user.set.phone": "电话",
}
