using Matchmaking.Benchmarks.Simulate;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Tests.Ranking;

namespace Matchmaking.Matching.Tests.Simulate;

/// <summary>What the laboratory of tests/Benchmarks says about learning is worth as much as these hold.</summary>
public sealed class LaboratoryTests
{
    private static readonly FairSetting Fair = Setting(seed: 1);
    private static readonly IReadOnlyList<Person> People = Person.Of(400, 0, 1);

    [Fact]
    public void The_same_seed_gives_the_same_figures_and_another_seed_others()
    {
        var options = new SimulateOptions(Fairs: 2, Visitors: 300, Seed: 3, Checks: 0);
        var first = Figures(options);
        Assert.Equal(first, Figures(options));
        Assert.NotEqual(first, Figures(options with { Seed = 4 }));
    }

    [Fact]
    public void Who_knows_the_truth_serves_better_than_the_baseline_and_the_baseline_better_than_chance()
    {
        var truth = People.Select(Fair.ExpectedUse).ToArray();
        var number = People.Select((person, i) => (person.Id, i)).ToDictionary(x => x.Id, x => x.i);

        var (oracle, baseline, chance) = (Ndcg(Rivals.Oracle(Fair, person => truth[number[person.Id]])), Ndcg(new ServedDay(Fair)), Ndcg(Rivals.Chance(Fair)));

        Assert.True(oracle > baseline + .1, $"oracle {oracle}, baseline {baseline}");
        Assert.True(baseline > chance + .1, $"baseline {baseline}, chance {chance}");

        double Ndcg(IDayRanker ranker) => DayFigures.Of(Day(ranker), truth).Ndcg.Average();
    }

    [Fact]
    public void What_the_records_show_is_on_average_what_the_truth_says()
    {
        var day = Day(new ServedDay(Fair));
        var number = People.Select((person, i) => (person.Id, i)).ToDictionary(x => x.Id, x => x.i);
        double[] off = [.. day.Cases.Select((shown, i) => shown.Outcomes.Take(DayFigures.Depth).Sum(o => Grades.Use(o)) - EstimateCheck.TruthOf(Fair, People[number[shown.Visitor]], shown, day.Full[i]))];

        var mean = off.Average();
        var error = Math.Sqrt(off.Sum(d => (d - mean) * (d - mean))) / off.Length;

        Assert.InRange(mean, -3.5 * error, 3.5 * error);
        Assert.InRange(error, .001, .05);
    }

    [Fact]
    public void No_stand_gives_away_more_seats_than_it_has_and_only_those_who_agreed_are_learned_from()
    {
        var day = FairDay.Run(Fair, Person.Of(1500, 0, 1), new ServedDay(Fair), DateTimeOffset.UnixEpoch);

        var taken = day.Cases.SelectMany(shown => shown.Outcomes.Select((o, place) => (o.Accepted, Stand: StandOf(shown.Offers[place])))).Where(x => x.Accepted).CountBy(x => x.Stand).ToArray();

        Assert.All(taken, stand => Assert.InRange(stand.Value, 1, FairSetting.SeatsPerStand));
        Assert.Contains(day.Full[^1], full => full);
        Assert.Equal(Person.Of(1500, 0, 1).Where(p => p.Agrees).Select(p => p.Id), day.Cases.Select(shown => shown.Visitor));

        int StandOf(Guid id) => Fair.Catalogue.TryOffer(id, out var offer) ? Fair.Catalogue.Exhibitor[offer] : -1;
    }

    private static FairDay Day(IDayRanker ranker) => FairDay.Run(Fair, People, ranker, DateTimeOffset.UnixEpoch);

    private static FairSetting Setting(int seed) => new(BigFair.Catalogue, RulePackSet.BuiltIn.At(SmallFair.After), new HiddenTastes(BigFair.Catalogue, seed));

    /// <summary>To the last bit.</summary>
    private static double[] Figures(SimulateOptions options)
    {
        var last = Laboratory.Run(BigFair.Catalogue, RulePackSet.BuiltIn.At(SmallFair.After), options);
        return [.. last.Baseline.Ndcg, .. last.Oracle.Ndcg, .. last.Popularity.Ndcg, .. last.Chance.Ndcg, .. last.Learned.SelectMany(l => l.Ndcg), .. last.Learned[^1].Day.Use,
            .. last.Estimated.Select(e => e.Truth), .. last.Estimated.Select(e => e.Estimate.Mean ?? -1)];
    }
}
