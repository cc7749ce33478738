using Matchmaking.ServiceDefaults.Auth;
using Microsoft.Extensions.Time.Testing;

namespace Matchmaking.ServiceDefaults.Tests;

public sealed class CapabilityMemoryTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Guid anna = Guid.NewGuid(), ben = Guid.NewGuid();

    [Fact]
    public void A_hit_is_remembered_for_a_minute()
    {
        var memory = new CapabilityMemory(clock);
        Assert.Null(memory.Recall("a"));
        memory.Remember("a", anna, memory.Erasures);
        clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(anna, memory.Recall("a"));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null(memory.Recall("a"));
    }

    [Fact]
    public void An_erasure_drops_all_of_one_person_and_nobody_else()
    {
        var memory = new CapabilityMemory(clock);
        foreach (var hash in (string[])["a1", "a2"]) memory.Remember(hash, anna, memory.Erasures);
        memory.Remember("b", ben, memory.Erasures);
        memory.Forget(anna);
        Assert.Equal((null, null, ben), (memory.Recall("a1"), memory.Recall("a2"), memory.Recall("b")));
    }

    [Fact]
    public void What_the_database_said_before_an_erasure_is_not_remembered_after_it()
    {
        var memory = new CapabilityMemory(clock);
        var before = memory.Erasures;
        memory.Forget(anna);
        memory.Remember("a", anna, before);
        Assert.Null(memory.Recall("a"));
    }
}
