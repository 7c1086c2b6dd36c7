# ruff: noqa: UP031  (read by old Pythons too)
"""Looks at the browser, the memory and the processor."""

from regionalism.setting_up.finding import FAILS, LIMIT, UNASKED, WORKS, Finding
from regionalism.setting_up.machine import numbers

# What the labs in the browser need; the start page of the browser edition says the same.
FOR_LABS = {"Chrome": (112,), "Edge": (112,), "Firefox": (112,), "Safari": (16, 4)}
# What the pages of the book need to show everything; in older ones the text can still be read.
FOR_PAGES = {"Chrome": (88,), "Edge": (88,), "Firefox": (82,), "Safari": (14,)}
GIGABYTE = 1024.0**3
# With less a lab is slow, and with much less it does not start.
EASY_MEMORY, LEAST_MEMORY = 3.5, 1.5
INSTALL = "Firefox can be installed for one person without an administrator, and runs from a stick too."


def browser(machine, course):
    """The newest browser of this computer, against what pages and labs need."""
    name, found = "Browser", machine.browsers()
    if not found:
        return Finding("browser", name, LIMIT, "No browser was found in the usual places.",
                       "Do you have one all the same? Then go on. %s" % INSTALL, labs=False, pages=False)
    facts = {"found": ["%s %s" % pair for pair in found]}
    for verdict_of, needs in (("labs", FOR_LABS), ("pages", FOR_PAGES)):
        good = ["%s %s" % pair for pair in found if numbers(pair[1]) >= needs[pair[0]]]
        if good and verdict_of == "labs":
            return Finding("browser", name, WORKS, "%s: new enough for pages and labs." % good[0],
                           labs=True, pages=True, **facts)
        if good:
            return Finding("browser", name, LIMIT, "%s shows the pages but is too old for the labs in a browser."
                           % good[0],
                           "Labs need Chrome or Edge 112, Firefox 112 or Safari 16.4. %s" % INSTALL,
                           labs=False, pages=True, **facts)
    return Finding("browser", name, FAILS, "%s is too old for the course's pages and labs: text can be read, charts "
                   "do not all move." % facts["found"][0], "Pages need Chrome or Edge 88, Firefox 82 or Safari 14. %s"
                   % INSTALL, labs=False, pages=False, **facts)


def strength(machine, course):
    """Memory and processor: an old computer runs the labs slowly."""
    name, memory, cores = "Memory and processor", machine.memory_bytes(), machine.cores()
    if not memory:
        return Finding("strength", name, UNASKED, "The memory could not be asked.")
    size = memory / GIGABYTE
    words = "%.1f GB of memory%s" % (size, ", %d cores" % cores if cores else "")
    if size < LEAST_MEMORY:
        return Finding("strength", name, LIMIT, "%s: too little for the labs." % words,
                       "Read the pages here, and run the labs on another device.", memory=memory)
    if size < EASY_MEMORY or cores == 1:
        return Finding("strength", name, LIMIT, "%s: the labs start slowly." % words,
                       "Close other programs and tabs first, and start the lab before the lesson.", memory=memory)
    return Finding("strength", name, WORKS, "%s." % words, memory=memory)


LOOKS = (browser, strength)
