using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Eligibility;

/// <summary>What the rules of a day say to needs that are not stored: by type of offer, and by offer of the current fair. For advisers and integrators.</summary>
internal static class PreviewEligibility
{
    private const int YearsAhead = 5;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/eligibility/preview", HandleAsync).WithTags("Eligibility").WithSummary("Verdicts for these needs on a day, past ones included; nothing is stored").AllowAnonymous();

    private static async Task<Results<Ok<EligibilityResult>, ProblemHttpResult>> HandleAsync(
        EligibilityPreview asked, HttpRequest request, RulePacks packs, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (asked.Needs is null) return Problem.Invalid("needs", "required");
        var needs = NeedsRules.Tidy(asked.Needs);
        // Nobody is matched here, so neither a language nor a consent is needed; what is given has to be right all the same.
        var faults = NeedsRules.Check(needs).Where(f => f.Code is not ("required" or "consent-needed") || f.Field.Contains('[')).Select(f => new FieldFault("needs." + f.Field, f.Code, f.Arguments)).ToList();
        var fair = await catalogues.CurrentAsync(cancel);
        var today = DayOf(clock.GetUtcNow());
        var day = today;
        if (asked.At is { } at)
        {
            // A date alone means that day, wherever the fair is; a moment means the day that it falls on there, also where it is midnight elsewhere.
            if (Times.IsDay(at, out var named)) day = named;
            else if (Times.Fault(at, out var moment) is { } fault) faults.Add(new FieldFault("at", fault));
            else day = DayOf(moment);
        }
        // Before the first and long after the last day that somebody looked up there is nothing to say; "likely" for everything would be made up.
        if (day < RulePackSet.FirstDay) faults.Add(new FieldFault("at", "before-rules", RulePackSet.FirstDay.ToString("O", CultureInfo.InvariantCulture)));
        else if (day > today.AddYears(YearsAhead)) faults.Add(new FieldFault("at", "after-rules", YearsAhead));
        if (faults.Count > 0) return Problem.Invalid(faults);
        var rules = packs.Current.At(day);
        var facts = VisitorFacts.Of(needs);
        var language = request.Headers.AcceptLanguage.Count > 0 ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : needs.Language ?? "de";

        var types = Vocabulary.Types.Skip(1).Select(type =>
        {
            var judged = rules.JudgeType(facts, type);
            return new TypeVerdict(Vocabulary.KindOf(type)!, type, judged.Verdict.Code(), judged.Office, Hits(judged, language));
        });
        var snapshot = fair?.Snapshot;
        var all = snapshot is null ? null : rules.JudgeAll(facts, snapshot);
        var offers = snapshot is null ? [] : snapshot.Offers.Select((offer, i) =>
        {
            var judged = all!.On(i);
            return new OfferVerdict(offer.Id, offer.Kind, offer.Type, judged.Verdict.Code(), judged.Office, Hits(judged, language));
        });
        return TypedResults.Ok(new EligibilityResult(day, rules.Refs, [.. types], [.. offers]));

        DateOnly DayOf(DateTimeOffset moment) => fair?.DayOf(moment) ?? DateOnly.FromDateTime(moment.UtcDateTime);
    }

    internal static IReadOnlyList<RuleHit> Hits(Judgement judged, string language) =>
        [.. judged.Findings.Select(f => new RuleHit(f.Rule.Id, $"{f.Pack.Id} {f.Pack.Version}", f.Rule.Source, ReasonTexts.Say(f.Rule.Text, f.Args, language, f.Rule.Words)))];
}
