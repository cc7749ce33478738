using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>Every status with every action: what it becomes, or with which code it is refused.</summary>
public sealed class MeetingStatesTests
{
    private static readonly DateTimeOffset Now = DemoFair.Before;
    private static readonly Slot Slot = new() { Id = Guid.NewGuid(), FairId = DemoFair.Fair, ExhibitorId = DemoFair.School, Start = DemoFair.Opens, End = DemoFair.Opens.AddMinutes(20), Format = "stand" };
    private static readonly SlotTime Other = new(Guid.NewGuid(), DemoFair.Opens.AddHours(1), DemoFair.Opens.AddHours(1).AddMinutes(20));

    private static readonly string[] Actions = ["accept", "decline", "propose", "choose", "cancel", "expire", "held", "held by visitor", "no-show", "useful", "move", "reopen", "call off"];

    private static readonly Dictionary<string, string[]> Expected = new()
    {
        //              accept               decline             propose             choose          cancel          expire              held          held by visitor  no-show       useful          move           reopen           call off
        ["requested"] = ["accepted", "declined", "proposed", "!not-proposed", "cancelled", "expired", "!not-accepted", "!not-accepted", "!not-accepted", "!not-accepted", "requested", "!not-recorded", "cancelled"],
        ["accepted"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "cancelled", "!already-answered", "held", "held", "no-show", "held", "accepted", "!not-recorded", "cancelled"],
        ["declined"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "!meeting-over", "!already-answered", "!not-accepted", "!not-accepted", "!not-accepted", "!not-accepted", "!meeting-over", "!not-recorded", "!meeting-over"],
        ["proposed"] = ["!already-answered", "!already-answered", "!already-answered", "accepted", "cancelled", "expired", "!not-accepted", "!not-accepted", "!not-accepted", "!not-accepted", "requested", "!not-recorded", "cancelled"],
        ["cancelled"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "!meeting-over", "!already-answered", "!not-accepted", "!not-accepted", "!not-accepted", "!not-accepted", "!meeting-over", "!not-recorded", "!meeting-over"],
        ["expired"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "!meeting-over", "!already-answered", "!not-accepted", "!not-accepted", "!not-accepted", "!not-accepted", "!meeting-over", "!not-recorded", "!meeting-over"],
        ["held"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "!meeting-over", "!already-answered", "held", "held", "no-show", "held", "!meeting-over", "accepted", "!meeting-over"],
        ["no-show"] = ["!already-answered", "!already-answered", "!already-answered", "!not-proposed", "!meeting-over", "!already-answered", "held", "!already-recorded", "no-show", "!already-recorded", "!meeting-over", "accepted", "!meeting-over"],
    };

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var status in MeetingStatuses.All)
            foreach (var action in Actions) data.Add(status, action);
        return data;
    }

    [Theory, MemberData(nameof(All))]
    public void Each_status_takes_or_refuses_each_action(string status, string action)
    {
        var booking = In(status);
        var before = booking.Version;

        var refusal = Do(booking, action);

        var expected = Expected[status][Array.IndexOf(Actions, action)];
        Assert.Equal(expected, refusal is null ? booking.Status : "!" + refusal.Code);
        if (refusal is not null) Assert.Equal((status, before), (booking.Status, booking.Version));
        Assert.True(booking.History.Count <= booking.Version);
        Assert.Equal(booking.IsOpen, booking.Ordinal is not null);
        Assert.Equal(booking.TableNo is not null, booking.Cells.Count == 4);
        Assert.Equal(booking.Status is "requested" or "accepted" or "held" or "no-show", booking.TableNo is not null);
        Assert.Equal(booking.Status is "requested" or "proposed", booking.ExpiresAt is not null);
    }

    /// <summary>The table and the grid above were written apart; here they meet.</summary>
    [Fact]
    public void Every_step_of_the_table_is_taken_by_some_action_and_leads_where_the_grid_says()
    {
        var taken = (from status in MeetingStatuses.All from action in Actions select (status, action)).SelectMany(pair =>
        {
            var booking = In(pair.status);
            var before = booking.Version;
            return Do(booking, pair.action) is null && booking.Version > before ? [(From: pair.status, booking.History[^1].What, booking.History[^1].By)] : (IEnumerable<(string From, string What, string By)>)[];
        }).ToHashSet();
        // A seat that was offered to who waited is taken in a test of its own. The stand's side of cancelling, and the visitor's word that nobody came, have no column of their own.
        var columns = MeetingLife.Steps.Where(s => !(s.What == "cancelled" && s.By == "exhibitor") && !(s.What == "no-show" && s.By == "visitor") && s.What is not ("useful" or "requested"));
        Assert.Equal(columns.Select(s => (s.From, s.What, s.By)).Order(), taken.Where(t => t.What != "useful").Order());
        Assert.All(MeetingLife.Steps, s => Assert.Contains(s.To, MeetingStatuses.All));
        Assert.Equal(MeetingLife.Steps.Count, MeetingLife.Steps.Select(s => (s.From, s.What, s.By)).Distinct().Count());
    }

    [Fact]
    public void An_outcome_may_be_put_right_as_often_as_anybody_likes_and_a_meeting_moves_five_times()
    {
        var held = In("held");
        var steps = held.History.Count;
        for (var i = 0; i < 100; i++) Assert.Null(held.Record(i % 2 == 0 ? "no-show" : "held", null, MeetingSides.Exhibitor, Now, Now));
        for (var i = 0; i < 100; i++) Assert.Null(held.Record("held", 1 + i % 5, MeetingSides.Visitor, Now, Now));
        Assert.Equal(steps + 1, held.History.Count);
        Assert.Equal(5, held.Useful);

        var restless = In("accepted");
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(restless.MayMove(Now));
            restless.Move(new Slot { Id = Guid.NewGuid(), Start = Other.Start, End = Other.End, Format = "stand" }, 1, Now);
        }
        Assert.Equal("moved-enough", restless.MayMove(Now)?.Code);
    }

    [Fact]
    public void What_is_over_is_agreed_on_by_nobody_though_there_is_still_time_to_answer()
    {
        var late = Booking.Request(Guid.NewGuid(), DemoFair.Course, new OfferAsRequested("Kurs", new Dictionary<string, string>(), "Schule", null, "Europe/Berlin", "Rathaus", false), Slot, 1, new(1, 1), "BCD", null, Slot.Start.AddMinutes(-1));
        Assert.True(late.ExpiresAt >= Slot.Start.AddMinutes(14));
        late.Reseat(new Slot { Id = Slot.Id, Start = Slot.Start, End = Slot.Start.AddMinutes(5), Format = "stand" }, 1);
        Assert.Equal("meeting-expired", late.Accept(Slot.Start.AddMinutes(5))?.Code);
        Assert.Null(late.Accept(Slot.Start.AddMinutes(4)));
    }

    [Fact]
    public void What_was_agreed_on_and_is_over_is_called_off_by_neither_side()
    {
        foreach (var side in (string[])[MeetingSides.Visitor, MeetingSides.Exhibitor])
        {
            var agreed = In("accepted");
            Assert.Equal("meeting-over", agreed.Cancel(side, agreed.End)?.Code);
            Assert.Null(agreed.Cancel(side, agreed.End.AddSeconds(-1)));
        }
    }

    [Fact]
    public void An_offered_seat_is_held_becomes_a_request_when_it_is_taken_and_is_free_again_when_the_time_is_up()
    {
        var offer = new OfferAsRequested("Kurs", new Dictionary<string, string>(), "Schule", null, "Europe/Berlin", "Rathaus", false);
        Booking Offered() => Booking.OfferSeat(Guid.NewGuid(), DemoFair.Course, offer, Slot, 1, new(1, 1), "BCD", Now, Booking.OfferedUntil(Now, Slot.Start, DemoFair.Opens));
        var taken = Offered();
        Assert.Equal((true, false, Now.AddHours(2), 4), (taken.IsOffered, taken.StandKnows, taken.ExpiresAt, taken.Cells.Count));
        Assert.Null(taken.MayChoose(Slot.Id, Now));
        taken.TakeOffered(Now);
        Assert.Equal(("requested", true, 1, 2L), (taken.Status, taken.StandKnows, taken.TableNo, taken.Version));
        var passed = Offered();
        Assert.Equal("meeting-expired", passed.MayChoose(Slot.Id, Now.AddHours(2))?.Code);
        Assert.Null(passed.Expire(Now.AddHours(2)));
        Assert.Equal((null, 0, false), (passed.TableNo, passed.Cells.Count, passed.StandKnows));
        // On the day itself all are there; and nobody is offered what begins in a moment.
        Assert.Equal(DemoFair.Opens.AddMinutes(15), Booking.OfferedUntil(DemoFair.Opens, DemoFair.Opens.AddHours(2), DemoFair.Opens));
        Assert.Equal(DemoFair.Opens.AddMinutes(10), Booking.OfferedUntil(DemoFair.Opens, DemoFair.Opens.AddMinutes(20), DemoFair.Opens));
    }

    [Fact]
    public void A_moved_meeting_gives_its_old_minutes_back_and_keeps_those_that_both_times_share()
    {
        var booking = In("accepted");
        var kept = booking.Cells[2];
        booking.Move(new Slot { Id = Guid.NewGuid(), Start = Slot.Start.AddMinutes(10), End = Slot.End.AddMinutes(10), Format = "stand" }, 1, Now);
        Assert.Equal(BookingCell.Cover(Slot.Start.AddMinutes(10), Slot.End.AddMinutes(10)), booking.Cells.Select(c => c.Cell).Order());
        Assert.Contains(kept, booking.Cells);
        Assert.Equal("meeting-begun", booking.MayMove(booking.Start)?.Code);
    }

    [Fact]
    public void A_slip_can_be_put_right_until_the_visitor_has_judged_the_meeting()
    {
        var booking = In("held");
        Assert.Null(booking.Record("held", 5, MeetingSides.Visitor, Now, Now));
        Assert.Equal("already-recorded", booking.Record("no-show", null, MeetingSides.Exhibitor, Now, Now)?.Code);
        Assert.Equal(5, booking.Useful);
    }

    [Theory]
    [InlineData("accepted"), InlineData("held"), InlineData("no-show")]
    public void Before_its_time_a_meeting_has_no_outcome(string status)
    {
        var booking = In(status);
        var before = booking.Version;
        foreach (var outcome in (string[])["held", "no-show"])
            foreach (var by in (string[])[MeetingSides.Visitor, MeetingSides.Exhibitor])
                Assert.Equal("too-early", booking.Record(outcome, null, by, Now, Now.AddTicks(1))?.Code);
        Assert.Equal((status, before), (booking.Status, booking.Version));
    }

    [Theory]
    [InlineData(true, "true", "true", true)]
    [InlineData(true, "true", "false", false)]
    [InlineData(true, "false", "true", false)]
    [InlineData(false, "true", "true", false)]   // deployed: never
    public void Only_a_demo_that_says_so_plays_its_day_beforehand(bool embedded, string demo, string setting, bool beforehand)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Demo:Enabled"] = demo, ["Demo:OutcomesBeforehand"] = setting }).Build();
        var booking = In("accepted");
        Assert.Equal(beforehand ? Now : Slot.Start.AddMinutes(-15), OutcomeTimes.Of(new Backbone("matching", embedded, "", null, null, Guid.Empty), settings).From(booking));
    }

    [Theory]
    [InlineData(5 * 24, 24)]        // days ahead: a day
    [InlineData(10, 9)]             // an hour before it begins
    [InlineData(1, 0.25)]           // never less than a quarter of an hour
    [InlineData(0.1, 0.25)]
    public void A_request_waits_a_day_or_until_an_hour_before_but_at_least_a_quarter_of_an_hour(double hoursAhead, double hoursToAnswer) =>
        Assert.Equal(Now.AddHours(hoursToAnswer), AnswerTime.By(Now, Now.AddHours(hoursAhead)));

    [Fact]
    public void An_answer_after_the_time_to_answer_comes_too_late()
    {
        var booking = In("requested");
        Assert.Equal("meeting-expired", booking.Accept(booking.ExpiresAt!.Value)?.Code);
    }

    [Fact]
    public void Codes_are_three_letters_without_words_or_look_alikes()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => MeetingCode.Draw()).ToArray();
        Assert.All(codes, c => Assert.Matches("^[BCDFHJKLMPRSTWXZ]{3}$", c));
        Assert.All(new[] { "SSB", "BKZ", "FCK", "AEI", "IOB", "BB" }, c => Assert.False(MeetingCode.IsFine(c)));
        Assert.True(codes.Distinct().Count() > 1000);
    }

    private static Booking In(string status)
    {
        var offer = new OfferAsRequested("Kurs", new Dictionary<string, string>(), "Schule", null, "Europe/Berlin", "Rathaus", false);
        var booking = Booking.Request(Guid.NewGuid(), DemoFair.Course, offer, Slot, 1, new(1, 1), "BCD", null, Now);
        if (status is "accepted" or "held" or "no-show") booking.Accept(Now);
        if (status is not ("requested" or "accepted"))
            Assert.Null(Do(booking, status switch { "declined" => "decline", "proposed" => "propose", "cancelled" => "cancel", "expired" => "expire", _ => status }));
        Assert.Equal(status, booking.Status);
        return booking;
    }

    private static Refusal? Do(Booking booking, string action)
    {
        switch (action)
        {
            case "accept": return booking.Accept(Now);
            case "decline": return booking.Decline("topic", Now);
            case "propose": return booking.Propose([Other], Now);
            case "choose":
                if (booking.MayChoose(Other.Id, Now) is { } no) return no;
                booking.Choose(new Slot { Id = Other.Id, Start = Other.Start, End = Other.End, Format = "stand" }, 2, Now);
                return null;
            case "move":
                if (booking.MayMove(Now) is { } stays) return stays;
                booking.Move(new Slot { Id = Other.Id, Start = Other.Start, End = Other.End, Format = "stand" }, 2, Now);
                return null;
            case "reopen": return booking.Reopen(new(1, 1), Now);
            case "cancel": return booking.Cancel(MeetingSides.Visitor, Now);
            case "call off": return booking.CallOff(CancelReasons.FairMoved, Now);
            case "expire": return booking.Expire(booking.ExpiresAt ?? Now);
            case "held": return booking.Record("held", null, MeetingSides.Exhibitor, Now, Now);
            case "held by visitor": return booking.Record("held", null, MeetingSides.Visitor, Now, Now);
            case "no-show": return booking.Record("no-show", null, MeetingSides.Exhibitor, Now, Now);
            case "useful": return booking.Record("held", 4, MeetingSides.Visitor, Now, Now);
            default: throw new ArgumentOutOfRangeException(nameof(action), action, null);
        }
    }
}
