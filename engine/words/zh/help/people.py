"""配合、审签、督促、批示、复核的命令说明。"""



from __future__ import annotations

TEXTS = {
    "short.object": "配合单位对承担的部分提出异议",
    "help.object": "配合单位对交给自己的部分有异议的，写明理由，告知牵头单位和督办单位；期限照常计算。",
    "example.object": "zg --as 市税务局 object 1 --reason 发票系统由省局统管\nzg --as 市税务局 object 1 2 --reason 不属于本单位职责",
    "help.submit": "牵头单位申请销号，写明整改情况，附佐证文件。配合单位逾期未确认的，可以写明理由不再等待。",
    "example.submit": (
        "zg --as 市发改委 submit 1 --note 已整改 --file 新表.pdf --file 照片.jpg\n"
        "zg --as 市发改委 submit 1 --note 已整改 --without 市税务局 --reason 三次催告未确认"
    ),
    "option.in_without": "逾期未确认、不再等待的配合单位，可写多个", "option.submit.in_reason": "不再等待的理由",
}
