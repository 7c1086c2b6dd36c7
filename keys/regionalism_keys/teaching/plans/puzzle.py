"""The plan of the lesson on `puzzle`: What counts as regionalism, and how much of it is there?

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from regionalism.teaching.plan import Plan, Role, Slide, Slip, Turn

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "salt-apricot-lantern-8d07b3f9"

OPEN = Turn(
    part="open",
    minutes=6,
    title="Two meetings in one year",
    glance="All vote on two meetings, then tell a neighbour which word moved their hand.",
    say=(
        "April 2000, Tashkent. Four of our five states sign a treaty against terrorism and organised crime: Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan.",
        "August 2000, Bishkek. The same four meet about the same danger, while an armed group is attacking. This time Russia sits at the table too.",
        "Did the region work together in April? Hands. Did the region work together in August? Hands.",
        "Some of you changed your hand. Which word in the question made you do that? Tell your neighbour, one minute.",
        "Scholars answer this question with numbers. Today you find out where such numbers come from.",
    ),
    do="- Minute 1–2: the two meetings; write *April* and *August* on the board.\n- Minute 3: two counts of hands, both written down.\n- Minute 4: neighbours talk.\n- Minute 5–6: hear three answers. Underline each word that sounds like a condition (who, how many, from outside, binding, done).\n\n**Care:** a treaty against terrorism may protect people. It may also be used against critics of a government. If a student says so, answer that a count of texts cannot tell. Say that you will come back to it.",
    expect="Most raise the hand for April and fewer for August; some do the reverse, because more states means more strength. Both are sensible. By the article's definition April counts (four of the five, nobody from outside; row A018 of the course's table) and August does not (Russia is a party; row A019). The article that the course discusses does not mention the treaty of April.",
    slips=(
        Slip(
            "August counts, it was in Bishkek.",
            "If a French and a German minister meet in Bishkek, is that Central Asia working together?",
            "located-here-is-regionalism",
        ),
        Slip(
            "Neither counts, nobody did anything.",
            "What would you have to see to say that somebody did something? Is that the same question, or another one?",
        ),
    ),
    without="Nothing changes: voice and board.",
    slides=(
        Slide(
            "words",
            "April 2000 and August 2000",
            "**April, Tashkent.** Four of the five sign a treaty against terrorism.\n\n**August, Bishkek.** The same four meet on the same danger. Russia is there too.\n\nDid the region work together in April? In August?",
        ),
    ),
)

PREDICT = Turn(
    part="predict",
    minutes=6,
    title="Your own definition, and a number",
    glance="Each defines regionalism by five answers, then guesses how many agreements meet the strictest wish.",
    say=(
        "Before you hear any scholar, write your own definition. Answer five small questions.",
        "How many of the five must take part? May anybody from outside? Any subject, or security only? Must it bind in law? Must it be in force today?",
        "Now the second task. The course has a table of 116 agreements and formats, from 1991 to 2026.",
        "Put the strictest wish together: three states or more, no outsider, security, binding, in force. How many of the 116 are left? Write a number.",
    ),
    do="- Minute 1–3: each student writes five answers on one line, for example *3 · no · security · yes · yes*.\n- Minute 4: each writes one number between 0 and 116.\n- Minute 5–6: hands for *under 10*, *10 to 30*, *more than 30*; write the three counts on the board. Nobody may change the paper from now on.",
    expect="Definitions differ widely, and that is the point. Guesses usually lie too high, since the table is long; a few say zero, since “they never do anything”. The result comes in turn 4: **2 for certain, 8 at most**.",
    slips=(
        Slip(
            "What is the right definition?",
            "What do you want to find out with it? Would a lawyer and a bus driver choose the same one?",
            "stricter-is-truer",
        ),
        Slip(
            "Two are enough, friendship begins with two.",
            "What do you call it when Kazakhstan and Uzbekistan sign something, and the other three do not?",
            "two-are-a-region",
        ),
        Slip(
            "Zero. The five never agree.",
            "Can you name one text that all five signed? How would you look for it?",
            "never-together",
        ),
    ),
    without="Write the five questions on the board with the words *how many*, *outsiders*, *subject*, *binding*, *in force*.",
    slides=(
        Slide(
            "words",
            "Your own definition",
            "1. How many of the five at least?\n2. Outsiders: yes or no?\n3. Any subject, or security only?\n4. Binding in law: needed or not?\n5. In force today: needed or not?\n\nOne line on paper.",
        ),
        Slide(
            "words",
            "And a number",
            "The table has 116 rows.\n\nThree or more of the five · no outsider · security · binding · in force today.\n\n**How many rows are left?** Write it down.",
        ),
    ),
)

SORT = Turn(
    part="explore",
    minutes=11,
    title="Seven ties",
    glance="Groups of four sort seven cards by feeling, then by the definition, and hold up letters.",
    say=(
        "There are seven cards on each table. Make two heaps by feeling: regionalism, and something else. You have two minutes.",
        "Now the article's definition. Regionalism is made by states, and it needs three of the five or more. We read it so that nobody else may be a party.",
        "What grows through families, traders and firms has another name: regionalization. It comes from below.",
        "Sort again, now into four heaps. Turn a card upside down if it left the heap of regionalism or came into it.",
        "A heap is no mark. A tie that is not regionalism may help people more than one that is.",
    ),
    do="- Minute 1–3: no slide yet; groups of four make two heaps by feeling.\n- Minute 4: you read the definition twice and write three questions on the board: *Did states make it? Three of the five? Anybody else a party?*\n- Minute 5–8: second sorting.\n- Minute 9–11: you read each card, groups show the letter of the heap (A regionalism, B two states, C with outsiders, D from below). Where letters differ, ask one group for its reason. Then show the answer. Groups with a machine may then run lab step 1, *Sort before you define*. Not earlier: it decides four of these ties.",
    expect="**Regionalism:** the treaty of 2000 (four states), the zone of 2006 without nuclear weapons (all five). **Two states:** the partnership of Kazakhstan and Uzbekistan. **With outsiders:** the centre in Tashkent (Russia and China are members), the treaty of the five with China. **From below:** the bazaar, the families. Most turned cards: the counter-terror centre and the friendship with China. In lab step 1, with six rows, A018 and A073 count; A028, A049, A068 and A079 do not.",
    slips=(
        Slip(
            "The centre stands in Tashkent, so it is regionalism.",
            "Where does it stand, and who are its members? Which of the two does the definition ask for?",
            "located-here-is-regionalism",
        ),
        Slip(
            "All five signed the treaty with China, so it is regionalism.",
            "Count the signatures. How many are there, five or six?",
            "located-here-is-regionalism",
        ),
        Slip(
            "The two largest neighbours are partners now, and that is regionalism.",
            "Which of the five are missing? How many must there be?",
            "two-are-a-region",
        ),
        Slip(
            "The bazaar is regionalism, for there the region is really alive.",
            "Which government signed the bazaar? Is *alive* the same as *made by states*?",
            "trade-is-regionalism",
        ),
        Slip(
            "Then the Kyrgyz-Tajik border treaty of 2025 is worth nothing.",
            "Which question did we ask: whether it counts, or whether it matters?",
        ),
    ),
    questions=("puzzle.sort",),
    without="Nothing changes: the cards are of paper. Without printed cards, write seven key words on the board (centre Tashkent, China, partnership, treaty 2000, zone 2006, bazaar, families) and let groups write a heap beside each.",
    slides=(
        Slide("ask", "Seven ties, four heaps", of="puzzle.sort"),
        Slide("reveal", "The seven cards", of="puzzle.sort"),
    ),
)

COUNT = Turn(
    part="explore",
    minutes=10,
    title="What nobody knows",
    glance="All vote on a treaty without a date, then groups read two numbers off each bar.",
    say=(
        "Counting sounds easy. But for some texts nobody could find out who signed, and for many nobody found the year in which they entered into force.",
        "Vote: three states made a treaty, and no source gives a date for its entry into force. You must count what is in force. Where does this treaty go?",
        "So an honest count has two numbers, a safe one and a largest one.",
        "Now look at your number from turn 2. Here is the table, with one more condition in each line.",
        "Which single step costs most rows? And what do the hollow parts mean?",
    ),
    do="- Minute 1–3: vote, count, answer.\n- Minute 4–6: the figure; everybody writes the two numbers of the last bar beside the guess of turn 2.\n- Minute 7–9: groups fill in *for certain* and *at most* for each bar (lab step 4, *What nobody knows*, shows the same with `life`).\n- Minute 10: one group explains in one sentence the hollow part of the last bar.",
    expect="| Condition added | For certain | At most |\n| --- | --- | --- |\n| three or more of the five | 96 | 97 |\n| no outsider | 54 | 58 |\n| on security | 26 | 29 |\n| binding in law | 12 | 14 |\n| in force today | 2 | 8 |\n\n*No outsider* costs most, 42 rows of those that are certain. The two certain ones at the end are the zone without nuclear weapons of 2006 (row A033) and the border point of Kyrgyzstan, Tajikistan and Uzbekistan of 2025 (row A077). Six more are possible: five whose year of force is unknown, and one body (row A099) of which it is unclear whether it binds. In lab step 4 without asking for security: 54 to 58 for *any*, 53 to 56 for *signed*, 21 to 37 for *in force*. Who could close the gap: the state that keeps the documents of a treaty, with its list of ratifications.",
    slips=(
        Slip(
            "No date, so it is not in force.",
            "If I cannot find your birthday in my list, were you not born?",
            "unknown-is-no",
        ),
        Slip(
            "It was signed, so it counts.",
            "Which step comes between the signing and the force, and do you know that it was taken?",
            "unknown-is-yes",
        ),
        Slip("So the answer is 5, the middle.", "Which treaty is half in force?"),
        Slip(
            "One colour shows the good agreements and the other the bad ones.",
            "What do the words beside the bar say? Who found the rows of the one colour, and who those of the other?",
        ),
    ),
    questions=("puzzle.quick-gap",),
    without="Project the figure. Without a projector, write the left column of the table on the board, let the class guess each number, then fill it in.",
    slides=(
        Slide("ask", "A treaty without a date", of="puzzle.quick-gap"),
        Slide("reveal", "A treaty without a date: where it goes", of="puzzle.quick-gap"),
        Slide("figure", "Your number and the table", of="counts"),
    ),
)

DIAL = Turn(
    part="explore",
    minutes=12,
    title="Turn the dial",
    glance="All vote, then groups turn one button at a time and set their own definition.",
    say=(
        "A definition is like a radio with five buttons. Each button lets rows in or shuts them out.",
        "Vote first. So far you counted every text of three or more alone. From now on a text must bind in law. Which of these four do you lose?",
        "At the machine, turn one button, read what drops out, and turn it back. Never two at once.",
        "Then set your own definition of turn 2. Write down your range, and one text that you are sorry to lose.",
        "Which button takes away the 1990s, and which one takes away the years since 2016?",
    ),
    do="- Minute 1–2: vote, count.\n- Minute 3–8: lab step 3, *Turn the dial*, or the dial on the chapter's page. (The step's last sentence, on the search, belongs to turn 6.) Start with *The article: three or more*, turn one condition at a time. Then the two rivals, *the will is enough* and *a strict lawyer*.\n- Minute 9–10: each group sets its own definition and writes range and lost text on the board, one line for each group.\n- Minute 11–12: show the answer of the vote; read out the smallest and the largest range on the board.",
    expect="What falls out: the meetings of the security secretaries. From the article's setting (54 to 58):\n\n| One turn | Range | Certain ones up to 2000 | Certain ones since 2016 |\n| --- | --- | --- | --- |\n| the article's setting | 54 to 58 | 25 | 22 |\n| two states | 66 to 69 | 25 | 30 |\n| four states | 33 to 37 | 14 | 14 |\n| all five | 24 to 27 | 9 | 12 |\n| outsiders allowed | 96 to 97 | 39 | 37 |\n| security, many tasks too | 26 to 29 | 9 | 12 |\n| security alone | 16 to 17 | 7 | 5 |\n| binding | 24 to 30 | 16 | 5 |\n| in force | 21 to 37 | 6 | 13 |\n\nSo *in force* takes most of the early years (25 become 6), and *binding* or *security alone* most of the years since 2016 (22 become 5). The strict lawyer (binding, in force) sees 5 to 20. The early years hold more treaties, many of them over; the late years hold more meetings and plans. The ranges of the groups run from 1 (all five, security, binding) to 97 or more.",
    slips=(
        Slip(
            "The battalion falls out, it never fought.",
            "Did we ask whether it fought, or whether its text binds?",
            "count-measures-cooperation",
        ),
        Slip(
            "The strict lawyer is right, the others are soft.",
            "Which question does the lawyer answer? Which question of yours does he not?",
            "stricter-is-truer",
        ),
        Slip(
            "The treaty for Central Asia of 2022 has all five.",
            "Read the column of those who signed on the first day. Whom do you miss?",
            "title-names-the-parties",
        ),
        Slip(
            "There are so many diamonds, so a lot of agreements count.",
            "What does the line below the chart say about a diamond: in, or one step out?",
        ),
    ),
    questions=("puzzle-dial",),
    without="You turn the dial at the only machine. Before each turn every student shows with the thumb: *more than half stays* (up) or *less than half stays* (down). Without a machine, use the table of this plan in the same way.",
    slides=(
        Slide("ask", "Now it must bind: which one falls out?", of="puzzle-dial"),
        Slide(
            "words",
            "One button at a time",
            "Start: *The article: three or more*.\n\n1. Turn **one** condition, write the range, turn it back.\n2. Try the two rivals.\n3. Set your own definition: your range, and one text you are sorry to lose.\n\nWhich button takes the 1990s? Which one the years since 2016?",
        ),
        Slide("reveal", "What fell out", of="puzzle-dial"),
    ),
)

SEARCH = Turn(
    part="explore",
    minutes=7,
    title="Somebody looked again",
    glance="All vote on a second search, then each writes one sentence to a newspaper.",
    say=(
        "The table was not made in one day. Two searches stand behind it.",
        "After the first search, 28 rows fitted for certain. After the second, 54 did. The definition was the same.",
        "Vote: what follows from that?",
        "Imagine that a newspaper writes of a region that has doubled its cooperation. You have one minute to write the editor one sentence.",
    ),
    do="- Minute 1–3: vote, count, show the answer.\n- Minute 4–5: one sentence to the editor, alone.\n- Minute 6–7: read four sentences aloud; the class says of each whether it speaks of the list or of the region. A group with a machine runs lab step 5, *The second search*, and tries it with outsiders.",
    expect="The list was incomplete; about cooperation neither number speaks. Without outsiders 28 to 32 rose to 54 to 58, nearly double. With outsiders 67 to 68 rose to 96 to 97, less than half as many again, because the second search looked only for texts of the five among themselves. Of its 26 certain new rows, 17 are on water, nature or disasters. A good sentence to the editor: “Your reporter read a longer list, and the region is as it was.”",
    slips=(
        Slip(
            "It doubled, so there is twice as much.",
            "On the day between the two searches, what changed at the borders?",
            "count-measures-cooperation",
        ),
        Slip(
            "Then counting is useless.",
            "What does the count tell you for certain? Whom does it correct: the one who says *nothing*, or nobody?",
        ),
        Slip(
            "Mostly water and nature, so it is unimportant.",
            "Who decides what is security: the table, or somebody whose field is dry?",
        ),
    ),
    questions=("puzzle.search",),
    without="Nothing changes: vote and paper.",
    slides=(
        Slide("ask", "28, then 54: what follows?", of="puzzle.search"),
        Slide("reveal", "28, then 54", of="puzzle.search"),
    ),
)

BELOW = Turn(
    part="predict",
    minutes=8,
    title="And from below?",
    glance="Each writes two guesses, on trade and on people, then checks them in two figures.",
    say=(
        "Perhaps governments sign little, and people trade and travel all the same.",
        "Write down a year. When was the share of the other four in Tajikistan's trade larger, in 2005 or in 2020?",
        "And take a hundred people who were born in one of the five and live in another country. For how many is it another of the five? Write a number.",
        "Look at both charts. Read the small circles as a warning: there the state's own book is in doubt.",
        "Is this regionalism? And does it matter less if it is not?",
    ),
    do="- Minute 1–2: two predictions on paper, hands for 2005 and for 2020.\n- Minute 3–5: the figure on trade; each group reads out one state that it may read and says its first and last value.\n- Minute 6–7: the figure on people and planes.\n- Minute 8: one sentence for each of the last two questions. It is lab step 7, *From below*.\n\n**Care:** some students have family who work abroad. Speak of people who earn and send money home, never of a problem.",
    expect="Tajikistan: 20 % in 2005, 32 % in 2020, so 2020. Kazakhstan: 9.4 % in 1994, 2.3 % in 2006, 5.4 % in 2020. Kyrgyzstan: 43 % in 1994, 15 % in 2011 (its lowest), 21 % in 2020. Turkmenistan since 2004 copies its partners' figures, and the book of Uzbekistan stands still from 2000 to 2015, and its years before are estimates; its years 2016 to 2020 (11 to 14 %) can be read. Of 100 who were born in the five and lived abroad in 2019, 6 live in another of the five and 65 in Russia. (Many of them are families that moved before 1991, inside one state.) In 2014 the air routes were shared in the same way: 6 % among the five, 60 % to Russia. None of this is regionalism by the article's definition, since nobody had to sign anything.",
    slips=(
        Slip(
            "Trade grows, so regionalism grows.", "Who made the trade: a treaty, or a trader?", "trade-is-regionalism"
        ),
        Slip(
            "In dollars it grew, so the neighbours weigh more.",
            "Your pay doubles and the rent grows by half. Does the rent weigh more on you?",
            "dollars-are-share",
        ),
        Slip("The circles show what Turkmenistan trades with the others.", "What does the small print say about a circle?"),
        Slip(
            "Six per cent, so nobody moves next door.",
            "Whom does such a list miss? Think of work in one season, and of work without papers.",
        ),
    ),
    without="Project the two figures. Without a projector, read three pairs of numbers aloud (20 and 32, 9.4 and 5.4, 6 and 65), and let the class say what each pair measures.",
    slides=(
        Slide(
            "words",
            "Two guesses",
            "1. The other four in Tajikistan's trade: more weight in **2005** or in **2020**?\n2. A hundred people were born in one of the five and live abroad. How many of them live in another of the five?\n\nWrite both down.",
        ),
        Slide("figure", "Guess one: trade with the other four", of="trade_within"),
        Slide("figure", "Guess two: people and planes", of="people_and_planes"),
    ),
)

CODINGS = Turn(
    part="argue",
    minutes=7,
    title="One case, two codings",
    glance="Groups judge who signed one text, write down their rule, and show hands.",
    say=(
        "A text of 2011 on help in disasters. Did three states sign it, or two?",
        "A Tajik agency wrote in September 2011 that three ministers had signed in August. In 2013 only Kazakhstan and Kyrgyzstan signed for a centre. In 2015 a Kazakh official said that Tajikistan had been unable to sign.",
        "You are the judge of the table. Three signatures, two, or *unknown*? You have two minutes, and you must give a rule that another judge could use.",
        "Does your decision change the answer to our big question?",
    ),
    do="- Minute 1: the three reports, on the wall.\n- Minute 2–3: groups decide and write a rule.\n- Minute 4–5: hands for *three*, *two*, *unknown*; one rule of each kind is read aloud.\n- Minute 6–7: the figure; find the hollow lane, then ask what one row changes. Lab step 6, *One case, two codings*, does the sum.",
    expect="All three decisions can be defended; a decision without a rule cannot. In the table (row A034) Tajikistan stands as *unknown*. What one row changes:\n\n| | As it is | Three signed | Two signed |\n| --- | --- | --- | --- |\n| three or more | 54 to 58 | 55 to 58 | 54 to 57 |\n| on security | 26 to 29 | 27 to 29 | 26 to 28 |\n| security, binding, in force | 2 to 8 | 2 to 9 | 2 to 8 |\n\nSo one row moves little, while *no outsider* moves forty. A paper that would settle it: the signed text, or the list of the state that keeps it. The figure shows 12 to 14 binding security items, among them two treaties of four states (1998 and 2000) that the article does not name. (It gives examples and promises no full list.)",
    slips=(
        Slip(
            "Two reports against one, so it is decided.",
            "Who of them was in the room? Who wrote on the day, and who looked back?",
        ),
        Slip(
            "The article says three, and it is a scholarly article.",
            "Where could its author have read it? Does repeating a report make it two reports?",
        ),
        Slip(
            "We do not know, so it is a no.",
            "What is the difference between *no* and *not shown*? Where did you meet it today?",
            "unknown-is-no",
        ),
    ),
    without="Nothing changes: read the three reports aloud twice.",
    slides=(
        Slide(
            "words",
            "You are the judge",
            "**September 2011,** a Tajik agency: three ministers signed in August.\n\n**2013:** Kazakhstan and Kyrgyzstan sign for a centre.\n\n**2015,** a Kazakh official: Tajikistan could not.\n\nThree, two, or unknown? And by which rule?",
        ),
        Slide("figure", "Find the hollow lane of 2011", of="treaties"),
    ),
)

MOTION = Turn(
    part="argue",
    minutes=9,
    title="The motion",
    glance="Two halves debate the motion, vote freely, and name what would change their mind.",
    say=(
        "The motion is on the wall. The left half speaks for it and the right half against it, whatever you believe.",
        "A speech has one minute and three parts. Give your definition in one sentence, and one count with both its ends. Then name one thing that no list of texts can tell.",
        "Prepare for three minutes, with three key words.",
        "Now vote, and now you may follow your own opinion. Did you quarrel about facts or about a word?",
    ),
    do="- Minute 1–3: preparation (lab step 8, *Argue*).\n- Minute 4–7: two speakers for, two against, in turn, with a clock.\n- Minute 8: the vote.\n- Minute 9: each side names one finding that would change its mind.\n\n**Care:** when a speaker calls more agreements against terrorism a success, ask whose security was meant. The article says that such measures also hit the opposition. Keep to texts, and name nobody in office.",
    expect="**For the motion:** 2 to 8 rows of 116 are left for security, bound in law and alive. Turn the dial as you wish, and this core remains small. Of the 17 certain rows since 2022 only 4 bind. Outsiders allowed, there are 96 to 97 rows; without them 54 to 58. Of a hundred who left, six live next door.\n\n**Against it:** 54 to 58 texts of three or more alone is no small list; 24 to 27 of them have all five; 17 were made since 2022, when the article was already out. The article overlooks two treaties of four states. And *little* needs a comparison: no table here counts the texts of another region. What can be compared is formal depth, and there ASEAN and the CIS had equal scores in 2014 (0.25 and 0.13), and most observers would not call them equally strong.\n\n**The fact that hurts the chapter's side** (“it depends on the definition”): whatever the definition, the core shown to bind and to be in force stays at 2 to 8. **The fact that hurts the article:** one search more nearly doubled the list. What no list tells: what was done afterwards, and who was protected. Kyrgyzstan and Tajikistan settled their border in 2025: two states, so it does not count, and it may weigh more than all that do.",
    slips=(
        Slip(
            "There are 54, and that is my number.",
            "Which end of your range did you drop, and who would complain?",
            "unknown-is-no",
        ),
        Slip(
            "54 is a lot.",
            "Compared with what? Where would you get the other number?",
            "count-measures-cooperation",
        ),
        Slip(
            "You are wrong, there are far fewer than you say.",
            "Would each speaker please finish the sentence: *by regionalism I mean …*?",
        ),
    ),
    without="Nothing changes: voices and a clock.",
    slides=(
        Slide(
            "words",
            "The motion",
            "**There is little regionalism in Central Asia.**\n\nOne minute for each speaker:\n\n- your definition, one sentence\n- one count, with both ends\n- one thing that no list of texts can tell",
        ),
    ),
)

EXIT = Turn(
    part="exit",
    minutes=4,
    title="The slip at the door",
    glance="Each judges an invented report in three lines on a slip of paper.",
    say=(
        "Take a small piece of paper. No name is needed.",
        "I read you an invented report. Ministers of Kazakhstan, Kyrgyzstan, Uzbekistan and Türkiye met in Osh and agreed on help after earthquakes. The headline says: Central Asia unites.",
        "Write three things. By the article's definition, does it count, and why? Change one condition so that the answer turns over. What would you have to find out before you put it into a table?",
        "Three minutes. The slip stays at the door.",
    ),
    do="Read the report twice, slowly; say again that it is invented. Three minutes of writing. **Sorting, two minutes after class:** three heaps by the first line. Heap 1: does not count, because an outsider is a party. Heap 2: counts, because it is in Osh or because three of the five are there. Heap 3: no reason, or “it depends” without a condition. If heap 2 is large, begin the next lesson with the cards of turn 3; if heap 3 is, with the five questions of turn 2.",
    expect="Line 1: it does not count, since Türkiye is a party, though three of the five are in it. Line 2: allow outsiders, and it counts (as long as it need not bind); or take Türkiye out. Line 3: any real gap, such as whether something was signed, whether it binds, whether it entered into force, or whether one of the four only watched. The place of the meeting plays no part.",
    slips=(
        Slip(
            "It counts, Osh is in Central Asia.",
            "Which of your five questions of turn 2 asks for the place?",
            "located-here-is-regionalism",
        ),
        Slip(
            "It cannot count, earthquakes are not security.",
            "Which button is that? Does the article's definition of the word itself have it?",
        ),
    ),
    without="Nothing changes.",
    slides=(
        Slide(
            "words",
            "One slip of paper, three minutes",
            "*An invented report:* ministers of Kazakhstan, Kyrgyzstan, Uzbekistan and Türkiye met in Osh and agreed on help after earthquakes. “Central Asia unites.”\n\n1. Does it count by the article's definition? Why?\n2. Change one condition so that the answer turns over.\n3. What must you find out before you put it into a table?",
        ),
    ),
)

PLAN = Plan(
    stem="puzzle",
    aim="Students can define regionalism, give the count under it with both its ends, and say what this count does not show.",
    prepare=(
        "20 minutes: read the chapter's page once, and turn each button of the definition dial once.",
        "10 minutes: print the seven cards of turn 3, one set for four students, and letters A to D for each student (or use fingers).",
        "5 minutes: write on large paper the five questions of turn 2 and the empty table of turn 4.",
        "5 minutes: open the slides and the figures on the machine of the room, with the line switched off, to be sure that they work. A slide with an answer first shows the question once more; one further press uncovers. Take a second vote there only if the turn has a minute left.",
        "5 minutes: read the three reports of turn 8, and decide how you would code the row. Do not tell the class.",
        "If students have machines: ask them the day before to open the lab once. Steps 1, 3, 4, 5 and 7 can be used in class; step 8 is the debate.",
        "Words you need: the *article* is Mayer's of 2021, on security regionalism in Central Asia. The *table* is the course's own list of agreements. A *row* such as A018 is one agreement in it.",
    ),
    turns=(OPEN, PREDICT, SORT, COUNT, DIAL, SEARCH, BELOW, CODINGS, MOTION, EXIT),
    board="Left: *April* and *August* with the hands of turn 1; the three questions (*Did states make it? Three of the five? Anybody else a party?*); the four heaps with two ties each.\n\nMiddle: the ladder 96–97 · 54–58 · 26–29 · 12–14 · 2–8; beside it the guesses of turn 2; *first search 28, both searches 54*.\n\nRight: one line for each group with its definition and its range.\n\nAt the bottom, in one line: *What we count is a list, seen through a definition.*",
    variants={
        20: "Five groups of four. Every group writes its range on the board in turn 5 and defends one lost text. Count hands one by one. You win about six minutes. Sort the three ties of *Check yourself* (end of the chapter's page) after turn 3. Or let all guess how many of the 24 certain binding texts have all five as parties (6). In the debate three speakers a side.",
        60: "Fifteen groups of four, the front pair turning round to the back pair. One student in each row counts the cards of the row and calls the number. In turn 3 ask a reason only where letters differ, and of three groups at most. In turn 5 give each group **one** button to turn and report, so that the class fills the table of the plan together. Then all set their own definition on paper, and five groups write on the board. Time is lost in turn 5 (about two minutes) and saved in turn 7, where you show the figure on people only for as long as it takes to check the guess.",
        120: "Thirty groups of four and two helpers among the students, one for each half of the hall. Votes by letters held up; judge by eye and write *few*, *half* or *most*. In turn 3 letters only, no reasons, and take the two cards with most disagreement for half a minute each. In turn 5 project the dial; each half of the hall bets with the thumb before every turn. In turn 8 one rule of each kind from the first rows. In the debate one speaker a side and one voice from the back rows. You lose three minutes in the votes and save them in turn 6, where only two sentences to the editor are read.",
    },
    projector="One projector and no devices: turns 1, 2, 3, 6, 8, 9 and 10 go as written. In turns 4 and 7 the figures are on the wall, and nobody sees them before the guess is on paper. In turn 5 you turn the dial and the class bets with the thumb before each turn. Without any projector write the ladder of turn 4 and the table of turn 5 on the board, line by line, each after a guess.",
    roles=(
        Role("Hands", "Works the mouse and keyboard, and turns one condition at a time."),
        Role("Reader", "Reads the sentence below the chart and the names of the rows that drop out, aloud and slowly."),
        Role("Recorder", "Writes the guess before anything is turned, then both ends of each range."),
        Role(
            "Doubter",
            "Asks at each number: for certain, or at most? And what does this not show? All roles move one seat to the right after turns 3, 4 and 5.",
        ),
    ),
    short="In 45 minutes keep:\n\n- turn 1 (5 minutes)\n- turn 2 (5)\n- turn 3 (9, the second sorting only)\n- turn 4 (8, vote and figure, without filling the table)\n- turn 6 (6, two sentences to the editor)\n- turn 9 (9)\n- turn 10 (3)\n\nTurn 5 becomes homework (lab step 3), as do turns 7 and 8 (lab steps 7 and 6).",
)
