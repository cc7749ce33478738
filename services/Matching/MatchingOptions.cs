using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Matching;

/// <summary>Settings under "Matching".</summary>
public sealed class MatchingOptions
{
    public const string Section = "Matching";

    /// <summary>How many meetings a visitor may have asked for, or have before them, at once; slots are scarce. Default 5.</summary>
    [Range(1, 100)]
    public int MeetingsAtOnce { get; set; } = 5;
}
