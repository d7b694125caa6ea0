"""配合、审签、督促、批示、复核的命令说明。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.object": "配合单位对承担的部分提出异议",
    "help.object": "配合单位对交给自己的部分有异议的，写明理由，告知牵头单位和督办单位；期限照常计算。",
    "example.object": "zg --as 市税务局 object 1 --reason 发票系统由省局统管\nzg --as 市税务局 object 1 2 --reason 不属于本单位职责",
    "help.submit": "牵头单位申请销号，写明整改情况，附佐证文件。配合单位逾期未确认的，可以写明理由不再等待。",
    "example.submit": (
        "zg --as 市发改委 submit 1 --note 已整改 --file 新表.pdf --file 照片.jpg\n"
        "zg --as 市发改委 submit 1 --note 已整改 --without 市税务局 --reason 三次催告未确认"
    ),
    "option.in_without": "逾期未确认、不再等待的配合单位，可写多个", "option.submit.in_reason": "不再等待的理由",
    "option.in_again": "要重新确认的配合单位，可写多个；其余的确认仍然有效", "option.reopen.in_lead": "牵头单位；原单位已撤销的要写明",

    "help.endorse": "单位负责人审签；A 类、B 类事项审签后才能申请销号。联络员代办的，附负责人签字的扫描件。",
    "example.endorse": "zg --as fgw-head endorse 1\nzg --as 市发改委 endorse 1 --file 审签单.pdf",
    "short.send-back": "单位负责人退回修改", "help.send-back": "单位负责人不同意上报，退回本单位经办人修改，写明修改意见。经办人修改后报送进展，就又在待审签里。",
    "example.send-back": "zg --as fgw-head send-back 1 --reason 缺少整改前后对比照片\nzg --as fgw-head send-back 1 2 --reason 请补充整改依据",
    "short.progress": "报送进展", "help.progress": "牵头或配合单位报送进展，状态和期限不变。",
    "example.progress": "zg --as 市发改委 progress 1 --note 新表已印发\nzg --as 市税务局 progress 1 --note 接口联调中 --file 截图.png",
    "short.urge": "电话、短信或上门催办，计次数", "help.urge": "督办单位在督办节点之外催办并记录，只计次数，不改督办级别。",
    "example.urge": "zg urge 1 --by phone --note 答应周五前报\nzg list --light yellow | zg urge - --by sms",
    "short.instruct": "登记市领导批示", "help.instruct": "市领导批示，或由督办单位代为登记；15 个工作日内反馈，加急 3 个，状态不变。",
    "example.instruct": "zg --as leader instruct 1 --note 请限期办结\nzg instruct 1 --by leader --note 请限期办结 --urgent",
    "short.report-back": "反馈批示的办理情况", "help.report-back": "牵头单位反馈批示的办理情况，待反馈的批示一并办结。",
    "example.report-back": "zg --as 市发改委 report-back 1 --note 已按批示办结\nzg --as 市发改委 report-back 1 --note 已办结 --file 报告.pdf",
    "short.review": "复核长期坚持的事项", "help.review": "督办或牵头单位复核长期坚持的事项，下次复核从这次起算（3 个月）。",
    "example.review": "zg review 1 --note 抽查五个窗口无反弹\nzg --as 市发改委 review 1 --note 运行正常 --file 台账.pdf",
    "option.in_standing": "长期坚持：没有整改时限，定期复核", "option.standing": "改为长期坚持：没有整改时限，定期复核",
    "option.urge.in_by": "方式：{choices}", "option.instruct.in_by": "批示的市领导（督办单位代为登记时写明）",
    "option.in_report_by": "何时前反馈，默认 15 个工作日", "option.in_urgent": "加急：3 个工作日内反馈",
    "option.endorse.in_file": "负责人签字的扫描件，可写多个",
}
