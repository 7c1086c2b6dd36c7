"""The two tests of the course, before and after it, with their right answers.

Students must not have this file; it is no part of their build. Item n of both forms tests the same idea with another
case. The states are made up and bear other names than those of the chapters, so that neither form leans on the course.
"""

from __future__ import annotations

from regionalism.exercises.question import Choice, Option, Question, Wrong
from regionalism.teaching.forms import Form, Idea

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "early-juniper-c25f80b1"

LOCATED, COUNTED = "located-here-is-regionalism", "count-measures-cooperation"
JOINT, PUNISH, RICHER = "joint-gain-produces-cooperation", "every-failure-needs-punishment", "richer-gives-more"
SOMEBODY = "somebody-will-pay"
EACH, AUTOMATIC, WILL_HAPPEN = "rational-for-each-best-for-all", "guarantee-is-automatic", "best-for-all-will-happen"
LARGEST, WILL = "largest-is-indispensable", "will-makes-a-leader"
TWO = "two-are-a-region"

IDEAS = (
    Idea("puzzle", "What governments do together, three or more and alone, is told from what merely stands in the region."),
    Idea("puzzle", "A number of things is not a measure of joint work."),
    Idea("gains", "A gain for both does not yet make either act: efforts that add up."),
    Idea("gains", "Doubt about the other is mended by seeing, not by fines: the weaker effort decides."),
    Idea("gains", "Two good rules and a choice between them call for an agreement, not for fines."),
    Idea("outsourcing", "What is best for each need not be best for all, and what is best for all need not come."),
    Idea("outsourcing", "A promise of help holds more against one danger than against another."),
    Idea("outsourcing", "Good single choices and a signed promise can still leave all without help."),
    Idea("leadership", "The largest can be left out if others can pay."),
    Idea("leadership", "Who leads is decided by what following costs the other."),
)


def _item(
    number: str, title: str, prompt: str, right: str, worked: str, options: tuple[Option, ...],
    wrongs: tuple[Wrong, ...],
) -> Question:
    return Question(
        id=number, title=title, objective="", points=1, kind=Choice(options, shuffled=False), prompt=prompt, right=right,
        worked=worked, wrongs=wrongs,
    )


# The first test

FIRST = (
    _item(
        "first.1",
        "A telling fact",
        "A student wants to know how far the governments of five neighbouring states act together as a group. A group is three "
        "or more of them, without others. Which fact tells her most?",
        "team",
        "Three governments do something together, and nobody else is in it.",
        (
            Option("count", "The list of agreements about the region has grown to ninety texts"),
            Option("seat", "A world organisation has its main office in one of the five capitals"),
            Option("team", "Three of the governments run one mountain rescue team together"),
            Option("two", "Two of the governments train their soldiers together"),
        ),
        (
            Wrong(COUNTED, "count", "Ninety texts about the region. Who signed them, and what was done?"),
            Wrong(LOCATED, "seat", "The office stands in the region. Who made it, and who is in it?"),
            Wrong(TWO, "two", "They do work together. How many did she ask for?"),
        ),
    ),
    _item(
        "first.2",
        "A map of offices",
        "A map of five neighbouring states shows 24 offices for security. Ten years ago it showed 12. It shows where each of "
        "them stands. What does it tell about how the five states work together?",
        "little",
        "The map says where offices stand. Who made them and what they do it does not say.",
        (
            Option("little", "Not much: we cannot see who made them and what they do"),
            Option("double", "It has doubled: 24 offices do twice as much"),
            Option("own", "Very much: all of them stand in the region, so they are its own"),
            Option("ended", "It has ended: states that trust each other need no such offices",
                   "The map does not speak of trust either. What would we have to know about the offices?"),
        ),
        (
            Wrong(COUNTED, "double", "Twice as many offices. Do we know what one of them does?"),
            Wrong(LOCATED, "own", "They stand in the region. Could somebody from outside run them?"),
        ),
    ),
    _item(
        "first.3",
        "Clean water",
        "Lumo and Tavi share a river. A station that cleans the water costs the state that builds it **9**. It is worth **5** to each of the two "
        "states, whoever builds it. Two stations are worth twice as much. If both build one, each ends **1** better off than with "
        "none. Each state decides once, alone, and for its own gain. What happens?",
        "neither",
        "A station of its own costs a state 9 and brings it 5, whatever the other does. So neither builds.",
        (
            Option("both", "Both of them build one"),
            Option("one", "Only one of them builds one"),
            Option("half", "Each of them builds half",
                   "Half a station costs 4.5 and brings its builder 2.5. Why would a state do that?"),
            Option("neither", "Neither of them builds one"),
        ),
        (
            Wrong(JOINT, "both", "Both would be better off. Suppose the other builds: what does a station of your own bring you?"),
            Wrong(SOMEBODY, "one", "Look at the one that builds: what does it pay, and what does it get?"),
        ),
    ),
    _item(
        "first.4",
        "A shared network",
        "Two states link the computers of their hospitals. Thieves enter through the side that is guarded worse and then reach "
        "everything. A safe network is worth **11** to each state, and good guarding costs each **5**. Last year neither guarded "
        "its side, since each had heard that the other would not. Which step fits this cause best?",
        "visits",
        "If the other guards, guarding pays: 11 for 5. What is missing is not the wish but the certainty that the other does it.",
        (
            Option("fine", "A fine for each state that leaves its side unguarded"),
            Option("visits", "Visits by which each sees that the other guards"),
            Option("nothing", "No step: both would gain, so both will do it"),
            Option("richer", "Twice as much guarding on the side of the richer one"),
        ),
        (
            Wrong(PUNISH, "fine", "Would a state want to stop if it were sure of the other? What did each of them doubt?"),
            Wrong(JOINT, "nothing", "Both would have gained last year, too. Why did neither do it?"),
            Wrong(RICHER, "richer", "The thieves come through the worse side. Is that one any safer now?"),
        ),
    ),
    _item(
        "first.5",
        "Left or right",
        "Orin and Pell open a road across their border. Orin would rather have all cars drive on the left, Pell on the right. For "
        "both, either rule is far better than two rules on one road. There is no rule yet. Which step fits best?",
        "lot",
        "Once there is one rule, neither gains by leaving it. All that is open is which rule.",
        (
            Option("nothing", "No step at all: both want a rule, so it comes by itself"),
            Option("fine", "A fine for the state that does not give up its own rule"),
            Option("richer", "A wider road on the side of the state that has more money"),
            Option("lot", "A meeting at which one of the two rules is drawn by lot"),
        ),
        (
            Wrong(JOINT, "nothing", "Both want a rule, and each wants another one. What decides between them?"),
            Wrong(PUNISH, "fine", "Which of the two would you fine? Once a rule stands, who gains by leaving it?"),
            Wrong(RICHER, "richer", "A wider road has two rules as well. What do the two have to settle?"),
        ),
    ),
    _item(
        "first.6",
        "Water for four towns",
        "Four towns buy water from one company; each pays **8** a year. They could dig a well. It costs a town **11** if "
        "one uses it alone, **9** each for two, **8.5** each for three and **6** each for all four. Each town decides for itself. "
        "Today all four buy. Which sentence is true?",
        "together",
        "A town that leaves alone pays 11 instead of 8. All four in the well would pay 6 instead of 8.",
        (
            Option("together", "No town does better alone, but all four together would"),
            Option("best", "Each town does its best, so the four cannot do any better"),
            Option("soon", "The well is cheaper for all four, so they will soon share it"),
            Option("mistake", "Each town makes a mistake and should use the well"),
        ),
        (
            Wrong(EACH, "best", "Each does its best while the others buy. What would each pay if all four moved?"),
            Wrong(WILL_HAPPEN, "soon", "Take the first town that leaves the company. What does it pay?"),
            Wrong(WILL_HAPPEN, "mistake", "A town that uses the well by itself pays 11. Is it wrong to go on paying 8?"),
        ),
    ),
    _item(
        "first.7",
        "A treaty of help",
        "A small state has signed a treaty of help with one large and three small states. In twenty years the large one has sent "
        "soldiers twice, both times against armed groups from outside. When two members fired at each other, it sent nobody. "
        "How sure can the small state be of help?",
        "differs",
        "Help came against groups from outside, and none came between members. The danger makes the difference.",
        (
            Option("always", "Quite sure, since a signed treaty must be kept in any case"),
            Option("differs", "Surer against groups from outside than against members"),
            Option("equal", "Equally sure in every danger, since the treaty names none"),
            Option("never", "Not sure at all, since what is on paper never counts",
                   "Twice soldiers came. When did they, and when not?"),
        ),
        (
            Wrong(AUTOMATIC, "always", "The treaty held when two members fired at each other, too. Who came?"),
            Wrong(AUTOMATIC, "equal", "The treaty names no danger. Did the help make a difference between dangers?"),
        ),
    ),
    _item(
        "first.8",
        "Hired guards",
        "Three mines each pay the same firm for guards, since that is the cheapest way for each of them. The contract promises "
        "guards within a day of a call. The firm has enough guards for one mine at a time. Which sentence is right?",
        "all",
        "No mine chose badly, and if two call on one day, one of them waits. The promise cannot be kept for all.",
        (
            Option("promise", "Each mine is safe, for the contract promises it guards"),
            Option("best", "Each mine chose the best, so the three have the best plan"),
            Option("all", "Each may have chosen well, and the three may lack guards"),
            Option("bad", "Each mine chose badly, since hired guards do not come",
                   "The text does not say so. If only one mine calls, what happens?"),
        ),
        (
            Wrong(AUTOMATIC, "promise", "Suppose that two mines call on one day. How many guards are there?"),
            Wrong(EACH, "best", "Best for each, as long as it looks at itself. Is there a better plan for the three?"),
        ),
    ),
    _item(
        "first.9",
        "A tunnel",
        "A tunnel costs **60**. It is worth **70** to Lumo, the largest state, **40** to Tavi, **25** to Nesk, **10** to Orin and "
        "**5** to Pell. States may share the cost, and none pays more than the tunnel is worth to it. All can then use it. Lumo "
        "says that it will not pay. What follows?",
        "two",
        "40 + 25 = 65, which is more than 60. Two states are enough, and neither of them is the largest.",
        (
            Option("two", "Tavi and Nesk can still pay for the tunnel together"),
            Option("lost", "There will be no tunnel: without the largest nobody can"),
            Option("will", "The tunnel must wait until Lumo wants to lead"),
            Option("four", "The tunnel needs all four of the other states to pay",
                   "Add up what it is worth to the next two. Is that enough already?"),
        ),
        (
            Wrong(LARGEST, "lost", "Only Lumo can pay alone. Add up what the tunnel is worth to others."),
            Wrong(WILL, "will", "Lumo's will decides what Lumo does. Can others pay without it?"),
        ),
    ),
    _item(
        "first.10",
        "Two water offices",
        "Lumo and Tavi each have an office for the shared lake, and each wants to lead. Small states follow one or the other, and "
        "much is done twice. Lumo, the larger one, wants Tavi to follow. What would help Lumo most?",
        "cheaper",
        "Tavi compares two things: what it loses by following, and what it loses by going on. Only the right answer changes one of them.",
        (
            Option("show", "To show how firmly it is determined to lead"),
            Option("wait", "To wait: in the end no one can do without the largest"),
            Option("between", "To ask small states to divide evenly between the two",
                   "Then the two are as divided as before. What would change for Tavi?"),
            Option("cheaper", "To make following cost Tavi less than going on"),
        ),
        (
            Wrong(WILL, "show", "Lumo's will is plain already. Does it change anything in Tavi's choice?"),
            Wrong(LARGEST, "wait", "The work goes on without one office for all. What does waiting change for Tavi?"),
        ),
    ),
)

# The second test

SECOND = (
    _item(
        "second.1",
        "A telling fact",
        "Five states share one great forest. A journalist wants to know how far their governments act together as a group. A group "
        "is three or more of them, without others. Which fact tells him most?",
        "crew",
        "Four governments do something together, and nobody else is in it.",
        (
            Option("court", "An international court has its seat in a town beside the forest"),
            Option("crew", "Four of the governments send out one fire crew together"),
            Option("two", "Two of the governments keep up a bridge together"),
            Option("count", "The register of papers about the forest has doubled this year"),
        ),
        (
            Wrong(LOCATED, "court", "The court stands beside the forest. Who made it, and for whom?"),
            Wrong(TWO, "two", "They do work together. How many did he ask for?"),
            Wrong(COUNTED, "count", "Twice as many papers. Who signed them, and what was done?"),
        ),
    ),
    _item(
        "second.2",
        "A calendar of meetings",
        "A calendar lists 30 meetings on safe borders that were held this year in five neighbouring capitals. Five "
        "years ago it listed 10. It gives the day and the place of each. What does it tell about how the five states work together?",
        "little",
        "The calendar says where meetings were held. Who called them and what came of them it does not say.",
        (
            Option("triple", "It has tripled: 30 meetings do three times as much as 10 did"),
            Option("own", "A great deal: they were held in the region, so they are its own"),
            Option("failed", "It has failed: states that get on well need not meet so often",
                   "The calendar does not speak of that either. What would we have to know about the meetings?"),
            Option("little", "Very little: who called them and what came of it is not said"),
        ),
        (
            Wrong(COUNTED, "triple", "Three times as many meetings. Do we know what one of them did?"),
            Wrong(LOCATED, "own", "They were held in the region. Could somebody from outside have called them?"),
        ),
    ),
    _item(
        "second.3",
        "Mosquitoes",
        "Mira and Osta suffer from the same mosquitoes. A campaign against them costs the state that runs it **14**. It is worth "
        "**8** to each of the two states, whoever runs it. Two campaigns are worth twice as much. If both run one, each ends "
        "**2** better off than with none. Each state decides once, alone, and for its own gain. What happens?",
        "neither",
        "A campaign of its own costs a state 14 and brings it 8, whatever the other does. So neither runs one.",
        (
            Option("neither", "Neither of them runs one"),
            Option("half", "Each of them runs half",
                   "Half a campaign costs 7 and brings its state 4. Why would a state do that?"),
            Option("both", "Both of them run one"),
            Option("one", "Only one of them runs one"),
        ),
        (
            Wrong(JOINT, "both", "Both would be better off. Suppose the other runs one: what does your own bring you?"),
            Wrong(SOMEBODY, "one", "Look at the one that runs it: what does it pay, and what does it get?"),
        ),
    ),
    _item(
        "second.4",
        "A railway tunnel",
        "Trains pass through a long tunnel between two states. A wagon that was badly checked at either end can set fire to all. "
        "Safe trains are worth **13** to each state, and good checks cost each **6**. Last year neither checked, since each had "
        "heard that the other would not. Which step fits this cause best?",
        "watch",
        "If the other checks, checking pays: 13 for 6. What is missing is not the wish but the certainty that the other does it.",
        (
            Option("richer", "Checks that are twice as strict at the richer end"),
            Option("nothing", "Nothing is needed: both would win, so both will start"),
            Option("watch", "Officers of each who watch the checks of the other"),
            Option("fine", "A penalty for any state that leaves its end unchecked"),
        ),
        (
            Wrong(RICHER, "richer", "A bad wagon may come from the other end. Is that one any safer now?"),
            Wrong(JOINT, "nothing", "Both would have won last year, too. Why did neither start?"),
            Wrong(PUNISH, "fine", "Would a state want to stop if it were sure of the other? What did each of them doubt?"),
        ),
    ),
    _item(
        "second.5",
        "Fire hoses",
        "Senn and Kelu want their fire crews to help each other. Senn would rather have narrow hoses everywhere, Kelu wide ones. "
        "For both, either size is far better than two sizes that do not fit together. Nothing is settled yet. Which step fits best?",
        "talk",
        "Once there is one size, neither gains by leaving it. All that is open is which size.",
        (
            Option("talk", "A talk in which one of the two sizes is agreed on"),
            Option("nothing", "No step at all: both want one size, so it will come"),
            Option("fine", "A fine for the state that does not change its hoses"),
            Option("richer", "Larger fire engines for the state with more money"),
        ),
        (
            Wrong(JOINT, "nothing", "Both want one size, and each wants another one. What decides between them?"),
            Wrong(PUNISH, "fine", "Which of the two would you fine? Once a size stands, who gains by leaving it?"),
            Wrong(RICHER, "richer", "The hoses still do not fit. What do the two have to settle?"),
        ),
    ),
    _item(
        "second.6",
        "Snow in four villages",
        "Four villages hire snow ploughs from one firm; each pays **10** a winter. They could buy ploughs. That costs a village "
        "**14** if one has them alone, **12** each for two, **11** each for three and **7** each for all four. Each village decides for "
        "itself. Today all four hire. Which sentence is true?",
        "together",
        "A village that stops hiring alone pays 14 instead of 10. All four with their own ploughs would pay 7 instead of 10.",
        (
            Option("soon", "Own ploughs are cheaper for all, so they will soon buy them"),
            Option("together", "All four would do better together, but none by itself"),
            Option("mistake", "Each village makes a mistake and should buy ploughs"),
            Option("best", "Each village does its best, so the four cannot do better"),
        ),
        (
            Wrong(WILL_HAPPEN, "soon", "Take the first village that stops hiring. What does it pay?"),
            Wrong(WILL_HAPPEN, "mistake", "A village with its own ploughs pays 14. Is it wrong to go on paying 10?"),
            Wrong(EACH, "best", "Each does its best while the others hire. What would each pay if all four moved?"),
        ),
    ),
    _item(
        "second.7",
        "A club of states",
        "Osta has joined a club of states that promises its members help. Senn, the strongest member, sent help after three "
        "earthquakes in other members. When two members quarrelled over wells and shots were fired, Senn did nothing. How far "
        "can Osta count on help?",
        "differs",
        "Help came after earthquakes, and none came in a quarrel. The danger makes the difference.",
        (
            Option("never", "Not at all, since strong states forget what they promise",
                   "Three times help came. When did it, and when not?"),
            Option("equal", "Equally far in every danger, since it was promised for all"),
            Option("always", "Fully, since what was promised in writing must be done"),
            Option("differs", "Further after an earthquake than in a quarrel over wells"),
        ),
        (
            Wrong(AUTOMATIC, "equal", "The promise names no danger. Did the help make a difference between dangers?"),
            Wrong(AUTOMATIC, "always", "The promise held in the quarrel over wells, too. Who came?"),
        ),
    ),
    _item(
        "second.8",
        "A helicopter for hire",
        "Three islands each pay the same owner for a helicopter that brings the sick to hospital, since that is the cheapest way "
        "for each of them. The contract promises it within two hours of a call. The owner has one helicopter. Which sentence is "
        "right?",
        "all",
        "No island chose badly, and if two call in one hour, one of them waits. The promise cannot be kept for all.",
        (
            Option("all", "Each may have chosen well, and the three may lack help"),
            Option("bad", "Each island chose badly, since hired things never arrive",
                   "The text does not say so. If only one island calls, what happens?"),
            Option("best", "Each island chose the best, so the three have the best plan"),
            Option("promise", "Each island will get help, for the contract promises it"),
        ),
        (
            Wrong(EACH, "best", "Best for each, as long as it looks at itself. Is there a better plan for the three?"),
            Wrong(AUTOMATIC, "promise", "Suppose that two islands call in one hour. How many helicopters are there?"),
        ),
    ),
    _item(
        "second.9",
        "A cable",
        "A cable for fast internet costs **80**. It is worth **95** to Senn, the largest state, **50** to Kelu, **35** to Mira, "
        "**15** to Osta and **5** to Dorin. States may share the cost, and none pays more than the cable is worth to it. All can "
        "then use it. Senn says that it will not pay. What follows?",
        "two",
        "50 + 35 = 85, which is more than 80. Two states are enough, and neither of them is the largest.",
        (
            Option("four", "The cable needs all four of the other states to pay",
                   "Add up what it is worth to the next two. Is that enough already?"),
            Option("will", "The cable must wait until Senn wants to lead"),
            Option("two", "Kelu and Mira can still pay for the cable together"),
            Option("lost", "There will be no cable: without the largest nobody can"),
        ),
        (
            Wrong(WILL, "will", "Senn's will decides what Senn does. Can others pay without it?"),
            Wrong(LARGEST, "lost", "Only Senn can pay alone. Add up what the cable is worth to others."),
        ),
    ),
    _item(
        "second.10",
        "Two police schools",
        "Kelu and Mira each have a school for the police of the region, and each wants to lead. Small states send their officers "
        "to one or the other, and what they learn does not match. Kelu, the larger one, wants Mira to follow. What would help "
        "Kelu most?",
        "cheaper",
        "Mira compares two things: what it loses by following, and what it loses by going on. Only the right answer changes one of them.",
        (
            Option("wait", "To wait, since in the end all others need the largest"),
            Option("cheaper", "To make following easier for Mira than going on"),
            Option("show", "To declare firmly that it is going to lead"),
            Option("between", "To ask small states to send half to each of the schools",
                   "Then the two are as divided as before. What would change for Mira?"),
        ),
        (
            Wrong(LARGEST, "wait", "Each school goes on without the other. What does waiting change for Mira?"),
            Wrong(WILL, "show", "Kelu's will is plain already. Does it change anything in Mira's choice?"),
        ),
    ),
)

FORMS = {
    "first": Form("first", "Ten questions before the course", IDEAS, FIRST),
    "second": Form("second", "Ten questions after the course", IDEAS, SECOND),
}
