namespace Matchmaking.Rig;

/// <summary>Servers that somebody else runs, for machines where ours cannot be started (containers of a pipeline, for instance).</summary>
internal static class External
{
    internal static string? RabbitMq => Read("MATCHMAKING_TEST_RABBITMQ");

    internal static string? Redis => Read("MATCHMAKING_TEST_REDIS");

    internal static string? Postgres => Read("MATCHMAKING_TEST_POSTGRES");

    /// <summary>A server without a folder is not ours, and not ours to kill.</summary>
    internal static void Refuse(TemporaryFolder? folder, string variable)
    {
        if (folder is null)
            throw new NotSupportedException(
                $"This server comes from {variable}: only one that the rig started itself can be killed and restarted. Unset the variable.");
    }

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}

internal static class Starting
{
    /// <summary>Whoever fails to start leaves nothing behind either.</summary>
    internal static async Task OrDisposeAsync(IAsyncDisposable what, Func<Task> start)
    {
        try
        {
            await start();
        }
        catch
        {
            await what.DisposeAsync();
            throw;
        }
    }
}
