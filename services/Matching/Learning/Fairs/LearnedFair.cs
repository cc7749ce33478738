using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Two one-sided models: how much visitors want an offer that they look at, and whether a request is accepted and the meeting held. What came of a
/// place counts by the inverse of how likely it was looked at, so that what stood low and was found all the same counts for those who did not look
/// that far; and such a row weighs as much less as it is less sure.
/// </summary>
internal sealed record LearnedFair(Forest Usefulness, Forest Acceptance, LearnedOutputs Outputs)
{
    /// <summary>Answers of stands below which all are taken to decline alike.</summary>
    private const int LeastAnswers = 60;

    /// <summary>Of so many lists the scale is taken.</summary>
    private const int Sampled = 300;

    /// <summary>Usefulness is little where it is a tenth of the mean over what was shown.</summary>
    private const double Little = .1;

    private static readonly TreeShape Use = new(200, 8, .05, 40, .5), Chance = new(60, 6, .1, 30, .5);

    public static LearnedFair Learn(IReadOnlyList<ShownRows> lists, Examination examination, int seed, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var usefulness = FairTrees.Estimate([.. lists.SelectMany(l => l.Rows).Select(r => (r.Features, Worth(r, examination), (float)examination[r.Place]))], Use, seed);
        cancel.ThrowIfCancellationRequested();
        var acceptance = AcceptanceOf(lists, seed);
        return new LearnedFair(usefulness, acceptance, new LearnedOutputs(usefulness, acceptance));
    }

    /// <summary>The mean, and the spread within lists, of the baseline over the same offers: all that are open to the visitor.</summary>
    public LearnedScore ScaleOn(IReadOnlyList<ShownRows> lists, Examination examination)
    {
        var mean = lists.SelectMany(l => l.Rows).Average(r => Worth(r, examination));
        var plain = new LearnedScore(1 / (Little * mean), 0, 1);
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

    private static Forest AcceptanceOf(IReadOnlyList<ShownRows> lists, int seed)
    {
        var answers = lists.SelectMany(l => l.Rows).Select(r => (r.Features, Kept: Grades.Kept(r.Outcome))).Where(r => r.Kept is not null)
            .Select(r => (r.Features, Value: r.Kept!.Value)).ToList();
        if (answers.Count >= LeastAnswers && answers.Any(a => a.Value != answers[0].Value)) return FairTrees.Estimate([.. answers.Select(a => (a.Features, a.Value, 1f))], Chance, seed);
        // One answer of either kind is added: of none nothing is sure.
        return new Forest(Features.All.Count, (1d + answers.Sum(a => a.Value)) / (2 + answers.Count), []);
    }

    /// <summary>What the visitor wanted, twice as much for each step, 0 to 1, times the inverse of how likely the place was looked at.</summary>
    private static float Worth(ShownRow row, Examination examination) =>
        (float)(((1 << Grades.Wanted(row.Outcome)) - 1) / (double)((1 << Grades.MostWanted) - 1) * examination.Weight(row.Place));

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
