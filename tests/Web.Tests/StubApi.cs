using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>The three services as the pages see them: contract records over HTTP, a small invented fair, and a list of what was asked.</summary>
internal sealed class StubApi : HttpMessageHandler
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 14, 0, 0, TimeSpan.FromHours(1));
    public static readonly Guid Visitor = Id(1), Friend = Id(4), Stand = Id(2), Erasure = Id(3);
    public const string Token = "a-capability-token";

    public sealed record Call(string Method, string Path, string? Body, string? Bearer, string? Language, string? Key, string Query, string? LastEvent = null);

    public ConcurrentQueue<Call> Calls { get; } = [];
    public List<Meeting> Meetings { get; } = [];
    public List<WaitingView> Waiting { get; } = [];

    /// <summary>What is suggested for the gaps of the day.</summary>
    public List<RouteStop> Suggested { get; } = [];

    /// <summary>Of the second meeting of the day with the first.</summary>
    public RouteClash? Clash { get; set; }
    /// <summary>By offer: what the visitor chose, and why.</summary>
    public Dictionary<Guid, OfferChoice> Choices { get; } = [];

    /// <summary>All seats of every stand are taken.</summary>
    public bool Full { get; set; }
    public bool Ranking { get; set; }
    public bool Down { get; set; }
    public bool Broken { get; set; }

    /// <summary>A code, or the field that is wrong.</summary>
    public string? RefuseBooking { get; set; }
    public string? RefuseCancel { get; set; }
    /// <summary>Of a stand's answer to a request.</summary>
    public string? RefuseAnswer { get; set; }
    /// <summary>Whatever is asked for: a status and a code.</summary>
    public (int Status, string Code)? RefuseAll { get; set; }
    public string? RefuseDecision { get; set; }
    public string? RefuseSchedule { get; set; }

    /// <summary>What is told where the question has this in it; else <see cref="FigureData.Told"/>.</summary>
    public Dictionary<string, QualityFigureSet> Figures { get; } = [];

    /// <summary>Refusal of every question for figures: its status, its code, and what is wrong with which field.</summary>
    public (int Status, string Code, Dictionary<string, string[]>? Errors)? RefuseFigures { get; set; }
    public List<ScheduleView> Schedules { get; } = [Data.Draft, Data.Published, Data.Failed];
    public bool Empty { get; set; }

    /// <summary>Of the overview, instead of the invented fair's.</summary>
    public QualitySummary? Summary { get; set; }

    public ShownMatch Match { get; set; } = FigureData.Match;

    /// <summary>The visitor is gone, and with them their link; their friend is not.</summary>
    public bool Erased { get; set; }
    public bool SessionOver { get; set; }
    /// <summary>Events of the stream of notices.</summary>
    public string News { get; set; } = "";
    public const string StopToken = "a-stop-token";

    /// <summary>Mails to the stand were stopped by a link.</summary>
    public bool Stopped { get; set; }
    public NoticePreferences Wishes { get; set; } = new(true, Paces.Hourly, false, true);

    /// <summary>A stand's new plan would take the time from a meeting.</summary>
    public bool InTheWay { get; set; }

    /// <summary>The stand can be asked for video meetings and has no address for them.</summary>
    public bool NoLink { get; set; }

    private StandPlanView Planned(StandPlanView view) => NoLink ? view with { Effective = view.Effective with { VideoLink = null } } : view;

    /// <summary>The stand's, as it may know them.</summary>
    public List<Meeting> StandMeetings { get; } = [.. Data.StandMeetings];

    /// <summary>What the stand may propose.</summary>
    public IReadOnlyList<SlotView> StandTimes { get; set; } = Data.StandTimes;

    /// <summary>Another meeting in the way of the stand's new plan.</summary>
    public List<MeetingInTheWay> MoreInTheWay { get; } = [];

    /// <summary>The request of the mail has its answer.</summary>
    public bool Answered { get; set; }
    public bool MeetingGone { get; set; }

    /// <summary>What the services' clocks say.</summary>
    public DateTimeOffset Time { get; set; } = Now;

    /// <summary>What the import says; with no exhibitors it is a refusal.</summary>
    public ImportReport Report { get; set; } = Data.Report;

    /// <summary>What Profile has of the visitor.</summary>
    public Needs Stored { get; set; } = new() { Language = "uk", Consents = ["matching"] };

    /// <summary>Refusal of the next submission.</summary>
    public (int Status, string Code)? RefuseSubmission { get; set; }

    public IEnumerable<Call> Writes => Calls.Where(c => c.Method != "GET" && !c.Path.EndsWith("/opened", StringComparison.Ordinal) && !c.Path.EndsWith("/preview", StringComparison.Ordinal));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (Down) throw new HttpRequestException("Connection refused by secret-host:5432");
        if (Broken) throw new InvalidOperationException("secret detail");
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancel);
        var path = request.RequestUri!.AbsolutePath;
        Calls.Enqueue(new(request.Method.Method, path, body, request.Headers.Authorization?.Parameter,
            request.Headers.AcceptLanguage.ToString(), request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null, request.RequestUri.Query,
            request.Headers.TryGetValues("Last-Event-ID", out var last) ? last.First() : null));
        var language = request.Headers.AcceptLanguage.FirstOrDefault()?.Value ?? "de";
        var answer = Answer(request.Method.Method, path, request.RequestUri.Query, body, request.Headers.Authorization?.Parameter, language);
        answer.RequestMessage = request;
        return answer;
    }

    private HttpResponseMessage Answer(string method, string path, string query, string? body, string? bearer, string language)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path == "/api/fairs/current") return Ok(Data.Fair);
        if (RefuseAll is { } all) return Problem(all.Status, all.Code);
        if (path == "/api/exhibitors") return Ok(new PageOf<ExhibitorView>([Data.Exhibitor, Data.Exhibitor with { Id = Id(9), Name = "Sprachschule Lindenhof" }], 1, 100, 60));
        if (path.StartsWith("/api/exhibitors/", StringComparison.Ordinal) && parts.Length == 3) return Ok(Data.Exhibitor);
        if (path == "/api/offers") return Ok(new PageOf<OfferView>([.. Data.Offers(language)], 1, 100, query.Contains("kind=") ? 41 : 205));
        if (parts is ["api", "offers", var offer] && Guid.TryParse(offer, out var offerId))
            return Data.Offers(language).FirstOrDefault(o => o.Id == offerId) is { } found ? Ok(found) : Problem(404, "not-found");
        if (parts is ["api", "offers", _, "slots"]) return Ok((Full ? [.. Data.Slots.Select(t => t with { Free = 0 })] : Data.Slots));
        if (path == "/api/eligibility/preview") return Ok(Data.Judged);
        if (path == "/api/demo/sign-in")
        {
            var wish = JsonSerializer.Deserialize<DemoSignIn>(body!, JsonSerializerOptions.Web)!;
            return Ok(new StaffToken($"jwt-{wish.Role}", Now.AddMinutes(15), wish.Role!, wish.Role == "exhibitor" ? wish.ExhibitorId ?? Stand : null, "a-renewal", Now.AddHours(10)));
        }
        if (path == "/api/staff/links") return new(HttpStatusCode.Accepted);
        if (path == "/api/staff/tokens")
            return body!.Contains("good-code") ? Ok(new StaffToken("jwt-analyst", Now.AddMinutes(15), "analyst", null, "a-renewal", Now.AddHours(10))) : Problem(401, "code-unknown");
        if (path == "/api/staff/tokens/renew")
            return SessionOver || !body!.Contains("a-renewal") ? Problem(401, "session-over") : Ok(new StaffToken($"jwt-of-{Time:HHmm}", Time.AddMinutes(15), "exhibitor", Stand, null, Now.AddHours(10)));
        if (path == "/api/staff/sign-out") return new(HttpStatusCode.NoContent);
        if (path == "/api/visitors" && method == "POST" && RefuseSubmission is { } refused)
        {
            RefuseSubmission = null;
            return Problem(refused.Status, refused.Code);
        }
        if (path == "/api/visitors" && method == "POST") Stored = JsonSerializer.Deserialize<Needs>(body!, JsonSerializerOptions.Web)!;
        if (path == "/api/visitors" && method == "POST") return Ok(new VisitorCreated(Visitor, Token, $"/link/{Visitor}/{Token}", Now.AddDays(30), 1), HttpStatusCode.Created);
        if (parts is ["api", "erasures", _]) return Ok(new ErasureStatus(false, [new("profile", Now), new("matching", Now), new("notification", null)]));
        if (parts is ["api", "notices", "stop", var stop])
        {
            if (stop != StopToken) return Problem(404, "not-found");
            if (method != "GET") Stopped = method == "POST";
            return Ok(new NoticeStop("exhibitor", Stopped));
        }
        if (bearer is null) return Problem(401, "unauthorized");
        // A second person, of whom only their own link is needed.
        if (parts is ["api", "visitors", var other] && other == Friend.ToString() && method == "GET" && bearer == Token) return Ok(new VisitorProfile(Friend, Id(5), 1, new() { Language = "de", Consents = ["matching"] }, Now.AddDays(30)));
        if (Erased && parts is ["api", "visitors", ..]) return Problem(401, "unauthorized");
        if (parts is ["api", "visitors", var id, ..] && (bearer != Token || id != Visitor.ToString())) return Problem(401, "unauthorized");
        return parts switch
        {
            ["api", "visitors", _] when method == "DELETE" => Ok(new ErasureStarted(Erasure), HttpStatusCode.Accepted),
            ["api", "visitors", _] when method == "PUT" => Ok(new VisitorProfile(Visitor, Id(5), 2, Stored = JsonSerializer.Deserialize<Needs>(body!, JsonSerializerOptions.Web)!, Now.AddDays(30))),
            ["api", "visitors", _] => Ok(new VisitorProfile(Visitor, Id(5), 1, Stored, Now.AddDays(30))),
            ["api", "visitors", _, "export", _] => Ok(new { profile = new { language = "uk" } }),
            ["api", "visitors", _, "matches"] => Ranking ? new(HttpStatusCode.Accepted) : Ok(Data.Matches(language) is var m && Empty ? m with { Items = [] } : m with { Items = [.. m.Items.Where(i => Choices.GetValueOrDefault(i.OfferId)?.Choice != "not-for-me")] }),
            ["api", "visitors", _, "meetings"] => Ok(Meetings),
            ["api", "visitors", _, "route"] => Ok(Data.Route(Meetings, Suggested, Waiting, Clash)),
            ["api", "visitors", _, "route.ics"] => Meetings.Count == 0 ? Problem(404, "no-meetings") : new(HttpStatusCode.OK) { Content = new StringContent(Data.Calendar, Encoding.UTF8, "text/calendar") },
            ["api", "visitors", _, "search"] => Ok(Data.Found(language, Uri.UnescapeDataString(query))),
            ["api", "visitors", _, "offers", var one] => Data.Own(language, Guid.Parse(one)) is { } own ? Ok(own with { Choice = Choices.GetValueOrDefault(Guid.Parse(one))?.Choice }) : Problem(404, "not-found"),
            ["api", "visitors", _, "choices"] => Ok(Choices.Select(c => Data.Chosen(language, c.Key, c.Value))),
            ["api", "visitors", _, "choices", var one] => Chosen(method, Guid.Parse(one), body),
            ["api", "waiting"] => RefuseBooking is { } full ? Problem(409, full) : Ok(Data.Waiting(language), HttpStatusCode.Created),
            ["api", "waiting", _] => new(HttpStatusCode.NoContent),
            ["api", "visitors", _, "opened"] => new(HttpStatusCode.NoContent),
            ["api", "meetings"] => RefuseBooking is { } code ? code is "slotId" or "offerId" ? Invalid(code, "unknown-id") : Problem(409, code) : Ok(Booked(body!, language), HttpStatusCode.Created),
            ["api", "meetings", "in-the-way"] => Ok(Data.FairInTheWay),
            ["api", "meetings", _, "times"] or ["api", "exhibitors", _, "times"] => Ok(StandTimes),
            ["api", "meetings", _, "calendar.ics"] => new(HttpStatusCode.OK) { Content = new StringContent(Data.Calendar, Encoding.UTF8, "text/calendar") },
            ["api", "meetings", _] when bearer == "run-out" => Problem(401, "unauthorized"),
            ["api", "meetings", _] when MeetingGone => Problem(404, "not-found"),
            ["api", "meetings", var one] => Ok((StandMeetings.Find(m => m.Id.ToString() == one) ?? StandMeetings[0]) is { Status: "requested" } open ? open with { Status = Answered ? "accepted" : "requested" } : StandMeetings.First(m => m.Id.ToString() == one)),
            ["api", "meetings", _, "cancel"] when RefuseCancel is { } no => Problem(409, no),
            ["api", "meetings", var one, "cancel"] when StandMeetings.FindIndex(m => m.Id.ToString() == one) is >= 0 and var at => Ok(StandMeetings[at] = StandMeetings[at] with { Status = "cancelled", Table = null, Proposals = [] }),
            ["api", "meetings", _, "answer"] when RefuseAnswer is { } no => Problem(409, no),
            ["api", "meetings", _, "answer"] when Answered => Problem(409, "already-answered"),
            ["api", "meetings", ..] => Ok(Data.Meetings(language)[0]),
            ["api", "exhibitors", _, "meetings"] => Ok(Empty ? [] : StandMeetings),
            ["api", "exhibitors", _, "day"] => Ok(Data.Day),
            ["api", "exhibitors", _, "plan"] when body?.Contains("99:99") == true => Invalid("breaks[0].to", "Not a clock time.", "phone", "Not a number.", "tables[1].languages", "No language."),
            ["api", "exhibitors", _, "plan"] when method == "GET" || query.Contains("dryRun") => Ok(Planned(Data.Plan(InTheWay)) is var view && InTheWay ? view with { InTheWay = [.. view.InTheWay, .. MoreInTheWay] } : view),
            ["api", "exhibitors", _, "plan"] => InTheWay ? Problem(409, "meetings-in-the-way") : Ok(Data.Plan(false)),
            ["api", "exhibitors", _, "offers"] => Ok(Empty ? [] : Data.StandOffers),
            ["api", "exhibitors", _, "offers", var one] => Data.StandOffers.FirstOrDefault(o => o.Id.ToString() == one) is var own && method == "GET" ? own is null ? Problem(404, "not-found") : Ok(own)
                : method == "DELETE" ? query == $"?version={own!.Version}" ? Ok(new StandOfferChange(own, [])) : Problem(409, "changed-meanwhile") : Kept(own, Guid.Parse(one), body!, query.Contains("dryRun")),
            ["api", "exhibitors", _, "walk-ins", ..] => new(HttpStatusCode.NoContent),
            ["api", "fairs", "import"] when Report.Moves is not null && query is "" => Problem(409, "fair-moves"),
            ["api", "fairs", "import"] when Report.Gone is not null && query is "" => Problem(409, "stands-go"),
            ["api", "fairs", "import"] => Imported(Report with { DryRun = query.Contains("dryRun=true") }),
            ["api", "schedules"] when method == "POST" => RefuseSchedule is { } busy ? Problem(busy == "invalid" ? 400 : 409, busy) : Ok(Data.Drawing, HttpStatusCode.Accepted),
            ["api", "schedules"] => Ok(Empty ? [] : Schedules),
            ["api", "schedules", var plan] => Schedules.Find(s => s.Id.ToString() == plan) is { } schedule ? Ok(schedule) : Problem(404, "not-found"),
            ["api", "schedules", _, _] => RefuseSchedule is { } over ? Problem(409, over) : Ok(Data.Published, HttpStatusCode.Accepted),
            ["api", "notices"] => Ok(Empty ? [] : Data.Notices),
            // It ends at once and is not asked for again while a test lasts.
            ["api", "notices", "live"] => new(HttpStatusCode.OK) { Content = new StringContent("retry: 600000\n\n" + News, Encoding.UTF8, "text/event-stream") },
            ["api", "notices", "webhooks"] when method == "POST" => body!.Contains("inside") ? Invalid("url", "This address can be reached in an inner network only.") : body.Contains("again") ? Problem(409, "webhook-exists")
                : Ok(new WebhookSecret(Id(801), "https://hooks.example.org/m", "whsec_shown-once"), HttpStatusCode.Created),
            ["api", "notices", "webhooks"] => Ok(Empty ? [] : Data.Webhooks),
            ["api", "notices", "webhooks", _, "secret"] => Ok(new WebhookSecret(Id(801), "https://hooks.example.org/m", "whsec_another")),
            ["api", "notices", "webhooks", _, "deliveries"] => Ok(Data.Deliveries),
            ["api", "notices", "webhooks", _, "deliveries", _, "again"] => Problem(409, "webhook-not-failed"),
            ["api", "notices", "webhooks", ..] => new(HttpStatusCode.NoContent),
            ["api", "notices", "templates"] => Ok(Data.Templates),
            ["api", "notices", "templates", "meeting-accepted", "de"] when method == "PUT" && body!.Contains("stale") => Problem(409, "template-changed"),
            ["api", "notices", "templates", "meeting-accepted", "de", ..] when method is "PUT" or "POST" && body!.Contains("coed") => Invalid("text:3", "There is no “coed” here. Did you mean “code”?"),
            ["api", "notices", "templates", "meeting-accepted", "de", "preview"] => Ok(new TemplatePreview([new("visitor", "Termin KWM", "Hallo <b>,\n\nbis bald!\n\nhttps://messe.example.org/x\n")])),
            ["api", "notices", "templates", "meeting-accepted", "de"] => Ok(Data.Template),
            ["api", "notices", "templates", "meeting-accepted", "ar" or "fa", "preview"] => Ok(new TemplatePreview([new("visitor", "KWM: تم تأكيد الموعد", "مرحبًا،\n\nKWM هو رمزكم.\n\nhttps://messe.example.org/x\n")])),
            ["api", "notices", "templates", "meeting-accepted", "ar" or "fa"] => Ok(Data.RightToLeft with { Language = parts[4] }),
            ["api", "notices", "failed"] => Ok(Empty ? new NoticeFailures(0, null, []) : Data.Failures),
            ["api", "notices", var notice, "send-again"] => notice == Id(799).ToString() ? Problem(404, "not-found") : Ok(new NoticesSentAgain(notice == "failed" ? 2 : 1)),
            ["api", "notices", "preferences"] => Ok(Wishes),
            ["api", "models"] => Ok(Empty ? Data.NoModels : Data.Models),
            ["api", "models", "train"] => new(HttpStatusCode.Accepted),
            ["api", "models", var version, "card"] => version == "none" ? Problem(404, "not-found") : new(HttpStatusCode.OK) { Content = new StringContent("# Model " + version, Encoding.UTF8, "text/markdown") },
            ["api", "models", ..] => RefuseDecision is { } no ? Problem(409, no) : Ok(Data.Models.Changes[0] with { Kind = parts[^1] == "rollback" ? "rollback" : "promotion" }),
            ["api", "quality", "figures"] => AnswerFigures(query),
            ["api", "quality", "rows"] => query.Contains("funnel.held") ? Problem(409, "too-few") : Ok(FigureData.RowsOf(System.Web.HttpUtility.ParseQueryString(query))),
            ["api", "quality", "fairs"] => Ok(FigureData.Fairs),
            ["api", "quality", "words"] when method == "PUT" && body!.Contains("stale") => Problem(409, "changed-meanwhile"),
            ["api", "quality", "words"] when method == "PUT" && body!.Contains("too long") => Invalid("text", "At most 4,000 characters are possible here."),
            ["api", "quality", "words"] => Ok(Empty ? new FairWords(Id(5), "", 0, null) : FigureData.Words),
            ["api", "quality", "matches", var who, _] => who == Match.Person ? Ok(Match) : Problem(404, "not-found"),
            ["api", "quality", "export"] => new(HttpStatusCode.OK) { Content = new StringContent("the archive", Encoding.UTF8, "application/zip") },
            ["api", "quality", "definitions"] => Ok(FigureData.Definitions),
            ["api", "quality", "summary"] => Ok(Summary ?? (Empty ? Data.NoQuality : Data.Quality)),
            _ => Problem(404, "not-found"),
        };
    }

    private HttpResponseMessage AnswerFigures(string query)
    {
        if (RefuseFigures is { Errors: { } errors } invalid) return new((HttpStatusCode)invalid.Status) { Content = JsonContent.Create(new { type = $"urn:matchmaking:problem:{invalid.Code}", title = "secret title", status = invalid.Status, errors }, mediaType: new("application/problem+json")) };
        if (RefuseFigures is { } refused) return Problem(refused.Status, refused.Code);
        var told = Empty ? FigureData.Nobody : Figures.FirstOrDefault(f => query.Contains(f.Key, StringComparison.Ordinal)).Value ?? FigureData.Told;
        return Ok(query.Contains("other=", StringComparison.Ordinal) ? told with { Policy = FigureData.Policy } : told);
    }

    /// <summary>A stand's offer: stale where its version is not the one there is, and "22a" is no occupation.</summary>
    private static HttpResponseMessage Kept(StandOffer? own, Guid id, string body, bool dryRun)
    {
        var draft = JsonSerializer.Deserialize<OfferDraft>(body, JsonSerializerOptions.Web)!;
        if (draft.Isco?.Contains("22a") == true) return Invalid("isco", "“22a”: expected is a code.");
        if (draft.Version is { } version && version != (own?.Version ?? 0)) return Problem(409, "changed-meanwhile");
        OfferFieldChange[] changes = own?.Offer.Title == draft.Title ? [] : [new("title", own is null ? [] : [own.Offer.Title!], [draft.Title ?? ""]), new("traits", [], draft.Traits ?? []), new("topics", [], draft.Topics ?? [])];
        return Ok(new StandOfferChange(new StandOffer(id, Stand, (own?.Version ?? 0) + (dryRun ? 0 : 1), own?.Source ?? "exhibitor", null, draft), changes, dryRun));
    }

    private HttpResponseMessage Chosen(string method, Guid offer, string? body)
    {
        if (method == "DELETE") Choices.Remove(offer);
        else Choices[offer] = JsonSerializer.Deserialize<OfferChoice>(body!, JsonSerializerOptions.Web)!;
        return new(HttpStatusCode.NoContent);
    }

    private Meeting Booked(string body, string language)
    {
        var wish = JsonSerializer.Deserialize<MeetingRequest>(body, JsonSerializerOptions.Web)!;
        var meeting = Data.Meetings(language)[1] with { OfferId = wish.OfferId!.Value };
        Meetings.Add(meeting);
        return meeting;
    }

    private static HttpResponseMessage Imported(ImportReport report) => report.Exhibitors > 0 ? Ok(report) : new(HttpStatusCode.UnprocessableEntity)
    {
        Content = JsonContent.Create(new { type = "urn:matchmaking:problem:import-nothing-read", title = "secret title", report.Fair, report.Exhibitors, report.Offers, report.Changed, report.Issues },
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/problem+json"), JsonSerializerOptions.Web),
    };

    private static HttpResponseMessage Ok<T>(T value, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = JsonContent.Create(value, options: JsonSerializerOptions.Web) };

    private static HttpResponseMessage Invalid(params string[] fieldsAndFaults) => new(HttpStatusCode.BadRequest)
    {
        Content = JsonContent.Create(new { type = "urn:matchmaking:problem:invalid", title = "secret title", status = 400, errors = fieldsAndFaults.Chunk(2).ToDictionary(f => f[0], f => f[1..]) }, mediaType: new("application/problem+json")),
    };

    private static HttpResponseMessage Problem(int status, string code) => new((HttpStatusCode)status)
    {
        Content = JsonContent.Create(new { type = $"urn:matchmaking:problem:{code}", title = "secret title", status }, mediaType: new("application/problem+json")),
    };

    public static Guid Id(int number) => new($"01930000-0000-7000-8000-{number:x12}");
}
