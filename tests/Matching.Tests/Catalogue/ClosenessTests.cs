using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Tests.Catalogue;

public sealed class ClosenessTests
{
    [Theory]
    [InlineData("2221", "2221", 1f)]
    [InlineData("723", "7231", .9f)] // one names the whole trade
    [InlineData("723", "723", .9f)]
    [InlineData("7112", "7115", .8f)] // bricklayers and carpenters: one trade
    [InlineData("2341", "2342", .8f)] // primary and early childhood teachers
    [InlineData("2341", "2310", .45f)] // teaching
    [InlineData("7231", "7212", .45f)] // metal
    [InlineData("71", "7112", .45f)] // a code of two digits means its whole group
    [InlineData("26", "2611", .45f)]
    [InlineData("2221", "3221", .5f)] // nurses, nursing associates, care assistants
    [InlineData("2221", "5321", .5f)]
    [InlineData("3221", "5322", .5f)]
    [InlineData("2151", "3113", .5f)] // electricity on three levels
    [InlineData("3113", "7411", .5f)]
    [InlineData("2151", "7411", .5f)]
    [InlineData("2342", "5311", .5f)] // early childhood
    [InlineData("2512", "3512", .5f)] // computers
    [InlineData("2411", "3313", .5f)] // accounting
    [InlineData("5120", "9412", .5f)] // kitchen
    [InlineData("5120", "3434", .5f)]
    [InlineData("2261", "3251", .5f)] // teeth
    [InlineData("8322", "9621", .5f)] // bringing things
    [InlineData("2611", "2652", .2f)] // lawyers and musicians share a group, and nothing else
    [InlineData("2635", "2631", .2f)] // social work and economics share even three digits
    [InlineData("5120", "5141", .2f)] // cooks and hairdressers
    [InlineData("7511", "7531", .2f)] // butchers and tailors
    [InlineData("2221", "2211", .2f)] // nurses and doctors
    [InlineData("5411", "5414", .2f)] // fire and security
    [InlineData("2221", "2512", .1f)]
    [InlineData("7112", "2142", 0f)] // the engineer is near to the foreman, not to the bricklayer
    [InlineData("2221", "9412", 0f)]
    [InlineData("0110", "0210", .1f)]
    [InlineData("2221", "", 0f)]
    public void Occupations_are_as_near_as_in_life(string a, string b, float closeness) => Assert.Equal(closeness, Isco.Of(a).Closeness(Isco.Of(b)));

    [Fact]
    public void Nearness_is_the_same_both_ways_and_nobody_is_nearer_than_who_does_the_same()
    {
        var codes = Isco08.Codes(4).Concat(Isco08.Codes(3)).Select(Isco.Of).ToArray();
        foreach (var a in codes)
            foreach (var b in codes)
            {
                Assert.Equal(a.Closeness(b), b.Closeness(a));
                Assert.True(a.Closeness(b) <= a.Closeness(a), $"{a} {b}");
            }
    }

    [Fact]
    public void The_table_of_neighbours_names_groups_of_isco_alone_and_fits_its_bits()
    {
        Assert.InRange(IscoFields.Named.Lines, 40, 64);
        Assert.DoesNotContain(IscoFields.Named.Groups, g => !Isco08.Has(g));
    }
}
