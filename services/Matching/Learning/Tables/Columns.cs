namespace Matchmaking.Matching.Learning.Tables;

/// <summary>One column of a table of visitors or offers.</summary>
internal abstract record Column(string Name);

/// <param name="Values">NaN where the cell was empty.</param>
internal sealed record NumberColumn(string Name, float[] Values) : Column(Name);

/// <param name="Words">The distinct values, in the order in which they first appeared.</param>
/// <param name="Codes">For each row the indexes of its values: none, one or (cells with ';' or '|') several.</param>
internal sealed record WordColumn(string Name, string[] Words, int[][] Codes) : Column(Name);

/// <summary>Visitors or offers: an id each, and columns.</summary>
internal sealed record SideTable(string[] Ids, IReadOnlyList<Column> Columns)
{
    public int Count => Ids.Length;
}
