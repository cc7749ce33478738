namespace Matchmaking.Matching.Eligibility;

/// <summary>From best to worst: the verdict of several packs on one offer is the worst of theirs.</summary>
internal enum Verdict : byte
{
    Yes, Likely, Ask, No,
}

internal static class Verdicts
{
    public static readonly IReadOnlyList<string> Codes = ["yes", "likely", "ask", "no"];

    public static string Code(this Verdict verdict) => Codes[(int)verdict];
}

/// <summary>Who decides or is to be asked. Each has a name under "office.&lt;code&gt;" in the texts.</summary>
internal static class Offices
{
    public static readonly IReadOnlyList<string> Codes =
        ["bamf", "arbeitsagentur-or-jobcenter", "arbeitsagentur-jobcenter-or-bamf", "auslaenderbehoerde", "mbe", "jmd", "recognition-advice", "willkommenszentrum",
         "language-school", "exhibitor"];
}
