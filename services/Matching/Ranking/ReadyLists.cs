using System.Collections.Frozen;
using System.Reflection;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Caching.Memory;

namespace Matchmaking.Matching.Ranking;

/// <summary>What was asked for. <see cref="Language"/> is the caller's; null: the visitor's own.</summary>
internal readonly record struct ListForm(string? Language, bool All, int? Take);

/// <summary>All that a list which stays as it was shown follows from, beside the visitor. Instances are kept while they say the same.</summary>
/// <param name="Full">By exhibitor index: all seats taken.</param>
internal sealed record ListBasis(FairCatalogue Fair, RulesOfDay Rules, RankedBy Ranker, bool[] Full, FrozenDictionary<Guid, FreeSlot[]> Free)
{
    public bool IsStill(ListBasis now) =>
        ReferenceEquals(Fair, now.Fair) && ReferenceEquals(Rules, now.Rules) && Ranker == now.Ranker && ReferenceEquals(Free, now.Free) && Full.AsSpan().SequenceEqual(now.Full);
}

/// <summary>An answer as it went out, and what it followed from.</summary>
/// <param name="Meetings">As in <see cref="Visitors.Standing"/>, when the visitor's meetings were read or before; <paramref name="Choices"/> likewise.</param>
internal sealed record ReadyList(ListForm Form, long ProfileVersion, long Meetings, string Choices, ListBasis Basis, byte[] Utf8);

/// <summary>
/// Answers that would come out the same again, as bytes, for a minute. Only lists that stay as they were shown are kept, and one is served only
/// where all it followed from is shown to be unchanged: the profile and the meetings by the database, the rest by what this replica knows now.
/// </summary>
internal sealed class ReadyLists : IDisposable
{
    private const long MostBytes = 64 << 20;
    private const int MostForms = 3;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _lists = new(new MemoryCacheOptions { SizeLimit = MostBytes, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    public ReadyList? Find(Guid visitorId, ListForm form) => _lists.TryGetValue<ReadyList[]>(visitorId, out var lists) ? Array.Find(lists!, l => l.Form == form) : null;

    public void Keep(Guid visitorId, ReadyList list)
    {
        ReadyList[] lists = _lists.TryGetValue<ReadyList[]>(visitorId, out var others) ? [list, .. others!.Where(o => o.Form != list.Form).Take(MostForms - 1)] : [list];
        _lists.Set(visitorId, lists, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = lists.Sum(l => (long)l.Utf8.Length) });
    }

    public void Forget(Guid visitorId) => _lists.Remove(visitorId);

    public void Dispose() => _lists.Dispose();
}

/// <summary>200 with a list that is written already.</summary>
internal sealed class ListAnswer(byte[] utf8) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = utf8.Length;
        return http.Response.Body.WriteAsync(utf8, http.RequestAborted).AsTask();
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Matches), ["application/json"]));
}
