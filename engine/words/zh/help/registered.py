"""补录、领导审定、撤回撤销的说明与示例。"""

from __future__ import annotations

TEXTS = {
    "short.consent": "领导对通报、约谈、第二次延期等表示同意或不同意", "short.reinstate": "撤销有误的，撤回撤销",
    "help.consent": (
        "领导审定：对待签发的通报、约谈，第二次延期，申请退回后的指定承办，表示同意；--refuse 表示不同意。\n"
        "书面意见由督办单位登记，写明领导姓名并附扫描件。"
    ),
    "example.consent": (
        "zg --as leader consent 1\n"
        "zg consent 1 2 --by 分管市领导 --file 批示件.pdf"
    ),
    "help.reinstate": "撤销有误的，撤回撤销：编号不变，回到撤销前的状态；撤销期间中止计时，各项时限从中止处继续。",
    "example.reinstate": "zg reinstate 2 --reason 撤错了编号\nzg reinstate 2 --reason 撤错了编号 --due 10wd",
    "option.consent.in_by": "领导的账号、姓名或职务", "option.in_refuse": "不同意",
    "option.in_about": "审定哪一项：通报 circular、约谈 interview、第二次延期 extension、指定承办 designation",
    "option.paper_on": "补录：纸质件的办理时间；只写日期的，算当天下班前",
    "option.paper_basis": "补录：依据，如收文登记号",
    "option.paper_unit": "补录：哪个单位的纸质件；只有一个单位可能的可不写",
    "option.yes": "回答在终端上会问的问题",
    "option.each_unit": "为 --lead 所写单位统称的每个成员各一件，同一批次",
}
