"""佐证、备份与升级的命令行帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.evidence": "佐证文件的取出与清理", "short.evidence.get": "取出佐证文件", "short.evidence.clean": "清除无人引用的文件",
    "help.evidence": "佐证文件按 SHA-256 存放在数据库之外，同样的内容只存一份；散列写在记录里。",
    "example.evidence": "zg evidence get 1 --out 佐证\nzg evidence clean --dry-run",
    "help.evidence.get": "取出一件事项的全部佐证文件（写编号），或其中一个（写散列，至少 8 位），用当初的文件名，不覆盖已有文件。",
    "example.evidence.get": "zg evidence get 1 --out 佐证\nzg evidence get 3f2a9c1d77e0 --out 佐证",
    "help.evidence.clean": "清除提交未成而留下、没有任何记录引用的文件；一天以内的不动。",
    "example.evidence.clean": "zg evidence clean --dry-run\nzg evidence clean",
    "short.backup": "备份", "short.restore": "从备份恢复",
    "help.backup": "把数据库和佐证文件备份成一个文件，系统不必停用；备份后核验。不覆盖已有文件，只有本人可读，不含存证密钥。",
    "example.backup": "zg backup 2026-11-24.tar\nzg --db postgresql://zg@localhost/zg backup /备份/2026-11-24.tar --json",
    "help.restore": "把备份恢复到一个还没有数据库的地方，先核验后恢复：散列、登记表、每个佐证文件。不一致的列出，退出码为 9，不恢复；`--unverified` 按原样恢复，库中载明。比存证旧的恢复件停用；`--live` 以新的名称和密钥启用，此事永久载明；旧密钥丢失的要用 --known 给出公钥，或由另一人先申请（zg audit key --rotate --lost --reason 原因）。",
    "example.restore": "zg restore 2026-11-24.tar --into sqlite:///恢复.db\nzg restore 2026-11-24.tar --into postgresql://zg@localhost/empty\nzg restore --live --basis '磁盘损坏，见第12次会议纪要'",
    "option.backup.force": "覆盖已有的文件", "option.restore.into": "恢复到哪里，那里不能已有数据库",
    "option.restore.unverified": "不论核验结果，按原样恢复",
    "option.restore.live": "启用本库这个恢复的旧库", "option.restore.basis": "启用的依据",
    "option.upgrade.backup": "服务器上的数据库：升级前的备份文件", "option.upgrade.yes": "服务器上的数据库：已另有备份",
    "option.evidence.get.out": "存到哪个文件夹", "option.evidence.clean.dry_run": "试运行：只列出，不清除",
    "option.audit.verify.evidence": "同时逐个核对佐证文件",
}
