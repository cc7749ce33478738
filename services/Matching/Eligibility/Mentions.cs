namespace Matchmaking.Matching.Eligibility;

/// <summary>What a set of conditions looks at: all that can make a difference to them.</summary>
internal sealed class Mentions
{
    public SortedSet<VisitorField> Fields { get; } = [];
    public SortedSet<uint> Traits { get; } = [];
    public bool Kind { get; set; }
    public bool Type { get; set; }
    public bool Entry { get; set; }
    public bool Exit { get; set; }

    /// <summary>A condition asks whether something is known: such a rule may never say "no".</summary>
    public bool Ignorance { get; set; }

    public static Mentions Of(params IEnumerable<Condition> conditions)
    {
        var mentions = new Mentions();
        foreach (var condition in conditions) condition.Tell(mentions);
        return mentions;
    }
}
