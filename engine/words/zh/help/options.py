"""各选项的一行说明。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 选项
    "option.help": "显示帮助", "option.as_json": "输出 JSON，供程序使用；--json=number,light 只要这些字段", "option.dry_run": "试运行：只列出将追加的记录，不写入",
    "option.if_version": "仅当仍是第 N 版时才办理，否则退出码为 6", "option.source": "来源：{choices}", "option.measure": "工作任务编号，如 3.1", "option.grade": "问题类别：A 疑难、B 跨部门、C 简易",
    "option.detail": "详情", "option.lead": "牵头单位：代码、名称或别名", "option.with_": "配合单位，可写多个",
    "option.leader": "分管市领导的账号", "option.due": "整改时限：2020-10-09、10月9日、5wd、1mo 等", "option.workflow": "流程，默认是整改事项 rectification",
    "option.key": "来源系统的标识；同一标识、同样内容只立一次", "option.in_lead": "牵头单位：代码、名称或别名",
    "option.sheet": "按表格交办：每行写完整编号、牵头单位、配合单位、时限", "option.doc": "印发清单的文号，记作依据",
    "option.in_outer": "上级时限（上级交办事项），本级时限不得晚于它",
    "option.in_with": "配合单位，可写多个", "option.in_leader": "分管市领导的账号", "option.in_due": "整改时限：2020-10-09、10月9日、5wd、1mo 等",
    "option.in_to": "延到何时", "option.in_until": "暂缓到何时", "option.in_to_unit": "承办单位可见；不写就只在督办单位内部", "option.in_designate": "指定承办，不能退回", "option.in_basis": "指定的依据",
    "option.in_reason": "理由", "option.in_clause": "职责依据", "option.in_note": "说明", "option.in_approved_by": "批准人",
    "option.in_suggest": "建议的承办单位", "option.in_of": "重复的原事项编号", "option.in_file": "佐证文件，可写多个",
    "option.withdraw.in_as": "情形：{choices}",
    "option.reopen.in_as": "情形：{choices}",
    "option.link.earlier": "所反复的此前问题", "option.unlink.earlier": "并非其反复的此前问题；不写则取消重复关联",
    "option.earlier": "所反复的此前问题，如 ZG-2019-0003",
    "option.unlink.reason": "取消关联的理由", "option.reason": "更正的理由", "option.title": "新的标题", "option.amend.due": "新的整改时限", "option.amend.source": "新的来源",
    "option.original": "原事项编号", "option.pairs": "填写项，如 note=内容；可写多个", "option.file": "佐证文件，可写多个",
    "option.at": "过去的某一时间", "option.admin": "管理记录",
    "option.seed": "初始数据的名称，如 pingdingshan-2020", "option.sandbox": "建演练数据库，时钟停在这一时间",
    "option.version": "换用的版本：散列的前几位，默认是现行版本", "option.workflow.migrate.pairs": "改了名称的状态：原状态=新状态；可写多个",
}
