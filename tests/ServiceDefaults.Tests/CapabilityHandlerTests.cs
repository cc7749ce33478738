using System.Net;
using System.Text.Encodings.Web;
using Matchmaking.Rig;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>A token that nobody holds: is it none, or not here yet?</summary>
public sealed class CapabilityHandlerTests
{
    private readonly string token = CapabilityToken.Create();

    [Fact]
    public async Task An_unknown_token_is_refused()
    {
        using var marks = new FreshMarks(NullLogger<FreshMarks>.Instance);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("GET", marks));
    }

    [Fact]
    public async Task One_that_was_just_issued_may_come_again()
    {
        using var marks = new FreshMarks(NullLogger<FreshMarks>.Instance);
        await marks.LeaveAsync("token:" + CapabilityToken.Hash(token), 1);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync("GET", marks));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync("POST", marks));
    }

    [Fact]
    public async Task While_the_shared_cache_does_not_answer_nobody_is_refused_who_may_have_come_a_moment_ago()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",abortConnect=false");
        using var marks = new FreshMarks(NullLogger<FreshMarks>.Instance, connection);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("GET", marks));
        await redis.KillAsync();
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync("GET", marks));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync("POST", marks));
    }

    private async Task<HttpStatusCode> AskAsync(string method, FreshMarks marks)
    {
        await using var services = new ServiceCollection().AddLogging().AddOptions().BuildServiceProvider();
        var handler = new CapabilityHandler(
            services.GetRequiredService<IOptionsMonitor<AuthenticationSchemeOptions>>(), services.GetRequiredService<ILoggerFactory>(), UrlEncoder.Default, [new Nobody()],
            new CapabilityMemory(TimeProvider.System), marks, TimeProvider.System);
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = method;
        context.Request.Headers.Authorization = "Bearer " + token;
        await handler.InitializeAsync(new AuthenticationScheme(CapabilityHandler.Scheme_, null, typeof(CapabilityHandler)), context);
        Assert.False((await handler.AuthenticateAsync()).Succeeded);
        await handler.ChallengeAsync(null);
        return (HttpStatusCode)context.Response.StatusCode;
    }

    private sealed class Nobody : ICapabilityHolders
    {
        public ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel) => new((Guid?)null);
    }
}
