"""Help and examples of rounds of evaluation."""

from __future__ import annotations

TEXTS = {
    "short.evaluate": "rounds of evaluation: results, what they find, the board",
    "short.evaluate.start": "begin a round",
    "short.evaluate.import": "import results",
    "short.evaluate.reopen": "reopen what relapsed",
    "short.evaluate.verify": "verify what passes",
    "short.evaluate.tasklist": "the list of tasks",
    "short.evaluate.object": "enter an objection",
    "short.evaluate.decide": "decide an objection",
    "short.evaluate.close": "close a round",
    "short.evaluate.correct": "correct results",
    "short.evaluate.undo": "take a round back",
    "short.evaluate.keep": "withdraw such a request",
    "short.evaluate.list": "the rounds",
    "short.evaluate.show": "one round",
    "short.evaluate.log": "what happened to a round",
    "short.evaluate.board": "indicators by subject and round",
    "short.evaluate.successor": "which target or scheme goes on as which",
    "short.evaluate.rekey": "open tickets that no round can measure any more",
    "help.evaluate": (
        "Rounds of evaluation: evaluate, find, assign, rectify, evaluate again. An import closes nothing and reopens "
        "nothing; people do, in bulk."
    ),
    "example.evaluate": (
        "zg evaluate start --scheme 市自评2020 --on 2020-06-30 --subjects 甲县,乙区 --targets 3.5-1,3.1-1\n"
        "zg evaluate import 1 results.xlsx --commit"
    ),
    "help.evaluate.start": (
        "Begins a round: scheme, day or period, subjects and targets. Targets are the plan's (3.5-1) or an indicator "
        "(3.5), which may say what is demanded: 3.4:rate>=85, 3.6:rank<=9."
    ),
    "example.evaluate.start": (
        "zg evaluate start --scheme 市自评2020 --period 2020-04-01..2020-06-30 --subjects 甲县、乙区 --targets 3.5-1\n"
        "zg evaluate start --scheme 省评2020 --on 6月30日 --for-comment 5wd"
    ),
    "help.evaluate.import": (
        "Imports results (xlsx, csv, ods, tables of docx). It is a preview unless --commit is given; the same file "
        "again changes nothing. What is not measured is no miss, what passes is not closed, a miss is only found."
    ),
    "example.evaluate.import": (
        "zg evaluate import 1 results.xlsx\n"
        "zg evaluate import R-2020-01 results.xlsx --map 得分情况=score --commit"
    ),
    "help.evaluate.reopen": (
        "Reopens what relapsed in this round, one act each. --unit narrows it to one unit."
    ),
    "example.evaluate.reopen": (
        "zg evaluate reopen 2 --relapsed\n"
        "zg evaluate reopen 2 --relapsed --unit 市税务局"
    ),
    "help.evaluate.verify": (
        "Verifies what passes in this round and was handed in, with the round as evidence, one act each."
    ),
    "example.evaluate.verify": (
        "zg evaluate verify 2 --passing\n"
        "zg evaluate verify 2 --passing --unit 市税务局"
    ),
    "help.evaluate.tasklist": (
        "Writes what is to be assigned or reopened as a sheet; filled in with leads and letters it comes back by assign "
        "--from."
    ),
    "example.evaluate.tasklist": (
        "zg evaluate tasklist 1 --out tasks.xlsx\n"
        "zg evaluate tasklist R-2020-02 --out tasks.xlsx"
    ),
    "help.evaluate.object": (
        "Enters the objection of a unit, with what its head signed. It counts while comments are heard; silence is "
        "consent."
    ),
    "example.evaluate.object": (
        "zg evaluate object 1 --unit 甲县 --target 3.5-1 --reason 数据有误 --file scan.pdf\n"
        "zg evaluate object 1 --unit 乙区 --target 3.1-1 --reason 口径不一 --file scan.jpg"
    ),
    "help.evaluate.decide": (
        "Decides an objection: --accept, with a new value or none, or --refuse."
    ),
    "example.evaluate.decide": (
        "zg evaluate decide 1 --unit 甲县 --target 3.5-1 --accept --value 4.5 --reason 核对无误\n"
        "zg evaluate decide 1 --unit 乙区 --target 3.5-1 --refuse --reason 数据属实"
    ),
    "help.evaluate.close": (
        "Closes a round. What of its scope was not measured has to be explained."
    ),
    "example.evaluate.close": (
        "zg evaluate close 1\n"
        "zg evaluate close 1 --accept-missing 该项本年不评"
    ),
    "help.evaluate.correct": (
        "Corrects a round by another file, as a new version. --material no corrects values and words only; with --material "
        "yes results may change: what was opened wrongly and not worked on is withdrawn, what was reopened wrongly "
        "and not worked on is verified again."
    ),
    "example.evaluate.correct": (
        "zg evaluate correct 1 results2.xlsx --reason 省里更正 --material yes\n"
        "zg evaluate correct 1 results2.xlsx --reason 笔误 --material no --commit"
    ),
    "help.evaluate.undo": (
        "Takes all results of a round back: what was opened and not worked on is withdrawn, the rest is named for "
        "a person. Once a unit was told, --reason asks for it, and another person confirms without --reason. A request ends when "
        "results change after it. A second time changes nothing."
    ),
    "example.evaluate.undo": (
        "zg evaluate undo 2 --reason 用错文件\n"
        "zg evaluate undo 2 --reason 用错文件 --commit\n"
        "zg --as second evaluate undo 2 --commit"
    ),
    "help.evaluate.keep": (
        "Withdraws the request to take a round back, by whoever made it; it can be made again."
    ),
    "example.evaluate.keep": (
        "zg evaluate keep 2\n"
        "zg --as second evaluate keep R-2020-02 --dry-run"
    ),
    "help.evaluate.list": (
        "Lists the rounds that are under way, newest first; --all shows those that are closed too."
    ),
    "example.evaluate.list": (
        "zg evaluate list\n"
        "zg evaluate list --all --json"
    ),
    "help.evaluate.show": (
        "Shows the scope of a round, its results, and what was not measured."
    ),
    "example.evaluate.show": (
        "zg evaluate show 1\n"
        "zg evaluate show R-2020-01 --json"
    ),
    "help.evaluate.log": "Shows what happened to a round, and every import.",
    "example.evaluate.log": (
        "zg evaluate log 1\n"
        "zg evaluate log R-2020-01 --json"
    ),
    "help.evaluate.board": (
        "Indicators by subject and round: value, gap to the target, to the last round, to the best; light and ticket. "
        "A unit sees its own row, without ranks."
    ),
    "example.evaluate.board": (
        "zg evaluate board\n"
        "zg evaluate board --scheme 市自评2020 --json"
    ),
    "option.evaluate.start.scheme": "scheme, one a year and level, such as city-2020",
    "option.evaluate.start.on": (
        "day as of which is measured; the last of the period unless told"
    ),
    "option.evaluate.start.period": "what was measured, such as 2020-04-01..2020-06-30",
    "option.evaluate.start.received": "when the results came",
    "option.evaluate.start.doc": "number of the letter they came with",
    "option.evaluate.start.title": "title",
    "option.evaluate.start.subjects": (
        "subjects; unless told, those measured before and those of the results"
    ),
    "option.evaluate.start.targets": (
        "targets or indicators; unless told, those measured before and those of the results"
    ),
    "option.evaluate.start.points": "each row is a point lost, and a problem of its own",
    "option.evaluate.start.interim": "what is not yet due may be missed",
    "option.evaluate.start.for_comment": (
        "until when comments are heard; before that results are only kept"
    ),
    "option.evaluate.start.assign_limit": (
        "in which time all is assigned, such as 5wd; 10 working days unless told"
    ),
    "option.evaluate.import.columns": "what a column is, such as Result=score",
    "option.evaluate.correct.columns": "what a column is, such as Result=score",
    "option.evaluate.import.subjects": "whom a name means, or that it is new; kept for the scheme",
    "option.evaluate.correct.subjects": "whom a name means, or that it is new; kept for the scheme",
    "option.evaluate.import.sheet": "read this sheet only",
    "option.evaluate.correct.sheet": "read this sheet only",
    "option.evaluate.import.commit": "write it; a preview unless told",
    "option.evaluate.correct.commit": "write it; a preview unless told",
    "option.evaluate.undo.commit": "write it; a preview unless told",
    "option.evaluate.import.confirm": "the number of tickets that it finds, or finds again",
    "option.evaluate.import.late": "the round is late",
    "option.evaluate.import.whole": "write nothing where a row cannot be used",
    "option.evaluate.reopen.relapsed": "what relapsed",
    "option.evaluate.reopen.unit": "of this unit only",
    "option.evaluate.verify.passing": "what passes",
    "option.evaluate.verify.unit": "of this unit only",
    "option.evaluate.tasklist.out": "the file that is written (xlsx)", "option.evaluate.tasklist.force": "replace a file that is there",
    "option.evaluate.object.unit": "subject",
    "option.evaluate.object.target": "target", "option.evaluate.object.point": "of a list of points, the number of the point",
    "option.evaluate.object.reason": "reason",
    "option.evaluate.object.files": "what the head of the unit signed",
    "option.evaluate.decide.unit": "subject",
    "option.evaluate.decide.target": "target", "option.evaluate.decide.point": "of a list of points, the number of the point",
    "option.evaluate.decide.accepted": "accepted or not",
    "option.evaluate.decide.value": "the value from now on, a number or where none decides a result; without one it counts for nothing",
    "option.evaluate.decide.reason": "reason",
    "option.evaluate.close.accept_missing": "why it is accepted that some were not measured",
    "option.evaluate.correct.confirm": "the number of tickets that it finds, or finds again",
    "option.evaluate.correct.reason": "reason",
    "option.evaluate.correct.material": "whether a result changes",
    "option.evaluate.undo.reason": "reason; without it what another person asked for is confirmed",
    "option.evaluate.list.every": "those that are closed too",
    "option.evaluate.board.scheme": "scheme; that of the newest round unless told",
    "option.round": "that a round of evaluation is about, such as R-2020-01; may be given twice",
    "help.evaluate.successor": (
        "Enters that a target or a scheme goes on under another id, as next year's plan has it; tickets keep their keys and are found\n"
        "by either. What goes on as itself has no successor any more. Without options: what stands."
    ),
    "example.evaluate.successor": (
        "zg evaluate successor --target 3.5-1 3.5-2\n"
        "zg evaluate successor --scheme 市自评2020 市自评2021"
    ),
    "help.evaluate.rekey": (
        "Lists open tickets whose target is none of the plan's any more, or whose unit ended without a successor. No import into a round\n"
        "of their scheme is taken until that is said. With --target or --scheme: what would stand if that were entered, and which tickets\n"
        "it moves. Keys are never rewritten: --dry-run is all there is."
    ),
    "example.evaluate.rekey": (
        "zg evaluate rekey --dry-run\n"
        "zg evaluate rekey --dry-run --target 3.5-1 3.5-2 --scheme 市自评2020 市自评2021"
    ),
    "option.evaluate.successor.target": "a target, and the one of the plan as which it goes on",
    "option.evaluate.successor.scheme": "a scheme, and the one as which it goes on",
    "option.evaluate.rekey.dry_run": "only look",
    "option.evaluate.rekey.target": "as if this target went on as that one; may be given often",
    "option.evaluate.rekey.scheme": "as if this scheme went on as that one; may be given often",
}
