using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Matchmaking.Matching.Learning;

/// <summary>One offer on one visitor's list of candidates.</summary>
internal sealed class Candidate
{
    /// <summary>Of the visitor; 1 or above.</summary>
    public uint Group { get; set; }

    public float[] Features { get; set; } = [];

    /// <summary>Index into the gains.</summary>
    public float Label { get; set; }
}

/// <summary>Boosted trees that learn orders of lists. One thread and a seed: the same candidates give the same trees.</summary>
internal sealed class LambdaMart
{
    private readonly MLContext _ml;
    private readonly SchemaDefinition _schema;
    private readonly RankingPredictionTransformer<FastTreeRankingModelParameters> _model;

    /// <param name="gains">What each label is worth; rising.</param>
    public LambdaMart(IReadOnlyList<Candidate> candidates, double[] gains, int seed)
    {
        _ml = new MLContext(seed);
        _schema = SchemaDefinition.Create(typeof(Candidate));
        _schema[nameof(Candidate.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, candidates[0].Features.Length);
        _schema[nameof(Candidate.Group)].ColumnType = new KeyDataViewType(typeof(uint), uint.MaxValue - 1);
        _model = _ml.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
        {
            LabelColumnName = nameof(Candidate.Label),
            FeatureColumnName = nameof(Candidate.Features),
            RowGroupColumnName = nameof(Candidate.Group),
            CustomGains = gains,
            NumberOfTrees = 100,
            NumberOfLeaves = 16,
            LearningRate = .05,
            MinimumExampleCountPerLeaf = 150,
            FeatureFraction = .3,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        }).Fit(_ml.Data.LoadFromEnumerable(candidates, _schema));
    }

    /// <summary>The trees themselves, as the compiled scorer reads them.</summary>
    public FastTreeRankingModelParameters Model => _model.Model;

    public float[] Score(IEnumerable<Candidate> candidates) =>
        [.. _model.Transform(_ml.Data.LoadFromEnumerable(candidates, _schema)).GetColumn<float>("Score")];
}
