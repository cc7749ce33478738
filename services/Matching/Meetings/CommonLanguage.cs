using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// Whether a visitor and a table can talk with each other: one rule for requests, freed seats and schedules. People ask for any table they like; what is
/// given to them unasked is one at which they are understood.
/// </summary>
internal static class CommonLanguage
{
    private const string German = "de", Interpreter = "interpreter";

    /// <summary>From this German on a conversation can be held in German (CEFR: the independent speaker).</summary>
    private static readonly IReadOnlyList<string> SpeaksGerman = ["B1", "B2", "C1", "C2"];

    /// <summary>The languages named for conversations, else that of the questionnaire; and German from B1 on, named or not. Empty: not known.</summary>
    public static IReadOnlyList<string> Of(Visitor visitor) =>
        visitor.Needs.German?.Speaking is { } level && SpeaksGerman.Contains(level) ? [.. MeetingTexts.Languages(visitor).Append(German).Distinct()] : MeetingTexts.Languages(visitor);

    /// <param name="visitor">Empty: not known, so no table is ruled out.</param>
    /// <param name="table">Spoken at it; empty: not known, so nobody is ruled out.</param>
    public static bool IsShared(IReadOnlyCollection<string> visitor, IReadOnlyCollection<string> table) =>
        visitor.Count == 0 || table.Count == 0 || visitor.Any(l => table.Contains(l, StringComparer.OrdinalIgnoreCase));

    /// <summary>A stand that offers help with languages can talk with everybody, at each of its tables.</summary>
    public static bool IsInterpreted(FairCatalogue fair, Guid exhibitor) => fair.Published.Offers.Any(o => o.ExhibitorId == exhibitor && o.Traits.Contains(Interpreter));
}
