using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Quality;

/// <summary>What came of a question. A refusal is told in the words of whoever asked, so it is kept as codes.</summary>
/// <param name="Figures">null: refused, for <paramref name="Faults"/> of the question or with <paramref name="Code"/>.</param>
internal sealed record FigureAnswer(QualityFigureSet? Figures, IReadOnlyList<FieldFault> Faults, string? Code = null, int Status = 0);

/// <summary>A fair's record as read at one moment.</summary>
/// <param name="Cuts">Where the pieces of time end.</param>
/// <param name="Seats">By stand: all that were given and those that can be booked now.</param>
internal sealed record FairRecord(
    FairCatalogue Fair, IReadOnlyList<Person> People, IReadOnlyList<DateTimeOffset> Cuts, IReadOnlyDictionary<Guid, (int All, int Free)> Seats, DateTimeOffset At)
{
    /// <summary>In the snapshot of whoever has taken one, else in one of its own.</summary>
    public static async Task<FairRecord> ReadAsync(MatchingDb db, FairCatalogue fair, DateTimeOffset now, CancellationToken cancel)
    {
        await using var snapshot = db.Database.CurrentTransaction is null ? await OneSnapshot.TakeAsync(db, cancel) : null;
        var (people, cuts) = await ShowFigures.PeopleAsync(db, fair.Fair.Id, cancel);
        // At one time a table is one seat, in whatever format.
        var seats = (await SlotBoard.OfFairAsync(db, fair.Fair.Id, now, cancel)).GroupBy(s => s.Slot.ExhibitorId).ToDictionary(stand => stand.Key, stand => stand.GroupBy(s => s.Slot.Start).Aggregate(
            (All: 0, Free: 0), (sum, at) => (sum.All + at.Max(s => s.Slot.Seats.Count(seat => !seat.Withdrawn)), sum.Free + (at.Key > now ? at.Max(s => s.Free.Count) : 0))));
        return new FairRecord(fair, people, cuts, seats, now.ToUniversalTime());
    }
}

/// <summary>Answers a question from a record.</summary>
internal sealed class AnswerFigures(RulePacks packs, Champion champion, IOptions<MatchingOptions> options)
{
    public async Task<FigureAnswer> OfAsync(MatchingDb db, FairRecord record, FigureQuestion question, CancellationToken cancel)
    {
        var (other, code, status) = await OtherAsync(db, question.Other, cancel);
        return code is not null ? new FigureAnswer(null, [], code, status) : Of(record, question, packs.Current, champion.Current?.Model, other, options.Value.Caps, cancel);
    }

    /// <summary>Pure: whoever has the record, the rules and the models gets the same figures to the last digit.</summary>
    /// <param name="other">The order that the question names.</param>
    public static FigureAnswer Of(FairRecord record, FigureQuestion question, RulePackSet packs, LearnedModel? champion, OtherOrder? other, MeetingCaps caps, CancellationToken cancel)
    {
        var faults = new List<FieldFault>();
        var (desk, weights) = (question.Desk(record.Fair, record.People, record.Cuts, faults), question.OtherWeights(faults));
        if (faults.Count > 0) return new FigureAnswer(null, faults);
        var (asked, from, to) = desk!.Value;
        var figures = ShowFigures.Figures(asked, packs, champion, Order(other, weights), record.Seats, caps, record.At, cancel);
        return new FigureAnswer(figures with { From = from, To = to }, []);
    }

    /// <summary>What figures follow from beside the record: rules, the model in force, the catalogue, and how many meetings one may have.</summary>
    public string Surroundings(FairCatalogue fair, DateTimeOffset now) =>
        $"{fair.Published.Version} {fair.DayOf(now):O} {champion.Current?.Model.Version} {options.Value.Caps} {string.Join(',', packs.Current.Packs.Select(p => $"{p.Ref.Id} {p.Ref.Version} {p.ValidFrom:O} {p.ValidTo:O}"))}";

    /// <summary>The order that is to be estimated: that of other weights where there are any.</summary>
    public static OtherOrder? Order(OtherOrder? other, IReadOnlyDictionary<int, float>? weights) => weights is null ? other : new(CaseScorers.Weighted(Baseline.With(weights)));

    /// <returns>The order that a question names, null where it names none; or why it cannot be had.</returns>
    public static async Task<(OtherOrder? Order, string? Code, int Status)> OtherAsync(MatchingDb db, string? version, CancellationToken cancel)
    {
        if (version is null) return default;
        if (version == Baseline.RankedBy.Kind) return (new(CaseScorers.Baseline), null, 0);
        var (model, why) = await KeptModel.ReadAsync(db, version, cancel);
        return model is not null ? (OtherOrder.Of(model), null, 0) : why is null ? (null, "not-found", StatusCodes.Status404NotFound) : (null, why, StatusCodes.Status422UnprocessableEntity);
    }
}
