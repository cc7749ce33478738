namespace Matchmaking.Contracts.Profile;

/// <summary>Answer to POST /api/visitors. <see cref="Token"/> is shown this once; <see cref="Link"/> opens the visitor's pages.</summary>
public sealed record VisitorCreated(Guid Id, string Token, string Link, DateTimeOffset ExpiresAt, long Version);

/// <summary>GET and PUT /api/visitors/{id}.</summary>
public sealed record VisitorProfile(Guid Id, Guid FairId, long Version, Needs Needs, DateTimeOffset ExpiresAt);

/// <summary>Answer to DELETE /api/visitors/{id}.</summary>
public sealed record ErasureStarted(Guid ErasureId);

/// <summary>GET /api/erasures/{id}: done when every service has confirmed.</summary>
public sealed record ErasureStatus(bool Done, IReadOnlyList<ErasureConfirmation> Services);

/// <param name="Name">"profile", "matching", "notification".</param>
/// <param name="ConfirmedAt">null: not yet.</param>
public sealed record ErasureConfirmation(string Name, DateTimeOffset? ConfirmedAt);

/// <summary>A page of a list. <see cref="Total"/> counts all pages; <see cref="Page"/> starts at 1.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Page, int PageSize, int Total);

/// <summary>GET /api/fairs/current.</summary>
public sealed record FairView(
    Guid Id, string Name, string Place, DateTimeOffset Opens, DateTimeOffset Closes, string Zone, IReadOnlyList<string> Languages, bool Demo);

/// <summary>GET /api/exhibitors, /api/exhibitors/{id}.</summary>
/// <param name="At">Where its address is; null: not known. Without a stand, people are received there.</param>
public sealed record ExhibitorView(
    Guid Id, string Name, string Kind, IReadOnlyList<string> Languages, string? Address, int Tables, string? Stand, IReadOnlyList<string> Formats, GeoPoint? At = null);

/// <summary>GET /api/offers, /api/offers/{id}. <see cref="Title"/> in the language asked for where there is a translation, else German.</summary>
public sealed record OfferView(
    Guid Id, Guid ExhibitorId, string Exhibitor, string Kind, string Type, string Title, string TitleDe, string? Entry, string? Exit,
    IReadOnlyList<string> Topics, IReadOnlyList<string> Isco, IReadOnlyList<string> Languages, IReadOnlyList<string> Traits,
    string? Conditions, string? Stand);

/// <summary>POST /api/demo/sign-in. <see cref="Role"/>: exhibitor, analyst, organiser.</summary>
public sealed record DemoSignIn(string? Role, Guid? ExhibitorId = null);

/// <summary>The right of a member of staff to act: for a quarter of an hour, and anew until <see cref="SessionEndsAt"/>.</summary>
/// <param name="Token">A staff JWT.</param>
/// <param name="ExhibitorId">Whose exhibitor's, where the role is exhibitor.</param>
/// <param name="Renewal">What the session is renewed and ended by; told at the sign-in alone, later null.</param>
public sealed record StaffToken(string Token, DateTimeOffset ExpiresAt, string Role, Guid? ExhibitorId, string? Renewal = null, DateTimeOffset? SessionEndsAt = null);

/// <summary>POST /api/staff/tokens/renew: a new token of the session. POST /api/staff/sign-out: the end of the session.</summary>
public sealed record StaffRenewal(string? Renewal);

/// <summary>POST /api/staff/links: always 202, whether the address is known or not.</summary>
public sealed record SignInLinkAsked(string? Email);

/// <summary>POST /api/staff/tokens: the code from the mailed link for a token; a code works once.</summary>
public sealed record SignInCode(string? Code);

/// <summary>
/// GET /internal/visitors/{id}/address and /internal/exhibitors/{id}/address and /internal/accounts/{id}/address/{linkId}: where to write, and the
/// link to put into the mail; asked at the moment of sending. Service to service only.
/// </summary>
public sealed record Address(string? Email, string Language, string Link, string? Name, string? Phone = null);

/// <summary>A place in an organiser's files that could not be understood, and how to mend it, in the language of the caller.</summary>
/// <param name="Row">Line of the file, the header being 1; 0 where the whole file is meant.</param>
/// <param name="Code">What is wrong, as "file-encoding" or "word".</param>
/// <param name="Expected">What would be understood.</param>
/// <param name="Skipped">True where the row was left out for it; false for a note.</param>
public sealed record ImportIssue(string File, int Row, string Column, string Code, string Found, string Expected, string Repair, bool Skipped = true)
{
    public override string ToString() => $"{File}:{Row} {Column}: found \"{Found}\", expected {Expected}. {Repair}";
}

/// <summary>POST /api/fairs/import: what the import did, or would do where it was asked for a dry run; 422 where nothing at all could be read.</summary>
/// <param name="Fair">The organiser's own name of the fair (column key).</param>
/// <param name="Changed">False where the files say what was known already.</param>
/// <param name="Withdrawn">Exhibitors and offers that are published now and are not in the files any more.</param>
/// <param name="DryRun">Nothing was stored.</param>
/// <param name="Moves">The fair has visitors, and would not be open any more when they were told that it is; null: it stays, or nobody was told.</param>
/// <param name="Gone">The fair has visitors, and stands or offers that they were shown are not in the files any more; null: all are, or nobody was told.</param>
public sealed record ImportReport(
    string Fair, int Exhibitors, int Offers, bool Changed, IReadOnlyList<ImportIssue> Issues, int Withdrawn = 0, bool DryRun = false, FairMove? Moves = null, FairGone? Gone = null);

/// <summary>A fair that is set to other times; what people agreed on outside of them is called off.</summary>
public sealed record FairMove(Guid FairId, DateTimeOffset OpensBefore, DateTimeOffset ClosesBefore, DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>What a fair with visitors loses by an import: meetings with stands that go are called off, and so are requests about offers that go.</summary>
/// <param name="Offers">Of stands that stay.</param>
public sealed record FairGone(Guid FairId, IReadOnlyList<GoneStand> Stands, IReadOnlyList<Guid> Offers);

public sealed record GoneStand(Guid Id, string Name);

/// <summary>GET /api/occupations: an occupation that can be chosen, with its name in the language asked for and in German.</summary>
/// <param name="Isco">ISCO-08 code of three or four digits, as <see cref="Occupation.Isco"/> takes it.</param>
/// <param name="Language">The language of <paramref name="Name"/>: the one asked for, or "en" where it has no names.</param>
/// <param name="Draft">True where the name is a machine draft that awaits review by speakers.</param>
/// <param name="Field">Field of work, as "care".</param>
public sealed record OccupationView(string Isco, string Name, string Language, bool Draft, string NameDe, string Field);
