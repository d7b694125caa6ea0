"""存证类命令的说明、示例和选项。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.audit.seal": "对现有全部记录存证", "short.audit.key": "存证公钥；更换密钥",
    "help.audit.seal": "对现有全部记录存证：算出根散列，按公开格式（C2SP）签成检查点，输出序号和可印在文书上的存证码。没有新记录时给出最近一次。",
    "example.audit.seal": "zg audit seal\nzg audit seal --json",
    "help.audit.key": "显示存证公钥和密钥文件；--rotate 换一把新的，新旧密钥共同签署，随即由两把密钥存证一次，以前的存证仍可核验。",
    "example.audit.key": "zg audit key\nzg audit key --rotate",
    "short.audit.checkpoint": "一次存证的签名文本",
    "help.audit.checkpoint": "以公开格式（C2SP tlog-checkpoint）打印第 N 次存证，不写则打印最近一次；懂这种格式的工具都能用公钥核验。",
    "example.audit.checkpoint": "zg audit checkpoint\nzg audit checkpoint 1 --json",
    "short.audit.witness": "见证检查点并共同签署",
    "help.audit.witness": "见证，放在数据库以外的机器上：在 FOLDER 中保存每个可信库最近的检查点，从它长出来的才共同签署（C2SP tlog-witness）；--listen 经 HTTP，--file 经手工携带的文件。改写历史的人过不了这一关。",
    "example.audit.witness": "zg audit witness witness --name audit.example/w1\nzg audit witness witness --trust 'zg/ZG/…+…+…' --listen 127.0.0.1:8420",
    "option.audit.witness.name": "新见证的名字，用它签名", "option.trust": "要信任的库的公钥",
    "option.listen": "在这个地址提供服务", "option.audit.witness.file": "手工带来的请求；打印出签名",
    "option.audit.checkpoint.since": "改为打印带给见证的请求；见证上次见过这么多条记录",
    "short.audit.cosign": "保存见证的签署",
    "help.audit.cosign": "保存见证对手工请求（zg audit checkpoint --since）打印出的签名，其公钥须在 zg.toml 的 [witnesses] 中。联网的由值守自动办理。",
    "example.audit.cosign": "zg audit checkpoint --since 0 > 请求\nzg audit cosign 答复",
    "option.witness_keys": "必须共同签署过文件中某次存证的见证的公钥（可重复）",
    "option.demanded": "zg.toml 中至少几个见证见过这个库；会去询问",
    "option.accept_lost": "按丢失更换的密钥已经查清",
    "option.audit.verify.key": "另行记下的存证公钥，用它核对", "option.audit.verify.code": "文书上的存证码，与本库比对",
    "option.complainant": "投诉人（保密，只有督办单位可见）", "option.phone": "投诉人电话（保密）", "option.clue": "线索来源（保密）",
    "short.redact": "删除一条记录的文字（两人）",
    "help.redact": "删除一条记录中的文字，包括文件名和保密内容：一人写明理由申请，另一人确认。事实和散列保留，核验时注明“已删除”。NO 也可以是来文批次、督查检查、评价轮次或者诉求评价的编号。",
    "example.redact": "zg redact 1 --seq 3 --reason 含公民个人信息\nzg --as admin redact 1 --seq 3 --confirm",
    "option.seq": "记录的序号（zg log 可查）", "option.redact.reason": "申请删除的理由", "option.confirm": "确认他人的申请",
    "short.audit.export": "导出记录和存证，可脱库核验",
    "help.audit.export": "把全部记录（写编号则只有该件）连同散列、文字、存证和公钥导出为一个 JSON 行文件，不含保密内容；不用数据库也能核验。导出本身留有记录。",
    "example.audit.export": "zg audit export --out 记录.jsonl\nzg audit export 1 --out 1号.jsonl",
    "short.audit.rebuild": "按记录重建数据库",
    "help.audit.rebuild": "按记录另建一个相同的数据库：记录、事项、账号、单位、流程、日历、设置和存证逐行重算，内部序号不变，建成后核验。SQLite 与 PostgreSQL 可以互转。记录之外的（提醒消息、登录失败、值守心跳）不在其内。",
    "example.audit.rebuild": "zg audit rebuild --into sqlite:///重建.db\nzg audit rebuild --into postgresql://zg@localhost/empty --json",
    "option.audit.rebuild.into": "建到哪里，那里不能已有数据库",
    "option.out": "写入的文件；不写则输出到屏幕", "option.audit.verify.file": "核验导出的文件，不需要数据库",
    "option.rotate": "更换密钥，旧密钥文件随即删除", "option.lost": "旧密钥已丢失，新公钥没有旧密钥的签署，记录中会注明",
}
