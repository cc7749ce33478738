using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>How a stand has set its day; a stand without a row has it as the catalogue says.</summary>
internal sealed class KeptPlan
{
    public Guid ExhibitorId { get; init; }
    public required StandPlan Plan { get; set; }
    public long Version { get; set; }
    public DateTimeOffset At { get; set; }

    public static void Map(ModelBuilder model) => model.Entity<KeptPlan>(row =>
    {
        row.ToTable("stand_plans");
        row.HasKey(p => p.ExhibitorId);
        row.Property(p => p.ExhibitorId).ValueGeneratedNever();
        row.Property(p => p.Plan).HasConversion<JsonConverter<StandPlan>, JsonComparer<StandPlan>>();
        row.Property(p => p.Version).IsConcurrencyToken();
    });
}

/// <summary>What a plan may say, and what it says where it is silent.</summary>
internal static class StandPlans
{
    public const int DefaultMinutes = 20, DefaultWalkInEvery = 3;
    private const int ShortestMinutes = 5, LongestMinutes = 120, Step = 5, MostTables = 40, MostHours = 8, LongestLink = 300, LongestPhone = 30, LongestDay = 24 * 60;

    /// <summary>The plan with everything filled in from the catalogue.</summary>
    public static StandPlan Effective(StandPlan? plan, FairFacts fair, ExhibitorFacts exhibitor)
    {
        plan ??= new StandPlan();
        return plan with
        {
            Open = plan.Open is { Count: > 0 } ? plan.Open : [FairHours(fair)],
            Breaks = plan.Breaks ?? [],
            SlotMinutes = plan.SlotMinutes ?? DefaultMinutes,
            Tables = plan.Tables is { Count: > 0 } tables
                ? [.. tables.Select(t => new TablePlan(t.Languages is { Count: > 0 } spoken ? spoken : exhibitor.Languages))]
                : [.. Enumerable.Repeat(new TablePlan(exhibitor.Languages), Math.Max(1, exhibitor.Tables))],
            Formats = [.. (plan.Formats is { Count: > 0 } formats ? formats : exhibitor.Formats).Distinct()],
            WalkInEvery = plan.WalkInEvery ?? DefaultWalkInEvery,
        };
    }

    /// <summary>By the fair's clock; on a fair of several days each has the same. One that ends earlier in the day than it begins goes on over midnight: all of each day that is the fair's.</summary>
    private static HoursOfDay FairHours(FairFacts fair)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(fair.Zone);
        var (opens, closes) = (TimeZoneInfo.ConvertTime(fair.Opens, zone), TimeZoneInfo.ConvertTime(fair.Closes, zone));
        return closes.TimeOfDay > opens.TimeOfDay ? new HoursOfDay(Text(opens), Text(closes)) : new HoursOfDay("00:00", "23:59");

        static string Text(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    public static bool Reads(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    public static IEnumerable<FieldFault> Faults(StandPlan plan)
    {
        foreach (var (field, hours) in new[] { ("open", plan.Open), ("breaks", plan.Breaks) })
        {
            if (hours?.Count > MostHours) yield return new FieldFault(field, "too-many", MostHours);
            foreach (var (span, n) in (hours ?? []).Select((h, n) => (h, n)))
            {
                var (fromReads, toReads) = (Reads(span?.From, out var from), Reads(span?.To, out var to));
                if (!fromReads) yield return new FieldFault($"{field}[{n}].from", "clock-time");
                if (!toReads) yield return new FieldFault($"{field}[{n}].to", "clock-time");
                if (fromReads && toReads && to <= from) yield return new FieldFault($"{field}[{n}].to", "wrong-order");
            }
        }
        if (plan.SlotMinutes is { } minutes && (minutes is < ShortestMinutes or > LongestMinutes || minutes % Step != 0))
            yield return new FieldFault("slotMinutes", "slot-minutes", ShortestMinutes, LongestMinutes);
        if (plan.Tables?.Count > MostTables) yield return new FieldFault("tables", "too-many", MostTables);
        foreach (var (table, n) in (plan.Tables ?? []).Select((t, n) => (t, n)))
        {
            if (table is null) yield return new FieldFault($"tables[{n}]", "required");
            foreach (var language in table?.Languages ?? [])
                if (!Codes.Languages.Contains(language)) yield return new FieldFault($"tables[{n}].languages", "unknown-code", language, string.Join(", ", Codes.Languages));
        }
        foreach (var format in plan.Formats ?? [])
            if (!Codes.Formats.Contains(format)) yield return new FieldFault("formats", "unknown-code", format, string.Join(", ", Codes.Formats));
        if (plan.VideoLink is { } link && (link.Length > LongestLink || !IsWebAddress(link))) yield return new FieldFault("videoLink", "web-address");
        if (plan.Phone is { } phone && (phone.Length > LongestPhone || !IsPhone(phone))) yield return new FieldFault("phone", "phone");
        if (plan.WalkInEvery is { } every && every is not (0 or (>= 2 and <= 10))) yield return new FieldFault("walkInEvery", "walk-in-every");
        if (plan.WalkInFreedMinutes is < 0 or > LongestDay) yield return new FieldFault("walkInFreedMinutes", "out-of-range", 0, LongestDay);
        if (plan.MostMeetings is < 1 or > 10_000) yield return new FieldFault("mostMeetings", "out-of-range", 1, 10_000);
    }

    private static bool IsWebAddress(string link) =>
        link.Replace("{code}", "abc").Replace("{id}", "1") is var filled && Uri.TryCreate(filled, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0
        && !filled.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '{' or '}' or '"' or '<' or '>');

    private static bool IsPhone(string phone) =>
        phone.StartsWith('+') && phone.Count(char.IsAsciiDigit) is >= 6 and <= 15 && phone.Skip(1).All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '/' or '(' or ')');

    /// <summary>Where a meeting that is agreed on takes place if not at the stand: an https address or "tel:"; null where the stand has not said.</summary>
    public static async ValueTask<string?> JoinAsync(MatchingDb db, Booking booking, CancellationToken cancel) =>
        booking.IsAgreed && booking.Format != "stand" ? Join((await db.StandPlans.FindAsync([booking.ExhibitorId], cancel))?.Plan, booking) : null;

    /// <summary>The same by this plan, whether or not it is agreed on.</summary>
    public static string? Join(StandPlan? plan, Booking booking) => booking.Format switch
    {
        "video" => plan?.VideoLink?.Replace("{code}", booking.Code.ToLowerInvariant()).Replace("{id}", booking.Id.ToString("n")),
        "phone" when plan?.Phone is { } phone => "tel:+" + string.Concat(phone.Where(char.IsAsciiDigit)),
        _ => null,
    };
}
