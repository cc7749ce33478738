using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Preferences;

/// <summary>What one visitor or one stand wishes to be told, and how. No row: as everybody is told who has said nothing.</summary>
internal sealed class NoticePreference
{
    public required string Side { get; init; }
    public Guid RecipientId { get; init; }

    /// <summary>The recipient, if it is a visitor: their erasure takes the row along.</summary>
    public Guid? VisitorId { get; init; }

    /// <summary>False: notices are read on the page alone.</summary>
    public bool Mail { get; set; } = true;

    /// <summary>Of <see cref="Paces"/>; visitors are told at once.</summary>
    public string Pace { get; set; } = Paces.AtOnce;
    public bool BeforeMeeting { get; set; }
    public bool EveningBefore { get; set; }

    /// <summary>Two changes at once do not undo each other.</summary>
    public int Revision { get; set; }

    /// <summary>A stand has a dozen meetings a day: it is reminded of each only if it asks for that.</summary>
    public static NoticePreference Default(string side, Guid recipient) => new()
    {
        Side = side,
        RecipientId = recipient,
        VisitorId = side == Sides.Visitor ? recipient : null,
        BeforeMeeting = side == Sides.Visitor,
        EveningBefore = true,
    };

    public static async Task<NoticePreference> OfAsync(NotificationDb db, string side, Guid recipient, CancellationToken cancel) =>
        await db.Preferences.AsNoTracking().SingleOrDefaultAsync(p => p.Side == side && p.RecipientId == recipient, cancel) ?? Default(side, recipient);

    /// <summary>The row to be changed, made if there is none.</summary>
    public static async Task<NoticePreference> ToChangeAsync(NotificationDb db, string side, Guid recipient, CancellationToken cancel)
    {
        if (await db.Preferences.FindAsync([side, recipient], cancel) is not { } wishes) db.Preferences.Add(wishes = Default(side, recipient));
        wishes.Revision++;
        return wishes;
    }

    public NoticePreferences View() => new(Mail, Pace, BeforeMeeting, EveningBefore);

    public static void Map(ModelBuilder model) => model.Entity<NoticePreference>(row =>
    {
        row.ToTable("notice_preferences");
        row.HasKey(p => new { p.Side, p.RecipientId });
        row.Property(p => p.Side).HasMaxLength(10);
        row.Property(p => p.Pace).HasMaxLength(10);
        row.Property(p => p.Revision).IsConcurrencyToken();
        row.HasIndex(p => p.VisitorId).HasDatabaseName("ix_notice_preferences_visitor");
    });
}
