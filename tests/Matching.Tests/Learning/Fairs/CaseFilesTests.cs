using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class CaseFilesTests
{
    private static readonly IReadOnlyList<ShownCase> Cases = new InventedDay(6).Show(60);

    [Fact]
    public void Cases_that_went_through_files_are_the_same_rows()
    {
        ShownCase[] withdrawn = [.. Cases.Select((c, i) => i == 3 ? c with { Offers = [Guid.NewGuid(), .. c.Offers.Skip(1)] } : c)];
        Assert.Null(Read(Write(withdrawn), out var read));
        var (before, after) = (ShownRows.OfAll(withdrawn), ShownRows.OfAll(read));
        Assert.Equal(before.Length, after.Length);
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal((before[i].Case.At, before[i].Case.Groups, before[i].Case.RankedBy, before[i].Case.Rules.Day), (after[i].Case.At, after[i].Case.Groups, after[i].Case.RankedBy, after[i].Case.Rules.Day));
            Assert.Equal(before[i].Case.Facts, after[i].Case.Facts);
            Assert.Equal(before[i].Rows.Select(r => (r.Offer, r.Place, r.Propensity, r.Outcome)), after[i].Rows.Select(r => (r.Offer, r.Place, r.Propensity, r.Outcome)));
            Assert.Equal(before[i].Rows.SelectMany(r => r.Features), after[i].Rows.SelectMany(r => r.Features));
        }
        Assert.Equal(withdrawn.Select(c => c.Visitor).Distinct().Count(), read.Select(c => c.Visitor).Distinct().Count());
        Assert.DoesNotContain(read, c => withdrawn.Any(w => w.Visitor == c.Visitor));
    }

    [Fact]
    public void The_model_learned_from_files_is_the_one_learned_from_the_cases()
    {
        var cases = new InventedDay(6).Show(120);
        Assert.Null(Read(Write(cases), out var read));
        var (ours, theirs) = (Train(cases), Train(read));
        Assert.Equal(ours.Usefulness.Trees.SelectMany(t => t.Leaves.ToArray()), theirs.Usefulness.Trees.SelectMany(t => t.Leaves.ToArray()));
        Assert.Equal(ours.Acceptance.Trees.SelectMany(t => t.Leaves.ToArray()), theirs.Acceptance.Trees.SelectMany(t => t.Leaves.ToArray()));
        Assert.Equal((ours.Score, ours.Facts), (theirs.Score, theirs.Facts));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(ours.Report), System.Text.Json.JsonSerializer.Serialize(theirs.Report));
    }

    [Fact]
    public void Which_stands_were_full_goes_through_files_and_files_that_do_not_say_it_leave_it_unknown()
    {
        ShownCase[] cases = [Cases[0] with { Full = [.. Cases[0].Offers.Select((_, place) => place % 3 == 1)] }, Cases[1] with { Full = null }];
        Assert.Null(Read(Write(cases), out var read));
        Assert.Equal([cases[0].Full, null], read.OrderBy(c => c.At).Select(c => c.Full));

        Assert.Null(Read(("id\na\n", "id,kind\nx,course\ny,course\n", "visitor,offer,grade,full\na,x,1,yes\na,y,1,\n"), out var half));
        Assert.Null(Assert.Single(half).Full);
    }

    [Fact]
    public void Answers_that_changed_and_catalogues_that_followed_stay_apart()
    {
        var other = new InventedDay(7).Show(1)[0] with { Visitor = Cases[0].Visitor };
        Assert.Null(Read(Write([Cases[0], other]), out var read));
        Assert.Equal(2, read.Count);
        Assert.Single(read.Select(c => c.Visitor).Distinct());
        Assert.Equal([Cases[0].Facts, other.Facts], read.OrderBy(c => c.At.UtcTicks).ThenBy(c => c.Facts == Cases[0].Facts ? 0 : 1).Select(c => c.Facts));
        Assert.NotSame(read[0].Catalogue, read[1].Catalogue);
    }

    [Fact]
    public void The_files_are_those_of_evaluate()
    {
        var (visitors, offers, outcomes) = Write(Cases);
        Assert.Null(ReadSide.Read("v", new StringReader(visitors), out var v));
        Assert.Null(ReadSide.Read("o", new StringReader(offers), out var o));
        Assert.Null(ReadOutcomes.Read("x", new StringReader(outcomes), v, o, out var table));
        Assert.Equal(Cases.Sum(c => c.Offers.Count), table.Of.Sum(of => of.Length));
    }

    [Fact]
    public void Plain_files_without_columns_of_ours_are_read_by_their_grades()
    {
        Assert.Null(Read(("id,goals,german\nanna,work;advice,B1\n", "id,kind\nx,course\ny,employer\n", "visitor,offer,grade\nanna,x,0\nanna,y,3\n"), out var cases));
        Assert.Equal([default, new OfferOutcome(true, true, true)], Assert.Single(cases).Outcomes);
        Assert.Equal(3, cases[0].Facts.German);
    }

    [Theory]
    [InlineData("id\n", "id,kind\nx,course\n", "visitor,offer,grade\n", "no rows")]
    [InlineData("id,german\na,B7\n", "id,kind\nx,course\n", "visitor,offer,grade\na,x,1\n", "B7")]
    [InlineData("id\na\n", "id,kind\nx,stall\n", "visitor,offer,grade\na,x,1\n", "stall")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,grade\na,1\n", "offer")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade\na,y,1\n", "'y'")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade\nb,x,1\n", "'b'")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade\na,x,NaN\n", "NaN")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade,propensity\na,x,1,Infinity\n", "Infinity")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade,position\na,x,1,1e300\n", "1e300")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade,time\na,x,1,yesterday\n", "yesterday")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade,came\na,x,1,bought\n", "bought")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade,full\na,x,1,perhaps\n", "perhaps")]
    [InlineData("id\na\n", "id,kind\nx,course\n", "visitor,offer,grade\na,x,1\na,x,2\n", "already")]
    public void Files_that_cannot_be_learned_from_are_refused_with_what_is_wrong(string visitors, string offers, string outcomes, string what)
    {
        var refusal = Read((visitors, offers, outcomes), out _);
        Assert.Contains(what, $"{refusal}", StringComparison.Ordinal);
    }

    private static TrainingResult.Trained Train(IReadOnlyList<ShownCase> cases) => Assert.IsType<TrainingResult.Trained>(ModelTraining.Train(cases, 7, CancellationToken.None));

    private static (string Visitors, string Offers, string Outcomes) Write(IReadOnlyList<ShownCase> cases)
    {
        using StringWriter visitors = new(), offers = new(), outcomes = new();
        ExportCases.Write(cases, visitors, offers, outcomes);
        return (visitors.ToString(), offers.ToString(), outcomes.ToString());
    }

    private static Refusal? Read((string Visitors, string Offers, string Outcomes) files, out IReadOnlyList<ShownCase> cases) => ReadCases.Read(
        ("visitors", new StringReader(files.Visitors)), ("offers", new StringReader(files.Offers)), ("outcomes", new StringReader(files.Outcomes)), out cases);
}
