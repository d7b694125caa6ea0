"""流程文件的问题。"""



from __future__ import annotations

TEXTS = {
    # 流程文件的问题
    "definition-alias": "不能使用 YAML 的锚点和别名",
    "definition-yaml": "不是正确的 YAML：{message}",
    "definition-empty": "文件是空的",
    "definition-bad-amount": "{path}：“{key}”不是时长，应写成如 5 working days、1 month",
    "definition-bad-key": "{path}：键必须是一个词",
    "definition-bad-name": "{path}：“{key}”不能作名称，只能用字母、数字和连字符",
    "definition-missing-key": "{path}：缺少 {key}",
    "definition-not-a-flag": "{path}：只能写 true 或 false",
    "definition-not-a-list": "{path}：应是列表",
    "definition-not-a-mapping": "{path}：应是“键: 值”",
    "definition-not-a-number": "{path}：应是 {low} 到 {high} 的整数",
    "definition-not-a-text": "{path}：应是一行不超过 200 字的文字",
    "definition-one-guard": "{path}：带类别的条件一次只写一个",
    "definition-twice": "{path}：{key} 写了两次",
    "definition-unknown-choice": "{path}：不能写“{key}”，可以写：{known}",
    "definition-unknown-key": "{path}：没有 {key} 这一项，可以写：{known}",
    "check-unknown": "提到的 {kind}“{name}”不存在，最接近的是：{near}",
    "check-clock-at-rest": "“{state}”已办结或暂停，不应有时限在走",
    "check-empty-ladder": "时限 {clock} 的梯次 {ladder} 是空的",
    "check-ends-at-once": "起始状态“{state}”不能就是终结状态",
    "check-idle-clock": "时限 {clock} 没有在任何状态使用",
    "check-letter": "梯次“{rung}”的文书没有写明其他单位用哪一种（缺少 *）",
    "check-never-ends": "从“{state}”永远到不了办结",
    "check-never-issued": "梯次“{rung}”提出的文书无人能签发或不予发出（缺少效果为 issue、waive 的操作）",
    "check-no-answer-clock": "可以申请延期，却没有答复时限（缺少 runs_with: request 的时限）",
    "check-never-verified": "“{trigger}”要求由旁人验收，却没有交给督办单位",
    "check-no-amount": "时限 {clock} 没有写明这些类别的时长：{grades}",
    "check-no-clock": "“{state}”等待{turn}办理，却没有给它的时限",
    "check-no-end": "流程没有终结状态",
    "check-no-turn": "“{state}”没有写明轮到谁办理",
    "check-nobody": "“{trigger}”没有人可以办理",
    "check-one-promise": "承诺时限应当恰好一个，现有 {count} 个",
    "check-own-judge": "“{trigger}”直接办结，却没有“谁办理谁不验收”的条件（other-hands）",
    "check-rung-cannot-fire": "梯次“{rung}”要自动办理“{trigger}”，但在它的时限所在的状态里做不到",
    "check-rung-order": "梯次 {ladder} 中“{rung}”（{grade}）排在“{before}”之后，日期或级别却更小",
    "check-rung-trigger": "梯次“{rung}”：act 为 fire 的才写 trigger，也必须写",
    "check-rung-twice": "梯次 {ladder} 中“{rung}”出现了两次",
    "check-stuck": "“{state}”没有出路",
    "check-unreachable": "“{state}”永远到不了",
}
