using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Two one-sided models: how much use an offer is to a visitor who looks at it, and whether a request is accepted and the meeting held. Records are few and
/// fewer with every step (looked at, opened, asked for, kept, found useful), so each step is learned by itself, from those who could take it
/// (<see cref="StageModel"/>): what came of a place is measured by how likely it was looked at, and only where a stand had a seat it says something that nobody asked. What the
/// steps say together is then taught to trees, over all offers and not only those that were shown, because trees are what serves.
/// </summary>
internal sealed record LearnedFair(Forest Usefulness, Forest Acceptance, LearnedOutputs Outputs)
{
    /// <summary>Of so many lists the scale is taken.</summary>
    private const int Sampled = 300;

    /// <summary>The more people there are, the more the steps know of some of them: for so many pairs of a list, within these bounds, and as many trees as can hold that.</summary>
    private const int TaughtOfList = 30, TaughtLeast = 40_000, TaughtMost = 100_000, PairsOfTree = 160;

    private static readonly TreeShape Chance = new(60, 16, .15, 20, .5);

    public static LearnedFair Learn(IReadOnlyList<ShownRows> lists, Examination examination, int seed, CancellationToken cancel)
    {
        var crosses = new Crosses(lists.Select(l => l.Case.Catalogue));
        var (open, ask, keep, like) = (new List<StageRow>(), new List<StageRow>(), new List<StageRow>(), new List<StageRow>());
        foreach (var list in lists)
        {
            var visitor = crosses.Of(list.Case.Facts);
            foreach (var row in list.Rows)
            {
                var outcome = row.Outcome;
                var opened = Grades.Of(outcome) > 0;
                var stage = new StageRow(visitor, crosses.Of(list.Case.Catalogue, row.Offer, row.Pair), PairTerms.Of(row), opened ? 1 : 0, examination[row.Place]);
                open.Add(stage);
                if (opened && row.Full == false) ask.Add(stage with { Value = outcome.Asked ? 1 : 0, Look = 1 });
                if (Grades.Kept(outcome) is { } kept) keep.Add(stage with { Value = kept, Look = 1 });
                if (outcome.Useful is { } useful) like.Add(stage with { Value = (useful - 1) / 4d, Look = 1 });
            }
        }
        StageModel[] wants = [new(crosses, open, cancel), new(crosses, ask, cancel), new(crosses, like, cancel)];
        return Teach(lists, crosses, wants, new StageModel(crosses, keep, cancel), seed, cancel);
    }

    private static LearnedFair Teach(IReadOnlyList<ShownRows> lists, Crosses crosses, StageModel[] wants, StageModel keeps, int seed, CancellationToken cancel)
    {
        var pairs = Math.Clamp(TaughtOfList * lists.Count, TaughtLeast, TaughtMost);
        var (use, chance) = (new List<(float[], float, float)>(pairs), new List<(float[], float, float)>(pairs));
        var random = new Random(seed);
        var weights = Weights(lists);
        var share = pairs / lists.Zip(weights, (list, weight) => list.Case.Catalogue.Count * weight).Sum();
        var terms = new double[PairTerms.Count];
        foreach (var (list, weight) in lists.Zip(weights))
        {
            var (c, visitor) = (list.Case.Catalogue, crosses.Of(list.Case.Facts));
            for (var offer = 0; offer < c.Count; offer++)
            {
                if (random.NextDouble() >= share * weight || list.Judged.VerdictOn(offer) == Verdict.No) continue;
                var features = ShownRows.FeaturesOf(list.Case, list.Judged, offer);
                PairTerms.Fill(features, terms);
                var tokens = crosses.Of(c, offer, features.AsSpan(Features.PairStart));
                use.Add((features, LearnedScore.Before(wants.Aggregate(1d, (product, step) => product * step.Chance(visitor, tokens, terms))), 1));
                chance.Add((features, (float)keeps.Chance(visitor, tokens, terms), 1));
            }
        }
        cancel.ThrowIfCancellationRequested();
        var usefulness = FairTrees.Estimate(use, new TreeShape(pairs / PairsOfTree, 32, .15, 20, .5), seed);
        cancel.ThrowIfCancellationRequested();
        var acceptance = FairTrees.Estimate(chance, Chance, seed);
        return new LearnedFair(usefulness, acceptance, new LearnedOutputs(usefulness, acceptance));
    }

    /// <summary>
    /// How often each list's pairs are taught: one over the square root of the size of its visitor's smallest group. Trees spend their leaves where the pairs are, and drawn
    /// evenly they forget about few people what the steps know of them.
    /// </summary>
    private static double[] Weights(IReadOnlyList<ShownRows> lists)
    {
        var sizes = lists.SelectMany(l => l.Case.Groups.All).CountBy(group => group).ToDictionary();
        return [.. lists.Select(l => 1 / Math.Sqrt(l.Case.Groups.All.Min(group => sizes[group])))];
    }

    /// <summary>The mean, and the spread within lists, of the baseline over the same offers: all that are open to the visitor.</summary>
    public LearnedScore ScaleOn(IReadOnlyList<ShownRows> lists)
    {
        var plain = new LearnedScore(1, 0, 1);
        var (baseline, learned, weighed) = (new Spread(), new Spread(), Math.Max(1, (lists.Count + Sampled - 1) / Sampled));
        for (var i = 0; i < lists.Count; i += weighed)
        {
            var (list, c) = (lists[i], lists[i].Case.Catalogue);
            var scores = new float[c.Count];
            CaseScorers.Baseline(list.Case, list.Judged, scores);
            var (use, chance) = Outputs.Of(list.Case, list.Judged);
            int[] open = [.. Enumerable.Range(0, c.Count).Where(o => list.Judged.VerdictOn(o) != Verdict.No)];
            baseline.Add([.. open.Select(o => (double)scores[o])]);
            learned.Add([.. open.Select(o => (double)plain.Of(use[o], chance[o]))]);
        }
        var scale = learned.Deviation > 1e-9 && baseline.Deviation > 0 ? baseline.Deviation / learned.Deviation : 1;
        return new LearnedScore(plain.Slope, baseline.Mean / scale - learned.Mean, scale);
    }

    /// <summary>Mean of all, and the deviation around each list's own mean.</summary>
    private sealed class Spread
    {
        private double _sum, _squares;
        private int _count;

        public double Mean => _count == 0 ? 0 : _sum / _count;
        public double Deviation => _count == 0 ? 0 : Math.Sqrt(_squares / _count);

        public void Add(double[] list)
        {
            if (list.Length == 0) return;
            var mean = list.Average();
            (_sum, _squares, _count) = (_sum + list.Sum(), _squares + list.Sum(x => (x - mean) * (x - mean)), _count + list.Length);
        }
    }
}
