using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Tests.Catalogue;

public sealed class CatalogueTests
{
    [Fact]
    public void Columns_say_what_the_offers_said()
    {
        var c = SmallFair.Catalogue;
        Assert.True(c.TryOffer(SmallFair.AllOffers.Single(o => o.Key == "care-2").Id, out var offer));
        Assert.Equal("care-2", c.Offers[offer].Key);
        Assert.Equal("Pflegedienst", c.Exhibitors[c.Exhibitor[offer]].Name);
        Assert.Equal(OfferSide.Of("employer", "vacancy", "B1"), c.Side(offer));
        Assert.Equal(["2221"], c.Occupations(offer).ToArray().Select(i => i.ToString()));
        Assert.Equal(["de", "uk"], Vocabulary.LanguagesOf(c.Languages[offer]));
        Assert.Equal(Vocabulary.Wish("work"), c.Wishes[offer]);
        Assert.Equal("Offer care-2", c.Title(offer, "en"));
        Assert.Equal("Angebot care-2", c.Title(offer, "uk"));
        Assert.False(c.TryOffer(Guid.NewGuid(), out _));
    }

    [Fact]
    public void An_index_means_the_same_whatever_order_the_catalogue_came_in() =>
        Assert.Equal(SmallFair.Catalogue.Offers.Select(o => o.Key), SmallFair.Shuffled(7).Offers.Select(o => o.Key));

    [Fact]
    public void What_is_not_in_a_vocabulary_becomes_nobody_elses_bit()
    {
        var odd = SmallFair.Offer("odd", "club", "leisure", "chess", topics: ["astrology", "work"], isco: ["22219", "x"], traits: ["glitter"]);
        var c = SmallFair.Build([odd]);
        Assert.Equal(Vocabulary.WishBits(["work", "leisure"]), c.Wishes[0]);
        Assert.Equal(OfferSide.Of("leisure", "other"), c.Side(0));
        Assert.Equal(0, c.Occupations(0).Length);
    }

    [Theory]
    [InlineData("2221", "2221", 4)]
    [InlineData("2221", "2222", 3)]
    [InlineData("2221", "2250", 2)]
    [InlineData("2221", "2512", 1)]
    [InlineData("2221", "9412", 0)]
    [InlineData("22", "2221", 2)]
    [InlineData("0110", "0210", 1)]
    [InlineData("2221", "", 0)]
    public void Occupations_are_as_near_as_their_leading_digits(string a, string b, int shared)
    {
        Assert.Equal(shared, Isco.Of(a).Shared(Isco.Of(b)));
        Assert.Equal(shared, Isco.Of(b).Shared(Isco.Of(a)));
    }
}
