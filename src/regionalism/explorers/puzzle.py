"""The explorers of the chapter on what counts as regionalism: the definition dial, and bodies of other regions."""

from __future__ import annotations

from functools import cache

import pandas as pd

from regionalism.charts import puzzle as charts
from regionalism.data import load
from regionalism.explorers.core import Choice, Column, Explorer, Option, Prediction, Preset, Slider, Values
from regionalism.models import definitions
from regionalism.models.definitions import Definition

MOST_OF_A_KIND = 3
INSIDE = ("certain", "possible")
OUTSIDERS: tuple[tuple[str, str], ...] = (("no", "Not allowed"), ("yes", "Allowed"))
AREAS: tuple[tuple[str, str], ...] = (
    ("all", "Any subject"),
    ("security", "Security, and bodies of many tasks"),
    ("narrow", "Security alone"),
)
BINDING: tuple[tuple[str, str], ...] = (("any", "Not needed"), ("yes", "Needed"))
LIVES: tuple[tuple[str, str], ...] = (
    ("any", "Any: even a proposal"),
    ("signed", "Agreed or held at some time"),
    ("in_force", "In force today"),
)
SEARCHES: tuple[tuple[str, str], ...] = (("both", "Both searches"), ("first", "The first search alone"))


# The definition dial


def dial(minimum: float, outsiders: str, area: str, binding: str, life: str, search: str = "both") -> pd.DataFrame:
    """Return every agreement with where it stands under a definition, in a fixed order.

    Columns: ``id``, ``name``, ``year``, ``slot`` (its place in the stack of its year), ``states`` (of the five),
    ``standing`` (see :func:`regionalism.models.definitions.standing`; ``out`` also for what the search did not
    find), ``lacks`` (what it misses by one step, in words, else empty) and ``line`` (1 to 9 for the names shown).
    """
    table = _agreements()
    definition = Definition(int(minimum), outsiders == "yes", area, binding == "yes", life)
    found = table if search == "both" else table[table["search_round"] == 1]
    standing = definitions.standing(found, definition).reindex(table["id"]).fillna("out").tolist()
    words = _lacks(definition)
    frame = pd.DataFrame(
        {
            "id": table["id"],
            "name": table["short"],
            "year": table["year_signed"].astype("int64"),
            "slot": table["slot"],
            "states": table["c5_parties"].str.replace(";", ", "),
            "standing": standing,
            "lacks": [words.get(place, "") for place in standing],
        }
    )
    return frame.assign(line=_lines(frame))


def dial_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say how many agreements count, for certain and at most, when they were made, and how many just miss."""
    standing = results["standing"]
    sure, inside = int((standing == "certain").sum()), results[standing.isin(INSIDE)]
    total = len(results) if values.get("search", "both") == "both" else int((_agreements()["search_round"] == 1).sum())
    if inside.empty:
        return f"No row of {total} counts under this definition. {_missing_words(results)}"
    unsure = " (the higher number if what is unknown turns out so)" if len(inside) > sure else ""
    late = int((inside["year"] >= 2016).sum())
    return (
        f"Of {total} rows {_range(sure, len(inside))} count{unsure}; {late} of these {len(inside)} date from 2016 or"
        f" later. {_missing_words(results)}"
    )


def _range(sure: int, most: int) -> str:
    return f"{sure}" if sure == most else f"{sure} to {most}"


def _missing_words(results: pd.DataFrame) -> str:
    missing = results.loc[results["lacks"] != "", "lacks"].value_counts()
    if missing.empty:
        return "Nothing misses by one step: the definition is as weak as the dial allows."
    ordered = sorted(missing.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return f"One step away: {', '.join(f'{count} ({words})' for words, count in ordered)}."


def _lacks(definition: Definition) -> dict[str, str]:
    """Return what an agreement misses, for each condition that it may miss by one step."""
    return {
        "minimum": f"only {definition.minimum - 1} states",
        "outsiders": "an outsider",
        "area": "other subject" if definition.area == "security" else "many tasks",
        "binding": "not binding",
        "life": "never agreed" if definition.life == "signed" else "has ended",
    }


def _lines(frame: pd.DataFrame) -> list[int]:
    """Number the names to be shown: the latest three of each kind, small kinds first, nine at most."""
    near = frame[frame["lacks"] != ""]
    size = near.groupby("lacks")["id"].transform("size")
    ordered = near.assign(size=size).sort_values(["size", "lacks", "year", "id"], ascending=[True, True, False, True])
    chosen = ordered.groupby("lacks", sort=False).head(MOST_OF_A_KIND).head(charts.NAMES)
    numbers = {identifier: number for number, identifier in enumerate(chosen["id"], start=1)}
    return [numbers.get(identifier, 0) for identifier in frame["id"]]


@cache
def _agreements() -> pd.DataFrame:
    """Return the table with short names and places in stacks: those who pass most conditions at the bottom."""
    table = load("agreements")
    strictest = definitions.strictest_of_each(table)
    table = table.assign(
        strict=[-1 if best is None else sum(best.steps()) for best in map(strictest.get, table["id"])],
        short=[name.split(" (")[0].split(":")[0].strip() for name in table["name"]],
    )
    table = table.sort_values(["year_signed", "strict", "id"], ascending=[True, False, True], ignore_index=True)
    return table.assign(slot=table.groupby("year_signed").cumcount() + 1)


def _count(binding: str = "any") -> str:
    standing = dial(3, "no", "all", binding, "any")["standing"]
    return _range(int((standing == "certain").sum()), int(standing.isin(INSIDE).sum()))


def _definition_dial() -> Explorer:
    return Explorer(
        name="puzzle-dial",
        title="The definition dial",
        question="What must hold for you to call it regionalism, and what is left of the table then?",
        prediction=Prediction(
            "You count what at least three of the five agreed without any outsider. Now you also ask that it binds in"
            " law. Which of these falls out?",
            (
                Option(
                    "The battalion of three states, formed in the 1990s and never deployed.",
                    "It was never used, and the agreement behind it was binding all the same. A binding text and a"
                    " working body are two things.",
                ),
                Option(
                    "The treaty of four states against terrorism, signed in Tashkent in 2000.",
                    "It stays: it is a treaty. The table says that other bodies soon overtook it, but the dial reads"
                    " texts, not deeds.",
                ),
                Option(
                    "The meetings of the secretaries of the five security councils since 2024.",
                    f"Yes. Regular meetings, concepts and roadmaps do not bind. The count was {_count()}. Now it is"
                    f" {_count('yes')}, and much of what came after 2016 is gone.",
                    right=True,
                ),
                Option(
                    "The treaty of 2006 that keeps nuclear weapons out of all five states.",
                    "It stays under every setting of this dial: five states, no outsider, security alone, binding, in"
                    " force. Nothing else in the table does.",
                ),
            ),
        ),
        controls=(
            Slider(
                "minimum", "At least how many of the five", (2, 3, 4, 5), 3, unit="states", fine_step=1,
                help="The article asks for three. A state counts if it is known to be a party; where a signature is"
                " unknown, the row may count.",
            ),
            Choice("outsiders", "Parties from outside the five", OUTSIDERS, "no",
                   "Not allowed: a row with Russia, China, the UN or anybody else as a party falls out."),
            Choice("area", "Subject", AREAS, "all",
                   "The second setting keeps bodies of many tasks, such as the presidents' plans, since security is one"
                   " of them. The third drops them. Water and trade are in neither."),
            Choice("binding", "Binding in law", BINDING, "any",
                   "Statements, concepts and roadmaps do not bind. Where it is unclear, the row may count."),
            Choice("life", "How far it came", LIVES, "any",
                   "In force: not ended, and with a known year of entry into force. Where no such year was found the"
                   " row"
                   " may count: a gap is not a no."),
        ),
        extra_controls=(
            Choice("search", "Which search", SEARCHES, "both",
                   "The second search looked for agreements of the five among themselves. It changed the table, not the"
                   " region."),
        ),
        presets=(
            Preset("The article: three or more", {},
                   "After Mayer 2021, section 2: institutions among at least three states; here without outsiders."),
            Preset("The article, on security", {"area": "security", "life": "signed"},
                   "After Mayer 2021, section 4: security, and something was at least agreed. Our reading."),
            Preset("Rival 1: the will is enough", {"minimum": 2},
                   "After Choi 2023: political will to a formal arrangement; no number of states. Our reading."),
            Preset("Rival 2: a strict lawyer", {"binding": "yes", "life": "in_force"},
                   "Only what binds and is in force today. Watch how much becomes unknown."),
            Preset("The wider region too", {"outsiders": "yes"},
                   "After Faizullaev: the micro-region of five and the macro-region around it both matter. Our"
                   " reading."),
            Preset("All five or nothing", {"minimum": 5}, "One absent signature and a text is out."),
        ),
        columns=(
            Column("id", "Row"),
            Column("name", "Agreement"),
            Column("year", "Signed"),
            Column("slot", "Place", shown=False),
            Column("states", "Of the five"),
            Column("standing", "Standing"),
            Column("lacks", "Misses by one step"),
            Column("line", "Line", shown=False),
        ),
        model=dial,
        sentence=dial_sentence,
        draw=charts.dial_chart,
        inputs=(
            "Data: the course's table of agreements, with what is unknown kept unknown. Assumptions: the codes"
            " themselves"
            " (what binds, which subject), and our reading of three authors in the named cases."
        ),
        see=(
            "Diamonds miss by one step: they are what drops out when you tighten that one condition. Go from three"
            " states"
            " to four and read the names. Go back, and ask for a binding text. Which condition costs the 1990s most,"
            " and"
            " which the years after 2016? Then ask for what is in force and watch how hollow the picture gets: for many"
            " texts nobody could find out."
        ),
        not_shown=(
            "Whether anybody did what was signed. A treaty of five and a protocol for one summer's water are one dot"
            " each."
            " And a tall year may only be a year in which somebody looked harder."
        ),
        source="After the definition in Mayer 2021, section 2, and the table of agreements.",
    )


# The bodies of other regions

DEEP_YEARS = (1994, 1998, 2002, 2006, 2010, 2014)
WORLDWIDE = ("UN", "WTO")
NAMED = ("CIS", "ASEAN", "EU", "ECOWAS")
KINDS: tuple[tuple[str, str], ...] = (("any", "Any"), ("general purpose", "Many tasks"), ("task-specific", "One task"))


def depth(year: float, delegation: float, pooling: float, kind: str) -> pd.DataFrame:
    """Return the regional bodies of the world with their scores in a year and whether they count.

    ``counts`` is yes if both scores reach the least values and the kind is right, ``not there`` if the year has
    no score. Both scores run from 0 to 1.
    """
    rows = _scores()
    # The live slider moves by single years; the scores are those of the last year of the page that it has passed.
    shown = max(known for known in DEEP_YEARS if known <= year + 1e-9)
    at_year = rows[rows["year"] == shown].set_index("io").reindex(sorted(rows["io"].unique()))
    deep = (at_year["delegation"] >= delegation - 1e-9) & (at_year["pooling"] >= pooling - 1e-9)
    passes = deep & ((at_year["kind"] == kind) | (kind == "any"))
    return pd.DataFrame(
        {
            "io": at_year.index,
            "delegation": at_year["delegation"].to_numpy(),
            "pooling": at_year["pooling"].to_numpy(),
            "counts": passes.map({True: "yes", False: "no"}).where(at_year["pooling"].notna(), "not there").tolist(),
            "named": at_year.index.isin(NAMED),
            "least_delegation": float(delegation),
            "least_pooling": float(pooling),
        }
    )


@cache
def _scores() -> pd.DataFrame:
    table = load("pooling_delegation")
    table = table[~table["io"].isin(WORLDWIDE) & table["year"].isin(DEEP_YEARS)]
    # Rounded as shown, so that what passes agrees with the number that is read.
    return table.assign(delegation=table["delegation"].round(2), pooling=table["pooling"].round(2))


def depth_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say how many bodies count, and where the CIS and ASEAN stand."""
    there = results[results["counts"] != "not there"].set_index("io")
    passing = int((there["counts"] == "yes").sum())
    scores = {
        io: f"{io} ({there.loc[io, 'delegation']:.2f} and {there.loc[io, 'pooling']:.2f})" for io in ("CIS", "ASEAN")
    }
    inside = [io for io in scores if there.loc[io, "counts"] == "yes"]
    if len(inside) == 1:
        other = "ASEAN" if inside == ["CIS"] else "CIS"
        words = f"{scores[inside[0]]} counts and {scores[other]} does not"
    else:
        words = f"{scores['CIS']} and {scores['ASEAN']} both {'count' if inside else 'fall out'}"
    return (
        f"In {values['year']:g}, {passing} of {len(there)} bodies with a score count. {words} (delegation and pooling)."
        " The bodies of the five alone have no score."
    )


def _depth_dial() -> Explorer:
    return Explorer(
        name="puzzle-depth",
        title="Bodies of other regions",
        question="How deep must a regional body be on paper before it counts, and which does that leave?",
        prediction=Prediction(
            "ASEAN, of ten states in South-East Asia, is often held up as what Central Asia lacks. The CIS, of former"
            " Soviet states, is often called weak. How do their formal powers compare in 2014?",
            (
                Option(
                    "ASEAN has far more of them.",
                    "That is what its name suggests. But these scores read treaties, and its treaties give common"
                    " bodies"
                    " little. Look for it in the chart.",
                ),
                Option(
                    "The CIS has far more of them.",
                    "It was made from one state and started ahead. Set the year to 1994, and then look at 2014.",
                ),
                Option(
                    "They are the same to the second decimal.",
                    "Yes. Either formal depth says little about regionalism, or the two are more alike than their"
                    " fame. A"
                    " dial of formal depth cannot tell them apart.",
                    right=True,
                ),
            ),
        ),
        controls=(
            Slider(
                "year", "Year", DEEP_YEARS, 2014, format="{:.0f}".format,
                help="Every fourth year; the scores of this copy end in 2014.",
            ),
            Slider(
                "delegation", "Least delegation", (0, 0.1, 0.2, 0.3, 0.4), 0.2,
                help="0: nothing is handed to a secretariat, court or parliament. 1: as much as the scale knows.",
            ),
            Slider(
                "pooling", "Least pooling", (0, 0.1, 0.2, 0.3), 0.1,
                help="0: everybody must agree to everything. 1: as much by majority as the scale knows.",
            ),
            Choice("kind", "Tasks of the body", KINDS, "any", "Whether a body deals with many subjects or with one."),
        ),
        presets=(
            Preset("2014, a low bar", {}, "A secretariat with some tasks, and a few majority votes."),
            Preset("2014, a high bar", {"delegation": 0.4, "pooling": 0.2}, "Common bodies that can act alone."),
            Preset("When the CIS was young", {"year": 1994, "delegation": 0.1}, "Three years after its foundation."),
        ),
        columns=(
            Column("io", "Body"),
            Column("delegation", "Delegation", 2),
            Column("pooling", "Pooling", 2),
            Column("counts", "Counts"),
            Column("named", "Named", shown=False),
            Column("least_delegation", "Least delegation", 2, shown=False),
            Column("least_pooling", "Least pooling", 2, shown=False),
        ),
        model=depth,
        sentence=depth_sentence,
        draw=charts.depth_chart,
        inputs=(
            "Data: formal authority of regional bodies, read from their treaties (Measuring International Authority)."
            " Assumptions: that two scores sum up a body, and where you put the bar."
        ),
        see="Move the bar past the CIS. ASEAN goes with it. Then go back in time and ask which of the two moved.",
        not_shown=(
            "Practice. And it is not the dial above: no table here lists the agreements of another region, so counts of"
            " texts cannot be compared. The SCO, the CSTO and the funds of the five have no score in this copy."
        ),
        source="Measuring International Authority, release of 2021.",
    )


definition_dial = _definition_dial()
depth_dial = _depth_dial()

EXPLORERS: tuple[Explorer, ...] = (definition_dial, depth_dial)
