using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class ExaminationTests
{
    [Theory]
    [InlineData(.15)]
    [InlineData(.6)]
    public void How_far_people_look_is_found_although_good_offers_stand_high(double steepness)
    {
        double Truth(int place) => 1 / (1 + steepness * place);
        var found = Examination.Of(ShownRows.OfAll(new InventedDay(4, examined: Truth).Show(1500)));
        Assert.True(found.Known);
        foreach (var place in new[] { 1, 2, 4, 7, 10, 15 }) Assert.Equal(Truth(place), found[place], .12);
        Assert.Equal(1, found[0]);
    }

    [Fact]
    public void Who_orders_by_more_than_a_regression_has_terms_for_makes_nobody_look_less_far()
    {
        double Truth(int place) => 1 / (1 + .2 * place);
        var day = new InventedDay(6, taste: 2, examined: Truth, knowing: true);
        CaseScorer knows = (shown, _, scores) =>
        {
            for (var o = 0; o < scores.Length; o++) scores[o] = (float)Math.Log(day.Attraction(shown.Facts, o));
        };
        var found = Examination.Of(ShownRows.OfAll(day.Show(1500), by => by == InventedDay.Knowing ? knows : null));
        foreach (var place in new[] { 1, 2, 4, 7, 10, 15 }) Assert.InRange(found[place] / Truth(place), .85, 1.15);
    }

    [Fact]
    public void Where_little_was_opened_the_discount_of_NDCG_stands_for_it()
    {
        var few = Examination.Of(ShownRows.OfAll(new InventedDay(4).Show(10)));
        Assert.False(few.Known);
        Assert.Equal([1, 1 / Math.Log2(3), .5], few.ByPlace.Take(3));
    }

    [Fact]
    public void No_place_is_looked_at_more_than_one_above_it()
    {
        // The second and third rise: they become their mean by size, (2x1 + 3x3) / 4.
        Assert.Equal([5, 2.75, 2.75, 1], Examination.Falling([5, 2, 3, 1], [1, 1, 3, 1]));
        var found = Examination.Of(ShownRows.OfAll(new InventedDay(5).Show(200)));
        Assert.All(found.ByPlace.Zip(found.ByPlace.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
    }

    [Fact]
    public void Inverse_weights_are_cut() => Assert.Equal([1, 2, Examination.MostWeight], new[] { 0, 1, 2 }.Select(new Examination([1, .5, .01], true).Weight));

    [Fact]
    public void A_log_linear_regression_finds_the_weights_it_was_made_with()
    {
        var random = new Random(2);
        double[][] terms = [.. Enumerable.Range(0, 3000).Select(_ => new[] { 1, random.NextDouble(), random.NextDouble() - .5 })];
        double[] means = [.. terms.Select(x => Math.Exp(-1 + 1.5 * x[1] - .7 * x[2]))];
        Assert.Equal([-1, 1.5, -.7], LogLinear.Fit(terms, means, [], [1e-6, 1e-6, 1e-6]).Select(w => Math.Round(w, 4)));
    }
}
