using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Visitor;

/// <summary>How much German an offer asks for and leads to.</summary>
internal static class OfferLevels
{
    /// <param name="text">Says a key of the texts.</param>
    public static string? Say(OfferView offer, Func<string, object[], string> text) => (offer.Entry, offer.Exit) switch
    {
        (null, null) => null,
        (null or "none", { } to) => text("offer.to", [to]),
        ({ } from, null) => text("offer.from", [from == "none" ? text("german.none", []) : from]),
        var (from, to) => text("offer.from-to", [from!, to!]),
    };
}
