"""One ticket, and the form of an act."""



from __future__ import annotations

TEXTS = {
    "page.tickets.new": "New ticket",
    "page.tickets.open": "Open it",
    "page.tickets.confidential": "Confidential: read by the supervision office alone",
    "page.tickets.chain": "responsible",
    "page.tickets.problem": "The problem",
    "page.tickets.files": "Evidence",
    "page.tickets.no-files": "No file yet.",
    "page.tickets.event": "entry {seq}",
    "page.tickets.preview": "Preview of the PDF",
    "page.tickets.open-pdf": "open",
    "page.tickets.verified": "verified",
    "page.tickets.verified-how": "Each hash was computed anew for this page: no entry was changed alone. Seals and the audit say more.",
    "page.tickets.unlinked": "From entry {seq} on it is not as it was written. Tell whoever looks after the program to verify the record.",
    "page.tickets.next": "What you can do",
    "page.tickets.nothing": "Nothing for you to do now.",
    "page.tickets.barred": "{count:thing|things} that cannot be done yet",
    "page.tickets.clock": "Dates, and how they came about",
    "page.tickets.days": "Day by day ({count:day|days})",
    "page.tickets.day": "date",
    "page.tickets.weekday": "weekday",
    "page.tickets.kind": "kind",
    "page.tickets.counted": "count",
    "page.tickets.timeline": "What happened",
    "page.tickets.done": "Done: {act}",
    "page.tickets.since": "What happened while you were writing",
    "page.tickets.impossible": "{act}: not possible now",
    "page.tickets.must": "required",
    "page.tickets.choose": "choose",
    "page.tickets.several": "several, with commas between",
    "page.tickets.comma": ", ",
    "page.tickets.file": "Evidence",
    "page.tickets.file-hint": "Several may be chosen, each up to {most} MB: PDF, pictures, recordings, Office files, text.",
    "page.tickets.file-again": "Please choose the files again.",
    "page.tickets.back": "Back",
    "page.tickets.camera": "Take a photo",
    "page.tickets.remove": "Leave out",
}
