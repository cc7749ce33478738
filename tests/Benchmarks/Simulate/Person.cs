using Matchmaking.AllInOne;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>A visitor of a simulated fair: what the questionnaire knows, and what it never asks.</summary>
/// <param name="Sociable">Standard normal; draws to meetings, associations and workplaces.</param>
/// <param name="Hurried">Standard normal; keeps from what takes long.</param>
/// <param name="Luck">Of this person alone.</param>
internal sealed record Person(Guid Id, Needs Needs, VisitorFacts Facts, double Sociable, double Hurried, Luck Luck)
{
    /// <summary>"yes" to the review of quality: only their lists may be learned from.</summary>
    public bool Agrees => Needs.Consents?.Contains("quality-review") == true;

    /// <summary>The visitors of one fair in the order in which they come. The same number, the same visitors.</summary>
    public static IReadOnlyList<Person> Of(int count, int fair, int seed)
    {
        var luck = new Luck((ulong)seed).Of("people").Of(fair);
        var people = new DemoPeople((int)(luck.Seed & int.MaxValue));
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var (needs, own) = (people.Next(number), luck.Of(number));
            return new Person(IdOf(own), needs, VisitorFacts.Of(needs), own.Of("sociable").Normal, own.Of("hurried").Normal, own);
        })];
    }

    private static Guid IdOf(Luck own)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, own.Of("id").Seed);
        BitConverter.TryWriteBytes(bytes[8..], own.Of("id").Of(1).Seed);
        return new Guid(bytes);
    }
}
