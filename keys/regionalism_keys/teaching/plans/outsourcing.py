"""The lesson plan of `outsourcing`: 80 minutes on whether it is rational to buy security from outside.

Students must not have this file. Counts and shares come from the shared tables, costs from the model with the numbers of
the interactive as it opens; both are rounded as the page rounds them. Quoted words of the interactive are its labels.
"""

from __future__ import annotations

from regionalism.teaching.plan import Plan, Role, Slide, Slip, Turn

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "lending-argali-8c41f7d2"

PROMISE = Turn(
    part="open",
    minutes=7,
    title="One promise, two dangers",
    glance="All vote on a promise of help, then each names two dangers in one line.",
    say=(
        "In January 2022 there was unrest in Kazakhstan. Its president asked an alliance for help: the CSTO, the Collective "
        "Security Treaty Organization. Six states were in it then, and Russia leads it.",
        "On 6 January the first of about 2,000 to 2,500 soldiers arrived, from Russia, Belarus, Armenia, Kyrgyzstan and "
        "Tajikistan. By 19 January they had left. Counts of the dead in the unrest, given from January to August of that "
        "year, run from 225 to 238.",
        "Help was asked for, and it came. Now suppose that two members of such an alliance fight each other. Vote on the slide first, "
        "for any alliance.",
        "(After the vote.) In September 2022 this happened. Kyrgyzstan and Tajikistan, both members, fought at their border. "
        "Kyrgyz counts say 59 and then 62 dead on the Kyrgyz side. The Tajik count says 41 on the Tajik side. Our tables "
        "know of no soldiers whom the alliance sent there.",
        "Today we ask two things. When does a state do well to take its security from outside? And who is made secure by it?",
    ),
    do=(
        "- Minute 1–2: listen. The title of the lesson stands on the wall.\n"
        "- Minute 3–4: vote on *A promise of help*, alone and at once. One finger means A, two B, three C. One student "
        "counts on each side of the room.\n"
        "- Minute 5–6: show the answer, then tell September 2022.\n"
        "- Minute 7: each writes one line: the danger against which I would trust such a promise most, and the one against "
        "which I would trust it least.\n\n"
        "**Care:** say both counts of the dead in one breath, and name no guilty side. Let nobody report what happened to a "
        "family. Move on to the question of the promise."
    ),
    expect=(
        "The right vote is A: little that is sure. In the notebooks expect an attack from a third state as the danger "
        "with the surest help, fighting between members as the one with the least, unrest at home in the middle. All three "
        "can be argued. Nobody has to read the line aloud."
    ),
    slips=(
        Slip(
            "Both are members, so both must be helped.",
            "If soldiers came to help one of them, whom would they be facing?",
            "a-promise-binds-all-members",
        ),
        Slip(
            "There is a treaty, so help will come.",
            "Who decides that the case has arrived, and can that person say no?",
            "guarantee-is-automatic",
        ),
        Slip(
            "It was the other side that fired first.",
            "Each government has its answer, and we have no court here. What could the promise have done in either case?",
        ),
    ),
    questions=("outsourcing.quick-whose",),
    slides=(
        Slide(
            "words",
            "January 2022",
            "An alliance sends 2,000 to 2,500 soldiers to Kazakhstan, whose president has asked for help in unrest."
            "\n\nWhat is such a promise worth when the danger is another one?",
        ),
        Slide("ask", "First vote: two members fight", of="outsourcing.quick-whose"),
        Slide(
            "reveal",
            "What the promise gives the two",
            "September 2022, Kyrgyzstan and Tajikistan: 59 to 62 dead on one side, 41 on the other, each by its own count. No sending "
            "of troops is in our tables.",
            of="outsourcing.quick-whose",
        ),
    ),
    without="The same: fingers and notebooks are enough.",
)

ARMIES = Turn(
    part="predict",
    minutes=6,
    title="Five armies put into one",
    glance="All guess how many armies are larger than five put together, then pairs name a danger.",
    say=(
        "Why buy at all? One answer of the article behind this course (Mayer 2021): some help lies beyond the five states, even if they "
        "joined all they have.",
        "Let us test that with soldiers. Put the five armies of 2015 into one. Beside it stand Azerbaijan, Türkiye, Iran, Russia and "
        "China.",
        "How many of these five had more people in uniform than our five together? Write a number from 0 to 5.",
        "(After the figure.) Now the other way round. Name a danger for which this figure hardly matters.",
    ),
    do=(
        "- Minute 1–2: each writes a number. Ask for hands: who has 5, who has 4, and so on. Write the hands on the board.\n"
        "- Minute 3–4: show the figure. At machines: lab, step 1, with Azerbaijan (`\"AZE\"`) and with `\"spending\"`.\n"
        "- Minute 5–6: pairs name a danger. Hear three."
    ),
    expect=(
        "**Four.** The five together had 212 thousand; Türkiye 512, Iran 563, Russia 1,490 and China 2,843 thousand. Azerbaijan "
        "had 82 thousand. In money the gap is wider: Kazakhstan, Kyrgyzstan and Tajikistan report 1.8 billion dollars together for "
        "2023, Azerbaijan 3.6, Iran 10.3, Türkiye 15.8, Russia 109.5, China 296.4.\n\nDangers for which it hardly matters: smuggling, "
        "a small armed band, a flood, a quarrel over a canal. There, posts, trust and quick talk count for more."
    ),
    slips=(
        Slip(
            "Turkmenistan and Uzbekistan spend nothing, since they have no bar on the right.",
            "What is the difference between spending nothing and telling nobody? Read the note below the figure.",
        ),
        Slip(
            "Five armies would make one army of 212 thousand.",
            "Who would give the orders, and would all follow them? Is that in the bar?",
        ),
        Slip(
            "China has 2,843 on the left and 296 on the right. Which of the two is true?",
            "Which unit stands above each set? And which year?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "A guess about soldiers",
            "Year: 2015. Beside it: Azerbaijan, Türkiye, Iran, Russia, China.\n\nHow many of these have more people in uniform than all "
            "five of ours? Write a number from 0 to 5.",
        ),
        Slide("figure", "Soldiers and money", of="armies"),
    ),
    without="Hands and the figure on the wall. Read Azerbaijan's bar and the two sets of units aloud, since the last rows will not see them.",
)

AROUND = Turn(
    part="explore",
    minutes=12,
    title="Around whom, and from whom?",
    glance="All guess, groups of four count rows in the lab, and all read two figures.",
    say=(
        "The course keeps a table of what outsiders do here for security. It has 76 rows. A base is one row, a yearly course is one row.",
        "Two bodies stand in it under their own names: the CSTO and the CIS. Russia leads both. Do we count them with Russia or not? You "
        "will try it both ways.",
        "Guess first: take all rows around Russia. In how many of three does Russia deal with one state at a time: in one, in two, or in "
        "all three?",
        "(Before the last figure.) Weapons now, in four periods from 2000 to 2023. Did Russia's share fall from each period to "
        "the next? Hands for yes, hands for no.",
    ),
    do=(
        "- Minute 1: guess, with one, two or three fingers.\n"
        "- Minute 2–7: lab, step 2, in fours. Run the cell as it stands. Take `\"CSTO\"` and `\"CIS\"` out and run it again. Then take one "
        "other actor. The recorder writes three lines: who, how many rows, how many with one state.\n"
        "- Minute 8–9: show the first figure. Two groups say which way of counting they would defend.\n"
        "- Minute 10–12: hands on weapons, then the second figure. Each group finds Uzbekistan and Kazakhstan in its lower half.\n\n"
        "**Care:** say *site* and not *occupier* or *protector*. Row X021, a Chinese post, is reported by journalists and denied "
        "by both governments: if it comes up, say both."
    ),
    expect=(
        "Around Russia with both bodies: **21 of 76 rows, 14 of them with one state at a time**, which is 67 %, so two in three. Under "
        "its own name alone: 15 rows, 14 with one state, 93 %. The two bodies bring six rows, all of them marked as multilateral. Others: United "
        "States 13 rows (9 with one state), China 7 (5), European Union 5 (none). Joined in the same way, NATO and the United States "
        "would have 16, the SCO and China 10: the order stays.\n\n"
        "Weapons: Russia's share was **84, 71, 49 and then 67 %**. It fell twice and rose once. From 2000 to 2023 it was 85 % for "
        "Kazakhstan and 37 % for Uzbekistan. Kyrgyzstan (68 %) and Tajikistan (92 %) received so little that a few aircraft decide."
    ),
    slips=(
        Slip(
            "The CSTO is a body of its own, so Russia has 15 rows.",
            "That can be defended. What does your count then hide about who leads the body? And what does the other count hide?",
            "body-is-no-actor",
        ),
        Slip(
            "21 of 76: so Russia gives 28 % of the security.",
            "Look for a base with thousands of soldiers and for a yearly dialogue. How many rows is each?",
        ),
        Slip(
            "New sellers came, so the old seller's share must have fallen every time.",
            "Two numbers make a share. Which one could grow even faster?",
            "newcomers-push-out",
        ),
        Slip(
            "Kazakhstan paid 3,112 million dollars for weapons.",
            "What does the line under the title call the unit? What would a gift count there?",
            "units",
        ),
    ),
    slides=(
        Slide(
            "words",
            "76 rows: bases, treaties, courses, exercises",
            "Take every row around Russia. In how many of three does it deal with **one state at a time**: one, two or three?\n\nSay also: "
            "do the CSTO and the CIS count with Russia?",
        ),
        Slide("figure", "Outside instruments", of="around_whom"),
        Slide("figure", "Deliveries of weapons", of="arms"),
    ),
    without=(
        "Write on the board: own name 15 rows (14 with one state); CSTO and CIS 6 rows (0 with one state). Left half of the room adds "
        "them, right half does not. Each half works out its percentage by hand: 14 of 21, and 14 of 15. Then the figure."
    ),
)

VOTE = Turn(
    part="predict",
    minutes=7,
    title="Make, pool or buy: the vote",
    glance="All vote alone with fingers, convince a neighbour who voted otherwise, and vote again.",
    say=(
        "Now a model. Its five states have invented names, from Arka to Elin. So nobody's country is on trial.",
        "Celan, in the middle, has three ways. To stand alone costs it 1. To buy costs 0.72: that is money, lost freedom to decide, and the "
        "risk that no help comes.",
        "The third way is a pool, which means that neighbours make it together. Whoever is in it alone pays 1.16. If all five are in it, "
        "Celan pays 0.69.",
        "Nobody commands. Each decides for itself. Where do they end? Vote alone, then talk, then vote again.",
    ),
    do=(
        "- Minute 1–2: read the slide. Ask one student to explain the four numbers in your common language.\n"
        "- Minute 3: vote with one to four fingers, eyes closed. Write the four counts on the board.\n"
        "- Minute 4–5: find a neighbour with another vote and convince each other.\n"
        "- Minute 6–7: vote again, write the counts beside the first. Ask one voter of each of the two largest groups for a reason. "
        "**Do not say which is right.**"
    ),
    expect=(
        "The right vote is C, and the class learns it only after the game. A and B are the tempting ones: A looks at 0.69 and 0.72 alone, "
        "B takes what lasts for what is best.\n\nIf someone asks where the numbers come from: buying is price 0.50, plus 0.3 × 0.4 = 0.12 for "
        "autonomy, plus 0.10 for the risk. A pool of five is 0.53 for the work, 0.10 to run it and 0.3 × 0.2 = 0.06 for autonomy."
    ),
    slips=(
        Slip(
            "0.69 is smaller than 0.72, so they pool.",
            "You are Celan and the other four still buy. Which two or three prices are on your own list today?",
            "best-for-all-will-happen",
        ),
        Slip(
            "If everyone chooses the best for itself, the whole comes out best.",
            "What would each of them pay if all five moved at the same moment?",
            "rational-for-each-best-for-all",
        ),
        Slip(
            "0.72 is the price of the supplier.",
            "Which two other things are inside this number? Would they be the same for every state?",
            "autonomy-is-free",
        ),
        Slip(
            "A pool with one member is a mistake in the slide.",
            "An office with one member still has to be built and paid. Who pays it?",
        ),
    ),
    questions=("outsourcing-make-or-buy",),
    slides=(Slide("ask", "Second vote: where do they end?", of="outsourcing-make-or-buy"),),
    without="The same. Leave the interactive closed until the game is over: its reply would give the result away.",
)

GAME = Turn(
    part="explore",
    minutes=12,
    title="Five hands: play it",
    glance="Groups of five play three silent rounds, talk for a minute, and play a fourth.",
    say=(
        "Form groups of five. Each of you is one state, and all five are alike. Yesterday all of you bought.",
        "When I say three, show your hand. A fist means: I buy. An open hand means: I am in the pool.",
        "A fist costs 0.72, whatever the others do. An open hand costs what the board says for this number of open hands.",
        "Keep your own costs low. Your finance minister looks only at your line, not at the group's.",
        "Three rounds without a word. Then one minute to talk, and a fourth round.",
    ),
    do=(
        "Write before: *open hands 1, 2, 3, 4, 5: cost 1.16, 0.92, 0.80, 0.73, 0.69*.\n\n"
        "- Minute 1–3: form groups, read the price line, one trial.\n"
        "- Minute 4–6: three silent rounds. Each writes its own cost after each round.\n"
        "- Minute 7–8: one minute of talk, then round four.\n"
        "- Minute 9–10: count groups, not people, for rounds three and four: how many all fists, how many all open, how many mixed? Put "
        "the six numbers on the board.\n"
        "- Minute 11–12: show the answer of the vote. Ask two groups: what did the talk change?"
    ),
    expect=(
        "Two outcomes last by themselves: **five fists** (0.72 each) and **five open hands** (0.69 each). In a mixed group somebody always "
        "regrets: with one to four open hands each of these pays more than 0.72, even at four, if only by a hair (0.73). So a pool needs "
        "every one of the five. Talk should raise the number of groups with five open hands; how much, the class will show.\n\nFor you: the "
        "pool of five costs 0.685 before rounding, so the gain is about 0.03 a state."
    ),
    slips=(
        Slip(
            "I open my hand to be kind, and I have paid 1.16 three times.",
            "What will your finance minister say after the third round? What would have to come before such a step?",
        ),
        Slip(
            "It is a trap in which each would rather run away from the pool.",
            "Count: you are five open hands, and you close yours. Is 0.72 better for you than what you had?",
        ),
        Slip(
            "The cheaper outcome had to win in the end.",
            "Someone moves first. What does that one pay in that round?",
            "best-for-all-will-happen",
        ),
        Slip(
            "We all did our best in round three, so we got the best.",
            "Compare your line for round three with the line of a group with five open hands.",
            "rational-for-each-best-for-all",
        ),
    ),
    slides=(
        Slide(
            "words",
            "Five hands",
            "Fist: I buy. It costs 0.72.\n\nOpen hand: I pool. It costs\n\n| Open hands | 1 | 2 | 3 | 4 | 5 |\n| --- | --- | --- | --- | --- | "
            "--- |\n| Each pays | 1.16 | 0.92 | 0.80 | 0.73 | 0.69 |\n\nThree rounds in silence. One minute of talk. Round four.",
        ),
        Slide("reveal", "Where they end", of="outsourcing-make-or-buy"),
    ),
    without="Made for a room without devices: nothing changes.",
)

SHOCKS = Turn(
    part="explore",
    minutes=9,
    title="A second seller, and a seller at war",
    glance="All vote on two changes in the model, and groups then try out each.",
    say=(
        "Open step 3 of the lab. Now the five differ: Arka minds least when others decide for it, Elin minds most.",
        "A second supplier comes. It asks for less autonomy, so buying becomes a little cheaper for all. Who would leave a pool first: Arka, "
        "Celan or Elin? One, two or three fingers. Then press *After 2001: a second supplier* and read the sentence.",
        "Second change: the supplier is in a war of its own. Vote before you press anything.",
        "(After the vote.) Press *2022: a supplier at war elsewhere*. What do the five do? What do they still not do?",
    ),
    do=(
        "- Minute 1: answer the interactive's own question (the class has voted on it already).\n"
        "- Minute 2–4: fingers on who leaves, then the first case. The reader reads the sentence below the chart aloud.\n"
        "- Minute 5–6: vote on *The supplier fails*: one, two or three fingers. Count.\n"
        "- Minute 7–9: the second case, then the answer on the wall.\n\n"
        "**Care:** the war is Russia's invasion of Ukraine. Its effect in this case is assumed. So talk about the numbers on the "
        "sliders and not about the front."
    ),
    expect=(
        "Second supplier: **Arka and Boro** would walk out, the two that mind least. Then only *all five buy* is stable. For Celan buying now "
        "costs 0.69 and so, rounded, does the pool of five; before rounding it is 0.690 and 0.685. The weight from which the pool is "
        "cheaper moves from 0.13 to 0.25.\n\n"
        "War: vote B. Buying costs 1.12, more than standing alone at 1. Stable are *all five stand alone* and *all five pool*. Nobody "
        "buys, and still nobody begins a pool, since a pool of one costs 1.16."
    ),
    slips=(
        Slip(
            "Celan is in the middle, so what pays for Celan decides.",
            "All five are needed. Which of the five could break the pool, and what does that one care about?",
            "average-decides",
        ),
        Slip(
            "The supplier has failed, so now a region is born.",
            "Compare two numbers for the state that moves first: alone, and in a pool by itself. Which does it take?",
            "a-failed-supplier-makes-a-region",
        ),
        Slip(
            "A guarantee was given, so nothing changes.",
            "Which of the three parts of the buyer's cost has grown, and by how much?",
            "guarantee-is-automatic",
        ),
        Slip(
            "The open circle is one state and the filled circle is another.",
            "What is different between the two circles of one state: the state, or the number of neighbours beside it?",
        ),
    ),
    questions=("outsourcing.quick-war",),
    slides=(
        Slide(
            "words",
            "A second supplier comes",
            "Buying now takes 0.3 of a buyer's autonomy and no longer 0.4.\n\nWho would leave the pool of five first: 1 Arka (minds least), "
            "2 Celan, 3 Elin (minds most)?",
        ),
        Slide("ask", "Third vote: the supplier is at war", of="outsourcing.quick-war"),
        Slide("reveal", "After the supplier's failure", of="outsourcing.quick-war"),
    ),
    without=(
        "You open the interactive on the projector after each vote. Let a student press and another read the sentence. If there is no line at "
        "all, write Arka's two costs on the board: with a second supplier buying 0.65, pool of five 0.66 (before rounding 0.645 and 0.655)."
    ),
)

CARDS = Turn(
    part="explore",
    minutes=8,
    title="Four cards in order",
    glance="Groups of four lay out four cards, count everything, and lay them out again.",
    say=(
        "Another state, with other numbers. It has four ways, one on each card.",
        "First lay them out by money alone, the cheapest on the left.",
        "Now count everything. Add the money and the risk. Then add the share of autonomy times 1.35, because giving up all of it would "
        "cost this state 1.35.",
        "Lay them out again. What happened to the row?",
    ),
    do=(
        "- Minute 1–2: four students share a set of cards and lay out the first row. All groups have the same one: check by looking.\n"
        "- Minute 3–6: each of the four works out one card, then they lay the second row. The doubter checks one sum of a neighbour.\n"
        "- Minute 7–8: show the answer. One group says what number nobody in the room could have known."
    ),
    expect=(
        "By money: buy 0.50, pool of five 0.82, pool of two 0.97, alone 1.00. All counted: **alone 1.00, pool of five 0.82 + 0.27 = 1.09, "
        "pool of two 0.97 + 0.27 = 1.24, buy 0.50 + 0.40 + 0.54 = 1.44**. The two ends have changed places; the two pools still stand in the same order between them.\n\nThe number nobody knows is 1.35. If "
        "autonomy were worth nothing to this state, the order would be pool of five 0.82, buy 0.90, pool of two 0.97, alone 1.00. From about "
        "0.9 on, standing alone is the cheapest. For no real state is this number in any table."
    ),
    slips=(
        Slip(
            "The row stays as it is: buying is the cheapest.",
            "Which column of the table have you not used yet?",
            "autonomy-is-free",
        ),
        Slip(
            "Alone 1.00, buy 1.04, pool of five 1.09, pool of two 1.24.",
            "How often in ten does this supplier stay away? Where is that in your sum?",
            "guarantee-is-automatic",
        ),
        Slip(
            "Buying costs 0.50 + 0.40 + 1.35.",
            "Does the buyer give up all its autonomy here, or a part? Which part?",
        ),
        Slip(
            "But before, buying was 0.72.",
            "What is different about this state and its supplier? Name two of the numbers.",
        ),
    ),
    questions=("outsourcing.cheapest",),
    slides=(
        Slide(
            "ask",
            "Four ways: lay them in a row",
            "First by money only. Then with everything counted.",
            of="outsourcing.cheapest",
        ),
        Slide("reveal", "The row with everything counted", of="outsourcing.cheapest"),
    ),
    without=(
        "Paper cards, or four torn pieces of paper with A (alone), B (buy), 2 and 5. Leave the table of the slide on the wall all the time."
    ),
)

ARGUE = Turn(
    part="argue",
    minutes=13,
    title="Was it sensible to buy?",
    glance="All vote, two halves debate the motion and reply to one fact, and all vote again.",
    say=(
        "The motion: *Taking security from outside was the sensible choice for the five states.* Step 7 of the lab has it in other words.",
        "This half of the room speaks for it, that half against, whatever you think yourselves.",
        "Each speaker has one minute and three duties. Give a number from today and where it comes from. Name a state with a year. And say "
        "whose security was bought.",
        "We judge decisions and years. We do not judge persons in office, and nobody has to say what they believe.",
        "(At the end.) Each side: what fact would make you change sides?",
    ),
    do=(
        "- Minute 1: hands for and against, before any speech. Write both counts.\n"
        "- Minute 2: ask who of the five left the alliance, and when. Then show the figure: its dates may be used.\n"
        "- Minute 3–5: fours prepare one speech and choose a speaker.\n"
        "- Minute 6–9: two speakers a side in turn, one minute each.\n"
        "- Minute 10–11: you put the fact against the chapter (see the answers) to both sides. One reply from each.\n"
        "- Minute 12–13: each side names what would change its mind. Hands again; compare with the first count.\n\n"
        "**Care:** on January 2022 say that a government was helped and that more than two hundred people died. Ask who was safer "
        "afterwards, and leave the answer to the class."
    ),
    expect=(
        "**A good case for** says: for one government in one year the list of choices was short. Whoever began a pool alone paid 1.16 and not "
        "0.72. Part of the help was out of reach (212 thousand soldiers in 2015, Türkiye 512). Help came below its price, says the article. "
        "In January 2022 Kazakhstan asked, and the first soldiers stood there on 6 January.\n\n"
        "**A good case against** says: sensible for each, at 0.72, was not the best for all, at 0.69. Autonomy has a price, and Uzbekistan let "
        "the treaty lapse in 1999 and suspended its membership in 2012. In September 2022 no troops are known to have come. What was secured "
        "in January 2022 was a government.\n\n"
        "**The fact against the chapter:** with a supplier tied down (price 0.7, risk 30 %) buying costs 1.12, and the argument of the article "
        "points the other way. A real one: in July 2024 Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan held an exercise of about 4,000 "
        "soldiers with Azerbaijan and without Russia or China (row X078). It may be a beginning or a single event.\n\n"
        "The second vote matters less than the reasons. Good minds-changed answers: what a government would pay for its autonomy, a promise kept "
        "or broken in a new case, a pool that lasts without an outsider."
    ),
    slips=(
        Slip(
            "Rational means good.",
            "Rational for whom, with which choices on the list? Can it be both sensible and sad?",
            "rational-for-each-best-for-all",
        ),
        Slip(
            "January 2022 shows that the guarantee works.",
            "Against which danger did it hold, and against which not? Is one case a rule?",
            "guarantee-is-automatic",
        ),
        Slip(
            "It is all the fault of one person.",
            "Which decision do you mean, of which year? Say it again with the decision as the subject.",
        ),
        Slip(
            "Before 2002 nobody was in it: the bars are grey.",
            "What do the two colours stand for? When did the treaty become an organisation?",
        ),
    ),
    slides=(
        Slide(
            "words",
            "The motion",
            "*Taking security from outside was the sensible choice for the five states.*\n\nEach speaker: one number with its source · one "
            "state and one year · whose security?",
        ),
        Slide("figure", "In and out of the alliance", of="membership"),
    ),
    without="The same. Read the five lanes of the figure aloud from top to bottom.",
)

EXIT = Turn(
    part="exit",
    minutes=6,
    title="A slip of paper",
    glance="Each answers a friend and names a danger, in two lines on a slip.",
    say=(
        "One slip each, no name, three minutes. Two lines are enough.",
        "Line one. A friend says: all five buy and nobody makes a mistake, so they cannot do better. Where is the friend right and where "
        "wrong? Use two numbers from the game for each.",
        "Line two. Name one danger against which you would not rely on a promise of help, and say why.",
        "Put the slip on the desk by the door as you leave.",
    ),
    do=(
        "- Minute 1: read both lines twice, slowly; leave them on the wall.\n"
        "- Minute 2–4: write, in silence. A second language is welcome.\n"
        "- Minute 5–6: collect. Say what to do at home: the exercise sheet, and the arms question in it as a guess first."
    ),
    expect=(
        "Line one, both halves:\n\n- *right*, because a state that stops buying by itself pays 1.16 and not 0.72\n- *wrong*, because all five "
        "together would pay 0.69 and not 0.72\n\nLine two, any of these with a reason:\n\n- fighting between two members (to help one is to stand "
        "against the other)\n- unrest at home (who is guarded from whom?)\n- any danger while the supplier fights elsewhere\n\n"
        "**Sort in two minutes**, by line one only: pile 1 has both comparisons; pile 2 stops at *right, nobody errs*; pile 3 stops at *wrong, they "
        "will pool because it is cheaper*. Put a corner fold where line two names no reason. If pile 2 or pile 3 holds more than a third, "
        "begin the next lesson with two rounds of five hands. If many corners are folded, read two good second lines aloud, without names."
    ),
    slips=(
        Slip(
            "The friend is right: nobody errs.",
            "(Next lesson.) What did a group with five open hands pay?",
            "rational-for-each-best-for-all",
        ),
        Slip(
            "The friend is wrong: they will pool.",
            "(Next lesson.) Who opens the first hand, and what does it cost that one?",
            "best-for-all-will-happen",
        ),
    ),
    slides=(
        Slide(
            "words",
            "Before you go",
            "1. *All five buy and nobody makes a mistake, so they cannot do better.* Where is this right, where wrong? Two numbers for each."
            "\n2. One danger against which you would not rely on a promise of help, and why.",
        ),
    ),
    without="The same.",
)

PLAN = Plan(
    stem="outsourcing",
    aim=(
        "Students can work out what security costs alone, together or bought, and ask whom a promise guards against what."
    ),
    prepare=(
        "Read the chapter page once: opening, the four figures, the model up to the two stable outcomes. (20 minutes)",
        "In the interactive *Make, pool or buy* answer the question, then press *After 2001: a second supplier* and *2022: a supplier at war "
        "elsewhere*, and read the sentence below the chart each time. (8 minutes)",
        "Play *Five hands* once with four colleagues, or with four coins on the table. (5 minutes)",
        "Print and cut the cards *Cheap, and dear, all counted*: one set of four for four students, fifteen sets for sixty. (15 minutes)",
        "Cut slips for the end, a quarter of a sheet each: fifteen sheets for sixty. (3 minutes)",
        "Write on the board, left: *open hands 1, 2, 3, 4, 5: cost 1.16, 0.92, 0.80, 0.73, 0.69; fist 0.72*. Cover it until the game. (2 minutes)",
        "On one student machine run the first cell of the lab and steps 1 to 3. Close the chapter page again, so that no figure is seen too "
        "early. (7 minutes)",
        "Choose two students who count hands, and say how the room is cut into two halves for the argument. (1 minute)",
    ),
    turns=(PROMISE, ARMIES, AROUND, VOTE, GAME, SHOCKS, CARDS, ARGUE, EXIT),
    board=(
        "Left: *fist 0.72 · open hands 1.16, 0.92, 0.80, 0.73, 0.69*; below it the groups in rounds three and four (all fists, all open, "
        "mixed).\n\n"
        "Middle: *for each: 1.16 against 0.72 → nobody errs alone* and under it *for all: 0.69 against 0.72 → all may err together*. Then: "
        "*a pool is as strong as the member that minds least*.\n\n"
        "Right: *a guarantee: against what? for whom? who decides?* and the two counts of the motion, before and after."
    ),
    variants={
        20: (
            "Four groups of five for the game, five groups of four for cards and machines. In the argument three speakers a "
            "side, one minute each, fill the minutes 6 to 11; the last of each side must answer the fact against the chapter. Count votes yourself. You win about three "
            "minutes at forming groups; use them for the question *A guarantee against what?* of the exercise sheet: in 62 % of the emergencies no "
            "help is to be expected."
        ),
        60: (
            "Twelve groups of five for the game: three neighbours turn round to two behind them. Fifteen groups of four for cards and machines. Two "
            "counters, one a side, call their numbers and you add. Votes with fingers held before the chest, so that neighbours do not copy. Two "
            "speakers a side. Moving from fives to fours costs a minute: it is in the times."
        ),
        120: (
            "Twenty-four groups of five along the rows, nobody stands up. Four counters, one for each quarter of the hall; count groups and not "
            "hands in the game. Only the front half plays round four aloud, the rest writes. The cards are laid by fours, but you check only the row "
            "nearest to you and let groups check their neighbours. Two speakers a side, at the microphone, chosen at minute 2. Counting costs "
            "about five minutes in all. Save two in *Around whom, and from whom?* by leaving out the other actor. Save three in *Make, pool or "
            "buy: the vote* by leaving out the second vote. Slips pass to the end of each row; sort every third."
        ),
    },
    projector=(
        "The whole lesson goes with one projector. The game and the cards need no device. In *Around whom, and from whom?* the two halves of the room "
        "do the sums by hand. In *A second seller, and a seller at war* one student presses and another reads the sentence under the chart aloud. "
        "Answer the interactive's own question before the lesson, on a second tab that nobody sees before the game is over, so that you do not wait. If "
        "there is no projector either, the votes need only the texts: read question and answers aloud twice and write the key numbers on the board."
    ),
    roles=(
        Role("Hands", "Moves the mouse and types, and does only what the group has agreed on. Changes nothing before the prediction is written."),
        Role("Reader", "Reads the task and the sentence below the chart aloud, slowly, and puts it into the group's own language."),
        Role(
            "Recorder",
            "Writes the prediction before the click and the number after it, with its unit and year. Shows the paper when the teacher asks.",
        ),
        Role(
            "Doubter",
            "Asks at each step: which number would turn this round? What is not in it? All move one seat on after each of the turns "
            "*Around whom*, *A second seller* and *Four cards*.",
        ),
    ),
    short=(
        "For 45 minutes keep:\n\n- *One promise, two dangers* (5, without the written line)\n- *Make, pool or buy: the vote* (7)\n- *Five hands* "
        "(11)\n- the vote on the supplier at war from *A second seller, and a seller at war* (4)\n- *Was it sensible to buy?* with one speaker a "
        "side and no figure (12)\n- *A slip of paper* (6)\n\nArmies, rows, weapons and cards become homework: chapter page and lab steps 1 and 2."
    ),
)
