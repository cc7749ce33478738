using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Fairs;

namespace Matchmaking.Profile.Visitors;

/// <summary>A newcomer's answers. The contact stands apart from the needs, because needs travel and contacts never do.</summary>
internal sealed class Visitor
{
    public const long FirstVersion = 1;

    public Guid Id { get; private init; }
    public Guid FairId { get; private init; }
    public long Version { get; private set; }
    public required Needs Needs { get; set; }
    public string? Email { get; private set; }
    public string? Phone { get; private set; }

    /// <summary>Hash of the first capability; further ones (links in mails) are in <see cref="VisitorToken"/>.</summary>
    public required string TokenHash { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ExpiresAt { get; private init; }

    public static Visitor Of(Needs needs, Fair fair, string tokenHash, DateTimeOffset now)
    {
        var visitor = new Visitor
        {
            Id = Guid.CreateVersion7(),
            FairId = fair.Id,
            TokenHash = tokenHash,
            CreatedAt = now,
            ExpiresAt = fair.DataExpireAt,
            Needs = needs,
        };
        visitor.Replace(needs);
        return visitor;
    }

    /// <summary>Replaces all answers: what is missing now is gone.</summary>
    public void Replace(Needs needs)
    {
        Email = Blank(needs.Contact?.Email);
        Phone = Blank(needs.Contact?.Phone);
        Needs = needs with { Contact = null };
        Version++;
    }

    public void Announce(ProfileDb db, bool contactChanged, DateTimeOffset now)
    {
        db.Announce(new VisitorProfileSubmitted(Id, FairId, Version, TokenHash, Needs, ExpiresAt, now), Id, Version);
        if (contactChanged) db.Announce(new VisitorContactChanged(Id, Version, TokenHash, Language, HasContact: Email is not null, ExpiresAt, now), Id, Version);
    }

    /// <summary>What <see cref="VisitorContactChanged"/> tells; it goes out when this has changed.</summary>
    public (string Language, bool HasContact) Reach => (Language, Email is not null);

    private string Language => Needs.Language ?? "de";

    public VisitorProfile View => new(Id, FairId, Version, Needs with { Contact = Email is null && Phone is null ? null : new Contact(Email, Phone) }, ExpiresAt);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A capability of a visitor, by its hash.</summary>
internal sealed class VisitorToken
{
    public required string Hash { get; init; }
    public Guid VisitorId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
