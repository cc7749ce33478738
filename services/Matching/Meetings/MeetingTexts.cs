using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Meetings;

/// <summary>A booking as each side may see it, and as the bus may carry it.</summary>
internal static class MeetingTexts
{
    /// <summary>Trait of offers that are booked by a code, never by a named topic.</summary>
    public const string Confidential = "confidential";

    /// <summary>Types of advice that are confidential by nature, also where the organisation did not mark them.</summary>
    public static readonly IReadOnlyList<string> ByNature = ["debt", "pregnancy"];

    public static OfferAsRequested Snapshot(OfferAt at) => new(
        at.Offer.Title, at.Offer.Titles, at.Exhibitor.Name, at.Exhibitor.Where, at.Fair.Zone,
        at.Exhibitor.IsInCity ? "" : at.Fair.Place, IsConfidential(at.Offer));

    public static bool IsConfidential(OfferFacts offer) => offer.Traits.Contains(Confidential) || ByNature.Contains(offer.Type);

    /// <summary>For a mail, a calendar or a stand's screen: what a bystander may read.</summary>
    public static string NeutralTitle(string code) => "Gespräch " + code;

    /// <param name="now">The offer as it stands in the catalogue; null where it is gone.</param>
    /// <param name="visitor">null: nothing of the visitor is told.</param>
    public static MeetingFacts Facts(Booking booking, OfferAt? now, Visitor? visitor)
    {
        var offer = now is null ? booking.Offer : Snapshot(now);
        var shares = visitor?.Shares == true;
        return new MeetingFacts(
            booking.Id, booking.Version, booking.FairId, booking.VisitorId, booking.ExhibitorId, booking.OfferId,
            offer.Confidential ? NeutralTitle(booking.Code) : offer.Title,
            offer.Confidential ? new Dictionary<string, string>() : offer.Titles,
            offer.Exhibitor, offer.Stand, booking.Start, booking.End, offer.Zone, booking.Format, booking.TableNo, booking.Code, offer.Place,
            shares ? Languages(visitor!) : [], shares ? Codes.Known(visitor!.Needs.German?.Speaking) : null, booking.ExpiresAt, offer.Confidential, booking.StandKnows);
    }

    /// <param name="language">What the visitor reads (<see cref="ServiceDefaults.Http.CallerLanguage"/>).</param>
    public static Meeting ForVisitor(Booking booking, OfferAt? now, string language, OutcomeTimes times)
    {
        var offer = now is null ? booking.Offer : Snapshot(now);
        return View(booking, offer, offer.Titles.GetValueOrDefault(language, offer.Title), offer.Title, language, times, null);
    }

    /// <summary>Titles as they are published; the rest in the language of the call.</summary>
    public static Meeting ForExhibitor(Booking booking, OfferAt? now, Visitor? visitor, OutcomeTimes times)
    {
        var offer = now is null ? booking.Offer : Snapshot(now);
        var title = offer.Confidential ? NeutralTitle(booking.Code) : offer.Title;
        return View(booking, offer, title, title, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, times, visitor is { Shares: true } ? Shared(visitor, booking.Note) : null);
    }

    /// <summary>Languages for the conversation; the language of the questionnaire where none was named.</summary>
    public static IReadOnlyList<string> Languages(Visitor visitor) =>
        visitor.Needs.ConversationLanguages is { Count: > 0 } named ? named : visitor.Needs.Language is { } own ? [own] : [];

    private static SharedNeeds Shared(Visitor visitor, string? note) => new(
        Languages(visitor), Codes.Known(visitor.Needs.German?.Speaking), visitor.Needs.Occupation?.Isco, visitor.Needs.Occupation?.Years,
        visitor.Needs.Interpreter is not null, visitor.Needs.Access ?? [], note, visitor.Needs.Interpreter?.Language, visitor.Needs.Interpreter?.Gender);

    private static Meeting View(
        Booking booking, OfferAsRequested offer, string title, string titleDe, string language, OutcomeTimes times, SharedNeeds? visitor) => new(
        booking.Id, booking.VisitorId, booking.OfferId, booking.ExhibitorId, new SlotTime(booking.SlotId, booking.Start, booking.End), booking.Format,
        booking.Status, booking.TableNo, booking.ExpiresAt, booking.History, title, titleDe, offer.Exhibitor, StandSign.In(offer.Stand, language), booking.Code,
        booking.Reason, booking.Proposals, visitor, booking.IsAgreed ? times.From(booking) : null);
}
