"""The plan of the lesson on `gains`: When does it pay to act together?

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from regionalism.teaching.plan import Plan, Role, Slide, Slip, Turn

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "grey-heron-ferry-51c8e2aa"
# Students have the motion in their lab.
PUBLIC = ("The gain from acting together was never the problem. The kind of good was.",)

OPEN = Turn(
    part="open",
    minutes=6,
    title="Three signatures out of five",
    glance="All hear the story of a treaty, and each writes one reason in silence.",
    say=(
        "In July 2022 the five presidents met on the shore of Issyk-Kul. A treaty of friendship was ready, and three of the five signed it.",
        "In September of that year there was fighting on the border of Kyrgyzstan and Tajikistan. The Kyrgyz counts: 59 and then 62 dead on the Kyrgyz side. The Tajik count: 41 dead on the Tajik side.",
        "In March 2025 these two states signed a treaty on that border. In August Tajikistan signed the friendship treaty as well.",
        "Let us suppose that quiet borders are better for all five. Why might governments still fail to work for them together?",
        "Write one reason on paper. You have one minute, and you work alone.",
    ),
    do="- Minute 1–2: you tell the story.\n- Minute 3: everybody writes one reason, in silence.\n- Minute 4–6: take six reasons from six corners of the room. Write each on the board in one of two columns, without headings: left, what blames a person or a government; right, what lies in the task itself. Do not explain the columns yet.\n\n**Care:** say both counts in one breath. Ask nobody where the family comes from, and do not open the question who began. If a student has lost somebody, give a quiet word and go on.",
    expect="Mostly the left column: pride, old quarrels, weak leaders, pressure from Russia or China. Some say that the states are too different. Few say that each one may wait for the others; if nobody does, the right column stays empty, and that is useful later. Sources, if asked: the counts of September 2022 stand in row E039 of the course's table of events, each side's by its own authorities. (The chapter's page gives those of 19 September, 59 and at least 39.) The treaties are rows A055 and A079 of the table of agreements.",
    slips=(
        Slip(
            "They did not sign because they do not want peace.",
            "Could somebody want the result, and still prefer that another does the work? When did you last see that in a shared flat?",
        ),
        Slip(
            "Turkmenistan refused.",
            "What do we know, and what do we not know? (The table shows no signature of Turkmenistan. It shows no refusal either.)",
        ),
    ),
    without="Nothing changes: voice, paper and board are enough.",
    slides=(
        Slide(
            "words",
            "Issyk-Kul, July 2022",
            "Five presidents, one treaty of friendship, three signatures.\n\nSuppose quiet borders are better for all five.\n\n**Why might governments still fail to work for them together?**\n\nOne reason, on paper, alone. One minute.",
        ),
    ),
)

PREDICT = Turn(
    part="predict",
    minutes=6,
    title="Two predictions",
    glance="All vote twice with letter cards, then tell a neighbour one reason.",
    say=(
        "You will now vote twice. Nobody speaks before the hands are up, and nobody is marked for a wrong answer.",
        "First question. All five would win if all five acted. What can we say about what will happen?",
        "Second question. Five equal states face one danger. First only a part of what a neighbour does reaches you, and later everything does. Nobody can make rules for the others. Will a state give more, the same, less, or nothing?",
        "I write your numbers on the board. We come back to both.",
    ),
    do="For each question: read it twice, give thirty seconds of silence, count down from three, then all show a letter card at the same moment. Count, and write the numbers on the board under *before*. Say nothing about who is right. In the last minute neighbours tell each other one reason for their choice.",
    expect="Right in the first: nothing follows yet, since it depends on what each one wins by its own act. Right in the second: it gives less, since others protect it already. Expect many hands for “they will act sooner or later” and for “it gives more”: these are the two beliefs that the lesson works on. The first answer is shown in turn 8, the second in turn 5.",
    slips=(
        Slip(
            "If all win, of course they will act.",
            "Who exactly decides, and what does that one state win by its own part alone?",
            "joint-gain-produces-cooperation",
        ),
        Slip(
            "More protection from neighbours means a better team, so each gives more.",
            "If your neighbour already heats the wall between your flats, do you turn your own heating up or down?",
            "more-gain-more-cooperation",
        ),
        Slip(
            "What did you take? I take the same.",
            "Would you please close your eyes while you choose? (Then count.)",
        ),
    ),
    questions=("gains.quick-gain", "gains-public-good"),
    without="Without letter cards the fingers of one hand do: one finger means A, four mean D. Students hold them before the chest. Those behind cannot see them there.",
    slides=(
        Slide("ask", "All five would win. What follows?", of="gains.quick-gain"),
        Slide("ask", "The neighbours' efforts protect me too. What do I do?", of="gains-public-good"),
    ),
)

LARGE = Turn(
    part="explore",
    minutes=10,
    title="Large in what?",
    glance="Each writes two names, then groups check them in two figures and write one sentence.",
    say=(
        "Some say that the largest state should lead. So write two names before you see any number.",
        "First name: the largest of the five. Second name: Kazakhstan, Kyrgyzstan or Tajikistan, whichever spends the greatest share of its income on soldiers.",
        "Now we look at four ways to measure size. Find your first name in each of them.",
        "Now the second name. This chart does not show money. It shows money in per cent of what a country produces.",
        "Please keep this last picture in mind. It will make trouble for us near the end of the lesson.",
    ),
    do="- Minute 1–2: two names on paper, then a show of hands for each state; note the numbers.\n- Minute 3–6: lab step 1, *Who is large?* (run the cell, change the measure, run again), or the first figure on the wall. Each group fills a small table: measure, leader, share.\n- Minute 7–9: the figure on the load. Groups write one sentence with one number in it.\n- Minute 10: two groups read their sentence aloud.",
    expect="Share of the five states' total, rounded to whole per cent:\n\n| Measure | Leader | Second |\n| --- | --- | --- |\n| GDP 2023 | Kazakhstan 60 % | Uzbekistan 21 % |\n| Population 2023 | Uzbekistan 44 % | Kazakhstan 25 % |\n| Capability index 2022 | Uzbekistan 38 % | Kazakhstan 34 % |\n| Military spending 2023, three states | Kazakhstan 67 % | Kyrgyzstan 25 % |\n\nSo there are two leaders. The capability index mixes soldiers, spending, industry and people. With *military* the lab prints shares of all five (Uzbekistan 42.5 %, Kazakhstan 36.4 %). These mix 2023 with Uzbekistan's figure of 2018 and Turkmenistan's of 1999, so nobody should trust them. The load in 2023, in per cent of GDP: Kyrgyzstan 3.62, Tajikistan 1.22, Kazakhstan 0.48. A later release of the same source has 3.5, 2.4 and 0.4; the order stays.",
    slips=(
        Slip(
            "Kazakhstan spends most, so it makes the greatest effort.",
            "Two families give the same sum to a wedding. One of them earns five times as much. Which one feels it?",
            "money-is-effort",
        ),
        Slip(
            "Uzbekistan and Turkmenistan spend nothing, there is no line.",
            "Is an empty place in a table a zero? What else may it mean?",
        ),
        Slip(
            "Kyrgyzstan doubled its army in 2021, the line jumps.",
            "Which of the two can jump in one year: the army, or the way of counting? (The note on the chapter's page says it: a later release has 3.1 % for 2020 already.)",
        ),
        Slip(
            "Kyrgyzstan spends more than three billion dollars.",
            "Which words stand below the title? Per cent of what?",
            "units",
        ),
    ),
    without="Project the two figures. Cover the second one until the names are written. Groups read the numbers from the wall; nothing is lost.",
    slides=(
        Slide(
            "words",
            "Two names, before any number",
            "1. The largest of the five\n2. Kazakhstan, Kyrgyzstan or Tajikistan: who spends the greatest share of its income on soldiers?\n\nWrite. Then hands.",
        ),
        Slide("figure", "Name one: large in what?", of="inequality"),
        Slide("figure", "Name two: who carries the load?", of="burden"),
    ),
)

KINDS = Turn(
    part="explore",
    minutes=9,
    title="Six tasks, three heaps",
    glance="Groups of four sort six cards into three heaps, then hold up a letter for each.",
    say=(
        "Not every shared task works in the same way. On each table there are six cards for three heaps.",
        "Here is the test for each card. Let one state work twice as hard while the others go on as before. Who is safer now?",
        "If everybody is a little safer, efforts add up. If it helps only when the weakest one works harder, it is a weakest link. If only the best result is used, it is a best shot.",
        "You have five minutes. If you disagree on a card, lay it across two heaps and write down why.",
    ),
    do="- Minute 1: explain the three heaps and their letters, A adds up, B weakest link, C best shot.\n- Minute 2–6: groups of four sort the six cards.\n- Minute 7–9: you read each card; all groups show a letter at once; where letters differ, one group of each kind gives its reason in one sentence. Then show the answer.",
    expect="**Adds up:** patrol boats on the lake; the fund of beds after a flood. **Weakest link:** the cattle disease; the forged papers. **Best shot:** the map of glacier lakes; the whereabouts of one armed group. A good reason may defend another heap: intelligence from several services can add up if each one sees another part. Accept it if the student says what would have to be true.",
    slips=(
        Slip(
            "The cattle disease adds up, for more checks are always better.",
            "The richest farm doubles its checks. Through which gate does the disease come in?",
            "richer-gives-more",
        ),
        Slip(
            "The maps add up: ten maps know more than one.",
            "Ten maps lie on the table, and all use the most exact one. What does the eleventh add?",
            "all-efforts-add-up",
        ),
        Slip(
            "The fund for people who fled is about a danger from refugees.",
            "Who is in danger in this card? Against what do the beds help?",
        ),
        Slip(
            "This heap is water, this one is crime, and this one is animals.",
            "Read me the test question once more. Which word in it is the important one?",
        ),
    ),
    questions=("gains.kinds",),
    without="Nothing changes: the cards are of paper. Without printed cards, number the tasks on the board 1 to 6; groups write 1 to 6 under three headings.",
    slides=(
        Slide("ask", "Double one effort: who is safer?", of="gains.kinds"),
        Slide("reveal", "The six cards", of="gains.kinds"),
    ),
)

SPILLOVER = Turn(
    part="explore",
    minutes=10,
    title="The neighbours' effort reaches me",
    glance="Groups move one slider, note two numbers at each stop, and compare them with their vote.",
    say=(
        "Now we test your second prediction in a model. A model is a set of assumptions and what comes out of them. It is not our region.",
        "All five states stay equal, and their efforts stay added. You move one slider only, the spillover: the share of a neighbour's work that reaches me.",
        "At each stop write down two numbers: the effort of one state, and the gap to what they could reach together. The course calls this gap the shortfall.",
        "When the table is full, change one thing: how efforts become security. What happens with a weakest link?",
    ),
    do="- Minute 1: draw the empty table on the board.\n- Minute 2–6: the interactive in the third step of the lab (*Three ways to add up*), or the same one on the chapter's page. The machine wants a prediction first; the group gives its vote of turn 2.\n- Minute 7–8: the same interactive with *A border, real economies*.\n- Minute 9–10: read two tables aloud, show the answer, and point to the hands counted in turn 2.",
    expect="Five equal states, weight of security 30 %, efforts that add up:\n\n| Spillover | Each gives | Left undone |\n| --- | --- | --- |\n| 0 % | 30 % | 0 % |\n| 25 % | 17.6 % | 41 % |\n| 50 % | 12.5 % | 58 % |\n| 75 % | 9.7 % | 68 % |\n| 100 % | 7.9 % | 74 % |\n\nThe more the others protect me, the less I do, and the further all stay below what they could have. With a weakest link equal states give 30 % each and lose nothing, if they trust one another. With the GDPs of 2023 Tajikistan sets the level, Kazakhstan stops at 1.4 % of its means, and 86 % is left undone (67 % if there is no common fund; the interactive rounds earlier and says 66 %). The case *Peacekeeping, real economies* gives the opposite: Kazakhstan alone acts, with 30 % of its means, and 40 % is left undone.\n\nThe second cell of step 3 has full spillover. One poor state (20) leaves 76 % undone in a weakest link. A best shot suffers when none is rich (80 % undone with five equal states, 44 % with one of 500).",
    slips=(
        Slip(
            "Each gives less, so each is less safe than before.",
            "Look at the level, not only at the effort. Is one state less safe than at the start, or less safe than it could be?",
            "more-gain-more-cooperation",
        ),
        Slip(
            "Kazakhstan is rich, it can make up for the weak gate.",
            "Behind an open gate, what does a second lock on another gate do?",
            "richer-gives-more",
        ),
        Slip(
            "So in reality Kazakhstan pays for all.",
            "Who says that: the model or the data? Which figure of today could you hold against it?",
        ),
        Slip(
            "We moved two controls, and now everything is different.",
            "Press *Start again*. Which one thing do you want to know?",
        ),
    ),
    questions=("gains-public-good",),
    without="One student moves the slider at the teacher's machine. Before each stop the class guesses the next number with a written note; then you read it. With no machine at all, copy the first and last row of the table on the board, and let groups guess the three between.",
    slides=(
        Slide(
            "words",
            "One slider, five stops",
            "Five equal states. Efforts add up. Move **only** the spillover: 0, 25, 50, 75, 100 %.\n\n| Spillover | Each gives | Left undone |\n| --- | --- | --- |\n| 0 % | … | … |\n| 25 % | … | … |\n| 50 % | … | … |\n| 75 % | … | … |\n| 100 % | … | … |",
        ),
        Slide("reveal", "Back to your second vote", of="gains-public-good"),
    ),
)

GAMES = Turn(
    part="explore",
    minutes=13,
    title="Patrols and posts",
    glance="Pairs play two rounds of hand or fist, vote, then say who acts in five cases.",
    say=(
        "Sit in pairs. One of you is Arka, the other is Boro. These are invented states, and no state of ours is meant.",
        "Round one, patrols. An open hand sends a patrol, a fist holds back. Two open hands: 2 points each. One alone: the open hand loses 4, the fist wins 6. Two fists: nothing.",
        "No talking. On three, show.",
        "Round two, border posts, and only the weaker post counts. Two open hands: 4 points each. One alone: the open hand loses 6, the fist gets nothing. Two fists: nothing.",
        "(After the answer.) Look at the two counts on the board. In which round could a fine help, and in which round would it mend nothing?",
    ),
    do="- Minute 1–3: round one, show hands, count the fists, then let each pair check: if I change my hand alone, am I better off?\n- Minute 4–5: round two, count again.\n- Minute 6–7: vote on what would help at the border with two ends.\n- Minute 8–11: lab step 4, *Which game is it?*: fill in the five cases, then run the cell.\n- Minute 12–13: show the answer; each group finishes the sentence “A fine helps where …, openness helps where …”. If a minute is left, vote on the radio channel.",
    expect="Patrols (worth 6, cost 10): whatever the other does, a fist is better by 4. So two fists are the only stable result, though two open hands pay both. Posts (worth 10, cost 6): two open hands and two fists are both stable. Nobody who trusts the other wants to leave.\n\n| Case | Efforts, benefit, cost | Stable | Name |\n| --- | --- | --- | --- |\n| 1 | add up, 6, 10 | neither acts | prisoner's dilemma |\n| 2 | add up, 12, 10 | both act | harmony |\n| 3 | add up, 3, 10 | neither acts | deadlock |\n| 4 | weakest counts, 10, 6 | both, or neither | assurance game |\n| 5 | best counts, 10, 6 | one of the two | volunteer's game |\n\nRaise the benefit of the patrols from 6 to 8: now two open hands would pay 6 each, while the posts pay only 4. Still neither acts. It turns only above 10. What helps at the posts: seeing that the other guards its end. Radio channel: a meeting that picks one.\n\nStudents often show more open hands than the model says. That is a finding about people who sit side by side, and no mistake.",
    slips=(
        Slip(
            "Both win 2, so both will patrol.",
            "Boro patrols already. What does Arka win by adding a patrol (6), and what does it pay (10)?",
            "joint-gain-produces-cooperation",
        ),
        Slip(
            "At the posts, fine whoever does not guard.",
            "Boro guards its end and Arka knows it. Does Arka then want to leave? What was missing?",
            "every-failure-needs-punishment",
        ),
        Slip(
            "One of them will surely do it.",
            "In which of the five cases does one act alone and go on with it? What is different there?",
            "somebody-will-pay",
        ),
        Slip("Stable means good.", "Two fists are stable. Is anybody happy with them?"),
        Slip(
            "Who holds back is the bad one.",
            "Would you have opened your hand in round one? Are you a bad neighbour, or was it the task?",
        ),
    ),
    questions=("gains-which-game", "gains.quick-tool"),
    without="The hand game needs no machine. Write the five cases on the board without the last two columns, let groups fill them in on paper, then uncover your solution row by row.",
    slides=(
        Slide(
            "words",
            "Arka and Boro, round one and round two",
            "Open hand: I act. Fist: I hold back.\n\n| | Patrols | Posts |\n| --- | --- | --- |\n| two open hands | 2 and 2 | 4 and 4 |\n| one open hand | −4, the fist 6 | −6, the fist 0 |\n| two fists | 0 and 0 | 0 and 0 |",
        ),
        Slide("ask", "Two ends of one border: what would help?", of="gains-which-game"),
        Slide("reveal", "What would help?", of="gains-which-game"),
    ),
)

AGAIN = Turn(
    part="predict",
    minutes=6,
    title="They will meet again",
    glance="All vote, then call “stop” when the deal in the model no longer holds.",
    say=(
        "So far each state decided once. But neighbours meet every year, and they have long memories.",
        "Vote: the same dilemma comes back each year, and both sides care about the years to come. What follows?",
        "Who breaks the deal today loses the good years afterwards. So the future can punish, without a judge.",
        "But read the sentence below the chart aloud. Which little word stands in it: *can*, or *must*?",
    ),
    do="- Minute 1–2: vote, count, write the numbers down.\n- Minute 3–5: the interactive *The shadow of the future* on the wall (lab step 5, *Meeting again*). Set the temptation to 5.5, then raise the chance of a break step by step; the class calls *stop* when the deal no longer holds under tit for tat. Then go back to 5 % and let 2 of 100 acts be misread.\n- Minute 6: show the answer.",
    expect="Nothing certain follows: with enough patience it is stable to keep the deal, and stable never to start. With a temptation of 5.5 and 5 % for waiting, the deal still holds under tit for tat at a 10 % chance of a break and no longer at 15 %. Under grim, the rule that never forgives, it holds all the way to 30 %. Now let 2 of 100 acts be misread (5 % chance of a break). Then two grim states end at 1.0 a year, two that play tit for tat at 2.4, two that sometimes forgive at 3.0. Keeping the deal is worth 3. So the hardest rule holds longest when all is seen clearly, and does worst when it is not.",
    slips=(
        Slip(
            "Patient states cooperate.",
            "Both expect that the other will never begin. What is the best reply to that, even for a saint?",
            "patience-makes-cooperation",
        ),
        Slip(
            "Cheating wins 5.5 instead of 3, so it always pays.",
            "Won once: how much? Lost every year after that: how much? Which is larger after three years?",
            "one-year-only",
        ),
        Slip(
            "This line says that the deal holds, and this number says that it does not.",
            "Which rule belongs to this line: the one that forgives, or the one that never does?",
            "another-curve",
        ),
    ),
    questions=("gains-shadow",),
    without="Tell it as a story: two shops in one street agree on Sunday closing. Ask when each would open. Then read the three results (1.0, 2.4, 3.0) aloud, and let the class say which rule belongs to which.",
    slides=(
        Slide("ask", "The same dilemma, every year: what follows?", of="gains-shadow"),
        Slide("reveal", "Every year", of="gains-shadow"),
    ),
)

RECORD = Turn(
    part="argue",
    minutes=7,
    title="What the record says against us",
    glance="Each guesses a count, pairs talk about the figure, and all repeat their first vote.",
    say=(
        "We now leave the model. The course has a table of 116 agreements. 54 of them were made by at least three of the five, and nobody else is a party.",
        "Guess: of these 54, how many were signed in the 21 years from 2001 to 2021? Write a number.",
        "Look at the picture. How the efforts add up on a border did not change in all these years. But the building nearly stopped, and then began again.",
        "Can something that stays the same explain something that changes? Talk to your neighbour for one minute.",
        "And remember the load. The model lets the large carry the small. What did the data say?",
        "Last, our first vote of today. What would you answer now?",
    ),
    do="- Minute 1: guess.\n- Minute 2–3: figure, read the title together.\n- Minute 4–5: neighbours talk, two answers are heard.\n- Minute 6–7: repeat the first vote of turn 2, write the numbers under *after*, then show the answer. Point at the two columns of turn 1: which column grew today?",
    expect="25 up to the year 2000, 12 in the 21 years to 2021, 17 since 2022. (A second search for such texts raised the number; with the first search alone it would be 28 instead of 54. So the list also grew because somebody looked harder.) Two facts therefore speak against the chapter's own argument. First, the kind of task stayed the same while signing nearly stopped and then began again: leaders, outsiders or borders may matter more. Second, the theory expects the large to carry more. Among the three that report it is the other way round: 0.48 % in Kazakhstan, whose economy is nearly 19 times that of Kyrgyzstan, against 3.62 % there.",
    slips=(
        Slip(
            "Seventeen since 2022, so they cooperate now.", "What does a signature show, and what does it not show?"
        ),
        Slip(
            "Between 2001 and 2021 they did nothing together.",
            "How many dots do you see there? And does the chart hold treaties with outsiders, or between two states?",
        ),
        Slip(
            "Then the theory is rubbish.",
            "Which part of it fails: that a gain is needed, or that size decides who pays? What would you keep?",
        ),
    ),
    questions=("gains.quick-gain",),
    without="Nothing changes with a projector. Without one, draw three bars on the board: 25, 12, 17, and write the years below only after the guess.",
    slides=(
        Slide(
            "words",
            "54 agreements of the five alone",
            "At least three of the five, nobody else, 1991 to 2025.\n\n**How many of the 54 were signed in the 21 years from 2001 to 2021?**\n\nWrite a number.",
        ),
        Slide("figure", "When were they signed?", of="agreements_over_time"),
        Slide("reveal", "Back to your first vote", of="gains.quick-gain"),
    ),
)

MOTION = Turn(
    part="argue",
    minutes=9,
    title="The motion",
    glance="Two halves debate the motion, vote freely, and name what would change their mind.",
    say=(
        "The motion is on the wall. The left half of the room speaks for it, the right half against it, whatever you believe.",
        "A speech has one minute and three parts. Give a number that we saw today, and say where it stands. Name a real task of the five, and something the model does not see.",
        "You have three minutes to prepare. Each group writes three key words and no full sentences.",
        "Now we vote, and now you may follow your own opinion. Then each side names one fact that would change its mind.",
    ),
    do="- Minute 1–3: groups prepare (it is step 8 of the lab, *Argue*).\n- Minute 4–7: two speakers for, two against, in turn, one minute each by the clock.\n- Minute 8: vote by hands.\n- Minute 9: each side completes “We would change our mind if …”.\n\n**Care:** where a speaker praises the fight against terrorism or crime, ask whose security is meant. The article says that such measures are also turned against critics. Keep the reply to states and laws, and name no person in the room's own country.",
    expect="**For the motion** a good speech says: the gain was there all along and action was not. Patrols worth 8 with a cost of 10 would pay each 6, and nobody sends them; posts that pay only 4 can hold. So the private result of each single act decides, and that hangs on the heap.\n\n**Against it** a good speech says: the gain may well be too small for those who would have to pay. All five together spend 3.4 billion dollars, Russia 32 times and China 87 times as much. So an alliance against them wins little. The purse is 7.3 times Kyrgyzstan's own means and only 2.7 times Kazakhstan's. Or: outsiders sell security more cheaply, and that is no question of the kind of good.\n\n**The fact that hurts the chapter's side:** 25, 12, 17: the kind of good stayed and the signing changed. **The fact that hurts the other side:** the patrols stay a dilemma for every benefit from just above half the cost up to the cost, so a larger gain alone does not help. What the model leaves out: outsiders, history, who inside a state is protected from whom. No side has to win.",
    slips=(
        Slip(
            "Everybody knows that they will never work together.", "Which figure of today would you show to somebody who doubts you?"
        ),
        Slip(
            "In the model Kazakhstan pays, so Kazakhstan pays.",
            "Which of your words come from the model, and which from the data?",
        ),
        Slip(
            "All we need is a court that punishes.",
            "In your task, does somebody win by leaving? If not, what would the court do?",
            "every-failure-needs-punishment",
        ),
    ),
    without="Nothing changes: voices and a clock.",
    slides=(
        Slide(
            "words",
            "The motion",
            "**The gain from acting together was never the problem. The kind of good was.**\n\nOne minute for each speaker:\n\n- a number we saw today, and where it stands\n- a real task of the five, and its heap\n- something the model does not see",
        ),
    ),
)

EXIT = Turn(
    part="exit",
    minutes=4,
    title="The slip at the door",
    glance="Each writes on a slip one shared task, which effort decides it, and what helps.",
    say=(
        "Take a small piece of paper. No name is needed.",
        "Think of a task from your own street, school or town that needs several people. Write it down in one line.",
        "Then write which effort decides: all together, the weakest, or the best one. And which help fits: a price for holding back, a way to see the others, a plan whose turn it is, or none.",
        "You have three minutes. Give me the slip at the door.",
    ),
    do="Three minutes of writing, one minute to leave. **Sorting, two minutes after class:** three heaps. Heap 1: kind and help fit each other, with a reason. Heap 2: the kind is clear, and the help is *punish* whatever the task. Heap 3: “people must want it” or no kind at all. If heap 2 is the largest, begin next time with the posts; if heap 3 is, begin with the hand game of the patrols.",
    expect="Examples of good slips. Cleaning the yard: adds up, each is tempted to stay at home, a price for holding back. The house door that must be shut at night: weakest link, each shuts it if the others do, a way to see it. One person who knows the electricity: best shot, a plan whose turn it is. In a village: guarding an irrigation canal, where water is lost at the weakest bank. Any answer is right whose help follows from the kind.",
    slips=(
        Slip("There is no such task here.", "What is broken in your stairwell, and why has nobody mended it?"),
        Slip(
            "Whatever the task is, punishment helps.",
            "If all the others do it, do you still want to stop?",
            "every-failure-needs-punishment",
        ),
    ),
    without="Nothing changes.",
    slides=(
        Slide(
            "words",
            "One slip of paper, three minutes",
            "1. A task from your street, school or town that needs several people.\n2. Which effort decides: **all together, the weakest, or the best**?\n3. Which help fits: **a price, a way to see, a plan whose turn it is, or none**? Why?",
        ),
    ),
)

PLAN = Plan(
    stem="gains",
    aim="Students can say of a shared task how the single efforts make up the whole, predict who will act, and name the help that fits.",
    prepare=(
        "20 minutes: read the chapter's page once, and move the spillover in its first interactive from one end to the other.",
        "10 minutes: read turn 6 of this plan and play both rounds of hands with a colleague.",
        "10 minutes: print the six cards of turn 4, one set for four students. Print letters A to D for each student too (or use fingers).",
        "5 minutes: open the slides and the two figures of turn 3 on the machine of the room, with the line switched off, to be sure that they work. A slide with an answer first shows the question once more; one further press uncovers. Take a second vote there only if the turn has a minute left.",
        "5 minutes: draw two empty tables on the board or on large paper. One is for the spillover, one for the five cases.",
        "If students have machines: ask them the day before to open the lab of this chapter once. Only steps 1, 3, 4 and 5 are used in class; step 8 is the debate.",
        "Decide how you will speak of the fighting of 2022. Both sides' counts, and no more, are enough.",
    ),
    turns=(OPEN, PREDICT, LARGE, KINDS, SPILLOVER, GAMES, AGAIN, RECORD, MOTION, EXIT),
    board="Left: the two columns of reasons of turn 1, now with headings: *somebody is to blame* and *it lies in the task*.\n\nMiddle: adds up, weakest link, best shot, with two tasks each. Below them the four kinds of help: a price, a way to see, a plan whose turn it is, none.\n\nRight: the votes before and after; spillover 0 % → 30 %, spillover 100 % → 7.9 %; fists in round one and in round two; 25 · 12 · 17.\n\nAt the bottom, in one line: *A gain is needed. It is not enough.*",
    variants={
        20: "Five groups of four. Every group speaks in turns 3 and 4, one sentence each. Count hands one by one. You win about six minutes: let the pairs play each round of turn 6 twice, the second time after they may talk, and compare. In the debate three speakers a side.",
        60: "Fifteen groups of four, in rows: the front pair turns round to the back pair, so nobody moves. One student in each row counts the cards of that row and calls the number; you add up four to eight numbers. In turns 3 and 4 only three groups speak, drawn by row number. If a count takes longer than a minute, skip the exact number and write *few*, *half* or *most*. Time is lost in turn 2 and saved in turn 5, where each group measures one of the five stops and the class fills the table together.",
        120: "Thirty groups of four and two helpers among the students, one for each half of the room. Letters are held up and you judge by eye: *few*, *half*, *most*. Sort the cards in turn 4 by letter only, the whole hall at once. Project turn 5 and let halves of the hall bet on the next number. In turn 6 count the fists of two rows and say so: it is a sample. In the debate one speaker a side and one voice from the back rows. The vote at the end takes two minutes; take them from turn 3, where you leave out the reading of sentences.",
    },
    projector="One projector and no devices: turns 1, 2, 4, 6, 8, 9 and 10 go as written. In turns 3 and 5 you or a student work at the only machine, and the class predicts each number on paper before it is shown. In turn 7 you move the slider and the class calls stop. Without any projector take the tables of this plan to the board; the hand game and the cards carry the lesson.",
    roles=(
        Role("Hands", "Works the mouse and keyboard, and moves only what the others ask for."),
        Role(
            "Reader",
            "Reads the task and the sentence below the chart aloud, slowly, and explains each number in other words.",
        ),
        Role("Recorder", "Writes the prediction down before anything is moved, then the numbers."),
        Role(
            "Doubter",
            "Asks at each result: is this the model or the data, and what is not shown? All roles move one seat to the right after turns 3, 4 and 5.",
        ),
    ),
    short="In 45 minutes keep:\n\n- turn 1 (5 minutes, three reasons)\n- turn 2 (5)\n- turn 4 (9)\n- turn 6 (12, without the radio channel, cases 1 and 4 only)\n- turn 8 (5, figure and second vote)\n- turn 9 (6, one speaker a side)\n- turn 10 (3)\n\nShow the answer to the second vote of turn 2 at the end of turn 4, and read the first and the last row of the spillover table aloud. Turns 3, 5 and 7 become homework: lab steps 1, 3 and 5.",
)
