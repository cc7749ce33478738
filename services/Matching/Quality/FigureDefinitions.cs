using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Quality;

/// <summary>What each figure is. One place: the API tells it, and pages show it beside the number.</summary>
internal static class FigureDefinitions
{
    private const string Wilson = "interval: Wilson score, z = 1.96, wider where a block may be rounded: one to four people of a block count as none or five", Bootstrap = "interval: percentile bootstrap over people, 1000 draws, fixed seed", Jackknife = "interval: delete-a-group jackknife, 20 parts, Student's t";
    private const string Share = "share of people", Score = "0 to 1", Joachims = "Position bias: Joachims et al. 2007, ACM TOIS 25(2); decision 29";

    public static readonly IReadOnlyList<FigureDefinition> All =
    [
        new("summary.funnel", "people, then meetings", "People who were shown a list and who opened something of it; from the request on meetings, without those of an organiser's schedule; useful: 4 or 5 of 5", "counts, each of at least five people, as is its difference to the one before (of invented people exact); one to four people of a block count as none or five; beside them the step / the one before. The shares funnel.* are of people throughout", "Decision 52"),
        new("summary.missing", "people and seats", "Goals and topics of at least five people, fewest free seats a head first; people as need.people has them", "seats that can be booked now at stands with an offer for it, a table once in whatever format / people who have it", "Decisions 52 and 53"),
        new("people", "people", "People who came in the span and fit the filter, of whole blocks of at least 5 (10 in published reports)", "count", "Complementary suppression: Hundepool et al. 2012, Statistical Disclosure Control; decision 52"),
        new("funnel.opened", Share, "Of those who were shown something within the filter: who opened some of it, or more", $"opened / shown; {Wilson}", "Decision 52"),
        new("funnel.requested", Share, "… who asked for a meeting, or more; plans of organisers are not counted", $"asked / shown; {Wilson}", "Decision 52"),
        new("funnel.accepted", Share, "… with whom a stand agreed on a meeting, also where it was called off later", $"accepted / shown; {Wilson}", "Decision 52"),
        new("funnel.held", Share, "… whose meeting was held", $"held / shown; {Wilson}", "Decision 52"),
        new("funnel.useful", Share, "… who called it useful, 4 or 5 of 5", $"useful / shown; {Wilson}", "Decision 52"),
        new("order.ndcg", Score, "Last list of those who agreed to a review and of whom anything came; grades: opened 1, asked 2, accepted 3, held 4, useful 5. What was found elsewhere counts as missed",
            $"DCG@k / ideal DCG@k, DCG@k = sum over i of (2^grade - 1) / log2(i + 1); {Bootstrap}", $"Järvelin and Kekäläinen 2002, ACM TOIS 20(4); Burges et al. 2005. {Joachims}"),
        new("order.precision", Score, "Share of the first k places of which anything came", $"relevant among the first k / k; {Bootstrap}", "Manning, Raghavan, Schütze 2008, ch. 8"),
        new("order.recall", Score, "Share of all of which anything came that stands among the first k", $"relevant among the first k / relevant; {Bootstrap}", "Manning, Raghavan, Schütze 2008, ch. 8"),
        new("order.mrr", Score, "How high the first stands of which anything came", $"mean of 1 / its place, 0 where none is on the list; {Bootstrap}", "Voorhees 1999, TREC-8"),
        new("order.coverage", Score, "Share of the offers that stand among the first k of at least one of 50 lists; so groups of different size compare", $"mean over offers of 1 - (n-c choose 50) / (n choose 50), offer on c of n lists; {Jackknife}", "Rarefaction: Hurlbert 1971, Ecology 52(4); Adomavicius and Kwon 2012"),
        new("order.lead", "-1 to 1", "NDCG of the order shown less that of the same offers by popularity with the other half of people, or in the mean of all orders", $"mean of the difference, person by person; {Bootstrap}", Joachims),
        new("gap.difference", "in units of the mean", "Mean of the group less that of all others within the filter; from 20 people on either side", "mean - mean of the others; interval: Welch's t. Worse: the same t at 5 % / number of groups, two-sided (Bonferroni)", "Welch 1947, Biometrika 34; Efron and Tibshirani 1993"),
        new("gap.ratio", "ratio", "Mean of the group over that of all others", $"mean / mean of the others; {Bootstrap}", "Four-fifths rule for orientation: 29 CFR 1607.4 D"),
        new("exposure.gini", Score, "How unequally attention falls on stands with offers; 0 all alike", $"sum of (2i - n - 1) x_i / (n sum x), x ascending, x = sum of 1/log2(1+place) over the first ten places of all lists; {Jackknife}", "Gini 1912; Singh and Joachims 2018, KDD"),
        new("exposure.share", "share of attention", "What one stand has of all attention; among its people those count of whom a list had it among the first ten places", "x / sum of x of all stands with offers, x = sum of 1/log2(1+place) over the first ten places of all lists", "Singh and Joachims 2018, KDD"),
        new("exposure.tail", Score, "What the less seen half of the stands has of all attention; half where all are alike", $"sum of the lower half / sum; {Jackknife}", "Anderson 2006; decision 52"),
        new("exposure.floor", "share of stands", "Stands that have at least 15 % of an equal share of attention", "stands at or above the floor / stands with offers", "Decision 24"),
        new("stand.asked", "people", "People who asked this stand for a meeting", "count; one to four people of a block count as none or five", "Decision 52"),
        new("stand.acceptance", Share, "Of those who asked there and were answered, or not in time: who were accepted", $"accepted / answered; {Wilson}", "Decision 52"),
        new("stand.no-show", Share, "Of those whose meeting there was recorded: who did not come", $"not come / (held + not come); {Wilson}", "Decision 26"),
        new("chance.error", Score, "How far a learned model's chance of a request to be accepted and held is from what came of it; one request a person, of lists later than those it learned from", $"sum over five bins of |mean chance - share kept| x share of requests; {Bootstrap}", "Naeini et al. 2015, AAAI; Guo et al. 2017, ICML"),
        new("chance.brier", Score, "The same as squared error of each chance", $"mean of (chance - kept)^2; {Bootstrap}", "Brier 1950"),
        new("chance.kept", Share, "Of the requests whose chance lies in the bin: accepted and held", $"kept / answered; {Wilson}", "Decision 29"),
        new("answer.minutes", "minutes", "From a visitor's first answers to a stand's first answer, of those who got one; in whole five minutes", $"median; {Bootstrap}", "Decision 52"),
        new("need.people", "people", "People with this goal or topic", "count; one to four people of a block count as none or five", "Decision 52"),
        new("need.unserved", Share, "Of those: for whom today's rules leave no offer that serves it", $"unserved / people with the need; {Wilson}", "Decision 6"),
        new("rule.spoke", Share, "People to whom the rule says no, or ask, about some offer; of at most about 1000 people evenly spread", $"people / judged; {Wilson}", "Decision 6"),
        new("policy.logged", "use per list", "What the first five places of the lists brought as they were, as if every stand had a seat; 1: a meeting held and found useful", $"mean; {Jackknife}", "Decision 29"),
        new("policy.snips", "use per list", "What another order's first five would bring, by recorded propensity; of a learned model from later lists than it learned from", $"sum over places of sum(w r) / sum(w); {Bootstrap}", "Swaminathan and Joachims 2015, NeurIPS"),
        new("policy.robust", "use per list", "The same by a model of what comes of an offer, corrected by what did", $"mean of q' + w (r - q); {Jackknife}", "Dudík, Langford, Li 2011, ICML"),
        new("policy.difference", "use per list", "Doubly robust less logged", $"mean of the difference; {Jackknife}", "Decision 29"),
    ];
}
