"""备份与恢复."""



from __future__ import annotations

TEXTS = {
    "backup.done": "已备份到 {place}：{events} 条记录、{tickets} 件事项、{files} 个佐证文件，核验通过。",
    "hint.backup-done": "备份里没有存证密钥，密钥要另存一处；定期在别处试恢复：zg restore {place} --into sqlite:///试恢复.db",
    "restore.done": "已恢复到 {place}：{events} 条记录、{tickets} 件事项、{files} 个佐证文件，核验通过。",
    "hint.restore-done": "下一步：zg --db {place} list；存证密钥要放回原处才能继续存证（zg audit key）",
    "restore.older": "备份的结构版本是 {schema}，已按原样恢复，没有核验；先运行 zg upgrade，再运行 zg audit verify --evidence",
    "backup-broken": "已备份到 {place}，但核验发现 {count} 处问题。",
    "why.backup-broken": "数据库或佐证文件在备份之前就已经不对，以上逐一列出；备份保存的是现状。",
    "hint.backup-broken": "保留以前的备份，运行 zg audit verify --evidence 查明原因",
    "restore-broken": "已恢复到 {place}，但核验发现 {count} 处问题。",
    "why.restore-broken": "以上逐一列出；备份文件损坏，或者备份时就已经不对。",
    "hint.restore-broken": "换一份较早的备份恢复到另一处，与这一份比对",
    "backup-exists": "文件已经存在，没有覆盖：{path}",
    "why.backup-exists": "备份从不自动覆盖已有的文件。",
    "hint.backup-exists": "换一个文件名，或加 --force 覆盖",
    "file-unusable": "不能写入：{path}",
    "why.file-unusable": "{message}",
    "hint.file-unusable": "检查文件夹是否存在、是否可以写入、磁盘是否已满",
    "backup-of-other-kind": "这份备份（{kind}）不能恢复到这种数据库。",
    "why.backup-of-other-kind": "SQLite 的备份恢复成文件，PostgreSQL 的备份恢复到服务器上的空数据库。",
    "hint.backup-of-other-kind": "zg restore 备份 --into sqlite:///新.db，或 --into postgresql://…/空数据库",
    "restore-over": "那里已经有数据库，没有恢复：{url}",
    "why.restore-over": "恢复从不覆盖已有的数据。",
    "hint.restore-over": "恢复到一个新的位置，核对无误后再用它",
    "server-tool-missing": "没有找到程序 {program}。",
    "why.server-tool-missing": "PostgreSQL 的备份和恢复由它自带的程序完成，要在 PATH 里找得到。",
    "hint.server-tool-missing": "安装 PostgreSQL 客户端，如 apt-get install postgresql-client",
    "server-tool-failed": "{program} 没有成功。",
    "why.server-tool-failed": "它报告：{message}",
    "hint.server-tool-failed": "检查 {url} 的权限，以及 {program} 的版本是否不低于服务器",
    "upgrade.kept": "升级前的数据库（结构版本 {schema}）保留在 {path}",
    "upgrade-without-backup": "升级服务器上的数据库之前要先备份，没有升级：{url}",
    "why.upgrade-without-backup": "服务器上的数据库不能像文件那样另存一份。",
    "hint.upgrade-without-backup": "用旧版程序运行 zg backup 文件，再运行 zg upgrade --backup 文件；已另有备份的加 --yes",
    "upgrade-other-backup": "备份 {path} 与这个数据库对不上，没有升级。",
    "why.upgrade-other-backup": "备份的结构版本是 {schema}，数据库是 {found}；或者它不是 PostgreSQL 的备份。",
    "hint.upgrade-other-backup": "写明升级前最后一次的备份：zg upgrade --backup 文件",
}
