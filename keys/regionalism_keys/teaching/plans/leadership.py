"""The lesson plan of `leadership`: 80 minutes on one leader, two rivals or a tandem.

Students must not have this file. Shares and counts come from the shared tables, outcomes from the models with the numbers of
the interactives as they open; both are rounded as the page rounds them. Quoted words of the interactives are their labels.
"""

from __future__ import annotations

from regionalism.teaching.plan import Plan, Role, Slide, Slip, Turn

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "twofold-saiga-5e93b06a"

TWO_TEXTS = Turn(
    part="open",
    minutes=6,
    title="Two texts, one table",
    glance="All vote on three readings of a scene, and pairs name a fact that would decide.",
    say=(
        "Tashkent, 16 November 2025. The five states agree on two texts about security.",
        "One is a catalogue of risks: the idea was Kazakhstan's. One is a concept of security: an institute in Uzbekistan wrote the draft.",
        "Three readings are possible. One: two rivals, each with its own paper. Two: two partners who share the work. Three: nobody leads, they "
        "take turns.",
        "Vote by fingers. There is no right answer yet. We vote again at the end, and you may change sides.",
    ),
    do=(
        "- Minute 1–2: you tell the scene.\n"
        "- Minute 3: vote with one, two or three fingers. Write the three counts in a corner of the board and leave them there.\n"
        "- Minute 4–6: pairs say which fact, if they could have it, would decide between the three readings. Hear three facts and write them "
        "as words: *who paid, who gave way, who was asked*.\n\n"
        "**Care:** speak of states, texts and decisions and never of presidents. A student who is Kazakh or Uzbek is not here to speak for a "
        "government."
    ),
    expect=(
        "Any of the three can be defended from the scene alone. Good facts to ask for: whether one side gave something up to get its text; whether "
        "each signed what the other had proposed; who pays for what follows. Our tables show that both texts came from the same meeting (rows A081 and "
        "A082) and that they are not binding. The text of the catalogue was not found, nor proof that Azerbaijan, whose president was there, signed either."
    ),
    slips=(
        Slip(
            "The meeting was in Tashkent, so Uzbekistan led.",
            "The year before it was in Astana. If the place moves every year, what does it tell?",
            "seat-is-leadership",
        ),
        Slip(
            "There must be one leader, the question is only who.",
            "What would you see if there were none, and things were done all the same?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "16 November 2025",
            "One meeting, two texts on security: one was an idea of Kazakhstan, the other was drafted in Uzbekistan.\n\n1 two "
            "rivals · 2 two partners · 3 each in turn",
        ),
    ),
    without="The same.",
)

LARGEST = Turn(
    part="predict",
    minutes=7,
    title="Largest in what?",
    glance="Each names the largest state by four measures, checks a figure, and finishes a sentence.",
    say=(
        "Many people say: the largest must lead. So who is the largest of the five?",
        "Write four lines: output, people, index of capability, military spending. Behind each write K for Kazakhstan, U for Uzbekistan, "
        "or a question mark if you think nobody can know.",
        "The index of capability mixes six things: people, people in cities, soldiers, military spending, energy, iron and steel.",
        "(After the figure.) Which line surprised you? Which measure would you choose if you wanted to lead yourself?",
    ),
    do=(
        "- Minute 1–2: write four letters, alone.\n"
        "- Minute 3–4: for each line hands for K, for U, for the question mark. Write the counts.\n"
        "- Minute 5–6: show the figure. At machines also lab, step 1, with `\"military\"` and the years 2018 and 1999.\n"
        "- Minute 7: pairs finish the sentence *the largest by … was … in …*."
    ),
    expect=(
        "**Output: Kazakhstan**, 60 % of the five in 2023, Uzbekistan 21 %. **People: Uzbekistan**, 44 % in 2024, Kazakhstan 25 %: 36.4 and 20.6 "
        "million. **Capability: Uzbekistan**, 38 % against 34 % in 2022, and ahead since 2018. **Military spending: nobody can know today.** All "
        "five last reported for 1999; then Uzbekistan had 46 % and Kazakhstan 26 %. In output the two stood level in 1999, at 44 % each."
    ),
    slips=(
        Slip(
            "The largest by one measure is the largest by all.",
            "Cover three of the four panels. Would you name the same state in each?",
            "one-measure-for-all",
        ),
        Slip(
            "Military spending ends because the states stopped spending.",
            "What stopped: the spending, or the reports? How many of the five have to report for a share?",
        ),
        Slip(
            "Kazakhstan's line of people falls, so its people become fewer.",
            "The line is a share of the five. What must the others have done?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "The largest of the five",
            "Write K, U or ? behind each:\n\n- output\n- people\n- index of capability\n- military spending",
        ),
        Slide("figure", "Four measures", of="sizes_over_time"),
    ),
    without="Hands and the figure. Point at each panel with its name: solid line Kazakhstan, dashed Uzbekistan, dotted the other three together.",
)

RECORD = Turn(
    part="explore",
    minutes=11,
    title="What the record says, and where it is silent",
    glance="All guess, groups of four count who proposed agreements, and one group answers a newspaper.",
    say=(
        "Perhaps the one who leads is the one who begins. Our table of agreements has a column for the state that proposed a text.",
        "We take only agreements of three or more of the five, without outsiders. There are 54 that fit for certain. Take ten of "
        "them. For how many is the beginner known? Write a number.",
        "Run step 2 of the lab. Then put 2017 in place of 1991, and see what stays.",
        "(Before the second figure.) Experts give each state a mark from 1 to 10 for its will to work with its neighbours. Uzbekistan had a new "
        "president from 2016. Guess its mark for 2014 and for 2018.",
    ),
    do=(
        "- Minute 1: write the number; hands for 0–3, 4–6, 7–10.\n"
        "- Minute 2–6: lab, step 2, in fours: first as it stands, then from 2017. The recorder notes for both: how many in all, how many "
        "without a name, Kazakhstan, Uzbekistan.\n"
        "- Minute 7–8: show the first figure. One group answers a newspaper: *Kazakhstan began most of it.*\n"
        "- Minute 9: two guesses, shown with fingers.\n"
        "- Minute 10–11: the second figure. What can a mark for one state not say about the five?\n\n"
        "**Care:** the year 2016 is a change of policy in these data; leave praise and blame of office-holders, past and present, outside."
    ),
    expect=(
        "**About three of ten:** for 36 of the 54 nobody is on record. Kazakhstan is named for 9, Uzbekistan for 6 (one together with "
        "Kyrgyzstan), Kyrgyzstan for 2, Tajikistan and Turkmenistan for 1 each. (The lab prints the shared row on a line of its own, so Uzbekistan shows 5.) From 2017: 22 in all, 13 without a name, Kazakhstan 3 and "
        "Uzbekistan 3. With the entries that fit only possibly it is 4 and 5 of 25.\n\n"
        "To the newspaper: half of the known cases, 9 of 18, and one in six of all. The 36 could be anybody's.\n\n"
        "The marks: **3 in 2014, 6 in 2018** (4 in 2016), and 6 until 2022. Kazakhstan had 8 from 2006 on. Agreements of 2002–2016: 6 to 7; "
        "of 2017–2025: 22 to 25. So the timing fits a turn; it does not name one cause, since each of the five signed little in the years between."
    ),
    slips=(
        Slip(
            "36 without a name means that 36 had no initiator.",
            "Who would have written it down, and where? What else can an empty cell mean?",
        ),
        Slip(
            "Kazakhstan 9, Uzbekistan 6: so Kazakhstan leads.",
            "How would the two numbers look if ten of the empty cells belonged to one of them?",
        ),
        Slip(
            "Whoever hosts or proposes leads.",
            "What do the others gain or lose when such a thing is done? If nothing, is it leading?",
            "seat-is-leadership",
        ),
        Slip(
            "A mark of 6 means that the five cooperate at 6 of 10.",
            "Whom does the mark judge: a state, or the region? How many experts gave it?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "Who began it?",
            "54 agreements of three or more of the five, without outsiders. Take ten. For how many is it on record **who proposed them**?",
        ),
        Slide("figure", "Initiators", of="initiators"),
        Slide("figure", "Marks for willingness", of="turn"),
    ),
    without=(
        "Draw 54 small squares on the board, in groups: 9 for Kazakhstan, 6 for Uzbekistan (one of them shared with Kyrgyzstan), 3 for the others, 36 empty. Students come and claim "
        "empty squares for one state until it leads; how many does it take? Then show both figures."
    ),
)

VOTE_CARRY = Turn(
    part="predict",
    minutes=5,
    title="Without the largest: the vote",
    glance="All vote alone, give reasons to a neighbour who voted otherwise, and vote again.",
    say=(
        "Suppose that the five want one border service. It costs 131 billion dollars. No real one costs that: read it as 30 % of what the five "
        "produce in a year.",
        "A state gains from it in proportion to its size, and nobody gives more than it gains.",
        "Kazakhstan alone has 60 % of the output. Now it stays away. Can the service still be had?",
        "Vote alone. One finger A, two B, three C, four D.",
    ),
    do=(
        "- Minute 1: read the slide aloud, answers too.\n"
        "- Minute 2: vote, write the four counts.\n"
        "- Minute 3–4: talk to a neighbour with another vote. **No numbers yet**: only reasons.\n"
        "- Minute 5: vote again and write the counts beside."
    ),
    expect=(
        "The right vote is C, and it is shown in the next step. A is the vote of common sense. B is careful and asks for too many. D is often true in "
        "life, but the question is whether the four have the means."
    ),
    slips=(
        Slip(
            "With 60 % gone nothing is left to pay with.",
            "How much is left, in percent? How much is asked for?",
            "largest-is-indispensable",
        ),
        Slip(
            "The number is absurd, so the question is too.",
            "Strike out all the billions and keep the percentages. Does the answer change?",
        ),
    ),
    questions=("leadership-who-carries",),
    slides=(Slide("ask", "First vote: the largest stays away", of="leadership-who-carries"),),
    without="The same.",
)

CARRY = Turn(
    part="explore",
    minutes=12,
    title="Groups that are just enough",
    glance="Pairs add up outputs on paper, then groups of four change cost and measure.",
    say=(
        "Here are the five outputs of 2023 in billion dollars: Kazakhstan 261, Uzbekistan 91, Turkmenistan 60, Kyrgyzstan 14, Tajikistan 12.",
        "A group is just enough if it reaches 131 and would miss it without any one of its members. Find all groups that are just enough. Paper is "
        "faster than the machine.",
        "(After the answer.) Now open step 3 of the lab and raise the cost. From which percentage on can nobody do without Kazakhstan? From which "
        "on can Kazakhstan no longer do it alone?",
        "Last, change only the measure: people in place of output, cost back at 30 %. Who can act alone now?",
    ),
    do=(
        "- Minute 1–3: pairs add up on paper. Show the answer of the vote.\n"
        "- Minute 4–8: lab, step 3, in fours. The recorder writes two percentages. The slider moves in fives; finer steps can be typed in the "
        "second cell.\n"
        "- Minute 9–10: change the measure. Before the click everyone says a name.\n"
        "- Minute 11–12: each group says one sentence with *can*, one with *is needed*."
    ),
    expect=(
        "At 30 % by output: **Kazakhstan alone, or Uzbekistan and Turkmenistan** with 150.8. Nothing else: Uzbekistan, Kyrgyzstan and Tajikistan reach "
        "117; all four reach 177, but two of them are not needed in it.\n\n"
        "The other four together have 40.3 %. So Kazakhstan is needed **from 41 % on** (on the slider at 45), and can act alone **up to 59 %** (on the "
        "slider at 55). From 60 % it needs a partner, and any of the four will do at first. So at 30 % a state is able and not needed; at 60 % it "
        "is needed and not able.\n\n"
        "By people at 30 %: **Uzbekistan alone**, or Kazakhstan with any one of the three small states, or these three without both "
        "candidates. Nobody is needed."
    ),
    slips=(
        Slip(
            "The largest is needed because it is the largest.",
            "Cover Kazakhstan's bar with a hand. Does some group of the rest still reach the line?",
            "largest-is-indispensable",
        ),
        Slip(
            "Uzbekistan, Turkmenistan and Kyrgyzstan are a third group.",
            "Send Kyrgyzstan home. Is the cost still met? What did *just enough* mean?",
        ),
        Slip(
            "The second column is the second state.",
            "Run a finger down the column: how many names do you pass that have a dot?",
        ),
        Slip(
            "They can, so they will.",
            "Which group would each of the five like best: one with itself in it, or one without?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "Find every group that is just enough",
            "| | Output 2023, billion dollars |\n| --- | --- |\n| Kazakhstan | 261 |\n| Uzbekistan | 91 |\n| Turkmenistan | 60 |\n| Kyrgyzstan | 14 "
            "|\n| Tajikistan | 12 |\n\nCost: 131. *Just enough*: take any member away, and it fails.",
        ),
        Slide("reveal", "Without the largest", of="leadership-who-carries"),
        Slide(
            "words",
            "Raise the cost",
            "From which percentage on is Kazakhstan needed? From which on can it not do it alone?\n\nThen: cost 30 %, people in place of output. "
            "Who acts alone?",
        ),
    ),
    without=(
        "All on paper. For the costs give the shares 59.7, 20.7, 13.7, 3.2 and 2.8 and ask for 45 % and 60 %. For people write 20.3, 35.7, 7.4, 7.1 and 10.4 "
        "million, in the same order, and a cost of 24.3; left half looks for groups with Uzbekistan, right half for groups without it."
    ),
)

VOTE_TWO = Turn(
    part="predict",
    minutes=5,
    title="A second candidate: the vote",
    glance="All vote alone, exchange examples in pairs, and vote again.",
    say=(
        "Means are one thing, will is another. Now two invented states could lead: Arka and Boro. Three small states follow.",
        "Until now Arka led and Boro followed without pain. Now Boro wants to lead as well, and following hurts it.",
        "Does the region get more, less, or as much as before? Vote alone.",
        "Then give your neighbour an example from a family, a class or a football team.",
    ),
    do=(
        "- Minute 1: read the slide and the answers.\n"
        "- Minute 2: vote with one to four fingers, write the counts.\n"
        "- Minute 3–4: pairs exchange examples. Hear two: one in which a second leader did harm, one in which it helped.\n"
        "- Minute 5: vote again. **Do not say which is right.**"
    ),
    expect=(
        "The right vote is D: it depends on whether the two want the same fields. A, B and C each hold for some examples, and the examples are the "
        "way to D: two captains of one team, and a captain beside a coach."
    ),
    slips=(
        Slip(
            "The larger of the two wins anyway.",
            "Which words of the question say how large Arka is? Are there any?",
        ),
        Slip(
            "Two leaders always block each other.",
            "Who cooks and who pays in your home? Do they block each other?",
            "two-leaders-always-block",
        ),
    ),
    questions=("leadership-two-candidates",),
    slides=(Slide("ask", "Second vote: Boro wants to lead too", of="leadership-two-candidates"),),
    without="The same.",
)

ALONE = Turn(
    part="explore",
    minutes=10,
    title="How can Arka lead alone?",
    glance="Groups set the model, vote on what helps Arka most, and move one slider.",
    say=(
        "Step 5 of the lab. Answer its question and set the fields to *Both about all three*. What stands in each field now, and how much of the good "
        "is delivered?",
        "Then choose *A about the economy, B about security*, with the same strong wishes. What has changed?",
        "Back to *Both about all three*. Arka would like to lead alone. Vote first: what helps it most? Then write down which slider you "
        "will move, and only then move it.",
        "(At the end.) Two cases are called *since 2016*. Which of the two fits better, and what would you have to know to be sure?",
    ),
    do=(
        "- Minute 1–3: both settings of the fields. The reader reads the sentence below the chart. Show the answer of the second vote.\n"
        "- Minute 4–5: vote on *Who lets whom lead*: one, two or three fingers. Write the slider down.\n"
        "- Minute 6–8: move it. Those who are done try another slider, one at a time, and press *Start again* in between.\n"
        "- Minute 9: show the answer. Each group names a slider that worked and one that did not.\n"
        "- Minute 10: the two cases *since 2016*, by show of hands."
    ),
    expect=(
        "*Both about all three*, other sliders as at the start (prestige 2.5, dislike 2.5, rivalry 0.5): **rivalry in all three fields, 60 %** delivered. "
        "*A about the economy, B about security*: A leads the first, B the second. In water either may lead. Nothing is lost.\n\n"
        "Arka alone: the vote is B. Prestige up to 3: still rivalry. **Dislike of following down to 1.5: A leads** (at 2.0 still rivalry, at 1.0 or "
        "less A or B may lead). **Cost of rivalry up to 1.5: A leads** (at 1.0 still rivalry, at 2.0 A or B may lead). Prestige 0: nobody leads "
        "and nothing is delivered.\n\n"
        "For you, Boro's sum at the start: prestige from one of three followers 0.83, and 2.5 saved by not following. From this take 1.5 for its half of the "
        "cost, 0.5 for rivalry and 0.8 for what is not reached. That leaves 0.53: it competes. Arka's prestige stands nowhere in it.\n\n"
        "The cases: *as the article feared* gives rivalry, *another reading* gives A or B. Both are assumptions. Since 2017 each candidate took part "
        "in what the other proposed. That fits the second better. But bad feeling leaves no mark in a table."
    ),
    slips=(
        Slip(
            "Arka only has to want it more.",
            "Who decides whether there is a rivalry: Arka or Boro? What does Boro compare?",
            "will-makes-a-leader",
        ),
        Slip(
            "We moved three sliders, and now A leads.",
            "Which of the three did it? How could you find out?",
        ),
        Slip(
            "60 % means that 60 of 100 projects succeed.",
            "How many of the five states are in the larger camp, its leader included? What part of five is that?",
        ),
        Slip(
            "The case shows how much Kazakhstan and Uzbekistan mind following.",
            "Where would you look up a state's dislike of following? Read what the interactive says on its data.",
        ),
    ),
    questions=("leadership.quick-will",),
    slides=(
        Slide("reveal", "When Boro wants to lead too", of="leadership-two-candidates"),
        Slide("ask", "Third vote: how can Arka lead alone?", of="leadership.quick-will"),
        Slide("reveal", "What lets Arka lead", of="leadership.quick-will"),
    ),
    without=(
        "Write Boro's sum on the board: *0.83 + 2.5 − 1.5 − 0.5 − 0.8 = 0.53, so Boro competes*. Name the five parts. Left half may change the second "
        "number (dislike), right half the fourth (rivalry): find a value that turns the sum negative. Left: anything below 1.97. Right: anything above "
        "1.03. Then ask which number they would change for Arka's will, and let them look for it in vain."
    ),
)

WAYS = Turn(
    part="explore",
    minutes=7,
    title="Six cards: is that leading?",
    glance="Groups of four sort six cards under four headings, then all vote on more or less.",
    say=(
        "Six cards tell what Arka does. Sort them under four headings.",
        "Ask the same of every card: after this, does another state gain or lose something when it acts itself?",
        "One heading is for acts that only go first. Keep it in mind; I have a number for it.",
        "(After the answer.) Two states as large as Uzbekistan and Kazakhstan give to one store. At the same moment they give 18.7. If the larger goes "
        "first, do they give more or less?",
    ),
    do=(
        "- Minute 1–3: fours sort the cards under the four headings. The doubter may move one card and must give a reason.\n"
        "- Minute 4–5: show the answer. Groups count how many cards they moved.\n"
        "- Minute 6–7: hands for more, hands for less. Then tell the number.\n\n"
        "**Care:** the railway on one card belongs to an invented state; look for no real neighbour behind it."
    ),
    expect=(
        "**Offers:** pays half of the neighbours' border posts; adds an officer for each of theirs. **Threat:** the railway. **Only going first:** the "
        "announced gift that will not grow. **No leading in itself:** the largest economy; the host whose turn it is.\n\n"
        "The number: going first gives **14.0, so less than 18.7**. The larger one commits to little and leaves the rest to its partner. With an offer to "
        "add 1.25 to each unit it becomes 22.9; best for both would be 28.0. (By people, security weighs one half; lab, step 6. By output going "
        "first changes nothing at this weight.)"
    ),
    slips=(
        Slip(
            "Going first sets a good example.",
            "You are the second. The first has fixed its gift for good. How much do you still want to give, and would you give more if it gave more too?",
            "moving-first-is-generous",
        ),
        Slip(
            "To host is to lead.",
            "Next year it is another's turn. Did anything change for the others?",
            "seat-is-leadership",
        ),
        Slip(
            "The threat is no leadership, since it is not nice.",
            "Compare it with the payment: who acts in the end, and who pays in each case?",
        ),
    ),
    questions=("leadership.ways",),
    slides=(
        Slide("ask", "Six cards, four headings", of="leadership.ways"),
        Slide("reveal", "What changes another's choice", of="leadership.ways"),
    ),
    without=(
        "Paper cards. Without cards read them one by one: the four walls or corners of the room are the four headings, and students point. "
        "Write 18.7, 14.0 and 22.9 on the board when you come to the number."
    ),
)

ARGUE = Turn(
    part="argue",
    minutes=12,
    title="A leader, or shared work?",
    glance="All vote, two halves debate the motion and reply to two facts, and all vote again.",
    say=(
        "The motion: *A division of labour will serve Central Asia better than a leader.* Step 8 of the lab has it in other words.",
        "This half is for it, that half against. Where you sit decides, not your passport.",
        "One minute for each speaker, with a number from today and its source. Name one field where the work could be divided. Name one where it could not.",
        "Policies, not persons. And say once whose security would be delivered.",
    ),
    do=(
        "- Minute 1: hands for and against. Write both counts.\n"
        "- Minute 2–4: fours prepare one speech and choose a speaker.\n"
        "- Minute 5–8: two speakers a side in turn, one minute each.\n"
        "- Minute 9–10: you put the two facts of the answers to the side they hurt. One reply from each.\n"
        "- Minute 11–12: each side says what would change its mind. Hands again on the motion, then on the three readings of the opening.\n\n"
        "**Care:** mix the halves by rows, so that no group of one nationality stands against another. Stop any sentence that begins with a "
        "people or a person."
    ),
    expect=(
        "**A good case for** says: no state is needed at a cost of 30 % (two others reach 150.8). Two strong wills lose nothing in the model if they "
        "want different fields, and two fifths if they want the same. Since 2017 the table names each candidate about equally often (3 to 4 and 3 to 5), "
        "and each took part in what the other proposed. Possible field: borders for one, transport for the other.\n\n"
        "**A good case against** says: divided fields need each to mind following less, and no table measures that. In dear matters Kazakhstan is needed, "
        "from 41 % by output. A union of five was proposed by Kazakhstan in 2005 and rejected by Uzbekistan in 2008 (row A021): two candidates did block. "
        "Water can hardly be divided: all care about it.\n\n"
        "**Facts against:** to those who want a leader: going first lowered what was given from 18.7 to 14.0. A leader in decline can even "
        "raise it. In the chapter's example the level falls to 72; when the partner holds 29 of 100, the two join, and it jumps to 100.\n\n"
        "To those against a leader, and to this chapter: the record is silent for 36 of 54 agreements. So nobody has shown who carried the work. And the "
        "model knows no state that stays away.\n\n"
        "The second vote on the opening may well not move. Ask for the reason, not for the count."
    ),
    slips=(
        Slip(
            "The largest has a right to lead.",
            "By which of the four measures? And what do the others lose if they do not follow?",
            "largest-is-indispensable",
        ),
        Slip(
            "They only need the political will.",
            "Whose will, and to do what? In the model, which side's wish made no difference?",
            "will-makes-a-leader",
        ),
        Slip(
            "More security for the region is good for everyone in it.",
            "If policing is what is delivered, who is policed? Did anyone ask them?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "The motion",
            "*A division of labour will serve Central Asia better than a leader.*\n\nEach speaker: one number with its source · one field to divide, one "
            "that cannot be divided · whose security?",
        ),
    ),
    without="The same.",
)

EXIT = Turn(
    part="exit",
    minutes=5,
    title="A slip of paper",
    glance="Each answers a newspaper twice, in two lines on a slip.",
    say=(
        "One slip, no name, three minutes.",
        "Line one. A newspaper writes: without its largest state the region can do nothing. Answer with one number and say by which measure.",
        "Line two. It goes on: Arka will lead once it wants to badly enough. What would have to change, and on whose side?",
        "Leave the slip by the door.",
    ),
    do=(
        "- Minute 1: read both lines twice; leave them on the wall.\n"
        "- Minute 2–4: write in silence. A second language is welcome.\n"
        "- Minute 5: collect. At home: the exercise sheet; who liked the last number does lab steps 6 and 7."
    ),
    expect=(
        "Line one, any of these:\n\n- by output Uzbekistan and Turkmenistan reach 150.8 of the 131 asked for\n- the four others have 40 % of the output\n"
        "- by people the largest is Uzbekistan, and even the three small states together have enough (24.9 million where 24.3 are asked for)\n\n"
        "Line two: Boro's side. Following must hurt Boro less, or rivalry cost it more, or each take another field.\n\n"
        "**Sort in two minutes.** Pile 1 has a number with its measure and Boro's side. Pile 2 has the number, but line two stays with Arka (*wants, "
        "works, pays for prestige*). Pile 3 has no number or agrees with the newspaper. If pile 2 is the largest, begin the next lesson with Boro's "
        "sum on the board (three minutes). If pile 3 is, do the five outputs again at a cost of 20 % (by output Kazakhstan alone or Uzbekistan "
        "alone)."
    ),
    slips=(
        Slip(
            "True: Kazakhstan has 60 %.",
            "(Next lesson.) What do two of the others reach together?",
            "largest-is-indispensable",
        ),
        Slip(
            "Arka must show more will.",
            "(Next lesson.) Point at Arka's will in Boro's sum.",
            "will-makes-a-leader",
        ),
    ),
    slides=(
        Slide(
            "words",
            "Before you go",
            "1. *Without its largest state the region can do nothing.* Answer with one number, and say by which measure.\n2. *Arka will lead once it wants "
            "to badly enough.* What would have to change, and on whose side?",
        ),
    ),
    without="The same.",
)

PLAN = Plan(
    stem="leadership",
    aim=(
        "Students can work out who could carry a shared good, predict when two candidates clash, and say which acts are leading at all."
    ),
    prepare=(
        "Read the chapter page once; the two formulas can wait, Boro's sum below is enough. (20 minutes)",
        "In *Who carries the load?* answer the question, raise the cost to 45 and to 60, then take population at 30. (5 minutes)",
        "In *Two candidates, three followers* set the fields to *Both about all three*, then move one slider at a time and back. (7 minutes)",
        "Print and cut the cards *Ways to lead, and what only looks like it*: six cards and four headings for four students, fifteen sets for sixty. (15 "
        "minutes)",
        "Cut slips for the end, a quarter of a sheet each: fifteen sheets for sixty. (3 minutes)",
        "Write on the board, right: *261, 91, 60, 14, 12* with the five names, and cover it. (1 minute)",
        "On one student machine run the first cell of the lab and steps 1, 2, 3 and 5. Close the chapter page again. (8 minutes)",
        "Decide how rows alternate between the two sides of the argument, and choose two students who count hands. (1 minute)",
    ),
    turns=(TWO_TEXTS, LARGEST, RECORD, VOTE_CARRY, CARRY, VOTE_TWO, ALONE, WAYS, ARGUE, EXIT),
    board=(
        "Corner: the three counts of the opening, and beside them those of the end.\n\n"
        "Left: *largest by output: Kazakhstan 60 % · by people: Uzbekistan 44 % · military: unknown since 1999*. Below: *36 of 54: not on record*.\n\n"
        "Middle: *able ≠ needed. 30 %: Kazakhstan, or Uzbekistan + Turkmenistan (150.8). Needed from 41 %, not able alone from 60 %.*\n\n"
        "Right: *Boro: 0.83 + 2.5 − 1.5 − 0.5 − 0.8 = 0.53 → competes. Less dislike, dearer rivalry, other fields → no rivalry.* Below: *at once 18.7 · going "
        "first 14.0 · matching 22.9*."
    ),
    variants={
        20: (
            "Five groups of four. Count hands yourself. In the argument three speakers a side, one minute each, fill the minutes 5 to 10; "
            "the last of each side must answer the fact that hurts it. In *Groups that are just enough* five students stand in front with their outputs on a "
            "sheet, and the class sends one away at a time. Counting is quicker by about three minutes: give them to lab step 6, so that students see "
            "going first for themselves."
        ),
        60: (
            "Fifteen groups of four, two rows turned to each other. Two counters call their side's number and you add. Fingers before the chest. In the "
            "argument odd rows are for, even rows against, two speakers a side. For the cards walk along the middle aisle only and take one "
            "answer from each side. Groups without a machine do *Groups that are just enough* on paper and give their percentages to a group that "
            "checks them."
        ),
        120: (
            "Thirty groups of four where they sit. Four counters, one for each quarter of the hall; take the second of each pair of votes only as *who has "
            "changed?*. Hear two groups, never more, and always from the back first. Cards: one set for six; if you have none, point to the four "
            "walls. Two speakers a side at the microphone, chosen before minute 4. Counting costs about five minutes in all. Save two in *What the "
            "record says* (run the lab only from 1991) and one in *Largest in what?* (no lab). Save two more in *How can Arka lead alone?* (leave out "
            "the cases since 2016). Slips pass along the rows; sort every third."
        ),
    },
    projector=(
        "Everything goes with one projector. *Groups that are just enough* is a task for paper, and Boro's sum on the board takes the place of the second "
        "interactive. Where the lab is used, one student types, another reads the printed lines aloud, and the class predicts before each run. Answer the "
        "interactives' own questions with the class's vote, in the lesson and not before, so that you see the reply together. Without any projector "
        "write the four pairs of percentages of *Largest in what?* on the board after the hands."
    ),
    roles=(
        Role("Hands", "Has the mouse and the keys. Moves one thing at a time, and only when the prediction is on paper."),
        Role("Reader", "Reads task, sentence and printed lines aloud, and explains a word in the group's own language when someone frowns."),
        Role("Recorder", "Keeps one sheet: prediction, number, measure and year. Speaks for the group when it is asked."),
        Role(
            "Doubter",
            "Asks: by which measure? what if this state stays away? what does an empty cell mean? All move one seat on after *What the record says*, after "
            "*Groups that are just enough* and after *How can Arka lead alone?*.",
        ),
    ),
    short=(
        "For 45 minutes keep:\n\n- *Two texts, one table* (3, only the vote)\n- *Without the largest: the vote* (4)\n- *Groups that are just enough* on "
        "paper and without people (8)\n- *A second candidate: the vote* (4)\n- *How can Arka lead alone?* without the cases (9)\n- *A leader, or shared "
        "work?* with one speaker a side (12)\n- *A slip of paper* (5)\n\n*Largest in what?* and *What the record says* become homework: lab steps 1 and 2. The cards open the next lesson."
    ),
)
