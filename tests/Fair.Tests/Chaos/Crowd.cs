using System.Collections.Concurrent;
using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Chaos;

/// <summary>
/// Several clients at once who behave as good clients do: a profile is posted and not repeated (there is no key for it); a meeting is asked for
/// with one Idempotency-Key until there is an answer.
/// </summary>
internal sealed class Crowd(DeployedFair fair, Ledger ledger)
{
    private const int Clients = 8;
    private readonly SemaphoreSlim turns = new(0);
    private readonly ConcurrentQueue<(Guid Id, string Token)> arrived = new();

    /// <summary>Lets so many more things be done: who breaks the fair gives some out before each blow, so that each falls into work.</summary>
    public void Let(int more) => turns.Release(more);

    /// <summary>Posts so many profiles and asks for so many meetings, mixed.</summary>
    public async Task WorkAsync(int profiles, int meetings)
    {
        var (number, asked) = (-1, 0);
        var total = profiles + meetings;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int n; (n = Interlocked.Increment(ref number)) < total;)
            {
                await turns.WaitAsync();
                // Every so-manieth thing is a meeting, for somebody who came before.
                var isMeeting = (long)(n + 1) * meetings / total > (long)n * meetings / total;
                if (isMeeting) await MeetAsync();
                else await ArriveAsync(n);
            }
        }));
        Assert.Equal(meetings, asked);

        async Task MeetAsync()
        {
            (Guid Id, string Token) visitor;
            while (!arrived.TryDequeue(out visitor)) await Task.Delay(50);
            await AskAsync(visitor.Id, visitor.Token);
            Interlocked.Increment(ref asked);
        }
    }

    private async Task ArriveAsync(int number)
    {
        // Every fifth wants mail: the work is in the messages, not in as many files.
        var email = number % 5 == 0 ? $"c{number}@example.org" : null;
        var needs = Newcomer.NewNeeds("uk", email ?? "-") with { Goals = [Codes.Goals[number % Codes.Goals.Count], "work"] };
        if (email is null) needs = needs with { Contact = null };
        Reply reply;
        try { reply = await fair.PostAsync("/api/visitors", needs); }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref ledger.Unanswered);
            return;
        }
        var created = reply.Read<VisitorCreated>(HttpStatusCode.Created);
        ledger.Visitors[created.Id] = email;
        arrived.Enqueue((created.Id, created.Token));
    }

    private async Task AskAsync(Guid visitor, string token)
    {
        var refused = new HashSet<Guid>();
        while (true)
        {
            var list = (await InsistAsync(() => fair.GetAsync($"/api/visitors/{visitor}/matches", token))).Read<Matches>();
            var (offer, slot) = list.Items.SelectMany(i => i.NextSlots.Select(s => (i.OfferId, s.Id))).First(c => refused.Add(c.Id));
            var key = Guid.NewGuid().ToString();
            var reply = await InsistAsync(() => fair.PostAsync("/api/meetings", new MeetingRequest(visitor, offer, slot, "stand"), token, ("Idempotency-Key", key)));
            if (reply.Status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest) continue; // Somebody was faster, or the stand meets people otherwise: another time.
            var meeting = reply.Read<Meeting>(HttpStatusCode.Created);
            ledger.Meetings[meeting.Id] = meeting;
            return;
        }
    }

    /// <summary>The same call again until somebody answers: a service that is down is no answer.</summary>
    private static async Task<Reply> InsistAsync(Func<Task<Reply>> call)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                if (await call() is { Code: < 500 and not 202 } reply) return reply;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { }
            if (clock.Elapsed > RunningFair.Patience) throw new TimeoutException("The fair did not come back.");
        }
    }
}
