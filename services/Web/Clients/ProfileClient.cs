using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Organiser;
using Microsoft.AspNetCore.WebUtilities;

namespace Matchmaking.Web.Clients;

internal sealed class ProfileClient(IHttpClientFactory factory)
{
    public const string Name = "profile";

    private HttpClient Http => factory.CreateClient(Name);

    public Task<Reply<FairView>> Fair(CancellationToken cancel) => Http.Ask<FairView>(HttpMethod.Get, "/api/fairs/current", null, cancel);

    public Task<Reply<VisitorCreated>> Submit(Needs needs, string key, CancellationToken cancel) =>
        Http.Ask<VisitorCreated>(HttpMethod.Post, "/api/visitors", null, cancel, needs, key);

    public Task<Reply<VisitorProfile>> Visitor(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<VisitorProfile>(HttpMethod.Get, $"/api/visitors/{pass.Id}", pass.Token, cancel);

    public Task<Reply<VisitorProfile>> Replace(VisitorPass pass, Needs needs, CancellationToken cancel) =>
        Http.Ask<VisitorProfile>(HttpMethod.Put, $"/api/visitors/{pass.Id}", pass.Token, cancel, needs);

    public Task<Reply<ErasureStarted>> Erase(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<ErasureStarted>(HttpMethod.Delete, $"/api/visitors/{pass.Id}", pass.Token, cancel);

    public Task<Reply<ErasureStatus>> Erasure(Guid id, CancellationToken cancel) =>
        Http.Ask<ErasureStatus>(HttpMethod.Get, $"/api/erasures/{id}", null, cancel);

    public Task<Reply<OfferView>> Offer(Guid id, CancellationToken cancel) => Http.Ask<OfferView>(HttpMethod.Get, $"/api/offers/{id}", null, cancel);

    /// <summary>One page of 100, the most the API gives.</summary>
    public Task<Reply<PageOf<OfferView>>> Offers(string? kind, int page, CancellationToken cancel) =>
        Http.Ask<PageOf<OfferView>>(
            HttpMethod.Get, $"/api/offers?pageSize=100&page={page}{(kind is null ? "" : $"&kind={kind}")}", null, cancel);

    public Task<Reply<List<StandOffer>>> StandOffers(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<List<StandOffer>>(HttpMethod.Get, $"/api/exhibitors/{pass.Exhibitor}/offers", pass.Token, cancel);

    public Task<Reply<StandOffer>> StandOffer(StaffPass pass, Guid offer, CancellationToken cancel) =>
        Http.Ask<StandOffer>(HttpMethod.Get, $"/api/exhibitors/{pass.Exhibitor}/offers/{offer}", pass.Token, cancel);

    public Task<Reply<StandOfferChange>> KeepOffer(StaffPass pass, Guid offer, OfferDraft draft, bool dryRun, CancellationToken cancel) =>
        Http.Ask<StandOfferChange>(HttpMethod.Put, $"/api/exhibitors/{pass.Exhibitor}/offers/{offer}{(dryRun ? "?dryRun=true" : "")}", pass.Token, cancel, draft);

    public Task<Reply<StandOfferChange>> WithdrawOffer(StaffPass pass, Guid offer, long? version, CancellationToken cancel) =>
        Http.Ask<StandOfferChange>(HttpMethod.Delete, $"/api/exhibitors/{pass.Exhibitor}/offers/{offer}{(version is null ? "" : $"?version={version}")}", pass.Token, cancel);

    public Task<Reply<ExhibitorView>> Exhibitor(Guid id, CancellationToken cancel) =>
        Http.Ask<ExhibitorView>(HttpMethod.Get, $"/api/exhibitors/{id}", null, cancel);

    public Task<Reply<PageOf<ExhibitorView>>> Exhibitors(CancellationToken cancel) =>
        Http.Ask<PageOf<ExhibitorView>>(HttpMethod.Get, "/api/exhibitors?pageSize=100", null, cancel);

    /// <summary>The report is the value, also where it is a refusal because nothing could be read.</summary>
    public Task<Reply<ImportReport>> Import(StaffPass pass, FairUpload upload, bool dryRun, CancellationToken cancel, bool moveFair = false, bool withdrawStands = false, bool makeCurrent = false)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, file) in upload.Files) form.Add(new ByteArrayContent(file), field, field + ".csv");
        if (upload.Name.Length > 0) form.Add(new StringContent(upload.Name), "name");
        (string Word, bool Said)[] words = dryRun ? [("dryRun", true)] : [("moveFair", moveFair), ("withdrawStands", withdrawStands), ("makeCurrent", makeCurrent)];
        var path = QueryHelpers.AddQueryString("/api/fairs/import", words.Where(w => w.Said).Select(w => KeyValuePair.Create(w.Word, (string?)"true")));
        return Http.AskWith<ImportReport>(form, path, pass.Token, "import-nothing-read", cancel);
    }

    public Task<Reply<Nothing>> AskForLink(string email, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Post, "/api/staff/links", null, cancel, new SignInLinkAsked(email));

    public Task<Reply<StaffToken>> SignIn(string code, CancellationToken cancel) =>
        Http.Ask<StaffToken>(HttpMethod.Post, "/api/staff/tokens", null, cancel, new SignInCode(code));

    public Task<Reply<StaffToken>> Renew(string renewal, CancellationToken cancel) =>
        Http.Ask<StaffToken>(HttpMethod.Post, "/api/staff/tokens/renew", null, cancel, new StaffRenewal(renewal));

    public Task<Reply<Nothing>> SignOut(string renewal, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Post, "/api/staff/sign-out", null, cancel, new StaffRenewal(renewal));

    public Task<Reply<StaffToken>> DemoSignIn(string role, Guid? exhibitor, CancellationToken cancel) =>
        Http.Ask<StaffToken>(HttpMethod.Post, "/api/demo/sign-in", null, cancel, new DemoSignIn(role, exhibitor));
}
