using CsCheck;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class LearnedScoreTests
{
    private static readonly LearnedScore Score = new(20, .5, .3);

    [Fact]
    public void A_score_is_finite_for_every_input() => Gen.Select(Gen.Single, Gen.Single).Sample((use, chance) => float.IsFinite(Score.Of(use, chance)));

    [Fact]
    public void A_score_rises_with_both() => Gen.Select(Gen.Float[-2, 2], Gen.Float[0, 1], Gen.Float[.001f, 1]).Sample((use, chance, more) =>
    {
        Assert.True(Score.Of(use + more, chance) > Score.Of(use, chance));
        Assert.True(Score.Of(use, chance + more) >= Score.Of(use, chance));
    });

    [Fact]
    public void Where_use_is_clear_the_score_is_the_logarithm_of_use_times_chance()
    {
        // Twice the use at half the chance is as good: softplus(20 x 4) = 80 and softplus(20 x 2) = 40.
        Assert.Equal(Score.Of(2, .8f), Score.Of(4, .4f), 1e-5);
        Assert.Equal(.3 * (.5 + Math.Log(80 * .4)), Score.Of(4, .4f), 1e-5);
    }

    [Fact]
    public void No_step_is_seen_where_one_formula_follows_another()
    {
        foreach (var seam in new[] { -12f / 20, 2f })
            Assert.Equal(Score.Of(seam - 1e-4f, 1), Score.Of(seam + 1e-4f, 1), .01);
    }
}
