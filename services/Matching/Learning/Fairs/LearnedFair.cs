using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Two one-sided models: trees that order what visitors want, and trees that estimate whether a request is accepted and the meeting held.
/// Labels of the first are corrected for the place: what came of a place counts by the inverse of how likely it was looked at, so that what
/// stood low and was found all the same counts for those who did not look that far.
/// </summary>
internal sealed record LearnedFair(Forest Usefulness, Forest Acceptance, LearnedOutputs Outputs)
{
    /// <summary>Where there are no visitors apart to measure it on.</summary>
    public const double CommonSlope = .3;

    private const double LeastSlope = .05, MostSlope = 3;

    /// <summary>Answers of stands below which all are taken to decline alike.</summary>
    private const int LeastAnswers = 60;

    /// <summary>Of so many lists the scale is taken.</summary>
    private const int Sampled = 300;

    private static readonly TreeShape Order = new(100, 16, .05, 40, .5), Chance = new(60, 6, .1, 30, .5);

    /// <summary>What a label is worth: from half a look at the first place to a meeting found useful on a place where hardly anybody looks.</summary>
    private static readonly double[] Gains = [0, .. Enumerable.Range(0, 15).Select(i => .75 * Math.Pow(Worth(Grades.MostWanted) * Examination.MostWeight / .75, i / 14d))];

    public static LearnedFair Learn(IReadOnlyList<ShownRows> lists, Examination examination, int seed, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int[][] labels = [.. lists.Select(list => list.Rows.Select(row => Label(row, examination)).ToArray())];
        var usefulness = FairTrees.Order(lists, labels, Gains, Order, seed);
        cancel.ThrowIfCancellationRequested();
        var acceptance = AcceptanceOf(lists, seed);
        return new LearnedFair(usefulness, acceptance, new LearnedOutputs(usefulness, acceptance));
    }

    /// <summary>
    /// How much more use a unit of the usefulness scale means, measured on visitors the trees have not seen: expected worth, where it is looked at, is
    /// log-linear in it.
    /// </summary>
    public static double SlopeOf(IReadOnlyList<ShownRows> unseen, LearnedOutputs outputs, Examination examination)
    {
        var (terms, worth, offsets) = (new List<double[]>(), new List<double>(), new List<double>());
        foreach (var list in unseen)
        {
            var use = outputs.Of(list.Case, list.Judged).Use;
            foreach (var row in list.Rows)
            {
                terms.Add([1, use[row.Offer]]);
                worth.Add(Worth(Grades.Wanted(row.Outcome)));
                offsets.Add(Math.Log(examination[row.Place]));
            }
        }
        if (worth.All(w => w == 0)) return CommonSlope;
        return Math.Clamp(LogLinear.Fit(terms, worth, offsets, [1e-6, 1e-2])[1], LeastSlope, MostSlope);
    }

    /// <summary>The mean, and the spread within lists, of the baseline over the same offers: all that are open to the visitor.</summary>
    public static LearnedScore ScaleOf(IReadOnlyList<ShownRows> lists, LearnedOutputs outputs, double slope)
    {
        var plain = new LearnedScore(slope, 0, 1);
        var (baseline, learned, weighed) = (new Spread(), new Spread(), Math.Max(1, (lists.Count + Sampled - 1) / Sampled));
        for (var i = 0; i < lists.Count; i += weighed)
        {
            var (list, c) = (lists[i], lists[i].Case.Catalogue);
            var scores = new float[c.Count];
            CaseScorers.Baseline(list.Case, list.Judged, scores);
            var (use, chance) = outputs.Of(list.Case, list.Judged);
            int[] open = [.. Enumerable.Range(0, c.Count).Where(o => list.Judged[c.SideOf[o]].Verdict != Verdict.No)];
            baseline.Add([.. open.Select(o => (double)scores[o])]);
            learned.Add([.. open.Select(o => (double)plain.Of(use[o], chance[o]))]);
        }
        var scale = learned.Deviation > 1e-9 && baseline.Deviation > 0 ? baseline.Deviation / learned.Deviation : 1;
        return new LearnedScore(slope, baseline.Mean / scale - learned.Mean, scale);
    }

    private static Forest AcceptanceOf(IReadOnlyList<ShownRows> lists, int seed)
    {
        var answers = lists.SelectMany(l => l.Rows).Select(r => (r.Features, Kept: Grades.Kept(r.Outcome))).Where(r => r.Kept is not null)
            .Select(r => (r.Features, Value: r.Kept!.Value)).ToList();
        if (answers.Count >= LeastAnswers && answers.Any(a => a.Value != answers[0].Value)) return FairTrees.Estimate(answers, Chance, seed);
        // One answer of either kind is added: of none nothing is sure.
        return new Forest(Features.All.Count, (1d + answers.Sum(a => a.Value)) / (2 + answers.Count), []);
    }

    private static int Label(ShownRow row, Examination examination)
    {
        var worth = Worth(Grades.Wanted(row.Outcome)) * examination.Weight(row.Place);
        return worth <= 0 ? 0 : Enumerable.Range(1, Gains.Length - 1).MinBy(label => Math.Abs(Gains[label] - worth));
    }

    private static double Worth(int wanted) => (1 << wanted) - 1;

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
