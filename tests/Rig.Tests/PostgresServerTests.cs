using Npgsql;

namespace Matchmaking.Rig.Tests;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task Committed_rows_survive_a_kill_and_a_restart()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync("fair");
        await ExecuteAsync(database, "create table visitor (id int primary key); insert into visitor values (1), (2), (3)");

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(database, "select 1"));
        await server.RestartAsync();

        Assert.Equal(3L, await ExecuteAsync(database, "select count(*) from visitor"));
    }

    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Commits_reach_the_disk_unless_a_test_says_otherwise(bool durable, string fsync)
    {
        await using var server = await PostgresServer.StartAsync(durable);
        Assert.Equal(fsync, await ExecuteAsync(server.ConnectionString, "show fsync"));
        Assert.Equal("300", await ExecuteAsync(server.ConnectionString, "show max_connections"));
    }

    [Fact]
    public async Task A_database_created_again_is_empty()
    {
        await using var server = await PostgresServer.StartAsync(durable: false);
        await ExecuteAsync(await server.CreateDatabaseAsync("fair"), "create table visitor (id int)");
        await ExecuteAsync(await server.CreateDatabaseAsync("fair"), "create table visitor (id int)");
        await Assert.ThrowsAsync<ArgumentException>(() => server.CreateDatabaseAsync("fair; drop table visitor"));
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
