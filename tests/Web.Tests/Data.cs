using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>An invented fair with invented people, as in the drafts of the look.</summary>
internal static class Data
{
    private static readonly DateTimeOffset Opens = new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(1));

    public static readonly FairMove Move = new(StubApi.Id(5), new(2026, 12, 5, 9, 0, 0, TimeSpan.Zero), new(2026, 12, 5, 14, 0, 0, TimeSpan.Zero), new(2026, 12, 12, 9, 0, 0, TimeSpan.Zero), new(2026, 12, 12, 13, 0, 0, TimeSpan.Zero));

    public static readonly FairMeetingsInTheWay FairInTheWay = new(2,
    [
        new(StubApi.Stand, "Pflegeverbund Auwald", [new(StubApi.Id(611), "XKW", new(2026, 12, 5, 9, 20, 0, TimeSpan.Zero), new(2026, 12, 5, 9, 40, 0, TimeSpan.Zero), "stand", 1, "accepted")]),
        new(StubApi.Id(9), "Sprachschule Lindenhof", [new(StubApi.Id(612), "QRS", new(2026, 12, 5, 10, 0, 0, TimeSpan.Zero), new(2026, 12, 5, 10, 20, 0, TimeSpan.Zero), "video", null, "proposed")]),
    ]);

    public static readonly StandOffer[] StandOffers =
    [
        new(StubApi.Id(601), StubApi.Stand, 3, "file", null, new("course", "integrationskurs", "Integrationskurs am Abend", new Dictionary<string, string?> { ["uk"] = "Вечірній інтеграційний курс" }, "A1", "B1", ["learn-german"], [], ["de", "uk"], ["evening"], "mit Zulassung", 3)),
        new(StubApi.Id(602), StubApi.Stand, 1, "edited", null, new("employer", "vacancy", "Pflegefachkraft", new Dictionary<string, string?>(), "B1", null, ["work"], ["2221"], [], [], null, 1)),
        new(StubApi.Id(603), StubApi.Stand, 2, "exhibitor", "exhibitor", new("leisure", "sport", "Lauftreff", new Dictionary<string, string?>(), null, null, [], [], [], ["free"], null, 2)),
        new(StubApi.Id(604), StubApi.Stand, 2, "file", "organiser", new("training", "further-education", "Kurs für Elektriker", new Dictionary<string, string?>(), "none", "A2", [], [], [], [], null, 2)),
    ];

    public static readonly FairView Fair = new(StubApi.Id(5), "Integrationsmesse Leipzig", "Neues Rathaus", Opens.ToUniversalTime(), Opens.AddHours(5).ToUniversalTime(), "Europe/Berlin", ["de", "en", "uk", "ar"], true);

    public static readonly ExhibitorView Exhibitor = new(StubApi.Stand, "Pflegeverbund Auwald", "employer", ["de", "uk"], null, 2, "Tisch 31, Halle 1", ["stand", "video"]);

    private sealed record Item(int Id, string Kind, string Verdict, string? Office, string Stand, string Exhibitor, Dictionary<string, string> Title, int[] Times, (string Side, string De, string Ar)[] Reasons);

    private static readonly Item[] Items =
    [
        new(100, "advice", "yes", null, "Tisch 14, Halle 1", "Fachstelle Beruf und Anerkennung", new() { ["de"] = "Anerkennung in der Pflege: Was fehlt noch?", ["en"] = "Recognition in nursing: what is missing?", ["uk"] = "Визнання в догляді: чого ще бракує?", ["ar"] = "الاعتراف بشهادة التمريض: ما الذي ينقص؟" }, [20, 60, 100],
            [("for", "Sie haben 4 Jahre in der Pflege gearbeitet.", "عملتم 4 سنوات في التمريض."), ("for", "Das Gespräch geht auf Ukrainisch.", "المحادثة ممكنة بالعربية."), ("against", "Ohne Ihr Diplom geht nur ein erstes Gespräch.", "من دون الشهادة الأصلية يمكن إجراء محادثة أولى فقط.")]),
        new(101, "course", "ask", "BAMF (Bundesamt für Migration und Flüchtlinge)", "Tisch 22, Halle 1", "Sprachschule Lindenhof", new() { ["de"] = "Integrationskurs, zweiter Teil: von A2 bis B1", ["en"] = "Integration course, second part: A2 to B1", ["uk"] = "Інтеграційний курс, друга частина: від A2 до B1", ["ar"] = "دورة الاندماج، الجزء الثاني: من A2 إلى B1" }, [40, 140],
            [("for", "Sie sprechen A2. Der Kurs fängt bei A2 an.", "مستواكم A2، والدورة تبدأ من A2."), ("for", "Vormittags mit Kinderbetreuung.", "قبل الظهر، مع رعاية للأطفال."), ("against", "Seit 9. Februar 2026 gibt es weniger freie Plätze. Das BAMF entscheidet.", "منذ 9.2.2026 صارت الأماكن المتاحة أقل. القرار عند BAMF.")]),
        new(102, "employer", "likely", null, "Tisch 31, Halle 1", "Pflegeverbund Auwald", new() { ["de"] = "Pflegehilfe, auch in Teilzeit", ["en"] = "Care assistant, also part-time", ["uk"] = "Помічник з догляду, також неповний день", ["ar"] = "مساعدة في التمريض، دوام جزئي ممكن" }, [80, 120, 160],
            [("for", "Ihr Beruf passt.", "مهنتكم مناسبة."), ("for", "In Ihrem Papier steht: Erwerbstätigkeit gestattet.", "مكتوب في ورقتكم: Erwerbstätigkeit gestattet."), ("against", "Gewünscht ist Deutsch B1. Sie haben A2.", "المطلوب ألمانية B1. مستواكم الآن A2.")]),
        new(103, "office", "yes", null, "Tisch 5, Halle 2", "Familienbüro", new() { ["de"] = "Kita-Platz: Gutschein und Anmeldung", ["en"] = "Nursery place: voucher and registration", ["uk"] = "Місце в дитсадку: ваучер і запис", ["ar"] = "مكان في الروضة: القسيمة والتسجيل" }, [0, 200],
            [("for", "Sie brauchen Kinderbetreuung.", "تحتاجون إلى رعاية للأطفال."), ("against", "Die Wartezeit ist oft 3 Monate.", "الانتظار 3 أشهر في كثير من الأحيان.")]),
        new(104, "leisure", "yes", null, "Tisch 47, Halle 2", "Nachbarschaftshaus Ostwind", new() { ["de"] = "Sprachcafé, jeden Mittwoch", ["en"] = "Language café, every Wednesday", ["uk"] = "Мовне кафе щосереди", ["ar"] = "مقهى اللغة، كل يوم أربعاء" }, [],
            [("for", "Sie möchten Leute treffen und Deutsch sprechen.", "تودّون التعرّف على الناس والتحدث بالألمانية.")]),
    ];

    private static string In(this Item item, string language) => item.Title.GetValueOrDefault(language, item.Title["de"]);

    public static Matches Matches(string language) => new(StubApi.Visitor, new("baseline", "1"), [new("integrationskurs", "2026-02-09"), new("arbeit", "2026-01-01")],
        [.. Items.Select((i, n) => new Match(n + 1, StubApi.Id(i.Id), StubApi.Id(i.Id + 100), i.Kind, i.In(language), i.Title["de"], i.Exhibitor, StandSign.In(i.Stand, language), i.Verdict, i.Office is null ? null : "bamf", i.Office is not null && language == "ar" ? "BAMF (المكتب الاتحادي للهجرة واللاجئين)" : i.Office,
            [.. i.Reasons.Select(r => new Reason("code", r.Side, language == "ar" ? r.Ar : r.De))], [.. i.Times.Select(t => new SlotRef(StubApi.Id(1000 + t), Opens.AddMinutes(t)))], i.Id == 101 ? ["childcare"] : i.Id == 104 ? ["evening", "free"] : [], i.Id is 100 or 102))], 1, true);

    /// <summary>Two that are listed, and one that is not: of the course after this one.</summary>
    public static FoundOffers Found(string language, string query) => query.Contains("nichts") ? new([], []) : new([.. Matches(language).Items.Take(2)], [NotListed(language)]);

    private static Match NotListed(string language) => Matches(language).Items[2] with { Rank = 0, Verdict = "no", Office = "bamf", OfficeName = language == "ar" ? "BAMF (المكتب الاتحادي للهجرة واللاجئين)" : "BAMF (Bundesamt für Migration und Flüchtlinge)", NextSlots = [] };

    public static VisitorOffer? Own(string language, Guid offer)
    {
        if (offer == StubApi.Id(105)) return Of(NotListed(language) with { OfferId = offer }, NotListed("de"));
        return Matches(language).Items.FirstOrDefault(m => m.OfferId == offer) is { } match ? Of(match, Matches("de").Items.First(m => m.OfferId == offer)) : null;

        VisitorOffer Of(Match match, Match german) => new(match, german, null, RulesOf(match.OfferId, language), RulesOf(match.OfferId, "de"),
            match.Verdict == "no" ? [new("german", "B1", "likely"), new("recognition", "started", "ask"), new("ageBand", null, "yes")] : []);
    }

    private static IReadOnlyList<RuleHit> RulesOf(Guid offer, string language) =>
        offer == StubApi.Id(101) || offer == StubApi.Id(105) ? [.. Judged.Offers[0].Rules.Select(r => language == "ar" ? r with { Text = "لا توجد قبولات جديدة هذه السنة. يمكن المشاركة لمن يدفع بنفسه." } : r)] : [];

    public static OfferChosen Chosen(string language, Guid offer, OfferChoice choice) =>
        Matches(language).Items.First(m => m.OfferId == offer) is var m ? new(offer, choice.Choice!, choice.Reason, StubApi.Now, m.Kind, m.Title, m.TitleDe, m.Exhibitor, m.Stand) : null!;

    public static IEnumerable<OfferView> Offers(string language) => Items.Select(i => new OfferView(StubApi.Id(i.Id), i.Id == 102 ? StubApi.Stand : StubApi.Id(i.Id + 100), i.Exhibitor, i.Kind, "mbe", i.In(language), i.Title["de"],
        i.Kind == "course" ? "A2" : null, i.Kind == "course" ? "B1" : null, [], [], ["de", "uk", "ar"], ["free", "childcare", "any-status"], "Bitte bringen Sie Zeugnisse mit, wenn Sie welche haben.", StandSign.In(i.Stand, language)))
        .Concat(Items.Where(i => i.Id == 102).Select(i => new OfferView(StubApi.Id(105), StubApi.Stand, i.Exhibitor, i.Kind, "vacancy", i.In(language), i.Title["de"], "B1", null, [], [], ["de"], [], null, StandSign.In(i.Stand, language))));

    public static WaitingView Waiting(string language) =>
        new(StubApi.Id(500), StubApi.Id(Items[0].Id), StubApi.Id(Items[0].Id + 100), Items[0].In(language), Items[0].Title["de"], Items[0].Exhibitor, StandSign.In(Items[0].Stand, language), "stand", StubApi.Now, 2);

    public static readonly SlotView[] Slots = [.. Enumerable.Range(0, 14).Select(n => new SlotView(StubApi.Id(1000 + n * 20), Opens.AddMinutes(n * 20), Opens.AddMinutes(n * 20 + 20), n > 11 ? "video" : "stand", n % 4 == 3 ? 0 : 1))];

    /// <summary>What the stand may propose though all is taken for visitors.</summary>
    public static readonly SlotView[] StandTimes = [.. Slots.Where((_, n) => n % 3 == 0), new(StubApi.Id(1900), Opens.AddMinutes(260), Opens.AddMinutes(280), "stand", 1), new(StubApi.Id(1901), Opens.AddMinutes(260), Opens.AddMinutes(280), "video", 1)];

    public static readonly EligibilityResult Judged = new(new(2026, 11, 26), [new("integrationskurs", "2026-02-09")], [],
        [new(StubApi.Id(101), "course", "integrationskurs", "ask", "bamf", [new("44-4", "integrationskurs 2026-02-09", "BAMF-Rundschreiben 02/26 vom 9. Februar 2026", "Neue Zulassungen nach § 44 Absatz 4 gibt es in diesem Haushaltsjahr nicht. Wer selbst bezahlt, kann teilnehmen.")])]);

    public static Meeting[] Meetings(string language) =>
    [
        Meeting(300, 0, 20, "accepted", "HKM", language), Meeting(301, 2, 80, "requested", "TRW", language),
        Meeting(302, 3, 200, "proposed", "BXN", language) with { Table = null, Proposals = [new(StubApi.Id(1220), Opens.AddMinutes(220), Opens.AddMinutes(240)), new(StubApi.Id(1240), Opens.AddMinutes(240), Opens.AddMinutes(260))] },
        Meeting(303, 1, 260, "declined", "GLD", language) with { Reason = "time" },
    ];

    /// <summary>As Matching puts a day together: by time, each with the way from the one before, waiting lists last.</summary>
    public static IReadOnlyList<RouteStop> Route(IEnumerable<Meeting> meetings, IEnumerable<RouteStop> suggested, IEnumerable<WaitingView> waiting, RouteClash? clash)
    {
        var timed = meetings.Where(m => m.Status is "requested" or "accepted" or "proposed" or "held").Select(m =>
        {
            var isProposal = m is { Status: "proposed", Table: null };
            return new RouteStop(m, null, isProposal ? StopKinds.Proposal : m.Status == "proposed" ? StopKinds.HeldSeat : StopKinds.Meeting, isProposal ? m.Proposals[0].Start : m.Slot.Start, isProposal ? null : m.Slot.End,
                m.Status == "held", new(m.Format, m.Format == "stand" ? m.Stand : null, null), null, clash is not null && m.Id == StubApi.Id(301) ? [clash] : [], [.. m.Proposals.Select(p => new ProposedTime(p, p == m.Proposals[0] ? [new(RouteClash.TooFar, m.Id, 4)] : []))]);
        }).Concat(suggested).OrderBy(s => s.Start).ToArray();
        if (timed.Length > 0) timed[0] = timed[0] with { Leg = null };
        for (var i = 1; i < timed.Length; i++)
            if (timed[i].End is not null && timed[i - 1].End is { } end) timed[i] = timed[i] with { GapMinutes = (int)(timed[i].Start!.Value - end).TotalMinutes, Leg = timed[i].Leg ?? new(true, 3, Math.Max(0, (int)(timed[i].Start!.Value - end).TotalMinutes - 3)) };
        return [.. timed, .. waiting.Select(w => new RouteStop(null, null, StopKinds.Waiting, null, null, false, new("stand", w.Stand, null), null, [], [], Waiting: w))];
    }

    /// <summary>The language café, at its own house in the city.</summary>
    public static RouteStop Suggestion(string language, int minute = 140, bool walkIn = true) => new(null, null, StopKinds.Recommended, Opens.AddMinutes(minute), Opens.AddMinutes(minute + 20), false,
        new("city", "Musterweg 14, Leipzig", new(51.3438, 12.3788)), new(true, null, null), [], [], new(StubApi.Id(104), StubApi.Id(204), "leisure", Items[4].In(language), Items[4].Title["de"], Items[4].Exhibitor, "yes", walkIn,
            walkIn ? null : StubApi.Id(1140), language == "ar" ? Items[4].Reasons[0].Ar : Items[4].Reasons[0].De));

    private static Meeting Meeting(int id, int item, int minute, string status, string code, string language) =>
        new(StubApi.Id(id), StubApi.Visitor, StubApi.Id(Items[item].Id), StubApi.Id(Items[item].Id + 100), new(StubApi.Id(1000 + minute), Opens.AddMinutes(minute), Opens.AddMinutes(minute + 20)), "stand", status, 1,
            StubApi.Now.AddHours(4), [], Items[item].In(language), Items[item].Title["de"], Items[item].Exhibitor, StandSign.In(Items[item].Stand, language), code, null, [], null);

    public static readonly Notice[] Notices =
    [
        new(StubApi.Id(700), "meeting-requested", "mail", "sent", "New request KWM: Saturday, 28 November 2026, 10:20", StubApi.Id(300), StubApi.Now, StubApi.Now),
        new(StubApi.Id(701), "meeting-cancelled", "digest", "sent", "Termin LPR ist abgesagt", StubApi.Id(301), StubApi.Now.AddHours(-1), StubApi.Now),
        new(StubApi.Id(702), "meeting-moved", "mail", "failed", "Termin XYZ ist verschoben", StubApi.Id(302), StubApi.Now.AddHours(-2), null),
    ];

    public static readonly NoticeFailures Failures = new(3, StubApi.Now.AddMinutes(-40),
    [
        new(StubApi.Id(702), "meeting-moved", "exhibitor", StubApi.Id(9), "Termin XYZ ist verschoben", "address", 1, StubApi.Now.AddHours(-2)),
        new(StubApi.Id(703), "meeting-accepted", "visitor", null, "Appointment KWM is confirmed", "no-answer", 100, StubApi.Now.AddDays(-1)),
    ]);

    public static readonly WebhookView[] Webhooks =
    [
        new(StubApi.Id(801), "https://hooks.example.org/m", "active", StubApi.Now.AddDays(-3), null, null, null),
        new(StubApi.Id(802), "https://crm.example.org/in", "failing", StubApi.Now.AddDays(-3), StubApi.Now.AddHours(-5), null, null),
        new(StubApi.Id(803), "https://old.example.org/in", "disabled", StubApi.Now.AddDays(-30), StubApi.Now.AddDays(-6), StubApi.Now.AddDays(-1), "failing"),
    ];

    public static readonly WebhookDeliveryView[] Deliveries =
    [
        new(StubApi.Id(811), "meeting.accepted", StubApi.Id(300), "delivered", 1, 204, null, StubApi.Now.AddMinutes(-5), StubApi.Now.AddMinutes(-5), null),
        new(StubApi.Id(812), "meeting.requested", StubApi.Id(300), "failed", 12, 500, "status", StubApi.Now.AddDays(-3), StubApi.Now.AddHours(-5), null),
        new(StubApi.Id(813), "meeting.moved", StubApi.Id(301), "waiting", 2, null, "timeout", StubApi.Now.AddHours(-1), StubApi.Now.AddMinutes(-30), StubApi.Now.AddMinutes(10)),
    ];

    public static readonly TemplateEntry[] Templates = [.. from kind in (string[])["list-ready", "meeting-accepted"] from language in (string[])["de", "en", "uk", "ar"] select new TemplateEntry(kind, language, 0, kind == "meeting-accepted" && language == "de", null)];

    public static readonly TemplateView Template = new("meeting-accepted", "de", 2, "Termin {{ code }}\n\nHallo,\n\n{{ meeting }}\n\n{{ link }}\n", true, ["code", "link", "meeting"], ["open"],
        [new(2, StubApi.Now, false), new(1, StubApi.Now.AddDays(-1), true)]);

    public static readonly TemplateView RightToLeft = Template with { Language = "ar", Text = "{{ code }}: تم تأكيد الموعد\n\nمرحبًا،\n\n{% if side == \"visitor\" %}تم تأكيد موعدكم.{% else %}الوقت المقترح مناسب.{% endif %}\n\n{{ meeting }}\n" };

    public static readonly Meeting[] StandMeetings =
    [
        Asked(400, "Pflegehilfe, auch in Teilzeit", 80, 31, "HKM", 4, new(["ar"], "A2", "5321", 4, true, [], "Sucht Teilzeit am Vormittag.")),
        Asked(401, "Ausbildung Pflegefachkraft", 120, 32, "TRW", 4, new(["uk", "ru"], "B1", null, null, false, [], "Möchte im Herbst anfangen.")),
        Asked(402, "Pflegehilfe, auch in Teilzeit", 160, 31, "BXN", 22, new(["fa", "en"], "A1", null, null, true, ["wheelchair"], null, "fa", "female")),
        Asked(403, "Küche und Service", 180, 1, "GLD", 22, null) with { Format = "video" },
        Asked(404, "Pflegehilfe, auch in Teilzeit", 200, 31, "NHS", 0, new(["ti"], "none", "5321", 1, false, [], null)) with { Status = "accepted", OutcomeFrom = StubApi.Now },
        Asked(406, "Pflegehilfe, auch in Teilzeit", 220, 31, "PWX", 0, new(["uk"], "A1", null, null, false, [], null)) with { Status = "accepted", OutcomeFrom = StubApi.Now.AddSeconds(1) },
        Asked(405, "Ausbildung Pflegefachkraft", 40, 31, "JDM", 0, new(["ar"], "B1", null, null, false, [], null)) with { Status = "held" },
        Asked(407, "Küche und Service", 240, 31, "QVZ", 22, new(["fa"], "A2", null, null, false, [], null)) with { Status = "proposed", Table = null, Proposals = [new(StubApi.Id(1100), Opens.AddMinutes(100), Opens.AddMinutes(120)), new(StubApi.Id(1140), Opens.AddMinutes(140), Opens.AddMinutes(160))] },
    ];

    private static Meeting Asked(int id, string title, int minute, int table, string code, int hours, SharedNeeds? shared) =>
        new(StubApi.Id(id), StubApi.Id(id + 1000), StubApi.Id(102), StubApi.Stand, new(StubApi.Id(1000 + minute), Opens.AddMinutes(minute), Opens.AddMinutes(minute + 20)), "stand", "requested", table,
            StubApi.Now.AddHours(hours), [], title, title, "Pflegeverbund Auwald", "Tisch 31, Halle 1", code, null, [], shared);

    public static StandPlanView Plan(bool inTheWay) => new(StubApi.Stand, null,
        new StandPlan([new("10:00", "15:00")], [new("12:00", "12:30")], 20, [new(["de", "uk"]), new(["de"])], ["stand", "video"], "https://meet.example/{code}", null, 3, null, null, 4),
        [new(Opens, Opens.AddMinutes(20), "stand", 2, 1), new(Opens, Opens.AddMinutes(20), "video", 1, 0)], 3, 5,
        inTheWay ? [new(StubApi.Id(300), "HKM", Opens.AddMinutes(20), Opens.AddMinutes(40), "stand", 1, "accepted")] : []);

    public static readonly StandDay Day = new(StubApi.Stand, "Pflegeverbund Auwald", "Tisch 31 und 32", Opens, Opens.AddHours(5), [.. Cells()]);

    private static IEnumerable<StandCell> Cells()
    {
        string[] states = ["accepted", "walk-in", "free", "free", "accepted", "free", "requested", "free", "free", "walk-in", "free", "free"];
        for (var n = 0; n < 15; n++)
            foreach (var (format, table, at) in new[] { (n % 5 == 4 ? "video" : "stand", 31, 0), ("stand", 32, 1) })
            {
                var state = states[(n * 3 + at * 5) % states.Length];
                var taken = state is "accepted" or "requested";
                yield return new(StubApi.Id(1000 + n * 20), Opens.AddMinutes(n * 20), Opens.AddMinutes(n * 20 + 20), format, table, state, taken ? StubApi.Id(400) : null,
                    taken ? n % 2 == 0 ? "Pflegehilfe, auch in Teilzeit" : "Ausbildung" : null, taken ? "HKM" : null, taken ? [n % 2 == 0 ? "ar" : "uk"] : []);
            }
    }

    public static readonly QualitySummary Quality = new(2011, 1912, 1504, 861, 703, 584, 447, .61, [.58, .64], 584, .83, .31,
        [
            new("language", "uk", 612, .63, .02, 0, .04, false), new("language", "ar", 488, .6, -.01, -.03, .02, false), new("language", "fa", 231, .59, -.02, -.06, .02, false), new("language", "ti", 58, .52, -.09, -.16, -.02, true),
            new("german", "none", 346, .54, -.07, -.1, -.03, true), new("german", "A1", 402, .6, -.01, -.04, .02, false), new("german", "A2", 518, .62, .01, -.01, .03, false), new("german", "B1", 590, .64, .03, .01, .05, false),
            new("age", "under18", 74, .6, -.01, -.08, .06, false), new("age", "18-26", 533, .62, .01, -.01, .03, false), new("age", "27plus", 1255, .6, -.01, -.02, .01, false),
        ],
        [.. Enumerable.Range(1, 60).Select(n => new Exposure(StubApi.Id(5000 + n), $"Stand {n}", .038 * Math.Exp(-n / 26.0) + (n > 57 ? -.002 : .001)))],
        [new("childcare", 212, 0), new("recognition", 97, 3), new("language:ti", 58, 4), new("debt", 31, 1)], new("baseline", "1"), true, StubApi.Now.AddMinutes(-20));

    public static readonly ImportReport Report = new("leipzig-2027", 58, 247, true,
    [
        new("exhibitors.csv", 12, "kind", "word", "Verein", "eines von office, advice, employer, language-school, training, association", "Nehmen Sie eines dieser Wörter."),
        new("exhibitors.csv", 40, "email", "email", "info@", "eine E-Mail-Adresse", "Berichtigen Sie sie, oder lassen Sie die Zelle leer."),
        new("offers.csv", 1, "Ansprechpartnerin", "column-unknown", "Ansprechpartnerin", "eine von id, exhibitorId, kind, type, title, entry, exit, topics, isco, conditions, source, languages, traits", "Die Spalte wird übergangen.", Skipped: false),
        new("offers.csv", 97, "", "cells", "14 Zellen", "13 Zellen", "Setzen Sie Text, in dem Kommas stehen, in Anführungszeichen; prüfen Sie, ob ein Komma fehlt."),
    ], Withdrawn: 3);

    public static readonly ImportReport NothingRead = new("fair", 0, 0, false,
    [
        new("exhibitors.csv", 0, "", "file-encoding", "Zeichen, die nicht in UTF-8 geschrieben sind", "Text in UTF-8", "Speichern Sie die Datei als „CSV UTF-8“."),
        new("exhibitors.csv", 1, "name", "column-missing", "id,Bezeichnung,kind,languages", "eine Spalte „name“", "Ergänzen Sie die Spalte in der ersten Zeile."),
    ]);

    private static readonly Estimate Unknown = new(0, null, null, null);

    public static readonly ModelReport Learned = new(
        "no-worse", ["ndcg-within", "value-better"], 412, 398, StubApi.Now.AddHours(-2), StubApi.Now,
        new(new(398, .55, .52, .58), new(398, .57, .54, .6), new(398, .02, -.01, .05)), new(new(398, .6, .57, .63), new(398, .61, .58, .64), new(398, .01, -.01, .03)),
        [
            new("seen", new(398, .31, .27, .35), new(398, .34, .28, .4), new(398, .34, .29, .39), new(398, .03, .01, .05), 210, .83, null),
            new("place", Unknown, Unknown, Unknown, Unknown, 12, .2, "support"),
        ],
        [
            new("language", "uk", 140, new(140, .58, .53, .63), new(140, .01, -.02, .04), 1.02, new(140, .03, 0, .06), false), new("language", "ar", 96, new(96, .54, .48, .6), new(96, -.03, -.08, .02), .95, new(96, .01, -.03, .05), false),
            new("german", "none", 71, new(71, .49, .42, .56), new(71, -.08, -.14, -.02), .86, new(71, -.05, -.09, -.01), true), new("age", "27plus", 288, new(288, .57, .54, .6), new(288, 0, -.01, .01), 1, new(288, .02, -.01, .05), false),
        ], new(.31, .29, 4, 3, .71, .78, 60, 262), [1, .8, .62, .5, .41], true);

    private static readonly TrainingFacts Facts = new(StubApi.Now.AddDays(-1), StubApi.Now, 1650, 1588, 702, 311, 4, 158, 7);

    public static readonly ModelsView Models = new(
        new("model", "20261125-0300-7f3a"), Model("20261125-0300-7f3a", "champion"), null, new("baseline", "1"),
        [Model("20261126-1330-b20c", "challenger"), Model("20261126-0300-19de", "challenger") with { Uploaded = true, Report = Learned with { Sentence = "cannot-tell", Because = ["too-few-lists"], Ndcg5 = new(Unknown, Unknown, Unknown), Groups = [], Values = [] } },
         Model("20261120-0300-aaaa", "challenger") with { Fault = "model-features" }],
        [new(1, "promotion", StubApi.Now.AddHours(-3), "Ada Beispiel", "analyst", "Gleich gut für alle Gruppen, besser für Arbeit.", new("baseline", "1"), new("model", "20261125-0300-7f3a"))],
        new(false, StubApi.Now.AddMinutes(-40), StubApi.Now.AddMinutes(-39), null, new("too-few-visitors", [12, 100]), 184, 300), true);

    public static readonly ModelsView NoModels = new(new("baseline", "1"), null, null, null, [], [], new(false, null, null, null, null, 0, 300), true);

    private static ModelView Model(string version, string state) => new(version, state, StubApi.Now.AddHours(-1), null, false, "0123456789abcdef", null, Facts, Learned);

    private static readonly ScheduleReview Review = new(
        2284, 2190, 113, 640, new(731, 22, 498_200), new(733, 24, 501_000), false, new(402, 187, 344_100), [310, 142, 88, 51, 30, 19], [1553, 709, 22],
        [new("stands-full", 1211), new("no-common-time", 190), new("no-common-language", 58), new("no-wish", 94)],
        [.. Enumerable.Range(0, 18).Select(n => new StandLoad(StubApi.Id(400 + n), n == 0 ? "Willkommenszentrum der Stadt, Beratung für Neuzugewanderte" : $"Sprachschule Lindenhof {n}", 20 - n, n % 4, Math.Max(0, 16 - n), 900 - 40 * n))]);

    public static readonly ScheduleView Draft = new(StubApi.Id(501), StubApi.Id(5), "draft", null, StubApi.Now.AddMinutes(-4), StubApi.Now.AddMinutes(-3), null, 2, null, 10, new("improving", 10.2, Review.Reached, Review.Bound), Review, null);

    public static readonly ScheduleView Published = Draft with { Id = StubApi.Id(502), State = "published", StartedAt = StubApi.Now.AddDays(-1), PublishedAt = StubApi.Now.AddHours(-20), Booked = new(598, 0, [new("slot-taken", 31), new("visitor-busy", 11)]) };

    public static readonly ScheduleView Failed = Draft with { Id = StubApi.Id(503), State = "failed", Fault = "interrupted", StartedAt = StubApi.Now.AddDays(-2), Progress = null, Review = null };

    public static readonly ScheduleView Drawing = Draft with { Id = StubApi.Id(504), State = "drawing", StartedAt = StubApi.Now, EndedAt = null, Review = null, Progress = new("improving", 4.3, new(700, 3, 400_000), new(733, 24, 501_000)) };

    public static readonly QualitySummary NoQuality = new(0, 0, 0, 0, 0, 0, 0, null, null, 0, null, null, [], [], [], new("baseline", "1"), true, StubApi.Now);

    public const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}
