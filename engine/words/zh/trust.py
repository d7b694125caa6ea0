"""存证：核验、存证、密钥、导出和删除文字时说的话。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "field.seal": "存证序号", "field.code-of-seal": "存证码", "field.covers": "涵盖记录", "field.root": "根散列", "field.sealed": "存证时间",
    "field.public-key": "公钥", "field.key-file": "密钥文件",
    "audit.key-away": "{path}（不在此处）",
    "init.key": "存证公钥：{key}\n密钥文件：{path}（请另存一份到别处；公钥请记在纸上）",
    "hint.nothing-new": "上次存证以来没有新的记录；以下是最近一次存证。",
    "hint.key-rotated": "请把新的公钥记在纸上，并备份密钥文件。",

    "audit.seals": "存证 {count} 次，签名、根散列和先后衔接均相符。", "audit.no-seals": "还没有存证；运行 zg audit seal。",
    "audit.lost": "注意：存证密钥有 {count} 次未经旧密钥签署而更换（按丢失处理），请与当时的记录核对。",
    "audit.seal": "第 {seal} 次存证",
    "finding.seal": "存证被改动过（{field}）", "finding.no-seal": "缺少第 {seal} 次存证", "finding.untold": "记录中没有第 {seal} 次存证",
    "finding.sealed": "存证涵盖的记录已不是当时的记录（{field}）", "finding.key": "存证密钥没有得到上一把密钥的签署，或不是已知的密钥",
    "code-differs": "存证码“{said}”与本库不符。",
    "why.code-differs": "本库中该次存证的存证码是 {code}；记录可能在文书印发之后被改写。",
    "hint.code-differs": "核对抄写是否有误；无误则保留现状，与最近的备份比对",

    "key-missing": "找不到存证用的密钥，没有存证。",
    "why.key-missing": "公钥 {public} 的密钥文件应为 {path}，该文件不存在、无法读取或是另一把密钥。",
    "hint.key-missing": "把备份的密钥文件放回原处，或用 ZG_KEY 指明所在目录；确已丢失的，运行 zg audit key --rotate --lost",
    "key-never-made": "这个数据库还没有存证密钥。",
    "why.key-never-made": "密钥在 zg init 时生成，本库建立时没有生成。",
    "hint.key-never-made": "zg audit key --rotate --lost",
    "key-not-lost": "密钥没有丢失，不能按丢失更换。",
    "why.key-not-lost": "现用的密钥文件就在这里，可以由它签署新的公钥。",
    "hint.key-not-lost": "zg audit key --rotate",
    "nothing-to-seal": "没有可以存证的记录。",
    "why.nothing-to-seal": "数据库中还没有任何记录。",
    "hint.nothing-to-seal": "zg open \"问题\" --source visit",
    "seal-altered": "第 {n} 次存证被改动过，没有在它之后继续存证。",
    "why.seal-altered": "它的签名、根散列或末端与内容不符。",
    "hint.seal-altered": "zg audit verify 查明改动之处，并与最近的备份和文书上的存证码比对",
    "usage-lost": "--lost 要与 --rotate 一起用。",
    "why.usage-lost": "它说明旧密钥已丢失，不能签署新的公钥。",
    "hint.usage-lost": "zg audit key --rotate --lost",
}
