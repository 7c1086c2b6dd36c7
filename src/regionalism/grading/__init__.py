"""Hand-ins into marks: read, judge anew, count, report. Nothing that a student wrote is ever run."""
