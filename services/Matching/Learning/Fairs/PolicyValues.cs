namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What the challenger's first five places would bring if seats were free, from lists that others had ordered. Intervals know of three things that chance has a
/// hand in: what people did, how far they were found to look, and what full stands would have brought.
/// </summary>
internal static class PolicyValues
{
    private const int Top = Ranking.ListOrder.Promise;
    private const double LeastEffective = 100;

    /// <summary>Of the places, as many must be spoken of by what was recorded: the others are a model's word alone, of which no interval knows how wrong it is.</summary>
    private const double LeastSupport = .8;

    /// <summary>By the same place, and by how much more an offer would be looked at.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["place", "seen"];

    /// <summary>By place and list alike, all lists must have the same places.</summary>
    public static bool IsFull(ShownCase shown) => shown.Offers.Take(Top).Count(o => shown.Catalogue.TryOffer(o, out _)) == Top;

    public static PolicyValue[] Of(
        IReadOnlyList<(ShownRows List, ShownRow[] Champion, ShownRow[] Challenger)> orders, SeatedUse use, Examinations examinations, int seed)
    {
        var full = orders.Where(o => IsFull(o.List.Case)).ToList();
        var turns = Halves.Turns(full.Select(o => o.List));
        int[] parts = [.. full.Select(o => turns[o.List.Case.Visitor] % Jackknife.Parts)];
        var model = new RewardModel([.. full.Select(o => o.List)], use, examinations.Whole);
        SeatedUse[] uses = [.. Enumerable.Range(0, Jackknife.Parts).Select(use.Without)];
        double[] logged = Logged(use);
        double[][] loggedWithout = [.. uses.Select(Logged)];
        return [Value(Methods[0], SamePlace), Value(Methods[1], OtherPlace)];

        LoggedPlace SamePlace(ShownRows list, ShownRow wanted, int place, Examination examination, SeatedUse use)
        {
            var stood = list.Rows.First(r => r.Place == place);
            var (now, then) = (examination[place] * model.Expect(list.Case, wanted), examination[place] * model.Expect(list.Case, stood));
            return new LoggedPlace(stood == wanted ? Math.Min(OffPolicy.MostWeight, 1 / stood.Propensity) : 0, use.Of(list.Case, stood), then, now);
        }

        LoggedPlace OtherPlace(ShownRows list, ShownRow wanted, int place, Examination examination, SeatedUse use)
        {
            var expected = model.Expect(list.Case, wanted);
            var weight = Math.Min(OffPolicy.MostWeight, examination[place] / examination[wanted.Place]);
            return new LoggedPlace(weight, use.Of(list.Case, wanted), examination[wanted.Place] * expected, examination[place] * expected);
        }

        PolicyValue Value(string method, Func<ShownRows, ShownRow, int, Examination, SeatedUse, LoggedPlace> of)
        {
            var lists = Places(examinations.Whole, use);
            var effective = OffPolicy.EffectiveSize(lists);
            var support = lists.Length == 0 ? 0 : lists.Average(l => l.Count(p => p.Weight > 0) / (double)Top);
            var refused = effective < LeastEffective ? "effective-size" : support < LeastSupport ? "support" : null;
            if (refused is not null)
                return new PolicyValue(method, LoggedValue(), Resamples.Nothing, Resamples.Nothing, Resamples.Nothing,
                    lists.Length == 0 ? null : effective, lists.Length == 0 ? null : support, refused);
            double[] robust = [.. lists.Select(OffPolicy.DoublyRobust)];
            double[][] without = [.. examinations.Without.Zip(uses, (e, u) => Places(e, u).Select(OffPolicy.DoublyRobust).ToArray())];
            return new PolicyValue(method, LoggedValue(),
                method == Methods[0] ? Resamples.Statistic(lists.Length, times => OffPolicy.Snips(lists, times), seed) : Resamples.Nothing,
                Jackknife.OfPositive(lists.Length, robust.Average(), Parts(robust, part => without[part])),
                Jackknife.Of(lists.Length, Less(robust, logged).Average(), Parts(robust, part => Less(without[part], loggedWithout[part]))), effective, support, null);

            LoggedPlace[][] Places(Examination examination, SeatedUse use) =>
                [.. full.Select(o => o.Challenger.Take(Top).Select((row, place) => of(o.List, row, place, examination, use)).ToArray())];
        }

        double[] Logged(SeatedUse use) => [.. full.Select(o => o.List.Rows.Where(r => r.Place < Top).Sum(r => use.Of(o.List.Case, r)))];

        static double[] Less(double[] values, double[] logged) => [.. values.Zip(logged, (value, was) => value - was)];

        Estimate LoggedValue() => logged.Length == 0 ? Resamples.Nothing : Jackknife.OfPositive(logged.Length, logged.Average(), Parts(logged, part => loggedWithout[part]));

        double[] Parts(double[] whole, Func<int, double[]> without) =>
            [.. Enumerable.Range(0, Jackknife.Parts).Select(part => without(part).Where((_, i) => parts[i] != part).DefaultIfEmpty(whole.Average()).Average())];
    }
}
