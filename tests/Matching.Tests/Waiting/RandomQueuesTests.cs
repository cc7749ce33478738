using System.Net.Http.Json;
using CsCheck;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Tests.Meetings;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Waiting;

/// <summary>
/// Random queues, played with the service and with <see cref="WaitingModel"/>: of what happens at the same moment all answers together, and what stands
/// afterwards, are those of some order; and who is offered what is free is whom the rules name.
/// </summary>
public sealed class RandomQueuesTests
{
    private const int People = 5, Cap = 2, Each = 2;
    private static readonly string[] Whats = ["ask", "ask", "wait", "wait", "wait", "wait", "leave", "cancel", "cancel", "take", "take", "decline", "decline", "lapse", "offer", "offer", "offer"];

    private static readonly Gen<QueueAct[][]> Days =
        Gen.Select(Gen.Int[0, Whats.Length - 1], Gen.Int[0, People - 1], Gen.Int[0, 2 * Each - 1], Gen.Int[0, 99], (what, visitor, slot, meeting) => new QueueAct(Whats[what], visitor, slot, meeting)).Array[1, 4].Array[14];

    [Theory, InlineData(Engine.Sqlite, Cap), InlineData(Engine.Postgres, Cap), InlineData(Engine.Sqlite, 1), InlineData(Engine.Postgres, 1)]
    public async Task Who_waits_and_asks_and_leaves_at_once_is_answered_in_some_order_and_freed_seats_go_to_who_is_next(Engine engine, int atStand)
    {
        await using var host = await StartAsync(engine, atStand);
        var slots = await SlotsAsync(host);
        var (seats, offered) = (host.Services.GetRequiredService<FreedSeats>(), 0);

        await Days.SampleAsync(async day =>
        {
            await host.EmptyAsync();
            var visitors = await host.VisitorsAsync(People);
            var (model, ids) = (new WaitingModel(Each, Cap, atStand), new List<Guid>());
            // At first the stand is full.
            for (var i = 0; i < Each; i++)
            {
                ids.Add((await visitors[i].MeetAsync(DemoFair.Course, slots[i])).Id);
                Assert.True(model.Answers(new QueueAct("ask", i, i, 0), "ok"));
            }
            foreach (var round in day)
            {
                foreach (var act in round.Where(a => a.What is "offer" or "lapse"))
                {
                    if (act.What == "offer")
                    {
                        offered += await seats.OfferAsync(default);
                        model.Offer();
                    }
                    else
                    {
                        await host.LapseAsync(ids[Meant(act)]);
                        Assert.True(model.Answers(act with { Meeting = Meant(act) }, "ok"));
                    }
                    var (now, theirs) = await StoredAsync(host, visitors, slots);
                    Assert.Equal(Said(model), Said(now.Values, theirs));
                    foreach (var met in model.Meetings[ids.Count..]) ids.Add(now.Single(n => n.Value == met && !ids.Contains(n.Key)).Key);
                }
                // Who comes and goes in one moment is seen by nobody.
                var acts = round.Where(a => a.What is "ask" or "wait" or "leave" or "cancel" or "take" or "decline").Select(a => a with { Meeting = Meant(a) })
                    .Where(a => a.What != "decline" || model.Meetings[a.Meeting].Stand == 0)
                    .GroupBy(a => a.What is "wait" or "leave" ? $"{a.Visitor}" : Guid.NewGuid().ToString()).Select(g => g.First()).ToArray();
                var places = await host.QueryAsync(db => db.Waiting.ToDictionaryAsync(w => w.VisitorId, w => w.Id));
                var answers = await Task.WhenAll(acts.Select(a => PlayAsync(host, a, visitors, slots, model.Meetings[a.Meeting], ids[a.Meeting], places)));
                var (stored, queue) = await StoredAsync(host, visitors, slots);
                var order = RandomDaysTests.Orders(acts.Length).Select(o => (Order: o, After: model.Copy())).FirstOrDefault(t =>
                    t.Order.All(i => t.After.Answers(acts[i], answers[i].Answer)) && stored.Values.Select(m => $"{m}").Order().SequenceEqual(t.After.Meetings.Select(m => $"{m}").Order()) && queue.Order().SequenceEqual(t.After.Queue.Order()));
                Assert.True(order.After is not null, $"No order of these explains the answers:\n{string.Join('\n', acts.Zip(answers, (a, b) => $"{a} -> {b.Answer}"))}\nbefore: {Said(model)}\nstored: {Said(stored.Values, queue)}");
                // Who waited before still stands in front, in the order of before; those who came at the same moment stand as they stand.
                Assert.Equal(model.Queue.Where(queue.Contains), queue.Take(model.Queue.Count(queue.Contains)));
                model = order.After;
                model.Queue.Clear();
                model.Queue.AddRange(queue);
                foreach (var i in order.Order.Where(i => answers[i].Made is not null)) ids.Add(answers[i].Made!.Value);
                host.Clock.Advance(TimeSpan.FromSeconds(1));

                // Mostly one that is open.
                int Meant(QueueAct act)
                {
                    int[] open = act.Meeting < 80 ? [.. Enumerable.Range(0, ids.Count).Where(i => model.Meetings[i].IsOpen)] : [];
                    return open.Length > 0 ? open[act.Meeting % open.Length] : act.Meeting % ids.Count;
                }
            }
        }, iter: 15, threads: 1);
        Assert.True(offered > 0, "no seat was offered");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_offered_by_two_replicas_while_people_ask_and_go_is_had_once_and_nobody_is_lost_from_the_queue(Engine engine)
    {
        await using var host = await StartAsync(engine, atStand: Cap);
        await using var replica = await MatchingHost.StartAsync(engine, beside: host, without: typeof(FreedSeats), settings: Settings(atStand: Cap));
        var slots = await SlotsAsync(host);
        FreedSeats[] both = [host.Services.GetRequiredService<FreedSeats>(), replica.Services.GetRequiredService<FreedSeats>()];
        var beside = 0;

        // A day in which nothing was free at that very moment says nothing: then there are others.
        for (var times = 0; beside == 0 && times < 6; times++)
        {
            await Days.SampleAsync(async day =>
            {
                await host.EmptyAsync();
                var visitors = await host.VisitorsAsync(People);
                for (var i = 0; i < Each; i++) await visitors[i].MeetAsync(DemoFair.Course, slots[i]);
                foreach (var round in day)
                {
                    var (before, waited) = await StoredAsync(host, visitors, slots);
                    var places = await host.QueryAsync(db => db.Waiting.ToDictionaryAsync(w => w.VisitorId, w => w.Id));
                    var open = before.Where(m => m.Value.IsOpen).ToArray();
                    var acts = round.Where(a => a.What is "ask" or "wait" or "leave" || (a.What is "cancel" or "take" or "decline" && open.Length > 0)).Select(a => a with { Meeting = a.Meeting % Math.Max(1, open.Length) })
                        .Where(a => a.What != "decline" || open[a.Meeting].Value.Stand == 0).ToArray();
                    var offers = both.Select(seats => seats.OfferAsync(default)).ToArray();
                    var answers = await Task.WhenAll(acts.Select(a => PlayAsync(host, a, visitors, slots, open.ElementAtOrDefault(a.Meeting).Value, open.ElementAtOrDefault(a.Meeting).Key, places)));
                    beside += (await Task.WhenAll(offers)).Sum();
                    Assert.All(acts.Zip(answers), a => Assert.Contains(a.Second.Answer, Answers[a.First.What]));

                    var (now, waiting) = await StoredAsync(host, visitors, slots);
                    var held = now.Values.Where(m => m.Slot is not null).ToArray();
                    Assert.Distinct(held.Select(m => m.Slot));
                    Assert.Distinct(held.Select(m => (m.Visitor, m.Slot % Each)));
                    Assert.DoesNotContain(waiting, w => now.Values.Any(m => m.Visitor == w && m.Stand == 0 && m.IsOpen));
                    // Who waited and did nothing waits on, in the order of before, or is offered one seat.
                    var quiet = waited.Where(w => !acts.Any(a => a.Visitor == w && a.What is "ask" or "wait" or "leave")).ToArray();
                    Assert.Equal(quiet.Where(waiting.Contains), waiting.Where(quiet.Contains));
                    Assert.All(quiet.Except(waiting), w => Assert.Single(now, m => !before.ContainsKey(m.Key) && m.Value is { Status: "offered", Stand: 0 } && m.Value.Visitor == w));

                    // In the quiet afterwards the next in line has what is left, as if it had always been quiet; or it stays free and is offered beside the next acts.
                    host.Clock.Advance(TimeSpan.FromSeconds(1));
                    if (!round.Any(a => a.What == "offer")) continue;
                    var model = new WaitingModel(Each, Cap, atStand: Cap);
                    model.Meetings.AddRange(now.Values);
                    model.Queue.AddRange(waiting);
                    model.Offer();
                    await both[0].OfferAsync(default);
                    var (after, rest) = await StoredAsync(host, visitors, slots);
                    Assert.Equal(Said(model), Said(after.Values, rest));
                }
            }, iter: 15, threads: 1);
        }
        Assert.True(beside > 0, "no seat was offered beside anybody");
    }

    /// <summary>What may be told of each act.</summary>
    private static readonly Dictionary<string, string[]> Answers = new()
    {
        ["ask"] = ["ok", "slot-taken", "visitor-busy", "cap-reached", "stand-cap", "asked-enough"],
        ["wait"] = ["ok", "already-asked", "times-free", "asked-enough"],
        ["leave"] = ["ok"],
        ["cancel"] = ["ok", "meeting-over"],
        ["take"] = ["ok", "not-proposed"],
        ["decline"] = ["ok", "not-found", "already-answered"],
    };

    private static (string, string)[] Settings(int atStand) => [("Matching:MeetingsAtOnce", $"{Cap}"), ("Matching:MeetingsAtStand", $"{atStand}")];

    /// <summary>What is free is offered when the day says so, and not of itself.</summary>
    private static Task<MatchingHost> StartAsync(Engine engine, int atStand) => MatchingHost.StartAsync(engine, without: typeof(FreedSeats), settings: Settings(atStand));

    /// <summary>Of two stands with one table, those of the first by time, then those of the second at the same times.</summary>
    private static async Task<SlotView[]> SlotsAsync(MatchingHost host)
    {
        foreach (var exhibitor in (Guid[])[DemoFair.School, DemoFair.Association])
            await host.Exhibitor(exhibitor).PutAsJsonAsync($"/api/exhibitors/{exhibitor}/plan", new StandPlan(SlotMinutes: 20, Tables: [new(null)], WalkInEvery: 0, Formats: ["stand"], Breaks: [new("10:40", "15:00")])).ReadAsync<StandPlanView>();
        SlotView[] slots = [.. await host.SlotsAsync(DemoFair.Course), .. await host.SlotsAsync(DemoFair.Meeting)];
        Assert.Equal(2 * Each, slots.Length);
        Assert.Equal(slots[..Each].Select(s => s.Start), slots[Each..].Select(s => s.Start));
        return slots;
    }

    /// <param name="met">The meeting that is meant, where one is.</param>
    /// <param name="places">Of who waits, by visitor.</param>
    private static async Task<(string Answer, Guid? Made)> PlayAsync(
        MatchingHost host, QueueAct act, IReadOnlyList<TestVisitor> visitors, SlotView[] slots, WaitingModel.Met? met, Guid id, Dictionary<Guid, Guid> places)
    {
        var visitor = visitors[act.Visitor];
        if (act.What == "ask")
        {
            var asked = await visitor.AskAsync(act.Slot < Each ? DemoFair.Course : DemoFair.Meeting, slots[act.Slot]);
            return asked.IsSuccessStatusCode ? ("ok", (await asked.Content.ReadFromJsonAsync<Meeting>())!.Id) : (await asked.ProblemAsync(), null);
        }
        var answer = await (act.What switch
        {
            "wait" => visitor.Http.PostAsJsonAsync("/api/waiting", new WaitingRequest(visitor.Id, DemoFair.Course, "stand")),
            "leave" => visitor.Http.DeleteAsync($"/api/waiting/{places.GetValueOrDefault(visitor.Id, Guid.NewGuid())}"),
            "cancel" => visitors[met!.Visitor].Http.PostAsync($"/api/meetings/{id}/cancel", null),
            "take" => visitors[met!.Visitor].Http.PostAsJsonAsync($"/api/meetings/{id}/choose", new MeetingChoice(slots[met.Slot ?? 0].Id)),
            _ => host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{id}/answer", new MeetingAnswer("decline", "time")),
        });
        return (answer.IsSuccessStatusCode ? "ok" : await answer.ProblemAsync(), null);
    }

    private static string Said(WaitingModel model) => Said(model.Meetings, model.Queue);

    private static string Said(IEnumerable<WaitingModel.Met> meetings, IEnumerable<int> queue) => $"{string.Join(", ", meetings.Select(m => $"{m}").Order())}; waiting {string.Join(", ", queue)}";

    /// <summary>Meetings by id, and who waits, in order.</summary>
    private static async Task<(IReadOnlyDictionary<Guid, WaitingModel.Met> Meetings, IReadOnlyList<int> Queue)> StoredAsync(MatchingHost host, IReadOnlyList<TestVisitor> visitors, SlotView[] slots)
    {
        var rows = await host.QueryAsync(db => db.Bookings.AsNoTracking().ToListAsync());
        var queue = await host.QueryAsync(db => db.Waiting.AsNoTracking().ToListAsync());
        return (rows.ToDictionary(b => b.Id, b => new WaitingModel.Met(At(b.VisitorId), b.ExhibitorId == DemoFair.School ? 0 : 1, b.IsOffered ? "offered" : b.Status, b.TableNo is null ? null : Array.FindIndex(slots, s => s.Id == b.SlotId), b.StandKnows)),
            [.. queue.OrderBy(w => w.At).ThenBy(w => w.Id).Select(w => At(w.VisitorId))]);

        int At(Guid id) => visitors.Select((v, at) => (v.Id, at)).Single(v => v.Id == id).at;
    }
}
