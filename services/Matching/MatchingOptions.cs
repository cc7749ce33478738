using System.ComponentModel.DataAnnotations;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching;

/// <summary>Settings under "Matching".</summary>
public sealed class MatchingOptions
{
    public const string Section = "Matching";

    /// <summary>How many meetings a visitor may have asked for, or have before them, at once; slots are scarce. Default 5.</summary>
    [Range(1, 100)]
    public int MeetingsAtOnce { get; set; } = 5;

    /// <summary>How many of them at one stand, whose seats are others' too. Default 2.</summary>
    [Range(1, 100)]
    public int MeetingsAtStand { get; set; } = 2;

    internal MeetingCaps Caps => new(MeetingsAtOnce, MeetingsAtStand);

    /// <summary>At how many stands a visitor may wait for a seat at once. Default 5.</summary>
    [Range(1, 100)]
    public int WaitingAtOnce { get; set; } = 5;

    /// <summary>In which share of lists one place from the third on is left to chance, so that rankings can learn from it. Default 0.1; 0: none.</summary>
    [Range(0.0, 0.5)]
    public double Exploration { get; set; } = .1;
}
