using System.Net.Http.Json;
using CsCheck;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class RandomDaysTests
{
    private sealed record Step(int Visitor, int Slot, int What, int Which);

    private static readonly Gen<Step[]> Days =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 9], Gen.Int[0, 30], (visitor, slot, what, which) => new Step(visitor, slot, what, which)).Array[25];

    [Fact]
    public async Task Whatever_people_do_no_table_and_no_visitor_is_booked_twice()
    {
        await using var host = await MatchingHost.StartAsync();
        var stands = new Dictionary<Guid, HttpClient> { [DemoFair.School] = host.Exhibitor(DemoFair.School), [DemoFair.Association] = host.Exhibitor(DemoFair.Association) };
        var visitors = new List<TestVisitor>();
        for (var i = 0; i < 6; i++) visitors.Add(await host.VisitorAsync());
        var choices = (await host.SlotsAsync(DemoFair.Course)).Take(4).Select(s => (Offer: DemoFair.Course, Slot: s))
            .Concat((await host.SlotsAsync(DemoFair.Meeting)).Take(2).Select(s => (Offer: DemoFair.Meeting, Slot: s))).ToArray();
        var made = new List<Meeting>();

        Days.Sample(day => PlayAsync(day).GetAwaiter().GetResult(), iter: 10, threads: 1);

        async Task PlayAsync(Step[] day)
        {
            foreach (var (visitor, slot, what, which) in day)
            {
                var target = made.Count > 0 ? made[^(1 + which % made.Count)] : null;
                if (what < 5 || target is null)
                {
                    var answer = await visitors[visitor].AskAsync(choices[slot].Offer, choices[slot].Slot);
                    if (answer.IsSuccessStatusCode) made.Add((await answer.Content.ReadFromJsonAsync<Meeting>())!);
                }
                else if (what < 9)
                {
                    var answer = what switch
                    {
                        5 => new MeetingAnswer("accept"),
                        6 => new MeetingAnswer("decline", "time"),
                        7 => new MeetingAnswer("propose", null, [choices[slot].Slot.Id]),
                        _ => null,
                    };
                    if (answer is null) await visitors.Single(v => v.Id == target.VisitorId).Http.PostAsJsonAsync($"/api/meetings/{target.Id}/choose", new MeetingChoice(choices[slot].Slot.Id));
                    else await stands[target.ExhibitorId].PostAsJsonAsync($"/api/meetings/{target.Id}/answer", answer);
                }
                else
                {
                    await visitors.Single(v => v.Id == target.VisitorId).Http.PostAsync($"/api/meetings/{target.Id}/cancel", null);
                }
            }
            await LooksRightAsync(host);
        }
    }

    private static async Task LooksRightAsync(MatchingHost host)
    {
        var (bookings, seats) = await host.QueryAsync(async db =>
            (await db.Bookings.AsNoTracking().Include(b => b.Cells).ToListAsync(), await db.Seats.AsNoTracking().ToListAsync()));
        foreach (var slot in bookings.Where(b => b.TableNo is not null).GroupBy(b => b.SlotId))
        {
            Assert.Equal(slot.Count(), slot.Select(b => b.TableNo).Distinct().Count());
            Assert.True(slot.Count() <= seats.Count(s => s.SlotId == slot.Key));
        }
        foreach (var visitor in bookings.GroupBy(b => b.VisitorId))
        {
            Assert.True(visitor.Count(b => b.IsOpen) <= 5);
            var day = visitor.Where(b => b.TableNo is not null).OrderBy(b => b.Start).ToArray();
            for (var i = 1; i < day.Length; i++) Assert.True(day[i - 1].End <= day[i].Start);
        }
        Assert.All(bookings, b => Assert.Equal((b.TableNo is null ? 0 : 4, b.IsOpen), (b.Cells.Count, b.Ordinal is not null)));
        Assert.All(bookings, b => Assert.Equal(b.History.Count, b.Version));
    }
}
