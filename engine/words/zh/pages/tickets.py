"""事项页和办理表单。"""



from __future__ import annotations

TEXTS = {
    "page.tickets.new": "登记问题",
    "page.tickets.open": "立项",
    "page.tickets.confidential": "保密内容（只有督办单位能看）",
    "page.tickets.chain": "责任链",
    "page.tickets.problem": "问题与要求",
    "page.tickets.files": "佐证材料",
    "page.tickets.no-files": "还没有材料。",
    "page.tickets.event": "第 {seq} 条记录",
    "page.tickets.preview": "预览 PDF",
    "page.tickets.open-pdf": "打开",
    "page.tickets.verified": "校验一致",
    "page.tickets.verified-how": "打开本页时重算过每一条的哈希：没有一条被单独改过。是否整本被换过，由存证和核验回答。",
    "page.tickets.unlinked": "从第 {seq} 条起与写入时不符，请告诉系统管理员核验一次。",
    "page.tickets.next": "办理",
    "page.tickets.nothing": "现在没有要您办的。",
    "page.tickets.barred": "暂时不能办的 {count} 项",
    "page.tickets.clock": "时限与计算",
    "page.tickets.days": "逐日计算（{count} 天）",
    "page.tickets.day": "日期",
    "page.tickets.weekday": "星期",
    "page.tickets.kind": "性质",
    "page.tickets.counted": "计数",
    "page.tickets.timeline": "办理过程",
    "page.tickets.done": "已办：{act}",
    "page.tickets.since": "您填写期间发生的变化",
    "page.tickets.impossible": "现在不能“{act}”",
    "page.tickets.must": "必填",
    "page.tickets.choose": "请选择",
    "page.tickets.several": "可写多个，用顿号隔开",
    "page.tickets.comma": "、",
    "page.tickets.file": "佐证材料",
    "page.tickets.file-hint": "可选多个；每个不超过 {most} MB。PDF、图片、录音、Office 文件、文本。",
    "page.tickets.file-again": "请重新选择文件。",
    "page.tickets.back": "返回",
    "page.tickets.camera": "拍照",
    "page.tickets.remove": "去掉",
}
