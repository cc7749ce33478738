using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Tests.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.Profile.Tests.Accounts;

/// <summary>Staff: the link in the mail, the demo's short cut, and the keys by which others check what Profile signed.</summary>
public sealed class SignInTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_code_from_the_mail_works_once(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        var code = await AskAsync(host, "ORGANISER@example.org");
        var answer = await host.Http.PostAsJsonAsync("api/staff/tokens", new { code }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
        Assert.Equal(("organiser", null), (token.Role, token.ExhibitorId));
        using var organiser = host.As(token.Token);
        await (await organiser.PostAsync("api/fairs/import", new MultipartFormDataContent { { new StringContent("x"), "name" } }, Cancel)).ProblemAsync(400, "invalid");
        await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code }, Cancel)).ProblemAsync(401, "sign-in-over");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Pressed_eight_times_at_once_it_gives_one_token(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        var code = await AskAsync(host, "organiser@example.org");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Http.PostAsJsonAsync("api/staff/tokens", new { code }, Cancel)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK)) await refused.ProblemAsync(401, "sign-in-over");
    }

    [Fact]
    public async Task A_code_is_over_after_a_quarter_of_an_hour()
    {
        await using var host = await ProfileHost.StartAsync();
        var (late, inTime) = (await AskAsync(host, "organiser@example.org"), await AskAsync(host, "analyst@example.org"));
        host.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code = inTime }, Cancel)).StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code = late }, Cancel)).ProblemAsync(401, "sign-in-over");
        await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code = "guess" }, Cancel)).ProblemAsync(401, "sign-in-over");
        await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code = (string?)null }, Cancel)).ProblemAsync(401, "sign-in-over");
    }

    [Fact]
    public async Task Whether_an_address_is_known_is_not_told()
    {
        await using var host = await ProfileHost.StartAsync();
        var known = await host.Http.PostAsJsonAsync("api/staff/links", new { email = "organiser@example.org" }, Cancel);
        var unknown = await host.Http.PostAsJsonAsync("api/staff/links", new { email = "nobody@example.org" }, Cancel);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (known.StatusCode, unknown.StatusCode));
        Assert.Equal(await known.Content.ReadAsStringAsync(Cancel), await unknown.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(1, await host.InAsync(db => db.SignInLinks.CountAsync(Cancel)));
        Assert.Contains("email", (await (await host.Http.PostAsJsonAsync("api/staff/links", new { email = "nobody" }, Cancel)).ProblemAsync(400, "invalid")).Keys);
    }

    [Fact]
    public async Task An_exhibitors_address_in_the_file_signs_in_for_that_exhibitor()
    {
        await using var host = await ProfileHost.StartAsync();
        var exhibitor = await host.InAsync(db => db.Exhibitors.OrderBy(e => e.Key).FirstAsync(e => e.Email != null, Cancel));
        var code = await AskAsync(host, exhibitor.Email!);
        var token = (await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
        Assert.Equal(("exhibitor", (Guid?)exhibitor.Id), (token.Role, token.ExhibitorId));
    }

    [Fact]
    public async Task The_demos_short_cut_gives_a_token_of_the_role_asked_for()
    {
        await using var host = await ProfileHost.StartAsync();
        foreach (var role in (string[])["exhibitor", "analyst", "organiser"])
        {
            var token = (await (await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
            Assert.Equal((role, role == "exhibitor"), (token.Role, token.ExhibitorId is not null));
        }
        var chosen = (await host.Http.GetFromJsonAsync<PageOf<ExhibitorView>>("api/exhibitors", Cancel))!.Items[^1].Id;
        var own = await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role = "exhibitor", exhibitorId = chosen }, Cancel);
        Assert.Equal(chosen, (await own.Content.ReadFromJsonAsync<StaffToken>(Cancel))!.ExhibitorId);
        await (await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role = "exhibitor", exhibitorId = Guid.NewGuid() }, Cancel)).ProblemAsync(404, "not-found");
        Assert.Contains("role", (await (await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role = "service" }, Cancel)).ProblemAsync(400, "invalid")).Keys);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Outside_the_demo_the_short_cut_does_not_exist(bool deployed)
    {
        // Where deployed not even the setting opens it.
        await using var host = deployed ? await ProfileHost.StartAsync(await servers.FreshAsync()) : await ProfileHost.StartAsync(null, ("Demo:Enabled", "false"));
        await (await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role = "organiser" }, Cancel)).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Anybody_can_check_a_staff_token_by_the_published_keys_which_have_no_private_part()
    {
        await using var host = await ProfileHost.StartAsync();
        var token = (await (await host.Http.PostAsJsonAsync("api/demo/sign-in", new { role = "analyst" }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!.Token;
        var text = await host.Http.GetStringAsync(".well-known/jwks.json", Cancel);
        var key = Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(p => p.Name).Order());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "matchmaking",
            ValidAudience = "matchmaking",
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = new JsonWebKeySet(text).GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("analyst", result.Claims["role"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_token_lives_a_quarter_of_an_hour_and_is_renewed_until_the_tenth_hour(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        var first = await SignInAsync(host);
        Assert.Equal((host.Clock.GetUtcNow().AddMinutes(15), host.Clock.GetUtcNow().AddHours(10)), (first.ExpiresAt, first.SessionEndsAt!.Value));
        var jwt = new JsonWebToken(first.Token);
        Assert.Equal(TimeSpan.FromMinutes(15), jwt.ValidTo - jwt.IssuedAt);

        host.Clock.Advance(TimeSpan.FromMinutes(14));
        var second = (await (await RenewAsync(host, first.Renewal)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
        Assert.Equal((null, first.Role, host.Clock.GetUtcNow().AddMinutes(15)), (second.Renewal, second.Role, second.ExpiresAt));
        host.Clock.Advance(TimeSpan.FromHours(9) + TimeSpan.FromMinutes(41));
        var last = (await (await RenewAsync(host, first.Renewal)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
        Assert.Equal(last.SessionEndsAt, last.ExpiresAt);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await (await RenewAsync(host, first.Renewal)).ProblemAsync(401, "session-over");
        await (await RenewAsync(host, null)).ProblemAsync(401, "session-over");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_sign_out_ends_the_session_and_no_other(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        var (ended, other) = (await SignInAsync(host), await SignInAsync(host));
        foreach (var renewal in (string?[])[ended.Renewal, ended.Renewal, "guess", null])
            Assert.Equal(HttpStatusCode.NoContent, (await host.Http.PostAsJsonAsync("api/staff/sign-out", new { renewal }, Cancel)).StatusCode);
        await (await RenewAsync(host, ended.Renewal)).ProblemAsync(401, "session-over");
        Assert.Equal(HttpStatusCode.OK, (await RenewAsync(host, other.Renewal)).StatusCode);
    }

    [Fact]
    public async Task Who_is_no_longer_staff_is_not_renewed()
    {
        await using var host = await ProfileHost.StartAsync();
        var token = await SignInAsync(host);
        await host.InAsync(db => db.Accounts.Where(a => a.Email == "organiser@example.org").ExecuteDeleteAsync(Cancel));
        await (await RenewAsync(host, token.Renewal)).ProblemAsync(401, "session-over");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_address_that_was_replaced_and_one_whose_stand_is_gone_open_nothing_any_more(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        const string replaced = "old@example.org", gone = "gone@example.org", stays = "stays@example.org";
        await host.ImportAsync(CsvFiles.Of($"a,Alpha,advice,de,,,,,,{replaced}\nb,Beta,advice,de,,,,,,{gone}\nc,Gamma,advice,de,,,,,,{stays}\n"));
        var sessions = new Dictionary<string, StaffToken>();
        var codes = new Dictionary<string, string>();
        foreach (var email in (string[])[replaced, gone, stays])
        {
            sessions[email] = await SignInAsync(host, email);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            codes[email] = await AskAsync(host, email);
        }

        // A look changes nothing.
        var next = CsvFiles.Of("a,Alpha,advice,de,,,,,,new@example.org\nc,Gamma,advice,de,,,,,,Stays@example.org\n");
        await host.ImportAsync(next, dryRun: true);
        Assert.Equal(HttpStatusCode.OK, (await RenewAsync(host, sessions[replaced].Renewal)).StatusCode);

        await host.ImportAsync(next);
        foreach (var email in (string[])[replaced, gone])
        {
            await (await RenewAsync(host, sessions[email].Renewal)).ProblemAsync(401, "session-over");
            await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code = codes[email] }, Cancel)).ProblemAsync(401, "sign-in-over");
        }
        Assert.Equal(["new@example.org", stays], await host.InAsync(db => db.Accounts.Where(a => a.Email == replaced || a.Email == gone || a.Email == stays || a.Email.StartsWith("new@")).Select(a => a.Email).Order().ToListAsync(Cancel)));
        Assert.Equal((1, 2), await host.InAsync(async db => (await db.StaffSessions.CountAsync(Cancel), await db.SignInLinks.CountAsync(Cancel))));
        Assert.Equal(HttpStatusCode.OK, (await RenewAsync(host, sessions[stays].Renewal)).StatusCode);
        Assert.Equal(sessions[replaced].ExhibitorId, (await SignInAsync(host, "new@example.org")).ExhibitorId);
    }

    [Fact]
    public async Task Sessions_are_kept_without_what_renews_them_and_go_when_they_are_over()
    {
        await using var host = await ProfileHost.StartAsync();
        var token = await SignInAsync(host);
        Assert.NotEqual(token.Renewal, await host.InAsync(db => db.StaffSessions.Select(s => s.RenewalHash).SingleAsync(Cancel)));
        host.Clock.Advance(TimeSpan.FromHours(11));
        await SignInAsync(host);
        Assert.Equal(1, await host.InAsync(db => db.StaffSessions.CountAsync(Cancel)));
    }

    private static async Task<StaffToken> SignInAsync(ProfileHost host, string email = "organiser@example.org")
    {
        var code = await AskAsync(host, email);
        return (await (await host.Http.PostAsJsonAsync("api/staff/tokens", new { code }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
    }

    [Fact]
    public async Task Who_was_taken_out_of_the_settings_is_staff_no_more_at_the_next_start_and_others_stay()
    {
        var settings = await servers.FreshAsync();
        StaffToken gone, stays, analyst;
        await using (var before = await ProfileHost.StartAsync(settings, ("Staff:Organisers", "gone@example.org, Stays@example.org"), ("Staff:Analysts", "gone@example.org")))
        {
            stays = await SignInAsync(before, "stays@example.org");
            var accounts = await before.InAsync(db => db.Accounts.Where(a => a.Email == "gone@example.org").ToListAsync(Cancel));
            Assert.Equal(["analyst", "organiser"], accounts.Select(a => a.Role).Order());
            await before.Http.PostAsJsonAsync("api/staff/links", new { email = "gone@example.org" }, Cancel);
            using var service = before.AsService();
            var links = await before.InAsync(db => db.SignInLinks.Where(l => l.CodeHash == null).ToListAsync(Cancel));
            Assert.Equal(2, links.Count);
            var codes = new Dictionary<Guid, string>();
            foreach (var l in links) codes[l.AccountId] = (await service.GetFromJsonAsync<Address>($"internal/accounts/{l.AccountId}/address/{l.Id}", Cancel))!.Link.Split('/')[^1];
            gone = (await (await before.Http.PostAsJsonAsync("api/staff/tokens", new { code = codes[accounts.Single(a => a.Role == "organiser").Id] }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
            analyst = (await (await before.Http.PostAsJsonAsync("api/staff/tokens", new { code = codes[accounts.Single(a => a.Role == "analyst").Id] }, Cancel)).Content.ReadFromJsonAsync<StaffToken>(Cancel))!;
            before.Clock.Advance(TimeSpan.FromMinutes(2));
            await before.Http.PostAsJsonAsync("api/staff/links", new { email = "gone@example.org" }, Cancel);
            Assert.Equal(HttpStatusCode.OK, (await RenewAsync(before, gone.Renewal)).StatusCode);
        }
        await using var after = await ProfileHost.StartAsync(settings, ("Staff:Organisers", "STAYS@example.org"), ("Staff:Analysts", "gone@example.org"));
        await (await RenewAsync(after, gone.Renewal)).ProblemAsync(401, "session-over");
        Assert.Equal(HttpStatusCode.OK, (await RenewAsync(after, stays.Renewal)).StatusCode);
        // The other role of the same person is still in the settings.
        Assert.Equal(HttpStatusCode.OK, (await RenewAsync(after, analyst.Renewal)).StatusCode);
        Assert.Equal(["analyst gone@example.org", "organiser stays@example.org"], (await after.InAsync(db => db.Accounts.Where(a => a.Role != "exhibitor").ToListAsync(Cancel))).Select(a => $"{a.Role} {a.Email}").Order());
        Assert.Equal(0, await after.InAsync(db => db.SignInLinks.CountAsync(l => !db.Accounts.Any(a => a.Id == l.AccountId), Cancel)));
        Assert.Equal(0, await after.InAsync(db => db.StaffSessions.CountAsync(x => !db.Accounts.Any(a => a.Id == x.AccountId), Cancel)));
    }

    private static Task<HttpResponseMessage> RenewAsync(ProfileHost host, string? renewal) => host.Http.PostAsJsonAsync("api/staff/tokens/renew", new { renewal }, Cancel);

    /// <summary>Asks for a link, and reads its code as Notification does for the mail.</summary>
    private static async Task<string> AskAsync(ProfileHost host, string email)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsJsonAsync("api/staff/links", new { email }, Cancel)).StatusCode);
        var link = await host.InAsync(db => db.SignInLinks.OrderByDescending(l => l.Id).FirstAsync(l => l.CodeHash == null, Cancel));
        using var service = host.AsService();
        var address = (await service.GetFromJsonAsync<Address>($"internal/accounts/{link.AccountId}/address/{link.Id}", Cancel))!;
        Assert.Equal(email.ToLowerInvariant(), address.Email);
        return address.Link.Split('/')[^1];
    }
}
