"""程序请求有误时的答复。"""

from __future__ import annotations

TEXTS = {
    "query-number": "“{text}”不能作为 {name} 的数。",
    "why.query-number": "应当是从 1 开始的整数。",
    "hint.query-number": "不写，或者写一个整数",
    "query-empty": "网址里写了 {names}，却没有给值。",
    "why.query-empty": "空的条件若不理会，会显示不该显示的全部。",
    "hint.query-empty": "不用的条件不要写",
    "bad-messages": "收到的不是一组诉求评价。",
    "why.bad-messages": "每一条是一个只含简单值的对象，都放在 `messages` 里。",
    "hint.bad-messages": "见接口文档",
    "messages-most": "一次请求最少 1 条，最多 {most} 条。",
    "why.messages-most": "一条也没有收。",
    "hint.messages-most": "其余的在下一次请求里发",
    "if-match-unknown": "“{text}”不是整改事项的 ETag。",
    "why.if-match-unknown": "不知道只对哪个版本办理。",
    "hint.if-match-unknown": "写查看时答复里的 ETag",
    "bad-json": "收到的不是由文字、整数、开关和文字列表组成的 JSON 对象。",
    "why.bad-json": "其中的内容没有查看。",
    "hint.bad-json": "见接口文档",
    "bad-json-value": "“{name}”的值不是这里要的类型。", "why.bad-json-value": "没有办理。", "hint.bad-json-value": "类型见接口文档",
    "api.hint.page-not-found": "可用的地址见接口文档 /api/v1/openapi.json",
    "api.hint.method-not-taken": "可用的方法见答复头 Allow 和接口文档",
    "act-unnamed": "没有写要办什么。",
    "why.act-unnamed": "多件事项一起办，只能是同一种办理。",
    "hint.act-unnamed": "把它的名称写在 `trigger` 里",
    "act-each-twice": "`each` 里同一件事项写了两次。",
    "why.act-each-twice": "其中两个编号是同一件，两处都写了这一件的内容。",
    "hint.act-each-twice": "每件只写一次",
    "api.about": (
        "整改事项。填法与人一样：单位写代码、名称或别名，日期写 2020-10-09 或 10月9日，时长写 5wd。令牌的账号在这里能看什么、能办什么，"
        "与在别处完全一样。"
    ),
    "api.token": "程序的钥匙：它的账号能做什么，凭它就能做什么。",
    "api.etag": "事项的版本，以及所示内容的摘要。",
    "api.if-none-match": "已有内容的 ETag。",
    "api.if-match": "只对哪个版本办理，写它的 ETag。",
    "api.idempotency-key": "给这个请求起的名字：无论发送几次，只办一次；保留 24 小时。",
    "api.status.200": "已办", "api.status.201": "已登记", "api.status.207": "部分已办",
    "api.status.304": "内容未变", "api.status.400": "看不懂", "api.status.401": "未登录",
    "api.status.403": "无权办理", "api.status.404": "没有", "api.status.405": "不接受这种请求",
    "api.status.408": "太慢", "api.status.409": "别人先办了", "api.status.412": "版本不同",
    "api.status.413": "太大", "api.status.422": "不能办", "api.status.429": "太频繁",
    "api.status.500": "本系统的错误", "api.status.503": "稍后再试", "api.status.507": "没有存下",
}
