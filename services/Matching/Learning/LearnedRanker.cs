using System.Numerics.Tensors;
using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>
/// The taste model's best candidates, put into order by itself and by trees that see both profiles. How much the trees may say is measured on visitors
/// of training whom they have not seen; where they do not help, they say nothing.
/// </summary>
internal sealed class LearnedRanker : IRanker
{
    /// <summary>From so many of the taste model's first the top is made.</summary>
    private const int Candidates = 40;

    private const int Parts = 5;

    /// <summary>Under so many visitors trees learn the noise.</summary>
    private const int LeastVisitors = 100;

    /// <summary>Beyond so many visitors the trees' order hardly changes, their time does.</summary>
    private const int EnoughForTrees = 4000;

    private const int LeastGrades = 5;

    private const int MostGrades = 12;

    private static readonly float[] Voices = [0, .15f, .3f, .5f, 1];

    private TasteModel? _taste;
    private GroupMeans? _groups;
    private PairFeatures? _features;
    private LambdaMart? _trees;

    public string Name => "ours";

    /// <summary>How much the trees say beside the taste model; 0 is nothing.</summary>
    public float Voice { get; private set; }

    /// <summary>Whether the taste model looks at pairs of columns: only if they were worth it on visitors held back.</summary>
    public bool Pairs { get; private set; }

    public void Train(OutcomeTable data, IReadOnlyList<int> visitors, int seed)
    {
        (_groups, _features) = (new GroupMeans(data, visitors), new PairFeatures(data, visitors));
        (_trees, Voice, Pairs) = (null, 0, false);
        if (visitors.Count < LeastVisitors)
        {
            _taste = new TasteModel(data, visitors, pairs: false, seed);
            return;
        }
        // Nobody's features may come from a model that knows what became of them.
        var parts = Folds.Split(visitors, Parts, seed);
        var plain = Array.ConvertAll(parts, held => new TasteModel(data, [.. visitors.Except(held)], pairs: false, seed));
        var paired = Array.ConvertAll(parts, held => new TasteModel(data, [.. visitors.Except(held)], pairs: true, seed));
        Pairs = Quietest([Reached(data, plain, parts), Reached(data, paired, parts)]) == 1;
        _taste = new TasteModel(data, visitors, Pairs, seed);

        var gains = Gains(data, visitors);
        var lists = new List<(int Visitor, Candidate[] List, float[] Base, int[] Offers)>();
        var asked = visitors.Count > EnoughForTrees ? Folds.Split(visitors, 1 + visitors.Count / EnoughForTrees, seed + 1)[0].ToHashSet() : [.. visitors];
        for (var part = 0; part < Parts; part++)
        {
            var some = parts[part].Where(asked.Contains).ToArray();
            lists.AddRange(Lists(data, gains, (Pairs ? paired : plain)[part], new GroupMeans(data, [.. visitors.Except(parts[part])]), _features, some));
        }
        Voice = BestVoice(data, lists, gains, seed);
        if (Voice > 0) _trees = new LambdaMart([.. lists.SelectMany(l => l.List)], gains, seed);
    }

    public Matrix Score(IReadOnlyList<int> visitors)
    {
        var scores = _taste!.Score(visitors);
        if (_trees is null) return scores;
        var groups = _groups!.Score(visitors);
        var lists = visitors.Select((visitor, i) => List(visitor, scores.Row(i), groups.Row(i), _taste, _features!)).ToArray();
        var voices = _trees.Score(lists.SelectMany(l => l.List));
        var at = 0;
        for (var i = 0; i < visitors.Count; i++)
        {
            var (_, list, first, offers) = lists[i];
            Place(Blend(first, voices.AsSpan(at, list.Length), Voice), offers, scores.Row(i));
            at += list.Length;
        }
        return scores;
    }

    private static List<double> Reached(OutcomeTable data, TasteModel[] models, int[][] parts) => [.. parts.SelectMany((held, part) =>
    {
        var scores = models[part].Score(held);
        return held.Select((visitor, i) => RankingQuality.Ndcg(scores.Row(i), data.Gains(visitor)));
    }).Where(double.IsFinite)];

    private static float BestVoice(OutcomeTable data, List<(int Visitor, Candidate[] List, float[] Base, int[] Offers)> lists, double[] gains, int seed)
    {
        var reached = Array.ConvertAll(Voices, _ => new List<double>());
        foreach (var held in Folds.Split([.. Enumerable.Range(0, lists.Count)], 2, seed + 2))
        {
            var trees = new LambdaMart([.. lists.Where((_, i) => Array.BinarySearch(held, i) < 0).SelectMany(l => l.List)], gains, seed);
            var voices = trees.Score(held.SelectMany(i => lists[i].List));
            var at = 0;
            foreach (var (visitor, list, first, offers) in held.Select(i => lists[i]))
            {
                var truth = data.Gains(visitor);
                var heard = voices.AsSpan(at, list.Length);
                at += list.Length;
                if (truth.All(g => g <= 0)) continue;
                for (var v = 0; v < Voices.Length; v++)
                {
                    var scores = new float[truth.Length];
                    Place(Blend(first, heard, Voices[v]), offers, scores);
                    reached[v].Add(RankingQuality.Ndcg(scores, truth));
                }
            }
        }
        return Voices[Quietest(reached)];
    }

    /// <summary>The first that is within one standard error of the best: what cannot be told from chance is not followed.</summary>
    private static int Quietest(List<double>[] reached)
    {
        if (reached[0].Count == 0) return 0;
        var best = reached.MaxBy(values => values.Average())!;
        return Array.FindIndex(reached, values =>
        {
            var behind = best.Zip(values, (b, v) => b - v).ToArray();
            var mean = behind.Average();
            var error = Math.Sqrt(behind.Sum(d => (d - mean) * (d - mean))) / behind.Length;
            return mean <= error;
        });
    }

    private static IEnumerable<(int Visitor, Candidate[] List, float[] Base, int[] Offers)> Lists(
        OutcomeTable data, double[] gains, TasteModel taste, GroupMeans means, PairFeatures features, int[] visitors)
    {
        var scores = taste.Score(visitors);
        var groups = means.Score(visitors);
        for (var i = 0; i < visitors.Length; i++)
        {
            var made = List(visitors[i], scores.Row(i), groups.Row(i), taste, features);
            var truth = data.Gains(visitors[i]);
            for (var place = 0; place < made.List.Length; place++) made.List[place].Label = Label(gains, truth[made.Offers[place]]);
            yield return made;
        }
    }

    private static (int Visitor, Candidate[] List, float[] Base, int[] Offers) List(
        int visitor, ReadOnlySpan<float> scores, ReadOnlySpan<float> groups, TasteModel taste, PairFeatures features)
    {
        var offers = RankingQuality.Top(scores, Candidates);
        var list = new Candidate[offers.Length];
        var first = new float[offers.Length];
        for (var place = 0; place < offers.Length; place++)
        {
            var offer = offers[place];
            first[place] = scores[offer];
            list[place] = new Candidate { Group = (uint)visitor + 1, Features = features.Of(visitor, offer, scores[offer], taste.Popularity[offer], groups[offer], place) };
        }
        return (visitor, list, first, offers);
    }

    /// <summary>Both in their own standard deviations over this list, so that a voice means the same for everybody.</summary>
    private static float[] Blend(float[] first, ReadOnlySpan<float> trees, float voice)
    {
        var blended = Standard(first);
        if (voice > 0) TensorPrimitives.MultiplyAdd(Standard(trees), voice, blended, blended);
        return blended;
    }

    private static float[] Standard(ReadOnlySpan<float> values)
    {
        var standard = values.ToArray();
        TensorPrimitives.Subtract(standard, TensorPrimitives.Sum(values) / values.Length, standard);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(standard) / values.Length);
        if (deviation > 0) TensorPrimitives.Divide(standard, deviation, standard);
        return standard;
    }

    /// <summary>Candidates stand before everything else.</summary>
    private static void Place(float[] blended, int[] offers, Span<float> scores)
    {
        var floor = TensorPrimitives.Max<float>(scores) + 1 - TensorPrimitives.Min<float>(blended);
        for (var place = 0; place < offers.Length; place++) scores[offers[place]] = floor + blended[place];
    }

    /// <summary>The grades that occur, with 0; evenly spread where they are too many.</summary>
    private static double[] Gains(OutcomeTable data, IReadOnlyList<int> visitors)
    {
        var grades = visitors.SelectMany(v => data.Of[v]).Select(o => (double)o.Grade).Where(g => g > 0).Append(0).Distinct().Order().ToArray();
        // FastTree wants at least five; what lies above the highest grade never occurs.
        if (grades.Length < LeastGrades) return [.. grades, .. Enumerable.Range(1, LeastGrades - grades.Length).Select(i => grades[^1] + i)];
        return grades.Length <= MostGrades ? grades : [.. Enumerable.Range(0, MostGrades).Select(i => grades[^1] * i / (MostGrades - 1))];
    }

    private static int Label(double[] gains, float grade) => Enumerable.Range(0, gains.Length).MinBy(i => Math.Abs(gains[i] - grade));
}
