using System.Globalization;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Matching.Quality;

/// <summary>A figure as it is told, with the very people that it is of: for those who want to see its rows.</summary>
/// <param name="other">The order that is to be estimated, where the question names one.</param>
internal sealed class FigureBehindRows(FigureDesk desk, RulePackSet packs, LearnedModel? champion, OtherOrder? other, MeetingCaps caps, DateTimeOffset now, CancellationToken cancel)
{
    private static readonly string[] OfStands = ["stand.asked", "stand.acceptance", "stand.no-show"], OfNeeds = ["need.people", "need.unserved"],
        OfOrders = ["order.ndcg", "order.precision", "order.recall", "order.mrr", "order.lead"], OfPolicies = ["policy.logged", "policy.snips", "policy.robust", "policy.difference"], OfLists = ["order.coverage", "exposure.gini", "exposure.tail", "exposure.floor"];

    private static readonly string[] Known =
        ["people", .. FunnelFigures.Steps.Select(s => "funnel." + s), .. OfOrders, .. OfLists, "exposure.share", .. OfStands, .. OfNeeds, .. OfPolicies, "rule.spoke", "answer.minutes", "gap.difference", "chance.error", "chance.brier", "chance.kept"];

    /// <param name="of">
    /// Of which it is, where a figure is one of many: the need's code, the rule as "pack version rule verdict", the group as "figure attribute group", where the
    /// bin of chances begins, the places of a funnel, the stand whose share it is, the order that is measured, the method of an estimate. Of requests stands are named by the filter, and other orders by the question.
    /// </param>
    public static void Check(string? figure, string? of, FigureQuestion question, List<FieldFault> faults)
    {
        if (figure is null) faults.Add(new FieldFault("figure", "required"));
        else if (!Known.Contains(figure)) faults.Add(new FieldFault("figure", "unknown-code", figure, string.Join(", ", Known)));
        else if (OfStands.Contains(figure) && question.Exhibitor is null) faults.Add(new FieldFault("exhibitor", "required"));
        else if (OfNeeds.Contains(figure) && !Vocabulary.Wishes.Contains(of ?? "")) faults.Add(new FieldFault("of", "unknown-code", of ?? "", string.Join(", ", Vocabulary.Wishes)));
        else if (OfPolicies.Contains(figure) && question.Other is null && question.Weights is null) faults.Add(new FieldFault("other", "required"));
        else if (ChoicesOf(figure) is { Length: > 0 } choices && !choices.Contains(of)) faults.Add(new FieldFault("of", "unknown-code", of ?? "", string.Join(", ", choices.OfType<string>())));
        else if (figure == "exposure.share" && !Guid.TryParse(of, out _)) faults.Add(new FieldFault("of", of is null ? "required" : "unknown-id"));
        else if (figure == "rule.spoke" && of?.Split(' ').Length != 4) faults.Add(new FieldFault("of", "required"));
        else if (figure == "gap.difference" && !(of?.Split(' ') is [var mean, var by, _] && GapFigures.Compared.Contains(mean) && GapFigures.By.Contains(by)))
            faults.Add(new FieldFault("of", "unknown-code", of ?? "", string.Join(", ", GapFigures.Compared.SelectMany(f => GapFigures.By.Select(b => $"{f} {b} …")))));
        else if (figure == "chance.kept" && Bin(of) is null) faults.Add(new FieldFault("of", "out-of-range", 0, 0.8));
    }

    private static string?[] ChoicesOf(string figure) =>
        figure == "order.lead" ? [.. OrderFigures.Orders.Skip(1)] : OfOrders.Contains(figure) ? [null, .. OrderFigures.Orders] : OfPolicies.Contains(figure) ? [.. PolicyValues.Methods]
        : figure.StartsWith("funnel.", StringComparison.Ordinal) ? [null, .. FunnelFigures.PlaceNames] : [];

    public CountedPeople Counted(string figure, string? of) => figure switch
    {
        "people" => desk.Count(figure),
        "answer.minutes" => SupplyFigures.FirstAnswer(desk),
        "stand.asked" => StandFigures.Of(desk, desk.Filter.Exhibitor!.Value).Asked,
        "stand.acceptance" => StandFigures.Of(desk, desk.Filter.Exhibitor!.Value).Acceptance,
        "stand.no-show" => StandFigures.Of(desk, desk.Filter.Exhibitor!.Value).NoShow,
        "exposure.share" => ExposureFigures.Counted(desk, Guid.Parse(of!)),
        "need.people" => SupplyFigures.Need(desk, Today, of!).People,
        "need.unserved" => SupplyFigures.Need(desk, Today, of!).Unserved,
        "rule.spoke" => SupplyFigures.Spoken(desk, Today).FirstOrDefault(s => $"{s.Pack} {s.Version} {s.Rule} {s.Verdict.Code()}" == of).People ?? Nobody(figure),
        "gap.difference" => of!.Split(' ') is [var mean, var by, var group] ? GapFigures.Counted(desk, mean, by, group) : Nobody(figure),
        "chance.kept" => ChanceFigures.Counted(desk, champion, packs.At, figure, Bin(of)),
        "chance.error" or "chance.brier" => ChanceFigures.Counted(desk, champion, packs.At, figure, null),
        _ when OfOrders.Contains(figure) => OfOrder(figure, of ?? OrderFigures.Orders[0]),
        _ when OfLists.Contains(figure) => OfList(figure),
        _ when OfPolicies.Contains(figure) => PolicyFigures.Counted(desk, figure, of!, other!, champion, packs.At, caps, cancel),
        _ => FunnelFigures.Counted(desk, of, Array.IndexOf(FunnelFigures.Steps, figure["funnel.".Length..]) + 1),
    };

    private RulesOfDay Today => packs.At(desk.Catalogue.DayOf(now));

    private CountedPeople Nobody(string figure) => new(desk.Nothing(figure), [], _ => false);

    private CountedPeople OfOrder(string figure, string order)
    {
        var judged = OrderFigures.JudgedOf(desk);
        var row = OrderFigures.Of(desk, judged).Single(r => r.Order == order);
        var (some, told) = (OrderFigures.ToldOf(desk, judged), figure switch { "order.ndcg" => row.Ndcg, "order.precision" => row.Precision, "order.recall" => row.Recall, "order.lead" => row.Lead!, _ => row.Mrr });
        return new(told, some?.Within(desk.Filter) ?? [], _ => true) { Veiled = some?.Veiled };
    }

    /// <summary>Of everybody who was shown a list.</summary>
    private CountedPeople OfList(string figure)
    {
        var exposure = ExposureFigures.Of(desk, new Dictionary<Guid, (int, int)>());
        var told = figure switch
        {
            "order.coverage" => OrderFigures.Of(desk, OrderFigures.JudgedOf(desk))[0].Coverage!,
            "exposure.gini" => exposure.Gini,
            "exposure.tail" => exposure.Tail,
            _ => exposure.Floor,
        };
        return new(told, desk.Seeing, _ => true);
    }

    private static double? Bin(string? of) => double.TryParse(of, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var from) && from is >= 0 and < 1 ? from : null;
}
