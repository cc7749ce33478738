namespace Matchmaking.Matching.Meetings;

/// <summary>How many open meetings and requests a visitor has at most.</summary>
/// <param name="AtOnce">At all stands together.</param>
/// <param name="AtStand">At one stand; null: no number of its own, as in what was written before there was one.</param>
internal sealed record MeetingCaps(int AtOnce, int? AtStand)
{
    /// <summary>For what does not ask who could have asked.</summary>
    public static readonly MeetingCaps None = new(int.MaxValue, null);
}
