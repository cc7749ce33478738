using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class GradesTests
{
    private static readonly OfferOutcome Asked = new(Opened: true, Requested: true);

    [Fact]
    public void Lists_are_judged_by_the_grades_of_the_quality_figures()
    {
        OfferOutcome[] rising = [default, new(Opened: true), Asked, Asked with { Accepted = true }, Asked with { Accepted = true, Held = true }, Asked with { Held = true, Useful = 5 }];
        Assert.Equal([0, 1, 2, 3, 4, 5], rising.Select(o => Grades.Of(o)));
        Assert.Equal([0, 1 / 31d, 1], new[] { rising[0], rising[1], rising[5] }.Select(o => Grades.Use(o)));
    }

    [Fact]
    public void What_a_stand_answered_does_not_change_what_the_visitor_wanted()
    {
        Assert.Equal(Grades.Wanted(Asked), Grades.Wanted(Asked with { Declined = true }));
        Assert.Equal(Grades.Wanted(Asked), Grades.Wanted(Asked with { Accepted = true }));
        Assert.True(Grades.Wanted(Asked with { Accepted = true, NoShow = true }) < Grades.Wanted(Asked));
        Assert.True(Grades.Wanted(Asked with { Held = true, Useful = 1 }) < Grades.Wanted(Asked));
        Assert.True(Grades.Wanted(Asked with { Held = true, Useful = 4 }) > Grades.Wanted(Asked));
    }

    [Fact]
    public void A_request_without_an_answer_tells_nothing_of_the_stand()
    {
        Assert.Null(Grades.Kept(Asked));
        Assert.Null(Grades.Kept(new OfferOutcome(Opened: true)));
        Assert.Equal([0, 0, 1, 1], new[] { Asked with { Declined = true }, Asked with { Accepted = true, NoShow = true }, Asked with { Accepted = true }, Asked with { Held = true } }.Select(o => Grades.Kept(o)!.Value));
    }
}
