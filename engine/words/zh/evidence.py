"""佐证文件。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "doctor.files-uncited": "有 {count} 个佐证文件没有被任何记录引用（提交未成而留下）", "doctor-do.files-uncited": "zg evidence clean 清除一天以前的",
    "card.file-of": "　{number} 的佐证（第 {seq} 条）{name}  {size}  {sha}",
    "card.file": "佐证（第 {seq} 条）{name}  {size}  {sha}",
    "evidence.got": "已取出：{path}（{number} 第 {seq} 条）", "evidence.cleaned": "已清除 {count} 个无人引用的文件，共 {bytes} 字节。",
    "evidence.would-clean": "试运行：有 {count} 个无人引用的文件可以清除，共 {bytes} 字节；实际没有清除。",
    "remark.file-used-before": "提示：该佐证（{sha}）已用于 {numbers}",
    "finding.schema": "数据库所记的结构版本不是本程序的（{field}）",
    "finding.evidence-row": "佐证文件的登记缺失，或与记录不符（{field}）", "finding.astray": "有一行不属于任何事项（表 {field}）",
    "finding.citations": "佐证索引与记录不符", "finding.evidence-missing": "佐证文件缺失（{field}）", "finding.evidence-altered": "佐证文件被改动过（{field}）",
    "audit.evidence": "{count} 个佐证文件与当初提交的一致。", "audit.uncited": "未被引用的文件",

    "file-not-found": "没有散列为“{name}”的佐证文件。",
    "why.file-not-found": "散列有误，或者引用它的事项不属于您的单位。",
    "hint.file-not-found": "zg show 编号 可以看到该事项的佐证文件",
    "ticket-without-files": "{number} 没有佐证文件。",
    "why.ticket-without-files": "至今没有人随它提交过文件。",
    "hint.ticket-without-files": "zg submit {number} --note 整改情况 --file 文件",
    "evidence-missing": "佐证文件缺失，不能取出：{name}",
    "why.evidence-missing": "{number} 引用了它，存放佐证的文件夹里却没有。",
    "hint.evidence-missing": "zg audit verify --evidence 查明缺失的全部文件，并从备份恢复",
    "evidence-altered": "佐证文件被改动过，没有取出：{name}",
    "why.evidence-altered": "内容与 {number} 引用时的散列不一致。",
    "hint.evidence-altered": "zg audit verify --evidence 查明全部被改动的文件，并从备份恢复",
    "folder-unusable": "不能写入文件夹：{path}",
    "why.folder-unusable": "{message}",
    "hint.folder-unusable": "换一个可以写入的文件夹：--out 文件夹",
    "usage-hash-short": "有多个文件的散列以“{text}”开头。",
    "why.usage-hash-short": "写出的位数不够，分不清是哪一个。",
    "hint.usage-hash-short": "多写几位散列",
    "evidence-withheld": "佐证文件 {path} 无权读取。", "why.evidence-withheld": "{message}",
    "hint.evidence-withheld": "改用文件所属的操作系统账号运行",
}
