using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Matchmaking.Benchmarks.Scorer;

/// <param name="Peer">Name in the result; null: one of ours.</param>
/// <param name="Score">Scores all offers for the request of that number.</param>
internal sealed record Contender(string Name, string? Peer, Action<int, Span<float>> Score);

internal static class Contenders
{
    public static Contender Ours(Forest forest, ScorerLoad load, ScorerPath path, out TimeSpan preparation)
    {
        var scorer = new FactoredScorer(forest, InventedFair.VisitorFeatures, InventedFair.OfferFeatures, path);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var prepared = scorer.Prepare(load.Offers.Length, (i, into) => load.Offers[i].CopyTo(into));
        preparation = clock.Elapsed;
        return new($"ours, {path}", null, (r, scores) => scorer.Score(prepared, load.Requests[r].Visitor, load.Requests[r].Columns, scores));
    }

    public static Contender Engine(MLContext ml, RankingPredictionTransformer<LightGbmRankingModelParameters> model, ScorerLoad load)
    {
        var engine = ml.Model.CreatePredictionEngine<PairRow, PairScore>(model);
        var scored = new PairScore();
        return new("PredictionEngine", "predictionengine", (r, scores) =>
        {
            var rows = load.Requests[r].Rows;
            for (var i = 0; i < rows.Length; i++)
            {
                engine.Predict(rows[i], ref scored);
                scores[i] = scored.Score;
            }
        });
    }

    public static Contender Transform(MLContext ml, RankingPredictionTransformer<LightGbmRankingModelParameters> model, ScorerLoad load)
    {
        var views = load.Requests.Select(r => ml.Data.LoadFromEnumerable(r.Rows)).ToArray();
        return new("Transform", "transform", (r, scores) =>
        {
            var output = model.Transform(views[r]);
            var column = output.Schema["Score"];
            using var cursor = output.GetRowCursor([column]);
            var get = cursor.GetGetter<float>(column);
            for (var i = 0; cursor.MoveNext(); i++) get(ref scores[i]);
        });
    }

    public static Contender Native(NativeBooster booster, ScorerLoad load)
    {
        var doubles = new double[load.Offers.Length];
        return new("LightGBM C API, batch", "lightgbm", (r, scores) =>
        {
            booster.Predict(load.Requests[r].Matrix, doubles);
            for (var i = 0; i < scores.Length; i++) scores[i] = (float)doubles[i];
        });
    }
}
