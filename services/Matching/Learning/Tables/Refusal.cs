namespace Matchmaking.Matching.Learning.Tables;

/// <summary>Why data cannot be learned from, and what to do about it.</summary>
/// <param name="Line">In the file, from 1; 0 where it is the file as a whole.</param>
internal sealed record Refusal(string File, int Line, string What, string Repair)
{
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {What}. {Repair}" : $"{File}: {What}. {Repair}";
}
