using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

/// <summary>Whether estimates hold what they promise, on fairs whose truth is known and whose best stands fill up.</summary>
public sealed class PolicyValueTests
{
    private const int Fairs = 12, Visitors = 350, Seats = 9;

    [Fact]
    public void Intervals_hold_the_truth_about_as_often_as_they_say_and_the_estimate_leans_to_no_side()
    {
        var checks = Enumerable.Range(1, Fairs).SelectMany(Check).ToArray();
        Assert.All(checks, c => Assert.Null(c.Value.Refused));
        var held = checks.Count(c => c.Value.DoublyRobust.Low <= c.Truth && c.Truth <= c.Value.DoublyRobust.High);
        Assert.True(held >= .85 * checks.Length, $"{held} of {checks.Length}: " + string.Join("; ", checks.Select(c => FormattableString.Invariant($"{c.Value.DoublyRobust.Mean:0.000} ({c.Value.DoublyRobust.Low:0.000} to {c.Value.DoublyRobust.High:0.000}) for {c.Truth:0.000}"))));
        Assert.InRange(checks.Sum(c => c.Value.DoublyRobust.Mean!.Value) / checks.Sum(c => c.Truth), .93, 1.07);
        // Wide enough to hold anything would be no merit.
        Assert.True(checks.Where(c => c.Truth > .2).Average(c => (c.Value.DoublyRobust.High - c.Value.DoublyRobust.Low) / c.Truth) < .7);
    }

    [Fact]
    public void Where_only_a_part_of_the_places_is_spoken_of_by_records_nothing_is_told_by_place()
    {
        var day = new InventedDay(3);
        var report = ModelTraining.Compare(day.Show(700), CaseScorers.Baseline, Truth(day), 1);
        var place = report.Values.Single(v => v.Method == "place");
        Assert.Equal(("support", (double?)null, (double?)null), (place.Refused, place.DoublyRobust.Mean, place.Snips.Mean));
        Assert.InRange(place.Support!.Value, .05, .8);
    }

    private static IEnumerable<(PolicyValue Value, double Truth)> Check(int seed)
    {
        var day = new InventedDay(seed, seats: Seats);
        var cases = day.Show(Visitors);
        Assert.Contains(cases, c => c.Full!.Contains(true));
        foreach (var (scorer, sign) in new (CaseScorer, int)[] { (Truth(day), 1), (Turned(Truth(day)), -1) })
        {
            var truth = ShownRows.OfAll(cases).Average(l => l.Rows.Select(r => day.Use(l.Case.Facts, r.Offer)).OrderByDescending(use => sign * use).Take(5).Select((use, place) => use / (1 + .35 * place)).Sum());
            yield return (ModelTraining.Compare(cases, CaseScorers.Baseline, scorer, 1).Values.Single(v => v.Method == "seen"), truth);
        }
    }

    private static CaseScorer Truth(InventedDay day) => (shown, _, scores) =>
    {
        for (var o = 0; o < scores.Length; o++) scores[o] = (float)day.Use(shown.Facts, o);
    };

    private static CaseScorer Turned(CaseScorer scorer) => (shown, judged, scores) =>
    {
        scorer(shown, judged, scores);
        for (var o = 0; o < scores.Length; o++) scores[o] = -scores[o];
    };
}
