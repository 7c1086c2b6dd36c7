"""Three made-up answers to the argument of `gains`, marked by its rubric. Students must not have this file."""

from __future__ import annotations

from regionalism.teaching.samples import Mark, Sample, Samples

CANARY = "patient-tugai-51c8e2"

SAMPLES = {
    "gains": Samples(
        "gains.argue",
        (
            Sample(
                "plain English, an unusual position",
                "I take the control of lorries on the borders between the five. A smuggler goes to the post that looks least. So the smallest "
                "effort decides, and it is a weakest link. If Kazakhstan controls twice as much and one neighbour does not, nothing "
                "changes for anybody.\n\n"
                "I think for Kazakhstan the gain is too small. In the figure about the common purse the money of the five is 3.4 "
                "billion dollars. This is seven times what Kyrgyzstan has, but only 2.7 times what Kazakhstan has. The same purse is "
                "worth less for the largest, so it has less reason to join.\n\n"
                "If small gain is the reason, the largest state must be the one that stays out. The table of the agreements does not say this. "
                "Kazakhstan is in all 25 agreements of the five until 2000 and in 14 of the 17 since 2022. Signing is cheap, but it is not "
                "staying out. So my explanation is good for money and not for signatures.\n\n"
                "I would change my mind if somebody finds that Kazakhstan offered to pay for posts of a neighbour and the neighbour said no.",
                (
                    Mark("full", "A real task, the kind, and a reason that doubles one state's effort. The language has slips; language is "
                         "not marked."),
                    Mark("full", "Three numbers, all about right, from a figure that can be found, and the argument rests on them."),
                    Mark("full", "Says what the explanation expects (the largest stays out), looks, and finds that it does not fit. An "
                         "argument that finds evidence against itself earns all."),
                    Mark("full", "One finding, concrete enough to look for in a budget or a treaty, and it would count against the writer."),
                ),
                "You let the evidence speak against your own idea and did not hide it. Next time say in one sentence what is left of the "
                "idea after that.",
                ("Show me the figure with the 2.7. What would it be without Uzbekistan's old report?",
                 "You wrote that signing is cheap. What would not be cheap?"),
            ),
            Sample(
                "much is there, little is used",
                "The five countries have many common problems, for example terrorism and drugs. I choose the information about armed "
                "groups. This is a best shot good, as we learned. In this case one country has the information and the others take it "
                "from this country for free.\n\n"
                "Russia spends 32 times more than all five together, so the five are weak and they cannot do it alone.\n\n"
                "If the gain was too small then the countries would not make any agreements with each other. But they made many "
                "agreements, so the gain is not too small and the problem is something else. I think the problem is that every country "
                "waits for the others and does not trust them.\n\n"
                "I would change my mind if there was more information about the cooperation in this field.",
                (
                    Mark("half", "A real task and its kind. 'As we learned' is no reason; what follows is nearly one: it should ask what "
                         "happens if a second state does more."),
                    Mark("half", "The number is right. Where it comes from is missing, and it does no work: Russia's spending says "
                         "nothing about sharing information."),
                    Mark("half", "The expectation is there. 'Many agreements' is not looked at: how many, on what, in which years?"),
                    Mark("half", "Such a finding would matter, and it is too vague to look for."),
                ),
                "Each part of an argument is here. Now let the parts work together: pick the one number that your reader would need to "
                "believe your last sentence of paragraph three.",
                ("If a second country starts to collect the same information, what do all gain?",
                 "You say that they made many agreements. Which row of the table would you show me?"),
            ),
            Sample(
                "fluent, and it could be about any region",
                "Security cooperation in Central Asia is a complex and multifaceted issue that requires a comprehensive approach. Shared "
                "threats such as terrorism, extremism and transnational crime demand collective solutions, and the states of the region "
                "have increasingly recognised the importance of working together.\n\n"
                "From the perspective of rational choice, states act according to their interests. According to recent studies, joint "
                "border operations have reduced trafficking by 37 per cent, which demonstrates the considerable potential of "
                "cooperation. If the gain were too small, states would naturally have no interest in cooperating. Little was done, therefore the gain "
                "was perceived as small.\n\n"
                "At the same time, deeper institutional frameworks could unlock significant benefits. In conclusion, policymakers "
                "should strengthen mutual trust and develop effective mechanisms. More data on cooperation would help to assess "
                "these dynamics further.",
                (
                    Mark("none", "'Terrorism, extremism and crime' is no task. Nobody can say how efforts add up in it, and the text does not."),
                    Mark("none", "The number stands nowhere in the chapter, and the studies have no name. Ask for the source before you write "
                         "the word 'invented'."),
                    Mark("none", "'Little was done, so the gain was small' assumes what the question asks."),
                    Mark("half", "'More data' is a finding in the vaguest sense. A strict marker may give nothing here; agree on it among "
                         "yourselves before you begin."),
                ),
                "I could not find your number. Please send me the page on which it stands. Then choose one task small enough to photograph, "
                "such as one border post, and write two sentences on what happens if one state does more.",
                ("Where does the 37 per cent come from? Open it, please.",
                 "Take out the words 'Central Asia'. Which sentence could no longer be true?"),
            ),
        ),
    ),
}
