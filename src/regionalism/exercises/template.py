"""A small chapter to copy: one question of each kind, with a word on what each part is for.

Copy this file to a new one beside it, named like your chapter (`trade.py` for the chapter `trade`), and
write `trade` wherever it says `template`. Keep the questions that you need, throw away the others, and run
`python course.py check-questions trade`. This file itself is no chapter: students never see it.

The states Arka, Boro, Celan and Dala are made up. What a state does in a small model says nothing about a
real one, so a real name would mislead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionalism.exercises.building import argument, quick_choices
from regionalism.exercises.draws import Draw
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Claim,
    Mark,
    Match,
    Number,
    Numbers,
    Option,
    Order,
    Plot,
    Predict,
    Question,
    Several,
    Sliders,
    Table,
    Wrong,
)

if TYPE_CHECKING:
    import pandas as pd

# begin names
# What a student can do after the chapter. Each question serves one of them.
OBJECTIVES = {
    "weigh": "weigh what an act costs a state against what it brings to that state",
    "sort": "tell which kind of problem keeps states apart",
}

# What a student may think instead, in one plain sentence. The report for the teacher counts them by these names.
MISCONCEPTIONS = {
    "all-gain-all-act": "If all gain when all act, all will act.",
    "sum-for-share": "A sum of money is read as a burden.",
    "fines-mend-all": "Every failure needs a fine.",
    "more-is-better": "More members, more money or more meetings always bring more.",
}
# end names


# begin number
# NUMBER: one number is worked out. Use it where the way to the number is the point, and the number tells.
#
# `draw` gives each student numbers of their own: write it so that every draw makes a sensible question.
# All texts may use the numbers: write `lambda n: f"... {n['cost']} ..."` instead of a plain text.
PATROL = Question(
    id="template.patrol",  # chapter, point, short name: stays the same for ever, since files of answers use it
    title="What a patrol brings",  # stands above the question; gives nothing away
    objective="weigh",  # one of OBJECTIVES
    points=2,
    work="thought",  # "data" for a table, "widget" for an explorer, "thought" for neither
    draw=lambda d: {"cost": d.step(22, 32, 2), "states": d.integer(3, 5), "gain": d.integer(11, 19)},
    kind=Number(unit="mn USD", absolute=0.5, between=(-100, 100)),  # right within 0.5 million
    prompt=lambda n: (
        f"A patrol costs Arka **{n['cost']}** mn USD a year. Each of the {n['states']} states of the region, "
        f"Arka included, wins **{n['gain']}** mn USD by it. What does the patrol bring to **Arka alone**, "
        "after its cost? A loss has a minus."
    ),
    right=lambda n: n["gain"] - n["cost"],
    # A wrong answer that somebody gives for a reason. `example` is one such answer; `reply` says why it tempts
    # and gives one nudge, not the solution.
    wrongs=(
        Wrong(
            "all-gain-all-act",
            example=lambda n: n["states"] * n["gain"] - n["cost"],
            reply="This is what the whole region wins. Who pays, and whose gain counts for the one who pays?",
        ),
    ),
    nudge="Write down what Arka pays and what Arka gets. Leave the others out.",  # for any other wrong answer
    help="Take the cost away from what one state wins. The result may lie below zero.",  # at the second try
    worked=lambda n: (
        f"Arka wins {n['gain']} and pays {n['cost']}: {n['gain']} − {n['cost']} = {n['gain'] - n['cost']}."
    ),
    praise="The region gains and Arka loses. That is why the patrol may not be sent.",  # why it matters
)
# end number


# begin choice
# CHOICE: one of several options. Use it where each wrong option is a thought that somebody really has.
# Every wrong option needs a `Wrong` (it betrays a misconception) or a reply of its own (it does not).
CHANNEL = Question(
    id="template.channel",
    title="One channel for all",
    objective="sort",
    points=1,
    kind=Choice(
        (
            Option("fines", "Inspectors, and fines for the state that leaves the channel"),
            Option("forum", "A meeting that settles on one of the channels"),
            Option("wait", "Nothing: it settles by itself", "Both waited last year, and the channels still differ."),
        )
    ),
    prompt="Arka and Boro need one radio channel for emergencies. Arka would like channel 5 and Boro channel 9, "
    "but any common channel is better than two. Which institution fits?",
    right="forum",
    wrongs=(
        Wrong(
            "fines-mend-all",
            "fines",
            "A fine helps against a temptation to leave. What would a state win by leaving a channel that both use?",
        ),
    ),
    nudge="Ask what each state would do once the other has chosen.",
    help="Nobody gains by leaving a common channel. What is open is only which one it is.",
    worked="Once both use a channel, neither gains by leaving it, so nobody has to be fined. They must agree on one.",
    praise="A problem of agreeing, not of cheating.",
)
# end choice


# SEVERAL: all options that hold are ticked. Use it for a test with more than one way to pass it.
PUBLIC = Question(
    id="template.public",
    title="Who can be kept out?",
    objective="sort",
    points=2,
    kind=Several(
        (
            Option("warning", "A flood warning on the radio"),
            Option("air", "Cleaner air over the valley"),
            Option("road", "A toll road through the pass"),
            Option("guard", "A guard for one embassy"),
        )
    ),
    prompt="From which of these **cannot** a state be kept out that has paid nothing?",
    right={"warning", "air"},
    # `matches` finds all answers of one sort; `answer` is what the student gave, here a set of options.
    wrongs=(
        Wrong(
            "sum-for-share",
            {"warning", "road"},
            "The road is shared by many, and there is a gate on it. Who stands there?",
            matches=lambda n, answer: "road" in answer,
        ),
    ),
    nudge="Take a state that has not paid. Ask of each good whether somebody can send it away.",
    help="A gate or a guard keeps people out. Cross out what has one, and look at what is left.",
    worked="Nobody can be kept from a radio wave or from clean air. A toll road has a gate, and a guard stands at one "
    "door.",
)


# CARDS: cards are sorted into a few heaps. Use it where a rule is to be used on many cases.
_HEAPS = {"wall": "weakest", "seeds": "sum", "cure": "best", "posts": "weakest"}
KINDS = Question(
    id="template.kinds",
    title="How efforts add up",
    objective="sort",
    points=2,
    kind=Cards(
        cards=(
            Card("wall", "A dyke around a valley of four states, each of which builds its own stretch"),
            Card("seeds", "A common store of seeds, to which each state sends some sacks"),
            Card("cure", "A cure for a cattle disease that all may copy once one has found it"),
            Card("posts", "Border posts: whoever passes one of them can travel everywhere"),
        ),
        bins=(
            Bin("sum", "Adds up: every effort counts the same"),
            Bin("weakest", "Weakest link: the smallest effort decides"),
            Bin("best", "Best shot: the largest effort decides"),
        ),
    ),
    prompt="Sort the four tasks. Ask of each: if one state doubles its effort, what do all get?",
    right=_HEAPS,
    wrongs=(
        Wrong(
            "more-is-better",
            {**_HEAPS, "wall": "sum", "posts": "sum"},
            "More does look like more for all. Suppose that one state makes its own stretch twice as high. "
            "Where does the water come in?",
            matches=lambda n, answer: "sum" in (answer.get("wall"), answer.get("posts")),
        ),
    ),
    nudge="Double the effort of one state in your mind. Does everybody gain, nobody, or does it depend on which?",
    help="Look for the one effort that decides. If there is none, every effort counts the same.",
    worked="Water and travellers come in where the effort is smallest: the dyke and the posts. One cure serves all. "
    "Sacks add up.",
)


# SLIDERS: an interactive is moved until a goal holds. Use it where moving it shows what a formula hides.
# `fixed` controls stay put, `start` says where the free ones begin: not at the goal.
PAYS = Question(
    id="template.pays",
    title="When does a patrol pay for itself?",
    objective="weigh",
    points=1,
    work="widget",
    draw=lambda d: {"cost": d.pick((6, 8, 10))},
    kind=Sliders(
        explorer="gains-which-game",
        free=("benefit",),
        fixed=lambda n: {"kind": "sum", "cost": n["cost"], "spillover": 1},
        start={"benefit": 2},
        goal=lambda results, values, n: values["benefit"] > n["cost"],
        goal_words="a state sends a patrol even if it sends it alone",
    ),
    prompt=lambda n: (
        f"A patrol costs {n['cost']}. Move the benefit until each state would send one, whatever the other does."
    ),
    right=lambda n: {"benefit": n["cost"] + 1},
    wrongs=(
        Wrong(
            "all-gain-all-act",
            example=lambda n: {"benefit": n["cost"] / 2 + 1},
            reply="Now both would be better off if both sent one. Does one state gain by sending it alone?",
            matches=lambda n, values: n["cost"] / 2 < values["benefit"] <= n["cost"],
        ),
    ),
    nudge="Watch the stable outcome, not the best one.",
    help="Compare two numbers of one state: what it pays, and what comes back to itself.",
    worked=lambda n: (
        f"A state that sends a patrol alone pays {n['cost']}. It gains by that if the benefit is above {n['cost']}."
    ),
)


# begin table
# TABLE: a few cells are filled in. Use it for arithmetic on data. `show` gives the table to work with.
def _spending(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = [("Arka", numbers["arka"], 900), ("Boro", numbers["boro"], 90)]
    return pd.DataFrame(rows, columns=["State", "GDP, billion US$", "Military spending, million US$"])


BURDEN = Question(
    id="template.burden",
    title="Who carries more?",
    objective="weigh",
    points=2,
    work="data",
    draw=lambda d: {"arka": d.step(80, 150, 10), "boro": d.integer(4, 6)},
    show=_spending,
    kind=Table(
        (
            # A tolerance as wide as the last decimal that you ask for, and an end where no answer can lie.
            Cell("arka", "Arka, percent of GDP", Number(unit="%", absolute=0.06, between=(0, None))),
            Cell("boro", "Boro, percent of GDP", Number(unit="%", absolute=0.06, between=(0, None))),
        )
    ),
    prompt="Work out the burden of each state: its military spending in percent of its GDP. One decimal is enough.",
    right=lambda n: {"arka": 90 / n["arka"], "boro": 9 / n["boro"]},
    wrongs=(
        Wrong(
            "sum-for-share",
            {"arka": 1000 / 11, "boro": 100 / 11},
            "This compares the two sums of money. A rich state can pay more and still carry less: divide by its GDP.",
            matches=lambda n, answer: answer.get("arka", 0) > 50,
        ),
    ),
    nudge="A burden is a share: spending divided by the GDP of the same state, times 100.",
    help="A billion is a thousand million: write both in million US$ first.",
    worked=lambda n: (
        f"Arka: 900 / {n['arka']},000 × 100 = {90 / n['arka']:.2f} %. "
        f"Boro: 90 / {n['boro']},000 × 100 = {9 / n['boro']:.2f} %."
    ),
    praise="The state that spends less money carries more.",
)
# end table


# begin order
# ORDER: items are put in a row. Use it for steps in time, or for sizes. Part of an order earns part of the points.
STEPS = Question(
    id="template.steps",
    title="From a quarrel to a treaty",
    objective="sort",
    points=1,
    kind=Order(
        (Card("sign", "The heads of state sign"), Card("ratify", "Each parliament votes on the text"),
         Card("draft", "Officials write a draft"), Card("force", "The treaty enters into force")),
        first="first in time",
        last="last in time",
    ),
    prompt="Put the four steps of a treaty in order.",
    # From the first place on. Items that share a place stand in a list of their own:
    # ["draft", ["sign", "ratify"], "force"].
    right=["draft", "sign", "ratify", "force"],
    wrongs=(
        Wrong(
            "all-gain-all-act",
            ["draft", "sign", "force", "ratify"],
            "Many signed treaties never bound anybody. What has to happen at home before one does?",
            matches=lambda n, answer: answer.index("force") < answer.index("ratify"),
        ),
    ),
    nudge="Ask of each step which other one it needs before it.",
    help="Nobody can sign what is not written, and nothing binds a state before its parliament has voted.",
    worked="Officials write the draft, the heads of state sign it, the parliaments vote, then it enters into force.",
)  # fmt: skip
# end order


# MATCH: each item gets one partner. Use it where things belong together one by one. One partner too many
# keeps the last pair from being left over.
CURES = Question(
    id="template.cures",
    title="Trouble and cure",
    objective="sort",
    points=2,
    kind=Match(
        items=(Card("doubt", "Nobody knows whether the others keep the deal"),
               Card("tempt", "Each gains by breaking the deal"),
               Card("two", "There are two equally good plans")),
        partners=(Bin("visits", "Visits and reports"), Bin("fines", "Fines"),
                  Bin("meeting", "A meeting that picks one"), Bin("money", "More money for all")),
    ),
    prompt="Match each trouble with what meets it best. One is left over.",
    right={"doubt": "visits", "tempt": "fines", "two": "meeting"},
    wrongs=(
        Wrong(
            "fines-mend-all",
            {"doubt": "visits", "tempt": "meeting", "two": "fines"},
            "A fine needs a rule that somebody breaks. Which rule is broken while two plans are on the table?",
            matches=lambda n, answer: answer.get("two") == "fines",
        ),
    ),
    nudge="Ask of each trouble what is missing: knowledge, a reason to stay, or a choice.",
    help="A threat helps against a temptation only. Where nobody is tempted, look for something else.",
    worked="Doubt goes when the states can look: visits. A temptation goes when leaving costs something: fines. "
    "Two good plans need a choice: a meeting.",
)  # fmt: skip


# begin allocate
# ALLOCATE: a sum is shared out so that nobody walks out. Use it for bargains: any share that meets all claims
# is right, and `right` is only one of them.
GAIN = Question(
    id="template.gain",
    title="Share the gain",
    objective="weigh",
    points=2,
    draw=lambda d: {"pair": d.pick((68, 70, 75, 80))},
    kind=Allocate(
        receivers=(Card("arka", "Arka"), Card("boro", "Boro"), Card("celan", "Celan")),
        total=100,
        claims=lambda n: (
            Claim(("arka", "boro"), n["pair"], "by a treaty of two"),
            Claim(("celan",), 10, "by staying away"),
        ),
        unit="mn USD",
        step=5,
    ),
    prompt=lambda n: (
        "A treaty of three brings 100 mn USD. Arka and Boro alone could make "
        f"{n['pair']} mn USD, and Celan wins 10 mn USD by staying away. Share the sum out so that nobody walks out."
    ),
    right={"arka": 40, "boro": 40, "celan": 20},
    wrongs=(
        Wrong(
            "more-is-better",
            lambda n: {"arka": 50, "boro": 50, "celan": 0},
            "The two large states are content, and the third gets nothing. What does it win elsewhere?",
            matches=lambda n, answer: answer["celan"] < 10,
        ),
    ),
    nudge="Ask of each group that could leave what it would win by leaving.",
    help="Give each group at least what it can have without the others. What is left is free.",
    worked=lambda n: f"Arka and Boro together need {n['pair']}, Celan needs 10. What is left of 100 may go to anybody.",
)
# end allocate


# begin mark
# MARK: a point or, with `span=True`, a stretch is marked on a chart. Use it where a line is to be read.
def _meetings(numbers: Numbers) -> Plot:
    peak = numbers["peak"]
    line = tuple((float(year), float(20 - abs(year - peak))) for year in range(2000, 2021))
    return Plot(
        {"Meetings": line}, x_label="Year", y_label="Meetings a year", x_range=(2000, 2020), y_range=(0, 20),
        source="Made up.",
    )  # fmt: skip


PEAK = Question(
    id="template.peak",
    title="When did it turn?",
    objective="weigh",
    points=1,
    work="data",
    draw=lambda d: {"peak": d.integer(2006, 2015)},
    kind=Mark(_meetings, step=1, absolute=1),
    prompt="The chart shows the meetings of a league. Mark the year from which on there were **fewer** every year.",
    right=lambda n: n["peak"],
    wrongs=(Wrong("more-is-better", 2020, "Here the line ends. Follow it back to where it began to fall."),),
    nudge="Follow the line from the left and stop where it changes its direction.",
    help="Look for the highest place. A year to the left or right is near enough.",
    worked=lambda n: f"The line rises up to {n['peak']} and falls from then on.",
)
# end mark


# begin predict
# PREDICT: a guess first, then what came out. Use it to wake a misconception before the lesson mends it. No guess
# is marked down, and only the first one counts. What `show` shows appears after the guess.
def _members(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"Members": [5, 8], "Decisions a year": [12, 7]})


GUESS = Question(
    id="template.guess",
    title="Three more members",
    objective="sort",
    points=1,
    work="data",
    kind=Predict(Choice((Option("more", "More"), Option("fewer", "Fewer"), Option("same", "As many as before")))),
    prompt="A league of five decides by consent and takes in three more. **Guess first:** more decisions a year, "
    "fewer, or as many as before?",
    right="fewer",  # what came out
    wrongs=(Wrong("more-is-better", "more", "More members bring more plans. Each of them can also say no."),),
    worked="With five members there were 12 decisions a year, with eight there were 7: more of them could say no.",
    show=_members,
)
# end predict


# begin transfer
# A TRANSFER question uses what was learnt on a new case. It carries no key: no right answer, no reply, no help.
# The key stands in a file that students do not have (see the page "Write a question").
RADIO = Question(
    id="template.transfer-radio",
    title="Transfer: who pays for the tower?",
    objective="weigh",
    points=2,
    role="transfer",
    draw=lambda d: {"cost": d.integer(20, 40)},
    kind=Choice(
        (
            Option("all", "Both build a tower"),
            Option("one", "One builds a tower and the other listens to it"),
            Option("none", "Nobody builds a tower"),
        )
    ),
    prompt=lambda n: (
        f"A radio tower costs {n['cost']} and is worth {n['cost'] + 15} to each of Celan and Dala. "
        "A second one adds nothing. Each decides alone. What is stable?"
    ),
)
# end transfer


# TEXT: an open argument. No machine judges it; a reader marks it by the list, which students see as well.
ARGUE = argument(
    "template",
    title="Argue: is the gain too small?",
    objective="weigh",
    prompt="Take one task that four neighbours share. Argue whether the gain is too small there, or something else is "
    "missing.",
    rubric=(
        "Names one real task and says who would pay for it (1 point)",
        "Says what the task brings to the one who pays, with a number and its source (2 points)",
        "Names one finding that would change the writer's mind (1 point)",
    ),
)


# QUICK QUESTIONS stand on the chapter's page, without points, the same for everybody. The page judges them itself,
# so they draw no numbers, and each option has its reply.
_quick = quick_choices("template", nudge="Look again at the model above.")
SELF_CHECK = (
    _quick(
        "gain", "Gain and act", "weigh",
        prompt="All four would gain if all four acted. What follows?",
        right="open",
        options=(
            Option("act", "They will act, sooner or later"),
            Option("open", "Nothing yet: it depends on what each wins by its own act"),
        ),
        wrongs=(Wrong("all-gain-all-act", "act",
                      "This takes what could be won for what will be done. Who pays, and what comes back?"),),
        why="A joint gain says what could be won. What is done depends on what each wins alone.",
    ),
)  # fmt: skip

# The last lines bring all together. The order here is the order on the sheet.
CHAPTER = Chapter(
    stem="template",
    title="A chapter to copy",
    objectives=OBJECTIVES,
    misconceptions=MISCONCEPTIONS,
    questions=(
        PATROL, CHANNEL, PUBLIC, KINDS, PAYS, BURDEN, STEPS, CURES, GAIN, PEAK, GUESS, RADIO, ARGUE,
    ),
    self_check=SELF_CHECK,
)  # fmt: skip


def example_draw(draw: Draw) -> Numbers:
    """How numbers are drawn: whole numbers, steps, one of a list, some of a list, a new order."""
    return {
        "states": draw.integer(3, 5),  # 3, 4 or 5
        "share": draw.step(0.2, 0.8, 0.05),  # 0.2, 0.25, … 0.8
        "year": draw.pick((2005, 2010, 2015)),
        "who": draw.sample(("Arka", "Boro", "Celan"), 2),
        "order": draw.shuffle(("Arka", "Boro", "Celan")),
    }
