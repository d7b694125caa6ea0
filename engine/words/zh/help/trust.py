"""存证类命令的说明、示例和选项。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.audit.seal": "对现有全部记录存证", "short.audit.key": "存证公钥；更换密钥",
    "help.audit.seal": "对现有全部记录存证：算出根散列，接在上一次存证之后并签名，输出序号和可印在文书上的存证码。没有新记录时给出最近一次。",
    "example.audit.seal": "zg audit seal\nzg audit seal --json",
    "help.audit.key": "显示存证公钥和密钥文件；--rotate 换一把新的，由旧密钥签署，以前的存证仍可核验。",
    "example.audit.key": "zg audit key\nzg audit key --rotate",
    "option.audit.verify.key": "另行记下的存证公钥，用它核对", "option.audit.verify.code": "文书上的存证码，与本库比对",
    "option.rotate": "更换密钥，旧密钥文件随即删除", "option.lost": "旧密钥已丢失，新公钥没有旧密钥的签署，记录中会注明",
}
