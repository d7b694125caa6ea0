"""卡片、清单和其他输出。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 事项卡片与清单
    "field.number": "编号", "field.title": "事项", "field.light": "红黄绿灯", "field.lamp": "灯", "field.state": "状态", "field.turn": "当前责任方",
    "field.lead": "牵头单位", "field.cooperators": "配合单位", "field.leader": "分管市领导", "field.promised": "整改时限",
    "field.due": "本环节到期日", "field.request": "延期申请", "field.level": "督办级别", "field.alarm": "下次提醒", "field.source": "来源",
    "field.measure": "工作任务", "field.grade": "问题类别", "field.attempt": "整改次数", "field.closed": "办结方式",
    "field.opened": "立项", "field.since": "本环节起始", "field.actions": "可办理", "field.detail": "详情",
    "field.file": "佐证文件", "field.no": "序号", "field.open": "在办", "field.rung": "节点", "field.scheduled": "应于",
    "field.code": "代码", "field.name": "名称", "field.kind": "类别", "field.relation": "隶属关系", "field.aliases": "别名",
    "field.workflow": "流程", "field.states": "状态", "field.triggers": "操作", "field.clocks": "时限", "field.hash": "版本",
    "field.day": "日期", "field.weekday": "星期",
    "card.designated": "{unit}（指定承办）", "card.signed": "{unit}（已确认）", "card.unsigned": "{unit}（未确认）",
    "card.provisional": "{date}（暂定，放假安排尚未公布）", "card.office-late": "{date}（督办单位已超时）",
    "card.request": "申请延至 {to}，等待答复", "card.level": "{level} 级（{name}）",
    "list.light": "{light} {count}", "list.count": "共 {total}{more} 件（{lights}），本页 {shown} 件。", "list.none": "没有符合条件的整改事项。",
    "list.more": "下一页：zg list --after {cursor}（其余条件不变）",
    "log.promised": "整改时限 {date}", "log.rung": "{clock}，应于 {date}；告知 {told}",
    "log.erased": "〔文字已依规删除〕", "log.happened": "实际发生于 {date}",

    # why
    "because.clock": "{clock}（{who}）", "because.amount": "{start} 起算，{amount}：", "because.fixed": "人工指定的日期：{date}，不会自动变动",
    "because.moved": "其间暂停不计时，顺延到 {date}", "because.epoch": "第 {epoch} 次起算",
    "because.provisional": "该年放假安排尚未公布，日期暂定；公布后会重新计算",
    "because.rests": "“{state}”期间中止计时，{left}", "because.left": "剩余 {days} 个工作日",
    "because.stopped-late": "中止时已逾期 {days} 个工作日", "because.pause": "{since} 至 {until} 中止计时，扣除 {days} 个工作日",
    "because.state.ended": "已结束", "because.state.planned": "已定日期，交办后起算",
    "because.state.void": "已作废，再次交办时重新起算", "because.no-clock": "现在没有时限在走。",
    "because.alarm": "下次提醒：{date}", "because.no-alarm": "没有待发的提醒。",
    "because.light.late": "红灯：整改时限 {date} 已到，还没有申请销号。",
    "because.light.soon": "黄灯：自 {warn} 起临近整改时限 {date}。",
    "because.light.ahead": "绿灯：整改时限 {date} 还没有临近。",
    "because.light.resting": "绿灯：现在是“{state}”，整改时限中止计时。",
    "because.light.no-promise": "绿灯：还没有交办，整改时限尚未起算。",
    "because.light.request": "蓝灯：有延期申请，等待督办单位答复。",
    "because.light.suspended": "蓝灯：事项暂缓。",
    "because.light.final": "灰灯：事项已办结（{state}）。",
    "rung.fired": "已触发", "rung.skipped": "已跳过", "rung.next": "下一步", "rung.later": "待触发", "rung.held": "已暂停",
    "rung.resting": "中止计时", "rung.void": "不触发",
    "day.holiday": "放假", "day.makeup": "补班", "day.rest": "本单位休息", "day.work": "上班", "day.weekend": "周末", "day.workday": "工作日",
    "day.named": "{kind}（{name}）", "day.number": "第{number}个工作日",
    "weekday.0": "周一", "weekday.1": "周二", "weekday.2": "周三", "weekday.3": "周四", "weekday.4": "周五", "weekday.5": "周六",
    "weekday.6": "周日",
    "can.by": "由{by}办理", "can.needs": "需要：{needs}",

    # 其他输出
    "plan.heading": "{title}（{number}）", "log.post": "{unit}{role}", "card.action": "{title} {name}",
    "plan.count": "{units} 个单位、{groups} 组、{measures} 项工作任务、{indicators} 个指标、{targets} 个目标值。",
    "sweep.count": "到期节点 {events} 个，涉及 {tickets} 件。", "sweep.none": "没有到期节点。",
    "clock.real": "{date}（真实时间）", "clock.sandbox": "{date}（演练时钟，只由人拨动）",
    "calendar.head": "{year} 年 {count} 个工作日；办公时间 {hours}（{zone}）", "calendar.provisional": "放假安排已公布到 {date}，以后为暂定。",
    "calendar.due": "{start} 起 {amount}，到 {date} 为止：",
    "calendar.sound": "日历“{name}”（{version}）正常，放假安排覆盖 {begin} 至 {end}。",
    "calendar.needs-notice": "请在 {year} 年放假安排公布后载入，以便重新计算暂定的日期。",
    "audit.sound": "核验通过：{events} 条记录、{tickets} 件事项，与当初写入的一致。",
    "audit.redacted": "其中 {count} 条的文字已依规删除，事实完整。", "audit.administration": "管理记录",
    "finding.altered": "记录被改动过", "finding.gap": "缺少一条记录", "finding.cut": "末尾的记录被截去", "finding.words": "文字与当初写入的不一致",
    "finding.row": "台账“{field}”与记录不符", "finding.fold": "记录前后不能衔接", "finding.no-ticket": "有记录而没有事项",
    "finding.no-events": "有事项而没有记录", "finding.number": "编号缺失，或不是按序取得的", "finding.cooperators": "配合单位索引与记录不符",
    "unit.count": "共 {count} 个单位和组。",
    "workflow.anywhere": "任何状态", "workflow.sound": "{file} 正确：{states} 个状态、{triggers} 个操作，版本 {hash}。",
    "init.done": "已新建数据库：{url}",
    "init.holds": "流程 {workflows}；{units} 个单位、{accounts} 个账号；放假安排覆盖到 {date}。",
    "init.sandbox": "演练数据库：时钟停在 {date}，消息不会发到外面。",
    "upgrade.done": "数据库已是结构版本 {schema}。",

    # 提示（只给人看）
    "done.act": "{number} 已办理：{trigger}", "done.registered": "{number} 已登记：{trigger}", "done.nothing": "{number} 此前已立项，内容相同，没有重复",
    "done.overdue": "{rung}已于 {date} 到期而未及触发，先记一笔", "done.dry-run": "试运行：{number} 将追加以下记录，实际没有写入",
    "ask.lead": "方案中任务 {measure} 的牵头单位是 {units}。牵头单位（回车{empty}）",
    "ask.takes": "采用 {unit}", "ask.leaves-empty": "不填",
    "hint.lead-suggested": "方案中任务 {measure} 的牵头单位是 {units}；用 --lead 写明",
    "hint.assign-next": "下一步：zg assign {number} --lead 单位",
    "hint.show-next": "zg why {number} 查看日期的来历；zg log {number} 查看经过",
    "hint.several": "办成 {done} 件，未办成 {failed} 件。",
    "hint.clock-moved": "下一步：zg sweep 触发到期节点",
    "hint.init-next": "下一步：zg open \"问题\" --source visit",

    # the demo
    "demo.begin": "一、建一个演练库：2020年3月16日，时钟由人拨动",
    "demo.found": "二、第一轮评价和一次暗访发现问题，热线转来一件投诉",
    "demo.assigned": "三、交办；单位签收，有一家申请退回",
    "demo.march": "四、三月：配合确认、申请销号、退回整改，再验收",
    "demo.april": "五、四月：申请延期，审签，销号",
    "demo.autumn": "六、有的单位什么也不做；到九月，一个问题反弹",
    "demo.winter": "七、十一月：谁拖着，为什么",
    "demo.end": '演练库：{url}\n接着试：\n  export ZG_DB={url}\n  zg list --light red     zg why 3     zg can 3     zg --as 市中级法院 show 3\n  zg open "新的问题" --source visit --lead 市科技局\n用完删除：rm -r {folder}',

    # 演示
    "demo-failed": "演示中断：{command} 没有成功。",
    "why.demo-failed": "演示的每一步都是真实的命令，失败说明程序有问题。",
    "hint.demo-failed": "把以上输出发给维护人员",
}
