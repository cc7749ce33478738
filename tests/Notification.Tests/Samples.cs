using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Notification.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static MeetingFacts Meeting(Guid? visitor = null, Guid? exhibitor = null, long version = 1, bool confidential = false, Guid? id = null) => new(
        id ?? Guid.CreateVersion7(), version, Guid.CreateVersion7(), visitor ?? Guid.CreateVersion7(), exhibitor ?? Guid.CreateVersion7(), Guid.CreateVersion7(),
        "Schuldnerberatung im Gespräch", new Dictionary<string, string> { ["en"] = "Debt advice", ["uk"] = "Порада щодо боргів" },
        "Beratungshaus Muster", "Tisch 14, Halle 1", new DateTimeOffset(2026, 11, 28, 9, 20, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 28, 9, 40, 0, TimeSpan.Zero),
        "Europe/Berlin", "stand", 2, "KWM", "Neues Rathaus", ["uk", "ru"], "A2", new DateTimeOffset(2026, 11, 26, 17, 0, 0, TimeSpan.Zero), confidential);

    public static VisitorContactChanged Contact(Guid visitor, string token, long version = 1, string language = "uk", bool hasContact = true) => new(
        visitor, version, ServiceDefaults.Auth.CapabilityToken.Hash(token), language, hasContact, DateTimeOffset.UtcNow.AddDays(30), DateTimeOffset.UtcNow);

    public static MatchesRanked Ranked(Guid visitor, long version = 1) => new(visitor, Guid.CreateVersion7(), version, 12, DateTimeOffset.UtcNow);
}
