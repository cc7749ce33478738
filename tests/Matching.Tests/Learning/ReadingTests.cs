using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Tests.Learning;

public sealed class ReadingTests
{
    private const string Visitors = "id,age,town,speaks\na,31,04109,uk;de\nb,,04229,ar\nc,58,04109,\n";
    private const string Offers = "id,kind,since\nx,course,2020-01-31\ny,\"advice, free\",2021-05-01\n";

    [Fact]
    public void Numbers_are_numbers_dates_are_days_and_everything_else_is_words()
    {
        var visitors = Side(Visitors);
        var age = Assert.IsType<NumberColumn>(visitors.Columns[0]);
        Assert.Equal(31, age.Values[0]);
        Assert.True(float.IsNaN(age.Values[1]));
        Assert.Equal(["04109", "04229"], Assert.IsType<WordColumn>(visitors.Columns[1]).Words);
        var speaks = Assert.IsType<WordColumn>(visitors.Columns[2]);
        Assert.Equal(["uk", "de"], speaks.Codes[0].Select(code => speaks.Words[code]));
        Assert.Empty(speaks.Codes[2]);

        var offers = Side(Offers);
        Assert.Equal("advice, free", Assert.IsType<WordColumn>(offers.Columns[0]).Words[1]);
        var since = Assert.IsType<NumberColumn>(offers.Columns[1]);
        Assert.Equal(456, since.Values[1] - since.Values[0]);
    }

    [Fact]
    public void Outcomes_are_read_by_the_names_of_their_columns_and_the_latest_of_a_pair_counts()
    {
        Assert.Null(Outcomes("time,grade,OFFER,visitor\n10,1,x,a\n9,4,x,a\n11,0,y,b\n", out var table));
        Assert.Equal(new Outcome(0, 1), Assert.Single(table.Of[0]));
        Assert.Equal(new Outcome(1, 0), Assert.Single(table.Of[1]));
        Assert.Empty(table.Of[2]);
    }

    [Fact]
    public void Outcomes_that_are_all_good_can_be_learned_from_where_some_pairs_never_happened()
    {
        Assert.Null(Outcomes("visitor,offer,grade\na,x,1\nb,y,1\n", out var table));
        Assert.Equal([1, 0], table.Gains(0)[..2]);
    }

    [Fact]
    public void What_was_rarely_shown_counts_for_more_and_all_together_for_as_much_as_before()
    {
        Assert.Null(Outcomes("visitor,offer,grade,propensity\na,x,1,0.5\nb,x,2,1\n", out var table));
        Assert.Equal(2, table.Of[0][0].Weight / table.Of[1][0].Weight, 5);
        Assert.Equal(2, table.Of[0][0].Weight + table.Of[1][0].Weight, 5);
    }

    [Theory]
    [InlineData("visitor,offer,grade\n", 0, "no outcomes")]
    [InlineData("", 0, "an empty file")]
    [InlineData("visitor,offer,mark\na,x,1\n", 1, "no column 'grade'")]
    [InlineData("visitor,offer,grade\na,x,1\nz,x,1\n", 3, "visitor 'z'")]
    [InlineData("visitor,offer,grade\na,x,1\na,q,1\n", 3, "offer 'q'")]
    [InlineData("visitor,offer,grade\na,x,NaN\n", 2, "grade 'NaN'")]
    [InlineData("visitor,offer,grade\na,x,Infinity\n", 2, "grade 'Infinity'")]
    [InlineData("visitor,offer,grade\na,x,-1\n", 2, "grade '-1'")]
    [InlineData("visitor,offer,grade\na,x,\n", 2, "grade ''")]
    [InlineData("visitor,offer,grade\na,x,1\nb,y,2\na,x,1\n", 4, "already on line 2")]
    [InlineData("visitor,offer,grade\na,x,1\na,y,1\nb,x,1\nb,y,1\n", 0, "all outcomes have the grade 1")]
    [InlineData("visitor,offer,grade\na,x,0\nb,y,0\n", 0, "all outcomes have the grade 0")]
    [InlineData("visitor,offer,grade\na,x,1\nb,y\n", 3, "2 cells under 3 columns")]
    [InlineData("visitor,offer,grade,propensity\na,x,1,0\n", 2, "propensity '0'")]
    [InlineData("visitor,offer,grade,position\na,x,1,0\n", 2, "position '0'")]
    [InlineData("visitor,offer,grade\na,\"x,1\n", 2, "never closed")]
    public void Bad_outcomes_are_refused_with_file_line_and_repair(string text, int line, string what)
    {
        var refusal = Outcomes(text, out _);
        Assert.NotNull(refusal);
        Assert.Equal(("x.csv", line), (refusal.File, refusal.Line));
        Assert.Contains(what, refusal.What, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Repair);
    }

    [Theory]
    [InlineData("id,age\na,1\na,2\n", 3, "id 'a' stands already on line 2")]
    [InlineData("id,age\n,1\n", 2, "no id")]
    [InlineData("id,age\n", 0, "no rows")]
    [InlineData("id,age\na,1\nb,NaN\n", 3, "'NaN' in column 'age'")]
    [InlineData("id,age\na,1\nb,-Infinity\n", 3, "'-Infinity' in column 'age'")]
    [InlineData("id,age,age\na,1,2\n", 1, "two columns are called 'age'")]
    public void Bad_visitors_and_offers_are_refused_too(string text, int line, string what)
    {
        var refusal = ReadSide.Read("v.csv", new StringReader(text), out _);
        Assert.NotNull(refusal);
        Assert.Equal(("v.csv", line), (refusal.File, refusal.Line));
        Assert.Contains(what, refusal.What, StringComparison.Ordinal);
    }

    private static SideTable Side(string text)
    {
        Assert.Null(ReadSide.Read("v.csv", new StringReader(text), out var table));
        return table;
    }

    private static Refusal? Outcomes(string text, out OutcomeTable table) =>
        ReadOutcomes.Read("x.csv", new StringReader(text), Side(Visitors), Side(Offers), out table);
}
