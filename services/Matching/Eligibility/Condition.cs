using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>Three values: what is not known is neither true nor false. Ordered, so that "and" is the least and "or" the greatest.</summary>
internal enum Truth : sbyte
{
    False, Unknown, True,
}

/// <summary>
/// A condition of a rule: a small closed vocabulary over the visitor's fields and an offer's side, evaluated without allocation.
/// An unknown field makes it unknown (Kleene's logic), so a rule speaks only where it can be sure.
/// </summary>
internal abstract class Condition
{
    public abstract Truth Test(in VisitorFacts visitor, in OfferSide offer);

    public abstract void Tell(Mentions mentions);

    protected static Truth Sure(bool value) => value ? Truth.True : Truth.False;
}

internal sealed class Always : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => Truth.True;

    public override void Tell(Mentions mentions) { }
}

internal sealed class All(Condition[] parts) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer)
    {
        var least = Truth.True;
        foreach (var part in parts)
            if (part.Test(visitor, offer) is var truth && truth < least && (least = truth) == Truth.False) break;
        return least;
    }

    public override void Tell(Mentions mentions) => Array.ForEach(parts, part => part.Tell(mentions));
}

internal sealed class Any(Condition[] parts) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer)
    {
        var most = Truth.False;
        foreach (var part in parts)
            if (part.Test(visitor, offer) is var truth && truth > most && (most = truth) == Truth.True) break;
        return most;
    }

    public override void Tell(Mentions mentions) => Array.ForEach(parts, part => part.Tell(mentions));
}

internal sealed class Not(Condition part) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => (Truth)(2 - (int)part.Test(visitor, offer));

    public override void Tell(Mentions mentions) => part.Tell(mentions);
}

/// <param name="mask">Bit i: the field's i-th value fits.</param>
internal sealed class FieldIn(VisitorField field, int mask) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) =>
        visitor[field] is > 0 and var at ? Sure((mask >> (at - 1) & 1) != 0) : Truth.Unknown;

    public override void Tell(Mentions mentions) => mentions.Fields.Add(field);
}

internal sealed class FieldKnown(VisitorField field, bool known) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => Sure(visitor.Knows(field) == known);

    public override void Tell(Mentions mentions)
    {
        mentions.Fields.Add(field);
        mentions.Ignorance |= !known;
    }
}

/// <summary>What a level is compared with: a fixed level, or the level at which the offer starts or to which it leads.</summary>
internal enum LevelOf
{
    Fixed, Entry, Exit,
}

/// <summary>An offer without entry level takes everybody; one without exit level is too easy for nobody.</summary>
internal sealed class FieldLevel(VisitorField field, bool atLeast, LevelOf of, int level) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer)
    {
        var bar = of switch { LevelOf.Entry => offer.Entry, LevelOf.Exit => offer.Exit, _ => level };
        if (bar < 0) return Sure(of == LevelOf.Entry ? atLeast : !atLeast);
        if (of == LevelOf.Entry && bar == 0) return Sure(atLeast);
        var own = visitor[field] - 1;
        return own < 0 ? Truth.Unknown : Sure(own >= bar == atLeast);
    }

    public override void Tell(Mentions mentions)
    {
        mentions.Fields.Add(field);
        mentions.Entry |= of == LevelOf.Entry;
        mentions.Exit |= of == LevelOf.Exit;
    }
}

/// <param name="mask">Bit i: the i-th level fits; bit 7: no level stated.</param>
internal sealed class OfferLevelIn(LevelOf of, int mask) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer)
    {
        var level = of == LevelOf.Entry ? offer.Entry : offer.Exit;
        return Sure((mask >> (level < 0 ? 7 : level) & 1) != 0);
    }

    public override void Tell(Mentions mentions)
    {
        mentions.Entry |= of == LevelOf.Entry;
        mentions.Exit |= of == LevelOf.Exit;
    }
}

internal sealed class OfferTrait(uint trait) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => Sure(offer.Has(trait));

    public override void Tell(Mentions mentions) => mentions.Traits.Add(trait);
}

internal sealed class OfferKindIn(int mask) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => Sure((mask >> offer.Kind & 1) != 0);

    public override void Tell(Mentions mentions) => mentions.Kind = true;
}

/// <param name="mask">Bit i: the i-th of <see cref="Vocabulary.Types"/> fits.</param>
internal sealed class OfferTypeIn(UInt128 mask) : Condition
{
    public override Truth Test(in VisitorFacts visitor, in OfferSide offer) => Sure((mask >> offer.Type & 1) != 0);

    public override void Tell(Mentions mentions) => mentions.Type = true;
}
