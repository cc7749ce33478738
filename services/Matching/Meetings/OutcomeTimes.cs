using Matchmaking.ServiceDefaults;

namespace Matchmaking.Matching.Meetings;

/// <summary>From when it may be said whether a meeting was held.</summary>
/// <param name="Beforehand">As soon as it is agreed on: for a demo that plays its day before it comes.</param>
internal sealed record OutcomeTimes(bool Beforehand)
{
    /// <summary>People come a little early, and are checked in when they do.</summary>
    public static readonly TimeSpan CheckIn = TimeSpan.FromMinutes(15);

    /// <summary>Setting Demo:OutcomesBeforehand, honoured in one process and in demo mode alone.</summary>
    public static OutcomeTimes Of(Backbone backbone, IConfiguration settings) =>
        new(backbone.Embedded && settings.GetValue<bool>("Demo:Enabled") && settings.GetValue<bool>("Demo:OutcomesBeforehand"));

    public DateTimeOffset From(Booking booking) => Beforehand && booking.AcceptedAt is { } agreed ? agreed : booking.Start - CheckIn;
}
