namespace Matchmaking.Profile.Import;

/// <summary>A place in the organiser's files that could not be understood, and how to mend it.</summary>
/// <param name="Row">Line of the file, the header being 1; 0 where the whole file is meant.</param>
/// <param name="Expected">What would be understood.</param>
/// <param name="Skipped">True where the row was left out for it; false for a note.</param>
internal sealed record ImportIssue(string File, int Row, string Column, string Found, string Expected, string Repair, bool Skipped = true)
{
    public override string ToString() => $"{File}:{Row} {Column}: found \"{Found}\", expected {Expected}. {Repair}";
}

/// <summary>What an import did.</summary>
/// <param name="Changed">False where the files say what was known already.</param>
internal sealed record ImportReport(string Fair, int Exhibitors, int Offers, bool Changed, IReadOnlyList<ImportIssue> Issues);
