using System.Net.Http.Json;
using CsCheck;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>
/// Random days, played with the service and with <see cref="FairModel"/>. One act at a time has to be answered as the model answers it; of several
/// at the same moment all answers together, and what stands afterwards, have to be those of some order of them, as if nobody had been beside anybody.
/// </summary>
public sealed class RandomDaysTests
{
    private const int People = 4, Wanted = 3;
    private static readonly string[] Whats = ["ask", "ask", "ask", "accept", "decline", "propose", "choose", "move", "cancel", "call off", "accept", "held", "no-show", "reopen", "walk in", "walk out", "close", "open", "expire"];

    /// <summary>What is done to all at once, and so by itself: a change of plans while people book has tests of its own.</summary>
    private static readonly string[] Alone = ["close", "open", "expire"];

    /// <summary>Rounds of one to four acts at once.</summary>
    private static readonly Gen<Act[][]> Days =
        Gen.Select(Gen.Int[0, Whats.Length - 1], Gen.Int[0, People - 1], Gen.Int[0, 8], Gen.Int[0, 99], (what, visitor, slot, meeting) => new Act(Whats[what], visitor, slot, meeting)).Array[1, 4].Array[10];

    [Theory, InlineData(Engine.Sqlite, 2, 2), InlineData(Engine.Postgres, 2, 2), InlineData(Engine.Sqlite, 3, 1), InlineData(Engine.Postgres, 3, 1)]
    public async Task Whatever_people_do_at_once_the_answers_are_those_of_some_order_in_which_they_came(Engine engine, int cap, int atStand)
    {
        await using var host = await MatchingHost.StartAsync(engine, settings: [("Matching:MeetingsAtOnce", $"{cap}"), ("Matching:MeetingsAtStand", $"{atStand}"), ("Demo:Enabled", "true"), ("Demo:OutcomesBeforehand", "true")]);
        var stands = new Dictionary<Guid, HttpClient> { [DemoFair.School] = host.Exhibitor(DemoFair.School), [DemoFair.Association] = host.Exhibitor(DemoFair.Association) };
        // One table at both stands, at which one also talks by video; and the times of the two cross.
        await PlanAsync(null);
        var club = (await host.SlotsAsync(DemoFair.Meeting)).Where(s => s.Free > 0).Take(3).ToArray();
        var school = (await host.SlotsAsync(DemoFair.Course)).Where(s => club.Any(c => c.Start == s.Start)).ToArray();
        (SlotView Time, Guid Exhibitor, int Seats)[] slots = [.. school.Select(s => (s, DemoFair.School, 1)), .. club.Select(s => (s, DemoFair.Association, 1))];

        var (played, catalogue) = (new List<Guid>(), 1L);
        await Days.SampleAsync(async day =>
        {
            // Another day has other people, and an empty fair.
            await host.EmptyAsync();
            await PlanAsync(null);
            await host.ConsumeAsync<Matchmaking.Matching.Catalogue.KeepCatalogueConsumer, Matchmaking.Contracts.Profile.CataloguePublished>(DemoFair.Catalogue(++catalogue));
            var visitors = await host.VisitorsAsync(People);
            var (model, ids) = (new FairModel(slots, cap, atStand, new Dictionary<Guid, int> { [DemoFair.School] = Wanted }), played = []);
            foreach (var round in day)
            {
                foreach (var alone in round.Where(a => Alone.Contains(a.What)))
                {
                    var answer = await AloneAsync(alone with { Meeting = ids.Count == 0 ? 0 : alone.Meeting % ids.Count });
                    if (answer is not null) Assert.True(model.Answers(alone with { Meeting = ids.Count == 0 ? 0 : alone.Meeting % ids.Count }, answer), $"{alone} -> {answer}, before: {string.Join(", ", model.Meetings)}");
                }
                var acts = round.Where(a => !Alone.Contains(a.What) && (a.What is "ask" or "walk in" or "walk out" || ids.Count > 0)).Select(a => a with { Meeting = ids.Count == 0 ? 0 : a.Meeting % ids.Count }).ToArray();
                var answers = await Task.WhenAll(acts.Select(a => PlayAsync(a, visitors, stands, slots, model, ids)));
                var stored = await StoredAsync(host, visitors, slots);
                // In which order somebody sat down and stood up again is not seen in any answer.
                var sitting = (await host.QueryAsync(db => db.WalkIns.Select(w => w.SlotId).ToListAsync())).Select(id => Array.FindIndex(slots, s => s.Time.Id == id)).ToHashSet();
                var order = Orders(acts.Length).Select(o => (Order: o, After: model.Copy())).FirstOrDefault(t =>
                    t.Order.All(i => t.After.Answers(acts[i], answers[i].Answer)) && stored.Select(s => s.Met).Order(Comparer).SequenceEqual(t.After.Meetings.Order(Comparer))
                    && t.After.WalkIns.SetEquals(sitting));
                Assert.True(order.After is not null, $"No order of these explains the answers:\n{string.Join('\n', acts.Zip(answers, (a, b) => $"{a} -> {b.Answer}"))}\nbefore: {string.Join(", ", model.Meetings)}, walk-ins {string.Join(", ", model.WalkIns)}\nstored: {string.Join(", ", stored.Select(s => s.Met))}");
                // The new ones in the order in which the model has them.
                model = order.After;
                foreach (var i in order.Order.Where(i => answers[i].Made is not null)) ids.Add(answers[i].Made!.Value);
            }
            await LooksRightAsync(host);
        }, iter: 25, threads: 1);

        // null: nothing was there to do it to.
        async Task<string?> AloneAsync(Act act)
        {
            if (act.What == "open") return await PlanAsync(null);
            if (act.What == "close") return slots[act.Slot].Exhibitor == DemoFair.School ? await PlanAsync(slots[act.Slot].Time) : null;
            if (played.Count == 0) return null;
            await host.LapseAsync(played[act.Meeting]);
            return "ok";
        }

        async Task<string> PlanAsync(SlotView? closed)
        {
            static string Clock(DateTimeOffset at) => at.ToOffset(DemoFair.Opens.Offset).ToString("HH:mm");
            var plan = new StandPlan(Tables: [new(null)], WalkInEvery: 0, MostMeetings: Wanted, Breaks: closed is null ? [] : [new(Clock(closed.Start), Clock(closed.End))]);
            var answer = await stands[DemoFair.School].PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", plan);
            return answer.IsSuccessStatusCode ? "ok" : await answer.ProblemAsync();
        }
    }

    private static readonly Comparer<FairModel.Met> Comparer = Comparer<FairModel.Met>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private static async Task<(string Answer, Guid? Made)> PlayAsync(
        Act act, IReadOnlyList<TestVisitor> visitors, Dictionary<Guid, HttpClient> stands, (SlotView Time, Guid Exhibitor, int Seats)[] slots, FairModel model, List<Guid> ids)
    {
        var slot = slots[act.Slot];
        if (act.What == "ask")
        {
            var asked = await visitors[act.Visitor].AskAsync(slot.Exhibitor == DemoFair.School ? DemoFair.Course : DemoFair.Meeting, slot.Time);
            return asked.IsSuccessStatusCode ? ("ok", (await asked.Content.ReadFromJsonAsync<Meeting>())!.Id) : (await asked.ProblemAsync(), null);
        }
        if (act.What is "walk in" or "walk out")
        {
            var seat = $"/api/exhibitors/{slot.Exhibitor}/walk-ins/{slot.Time.Id}/1";
            var done = act.What == "walk in" ? await stands[slot.Exhibitor].PutAsync(seat, null) : await stands[slot.Exhibitor].DeleteAsync(seat);
            return (done.IsSuccessStatusCode ? "ok" : await done.ProblemAsync(), null);
        }
        var (met, id) = (model.Meetings[act.Meeting], ids[act.Meeting]);
        var (visitor, stand) = (visitors[met.Visitor].Http, stands[met.Exhibitor]);
        var answer = await (act.What switch
        {
            "accept" or "decline" => stand.PostAsJsonAsync($"/api/meetings/{id}/answer", new MeetingAnswer(act.What, act.What == "decline" ? "time" : null)),
            "propose" => stand.PostAsJsonAsync($"/api/meetings/{id}/answer", new MeetingAnswer("propose", null, [slot.Time.Id])),
            "choose" or "move" => visitor.PostAsJsonAsync($"/api/meetings/{id}/{act.What}", new MeetingChoice(slot.Time.Id)),
            "held" or "no-show" => stand.PostAsJsonAsync($"/api/meetings/{id}/outcome", new MeetingOutcome(act.What)),
            "reopen" => stand.DeleteAsync($"/api/meetings/{id}/outcome"),
            "cancel" => visitor.PostAsync($"/api/meetings/{id}/cancel", null),
            _ => stand.PostAsync($"/api/meetings/{id}/cancel", null),
        });
        return (answer.IsSuccessStatusCode ? "ok" : await answer.ProblemAsync(), null);
    }

    private static async Task<IReadOnlyList<(Guid Id, FairModel.Met Met)>> StoredAsync(MatchingHost host, IReadOnlyList<TestVisitor> visitors, (SlotView Time, Guid Exhibitor, int Seats)[] slots)
    {
        var rows = await host.QueryAsync(db => db.Bookings.AsNoTracking().ToListAsync());
        return [.. rows.Select(b => (b.Id, new FairModel.Met(
            visitors.Select((v, at) => (v.Id, at)).Single(v => v.Id == b.VisitorId).at, b.ExhibitorId, b.Status,
            b.TableNo is null ? null : Array.FindIndex(slots, s => s.Time.Id == b.SlotId), b.Proposals is [var one] ? Array.FindIndex(slots, s => s.Time.Id == one.Id) : null,
            b.Status == "cancelled" ? b.History[^1].By : null, b.History[^1].What == "reopened")))];
    }

    internal static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(at => (int[])[.. rest[..at], count - 1, .. rest[at..]]));

    private static async Task LooksRightAsync(MatchingHost host)
    {
        var (bookings, seats) = await host.QueryAsync(async db =>
            (await db.Bookings.AsNoTracking().Include(b => b.Cells).Include(b => b.TableCells).AsSplitQuery().ToListAsync(), await db.Seats.AsNoTracking().ToListAsync()));
        foreach (var slot in bookings.Where(b => b.TableNo is not null).GroupBy(b => b.SlotId))
        {
            Assert.Equal(slot.Count(), slot.Select(b => b.TableNo).Distinct().Count());
            Assert.Equal(slot.Count(), bookings.Where(b => b.TableNo is not null && b.ExhibitorId == slot.First().ExhibitorId && b.Start < slot.First().End && slot.First().Start < b.End).Select(b => b.TableNo).Distinct().Count());
            Assert.True(slot.Count() <= seats.Count(s => s.SlotId == slot.Key));
        }
        Assert.All(bookings, b => Assert.Equal((b.TableNo is null ? 0 : 4, b.TableNo is null ? 0 : 4, b.IsOpen), (b.Cells.Count, b.TableCells.Count, b.Ordinal is not null)));
        // A word on the outcome that the stand puts right stands once.
        Assert.All(bookings, b => Assert.True(b.History.Any(h => h.What is "held" or "no-show" or "reopened") ? b.History.Count <= b.Version : b.History.Count == b.Version));
    }
}
