"""What offices write above the columns of their ledgers, by the field that it means.

A head that stands here as it is is understood at once; others by the words in them, in the order of the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NUMBER, SENDER, FORMER, TITLE, DETAIL, NOTE, PICTURE = "number", "sender", "former", "title", "detail", "note", "picture"
EARLIER, REPEAT = "earlier", "repeat"
SOURCE, MEASURE, GRADE = "source", "measure", "grade"
PARTIES, LEAD, COOPERATORS, LEADER, OFFICER = "parties", "lead", "cooperators", "leader", "officer"
FOUND_ON, ASSIGNED_ON, DUE, EXTENDED, FINISHED_ON, CLOSED_ON = "found_on", "assigned_on", "due", "extended", "finished_on", "closed_on"
OUTER = "outer"
STATUS, CLOSING, REMARK, PERSON = "status", "closing", "remark", "person"
COMPLAINANT, PHONE, CLUE = "complainant", "phone", "clue"
IGNORED = "-"

SECRET = frozenset({COMPLAINANT, PHONE, CLUE})
"""What only the supervision office reads: several columns of one are joined, and none becomes a note."""

FIELDS = (
    NUMBER, SENDER, FORMER, EARLIER, REPEAT, TITLE, DETAIL, SOURCE, MEASURE, GRADE, PARTIES, LEAD, COOPERATORS, LEADER, OFFICER, FOUND_ON,
    ASSIGNED_ON, DUE, OUTER, EXTENDED, FINISHED_ON, CLOSED_ON, STATUS, CLOSING, REMARK, PERSON, COMPLAINANT, PHONE, CLUE, PICTURE, NOTE,
    IGNORED,
)
"""What a column may hold, as `--map` names it. `parties` are units whose part in it stands in the cell, or who are responsible; a `note`
is kept with its head; `-` is left aside because somebody said so. `earlier` are numbers of findings that this one repeats, `repeat` says
whether it does. `sender` is the number that an item has in its sender's list, beside which `number` is ours. `outer` is the superior's
own date (上级时限), beside which `due` is ours.
"""

SEVERAL = frozenset({NOTE, REMARK, PERSON, PICTURE, IGNORED})
"""Fields that many columns may have at once."""

FILLED = frozenset({FOUND_ON, ASSIGNED_ON, DUE, OUTER, EXTENDED, FINISHED_ON, CLOSED_ON, STATUS})
"""Fields of which a second column counts where the first one is blank: 办结时限 beside 我办时限."""

SYNONYMS: Mapping[str, str] = {
    NUMBER: """序号 编号 问题编号 隐患编号 图斑编号 台账编号 台账序号 督办编号 督办号 事项编号 任务编号 项目编号 整改编号
        线索编号 工单编号 工单号 预警id 在报告中对应的编号 问题序号 点位编号 案件编号 文号 号 no no. number id ref reference
        itemno item serial serialno s/n sn issueno issueid findingno findingid caseno caseid ticket ticketno key""",
    SENDER: "来文编号 来文事项编号 来文问题编号 上级编号 上级事项编号 上级问题编号 sender'snumber sendersnumber sendernumber sendersno",
    FORMER: "原编号 原序号 上年编号 上年序号 去年编号 结转编号 原台账编号 formernumber formerno previousno carriedoverfrom",
    EARLIER: """上次编号 上期编号 前次编号 上次问题编号 上次序号 反复问题编号 历史编号 历史问题编号 原问题编号 earliernumber previousnumber
        priorreference priorfindingreference repeats repeatof""",
    REPEAT: """是否反复 是否反复出现 是否反复问题 反复问题 是否重复出现 是否重复发生 是否复发 是否屡查屡犯 是否屡改屡犯 屡查屡犯 屡改屡犯
        isrepeat repeat repeat? repeatfinding isrepeatfinding""",
    TITLE: """问题描述 隐患描述 存在问题 存在的问题 描述 隐患内容 隐患情况 问题 隐患问题描述 隐患简述 不符合描述 问题隐患
        不符合项 隐患表述 存在问题描述 问题说明 不符合情况 隐患事实 问题内容 问题情况 问题表现 问题事项 问题清单 主要问题
        反馈问题 整改问题 隐患 事项 督办事项 交办事项 议定事项 工作任务 整改任务 任务 任务内容 重点任务 主要任务 目标任务
        整改事项 事项名称 问题名称 问题标题 标题 线索内容 诉求内容 反映问题 反映事项 问题定性 存在问题及隐患 title
        finding findings issue problem observation description issuedescription findingtitle summary nonconformity task action
        item""",
    DETAIL: """详细问题 问题详情 具体问题 具体表现 具体情况 事实表述 情况说明 详细描述 详情 问题详细描述 问题具体表现 detail
        details fulldescription facts evidence""",
    SOURCE: "来源 问题来源 台账来源 线索来源 信息来源 隐患来源 事项来源 数据来源 来文来源 source origin",
    MEASURE: "对应任务编号 对应举措 对应任务 任务序号 方案任务 计划任务编号 整改措施编号 措施编号 举措编号 measure measureno",
    GRADE: """隐患等级 等级 危险等级 风险等级 隐患级别 不符合等级 不符合级别 问题等级 问题类别 类别 问题级别 风险程度 紧急程度
        grade severity priority level risk""",
    PARTIES: """责任单位 整改责任单位 责任部门 整改责任部门 承办单位 承办部门 整改单位 整改部门 问题单位 问题所属单位 单位 部门
        直属单位 参建单位 承包商单位 施工单位 所属单位 隐患单位 承包单位 作业单位 施工方 承包方 责任主体 落实单位 落实部门
        被检查单位 被督查单位 受检单位 属地 责任县区 县区 责任单位及配合单位 责任分工 unit responsibleunit responsible department
        owner assignee""",
    LEAD: """牵头单位 牵头部门 整改牵头单位 牵头责任单位 主办单位 主办部门 主责单位 主责部门 整改督促牵头部门或单位 牵头 leadunit
        lead leaddepartment leadagency""",
    COOPERATORS: """配合单位 配合部门 协办单位 协办部门 协同单位 协同部门 会办单位 参与单位 配合责任单位 配合 supportingunit
        cooperators with supportingunits cooperatingunits""",
    LEADER: "责任领导 分管领导 包抓领导 包保领导 市级领导 市领导 分管市领导 挂牌领导 牵头领导 督办领导 leader",
    OFFICER: "督办人 督办经办人 督办责任人 跟踪人 officer",
    FOUND_ON: """发现时间 发现日期 检查时间 检查日期 排查时间 排查日期 督查时间 督查日期 登记时间 登记日期 受理时间 受理日期
        收文时间 收文日期 立项时间 立项日期 上报时间 反馈时间 问题发现时间 隐患发现时间 found foundon founddate date
        dateidentified identified datefound inspectiondate""",
    ASSIGNED_ON: """交办时间 交办日期 下达时间 下达日期 下发时间 下发日期 派发时间 派发日期 转办时间 转办日期 移交时间 移交日期
        整改通知时间 派单时间 assigned assignedon assigneddate dateassigned""",
    DUE: """计划完成时间 计划完成日期 完成时限 整改时限 整改期限 截止时间 截止日期 要求完成时间 完成节点 截止日 应完成时间
        建议完成时限 计划完成 计划完工 完工期限 计划完工时间 办理时限 办结时限 限期 时限 期限 到期日 到期日期 整改完成时限
        要求完成日期 拟完成时间 预计完成时间 销号时限 时间节点 我办时限 本级时限 市级时限 市定时限 内部时限
        due duedate dueon deadline targetdate plannedcompletion""",
    OUTER: """上级时限 上级办结时限 上级要求时限 上级规定时限 上级交办时限 上级整改时限 上级要求完成时间 上级要求完成时限 省级时限 省定时限
        省办结时限 省要求完成时间 国家时限 国定时限 来文时限 来文要求时限 来文要求完成时间 outer superior'sdate superiorsdate superiordate
        superiorsdeadline superiordeadline""",
    EXTENDED: """延期至 延期到 延期后时限 延期时限 变更后时限 调整后时限 延期后完成时间 延期后到期日 extendedto revisedduedate
        neworduedate newduedate""",
    FINISHED_ON: """整改完成日期 整改完成时间 实际完成时间 实际完成日期 完成整改时间 完成整改日期 实际整改时间 整改日期
        申请销号日期 申请销号时间 completed completedon completiondate datecompleted finished finishedon actualcompletion""",
    CLOSED_ON: """销号日期 销号时间 验收时间 验收日期 整改验收时间 整改验收日期 核销时间 核销日期 闭环时间 闭环日期 销项时间
        销项日期 复查时间 复查日期 办结时间 办结日期 closed closedon closeddate dateclosed verifiedon""",
    STATUS: """整改进度 进度 整改情况 整改状态 完成情况 治理进度 状态 整改进展 整改进展情况 进展 进展情况 办理情况 办理进度
        办理状态 落实情况 整改落实情况 整改完成情况 初始状态 当前状态 环节 办理环节 整改结果 办理结果 最新进展 status state
        progress""",
    CLOSING: """是否销号 销号情况 是否销项 是否闭环 是否完成 是否完成整改 是否整改 是否整改到位 是否整改完成 是否办结 验收情况
        验收结果 销号状态 是否到位 闭环情况 closed? isclosed verified""",
    IGNORED: "错误说明 faults 灯色 倒计时 督办梯次 人工催办 light timeleft rung urged",  # ours: what follows from the others
    REMARK: "备注 备注说明 说明 其他 其它 附注 remark remarks comment comments note notes",
    PERSON: """整改责任人 责任人 负责人 责任人员 整改责任 整改负责人 迎审人员 整改人 承办人 整改落实人 具体责任人 直接责任人
        经办人 联系人 联络员 责任人电话 联系方式 责任人及电话 contact contactperson responsibleperson""",
    COMPLAINANT: "投诉人 举报人 反映人 诉求人 信访人 来电人 complainant whistleblower informant caller petitioner reportedby reporter",
    PHONE: "投诉人电话 举报人电话 反映人电话 诉求人电话 来电号码",
    CLUE: "举报线索 线索来源人 clue",
    PICTURE: """整改前 整改后 照片 图片 整改前照片 整改后照片 整改前图片 整改后图片 佐证 佐证照片 现场照片 photo photos before
        after""",
    NOTE: """整改措施 整改方案 防范措施 治理措施 整改要求 整改内容 整改举措 治理方案 整改办法 整改要求(措施) 处理意见
        处理意见或整改建议 整改建议 整改目标 销号标准 验收标准 业务归口 发现业务室/基层单位 业务室 基层单位 业务部门 归口部门
        业务主管 归口单位 业务/基层单位 业务口 归口业务 业务归口部门 业务部门负责人 场所站点 检查单位 检查人 检查人员 检查项目
        检查工点 隐患类型 隐患分类 问题类型 问题性质 问题大类 问题分类 处置方式 地点 点位 所在位置 区域 问题上报部门 上报部门
        发现方式 隐患排查项目 是否否决项 扣分 验收人员 验收人 核查人员 核查结论 现场核查时间 问题金额 审减金额 整改分类 创建人
        创建时间 附件材料 附件 法规依据 定性法规依据 违反法规条款 违法违规条款 影响程度 是否违法违规 是否处罚 处罚形式 罚款金额
        处罚文书编号 底稿名称 审计报告定稿标题 定性 定性(定性词典) 问题涉及企业的管理层级 问题发生年度 资产损失(万元)
        录入人 填报人 所属地质公园名称 所在功能区 活动/设施名称 经度 纬度 占地面积 影像时相 建设单位 建设时间 是否有审批手续
        审批文号 涉及地质遗迹类型 是否为巡查点 县局 派出所 部门id 反馈状态 报告文号 measures requirement requirements location
        place category recommendation""",
}
"""Heads as offices write them, in half width, small letters, without blanks."""

PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(pattern), field) for pattern, field in (
    (r"(?:照片|图片|影像|佐证)", PICTURE),
    (r"(?:延期|展期|顺延|变更后|调整后).*(?:至|到|时限|时间|日期|期限)", EXTENDED),
    (r"(?:上级|省级|省里|省定|省厅|省局|国家|国务院|部委|来文).*(?:时限|期限|限期|截止|节点)", OUTER),
    (r"(?:上级|省级|国家|来文).*(?:要求|规定|限定).*(?:时间|日期)|(?:时限|期限|限期)[(/]?(?:上级|省级|国家)", OUTER),
    (r"(?:上次|上期|前次|上一次|往期|历史|反复|复发).*(?:编号|序号)|^(?:prior|previous|earlier).*(?:no\.?|number|ref)", EARLIER),
    (r"是否.*(?:反复|复发|反弹|屡查屡犯|屡改屡犯|再次出现|重复出现|重复发生)", REPEAT),
    (r"(?:原|上年|去年|结转).*(?:编号|序号)", FORMER),
    (r"(?:销号|销项|核销|闭环|验收|复查|办结).*(?:时间|日期)", CLOSED_ON),
    (r"(?:计划|要求|应|预计|拟|目标|规定|限定|承诺).*(?:时间|日期|完成)", DUE),
    (r"(?:时限|期限|限期|截止|节点|到期)", DUE),
    (r"(?:实际|整改|已).*完成.*(?:时间|日期)|完成.*整改.*(?:时间|日期)", FINISHED_ON),
    (r"(?:交办|下达|下发|派发|派单|转办|移交).*(?:时间|日期)", ASSIGNED_ON),
    (r"(?:发现|检查|排查|督查|巡查|暗访|登记|受理|收文|来文|立项|上报).*(?:时间|日期)", FOUND_ON),
    (r"(?:时间|日期|年度|年份)", NOTE),
    (r"(?:责任|分管|包抓|包保|市级|县级|挂牌|牵头|督办|主管).*领导", LEADER),
    (r"(?:责任|负责|联系|联络|经办|承办|整改).*(?:人|员)(?:$|.*(?:电话|手机|方式|签字))|电话|手机|联系方式|职务", PERSON),
    (r"(?:牵头|主办|主责).*(?:单位|部门|机关|科室)|(?:单位|部门).*(?:牵头|主办|主责)", LEAD),
    (r"(?:配合|协办|协同|会办|参与|协助).*(?:单位|部门|机关|科室)|(?:单位|部门).*(?:配合|协办)", COOPERATORS),
    (r"(?:检查|督查|督办|发现|上报|建设|设计|监理|验收|监管|主管|填报|反馈|交办|审批).*(?:单位|部门|机关)", NOTE),
    (r"(?:责任|承办|整改|落实|所属|被检|涉及).*(?:单位|部门|主体|县区|乡镇)", PARTIES),
    (r"是否.*(?:销号|销项|整改|完成|闭环|办结|到位)|(?:销号|销项|闭环|验收)(?:情况|结果|状态|意见)?$", CLOSING),
    (r"(?:来源)", SOURCE),
    (r"(?:等级|级别)", GRADE),
    (r"(?:措施|方案|举措|办法|要求|建议|意见|标准|目标|依据|分类|类型|性质|地点|位置|点位)", NOTE),
    (r"(?:整改|完成|办理|落实|治理|推进|进展|工作).*(?:情况|进展|进度|状态|成效|结果)|^(?:情况|进展|进度|状态|成效|结果)", STATUS),
    (r"(?:详细|具体).*(?:问题|情况|表现|描述)", DETAIL),
    (r"(?:问题|隐患|不符合|缺陷|诉求|线索).*(?:编号|序号|id)", NUMBER),
    (r"(?:问题|隐患|不符合|缺陷|诉求|线索|事项|任务)", TITLE),
    (r"(?:编号|序号)$", NUMBER),
    (r"备注|说明", REMARK),
))
"""Words by which a head is understood that stands nowhere as it is; the first that is found decides."""

_COMPLAINS = "(?:投诉|举报|反映|诉求|信访|来电|来访|上访|求助|检举|控告|申诉|爆料|留言|咨询|评价|申请|知情|线索提供|提供线索)"
_CONTACT = "(?:电话|手机|号码|联系|微信|邮箱|phone|mobile|e-?mail)"

WHO_COMPLAINS: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(pattern), field) for pattern, field in (
    (rf"{_COMPLAINS}(?:人|者|群众|市民|网友).*{_CONTACT}|{_COMPLAINS}{_CONTACT}", PHONE),
    (rf"(?:complainant|whistle-?blower|informant|caller|petitioner).*(?:{_CONTACT}|number)", PHONE),
    (rf"{_COMPLAINS}(?:人|者|群众|市民|网友)|{_COMPLAINS}/?(?:姓名|身份证|证件|住址)|(?<!被)(?:投诉|举报|反映)(?:单位|企业)", COMPLAINANT),
    (r"complainant|whistle-?blower|informant|petitioner|身份证|证件号|家庭住址", COMPLAINANT),
))
"""Who complained, and how they are reached. Asked before anything else that a head may mean: nobody else may read it."""

CONTACT = re.compile(
    r"^(?:联系人?)?(?:固定|移动|办公)?(?:电话|手机|联系方式)(?:号码?)?$|^(?:联系人|联络员|(?:群众|市民)?姓名|(?:家庭|联系)?(?:住址|地址))$"
    r"|^(?:居民)?(?:身份证|证件)(?:号码?)?$|^(?:contact(?:person)?|(?:tele)?phone(?:no\.?|number)?|mobile|e-?mail)$",
)
"""How somebody is reached, or who it is, without saying whose it is: what stands beside it does."""

AMBIGUOUS: Mapping[str, tuple[str, ...]] = {
    "完成时间": (DUE, FINISHED_ON), "完成日期": (DUE, FINISHED_ON), "完工时间": (DUE, FINISHED_ON), "整改时间": (DUE, FINISHED_ON),
    "办理时间": (DUE, FINISHED_ON), "时间": (DUE, FINISHED_ON), "date": (DUE, FINISHED_ON),
}
"""Heads that mean one thing here and another there: a limit, or the day on which it was done. A person says so, once."""

TITLE_RANK = (
    "title", "标题", "问题标题", "问题名称", "事项名称", "问题描述", "隐患描述", "存在问题", "存在的问题", "问题", "issue", "finding",
    "problem",
)
"""Heads that are the title before any other is."""

OF_RESULTS = ("得分", "位次", "排名", "扣分", "失分", "满分", "核定", "score", "rank", "deduct")
"""What heads of an evaluation's results hold, and those of a ledger do not."""
