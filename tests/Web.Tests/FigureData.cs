using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>Figures of the invented fair: with all that can be told and some that cannot; of nobody; and of too few.</summary>
internal static class FigureData
{
    private static readonly string[] Orders = ["shown", "popularity", "chance"], Steps = ["opened", "requested", "accepted", "held", "useful"];

    public static readonly FigureDefinition[] Definitions =
    [
        new("summary.funnel", "people, then meetings", "People who were shown a list and who opened something of it", "counts of everybody", "Decision 52"),
        new("people", "people", "People who came in the span and fit the filter, of whole blocks of at least 5 (10 in published reports)", "count", "Complementary suppression: Hundepool et al. 2012, Statistical Disclosure Control; decision 52"),
        new("funnel.requested", "share of people", "… who asked for a meeting, or more; plans of organisers are not counted", "asked / shown; interval: Wilson score, z = 1.96", "Decision 52"),
        new("order.ndcg", "0 to 1", "Last list of those who agreed to a review and of whom anything came; grades: opened 1, asked 2, accepted 3, held 4, useful 5. What was found elsewhere counts as missed", "DCG@k / ideal DCG@k, DCG@k = sum over i of (2^grade - 1) / log2(i + 1); interval: percentile bootstrap over people, 1000 draws, fixed seed", "Järvelin and Kekäläinen 2002, ACM TOIS 20(4); Burges et al. 2005. Position bias: Joachims et al. 2007, ACM TOIS 25(2); decision 29"),
        new("exposure.share", "share of attention", "What one stand has of all attention", "x / sum of x", "Singh and Joachims 2018, KDD"),
        new("exposure.gini", "0 to 1", "How unequally attention falls on stands with offers; 0 all alike", "sum of (2i - n - 1) x_i / (n sum x), x ascending, x = sum of 1/log2(1+place) over the first ten places of all lists; interval: delete-a-group jackknife, 20 parts, Student's t", "Gini 1912; Singh and Joachims 2018, KDD"),
        new("gap.difference", "in units of the mean", "Mean of the group less that of all others", "mean - mean of the others; interval: Welch's t", "Welch 1947, Biometrika 34"),
        new("need.unserved", "share of people", "For whom today's rules leave no offer that serves it", "unserved / people with the need", "Decision 6"),
    ];

    public static readonly QualityFigureSet Told = new(
        StubApi.Id(5), StubApi.Now.AddHours(-8), new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero), new("people", 2011, null, null, 2011, null), 2140,
        [new(null, Funnel(1)), .. new[] { "1", "2", "3", "4", "5", "6-10", "11-20" }.Select((place, i) => new FunnelRow(place, i < 6 ? Funnel(.6 / (i + 1)) : [.. Steps.Select(s => Few($"funnel.{s}"))]))],
        [.. Orders.Select((order, i) => new OrderRow(order, F("order.ndcg", .61 - .08 * i, .03), F("order.precision", .34 - .05 * i, .02), F("order.recall", .71 - .06 * i, .04), F("order.mrr", .58 - .1 * i, .03),
            i == 0 ? F("order.coverage", .83, .02) : null, i == 0 ? null : F("order.lead", .08 * i, .02)))],
        [
            Gap("order.ndcg", "language", "uk", 612, .02, false), Gap("order.ndcg", "language", "ar", 488, -.01, false), Gap("order.ndcg", "language", "ti", 58, -.09, true), Gap("order.ndcg", "german", "none", 346, -.07, true), Gap("order.ndcg", "german", "A2", 518, .01, false),
            Gap("order.ndcg", "age", "27plus", 1255, -.01, false), new("order.ndcg", "age", "under18", new("order.ndcg", .5, .3, .7, 12, null), Few("gap.difference"), Few("gap.ratio"), false, null, 0),
            Gap("order.ndcg", "channel", "kiosk", 902, .01, false), Gap("funnel.requested", "language", "uk", 700, .03, false), Gap("funnel.requested", "german", "none", 390, -.02, false),
        ],
        new(F("exposure.gini", .31, .02), F("exposure.tail", .34, .01), new("exposure.floor", .97, null, null, 1912, null),
            [.. Enumerable.Range(1, 40).Select(n => new StandRow(StubApi.Id(5000 + n), n == 1 ? "Willkommenszentrum der Stadt, Beratung für Neuzugewanderte" : $"Sprachschule Lindenhof {n}", .06 * Math.Exp(-n / 18.0) + .0005, n < 39,
                n < 30 ? new("stand.asked", 64 - 2 * n, null, null, 64 - 2 * n, null) : Few("stand.asked"), n < 20 ? F("stand.acceptance", .9 - .02 * n, .1, 60 - 2 * n) : Few("stand.acceptance"), n < 12 ? F("stand.no-show", .04 + .01 * n, .03, 40 - 2 * n) : Few("stand.no-show"), 40, n % 3 == 0 ? 0 : 40 - n))]),
        new(F("chance.error", .06, .02), F("chance.brier", .19, .02), [.. Enumerable.Range(0, 5).Select(b => new CalibrationBin(b / 5.0, (b + 1) / 5.0, b / 5.0 + .1, b == 0 ? Few("chance.kept") : F("chance.kept", b / 5.0 + .07, .08, 90)))]),
        new("answer.minutes", 35, 30, 45, 611, null),
        [
            new("childcare", new("need.people", 412, null, null, 412, null), F("need.unserved", .52, .05, 412), 3, 0), new("debt", new("need.people", 131, null, null, 131, null), F("need.unserved", 1, 0, 131), 0, 0),
            new("work", new("need.people", 1190, null, null, 1190, null), F("need.unserved", .08, .02, 1190), 91, 214), new("start-up", Few("need.people"), Few("need.unserved"), 4, 9),
        ],
        [.. Enumerable.Range(1, 11).Select(n => new UnneededOffer(StubApi.Id(7000 + n), $"Schnupperkurs {n}", "Sportverein Ost"))],
        [new("integrationskurs", "2026-02-09", "44-4", "no", F("rule.spoke", .41, .03)), new("arbeit", "2026-01-01", "4a-5", "ask", F("rule.spoke", .22, .03)), new("arbeit", "2026-01-01", "61-1", "ask", Few("rule.spoke"))],
        [], true, StubApi.Now.AddMinutes(-20));

    public static readonly PolicyRow[] Policy =
    [
        new("seen", F("policy.logged", .31, .04), F("policy.snips", .34, .06), F("policy.robust", .36, .05), F("policy.difference", .05, .02), 210, .83, null),
        new("place", F("policy.logged", .31, .04), Few("policy.snips"), Few("policy.robust"), Few("policy.difference"), 12, .83, "effective-size"),
    ];

    /// <summary>Those behind the figure that is asked for.</summary>
    public static FigureRows RowsOf(System.Collections.Specialized.NameValueCollection query) =>
        Rows with { Of = query["of"], Figure = Rows.Figure with { Definition = query["figure"]! } };

    public static readonly FigureRows Rows = new(F("funnel.opened", .63, .02, 2011), null, 2011,
    [
        new("p0123456789ab", true, 2, "baseline 2", [new(1, StubApi.Id(101), ["opened", "requested", "accepted", "held"], "Anerkennung in der Pflege"), new(2, StubApi.Id(102), [], "Sprachcafé"), new(null, StubApi.Id(103), ["opened"], null)]),
        new("pfedcba987654", false, 1, "model 20261125-0300-7f3a", []),
    ], 50);

    /// <summary>This year's and last year's.</summary>
    public static readonly FairView[] Fairs = [Data.Fair, Data.Fair with { Id = StubApi.Id(6), Name = "Integrationsmesse 2025", Opens = Data.Fair.Opens.AddYears(-1), Closes = Data.Fair.Closes.AddYears(-1) }];

    public static readonly FairWords Words = new(StubApi.Id(5), "2.300 Menschen, 60 Stände, ein Tag.\n\nWir danken allen, die mitgedolmetscht haben.", 3, StubApi.Now);

    public static readonly ShownMatch Match = new(
        "p0123456789ab", StubApi.Id(101), "Anerkennung in der Pflege", "Fachstelle Beruf", StubApi.Now, 2, .85, 247, new("baseline", "2"), ["integrationskurs 2026-02-09", "arbeit 2026-01-01"], new(2026, 11, 26), false,
        new Dictionary<string, string> { ["german"] = "A2", ["goals"] = "work;recognition", ["languages"] = "uk;ru" }, "ask", "arbeitsagentur-or-jobcenter", "the Jobcenter", [new("44-4", "integrationskurs 2026-02-09", "BAMF 02/26", "In diesem Jahr gibt es weniger Plätze.")],
        1.42, 2, [new("score", 0, 1.42, 0, [new("pair.goal-any", "0 or 1: a goal is served", 1, .9, .9), new("pair.language", "0 or 1: a shared language", null, -.2, -.2)])], ["opened", "requested"],
        [new("german", "B1", "yes"), new("workNote", null, "likely")], [new("german", "B1", 1), new("script", "latin", 7)]);

    public static readonly QualityFigureSet Nobody = Silent("no-data"), TooFew = Silent("too-few");

    private static QualityFigureSet Silent(string why)
    {
        Figure No(string id) => new(id, null, null, null, 0, why);
        return Told with
        {
            People = No("people"),
            AtMost = 0,
            Funnel = [],
            Order = [.. Orders.Select(o => new OrderRow(o, No("order.ndcg"), No("order.precision"), No("order.recall"), No("order.mrr"), o == "shown" ? No("order.coverage") : null, o == "shown" ? null : No("order.lead")))],
            Gaps = [],
            Exposure = new(No("exposure.gini"), No("exposure.tail"), No("exposure.floor"), []),
            Calibration = new(No("chance.error"), No("chance.brier"), []),
            FirstAnswer = No("answer.minutes"),
            Needs = [new("work", No("need.people"), No("need.unserved"), 0, 0)],
            OffersWithoutNeed = [],
            Rules = [],
            Policy = [],
        };
    }

    private static Figure[] Funnel(double scale) => [.. Steps.Select((s, i) => F($"funnel.{s}", scale * (.79 - .14 * i), .02))];

    private static GapRow Gap(string of, string by, string group, int n, double gap, bool worse) =>
        new(of, by, group, F(of, .61 + gap, .03, n), F("gap.difference", gap, worse ? .03 : .04, n), F("gap.ratio", 1 + gap / .61, .06, n), worse, gap * 50, 90);

    private static Figure F(string id, double value, double half, int n = 584) => new(id, value, value - half, Math.Max(value, value + half), n, null);

    private static Figure Few(string id) => new(id, null, null, null, 0, "too-few");
}
