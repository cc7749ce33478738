using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Scheduling;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching;

/// <summary>Matching's own database. Each noun maps itself; tables and columns are in snake_case.</summary>
internal abstract class MatchingDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Visitor> Visitors => Set<Visitor>();
    public DbSet<VisitorMark> VisitorMarks => Set<VisitorMark>();
    public DbSet<VisitorToken> VisitorTokens => Set<VisitorToken>();
    public DbSet<KeptPack> RulePacks => Set<KeptPack>();
    public DbSet<KeptCatalogue> Catalogues => Set<KeptCatalogue>();
    public DbSet<Slot> Slots => Set<Slot>();
    public DbSet<KeptPlan> StandPlans => Set<KeptPlan>();
    public DbSet<WalkIn> WalkIns => Set<WalkIn>();
    public DbSet<Meetings.Seat> Seats => Set<Meetings.Seat>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<TableCell> TableCells => Set<TableCell>();
    public DbSet<WaitingPlace> Waiting => Set<WaitingPlace>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();
    public DbSet<ShownList> ShownLists => Set<ShownList>();
    public DbSet<OpenedOffer> OpenedOffers => Set<OpenedOffer>();
    public DbSet<QualityLook> QualityLooks => Set<QualityLook>();
    public DbSet<KeptFigures> KeptFigures => Set<KeptFigures>();
    public DbSet<KeptWords> ReportWords => Set<KeptWords>();
    public DbSet<KeptChoice> Choices => Set<KeptChoice>();

    public DbSet<KeptModel> Models => Set<KeptModel>();
    public DbSet<ModelChange> ModelChanges => Set<ModelChange>();
    public DbSet<TrainingRow> Training => Set<TrainingRow>();

    public DbSet<KeptSchedule> Schedules => Set<KeptSchedule>();
    public DbSet<PlannedRow> PlannedMeetings => Set<PlannedRow>();

    /// <summary>A cell that its meeting gave back goes: the key to the meeting may be empty, for walk-ins, so of itself the row would stay and hold the table for nobody.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var cell in ChangeTracker.Entries<TableCell>().Where(c => c is { State: EntityState.Modified, Entity.MeetingId: null }).ToArray()) cell.State = EntityState.Deleted;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        Visitor.Map(model);
        KeptCatalogue.Map(model);
        KeptPack.Map(model);
        KeptModel.Map(model);
        TrainingRow.Map(model);
        Slot.Map(model);
        KeptPlan.Map(model);
        WalkIn.Map(model);
        Booking.Map(model);
        TableCell.Map(model);
        WaitingPlace.Map(model);
        ShownList.Map(model);
        QualityLook.Map(model);
        Quality.KeptFigures.Map(model);
        KeptWords.Map(model);
        KeptChoice.Map(model);
        KeptSchedule.Map(model);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase.Of(property.GetColumnName()));
            foreach (var key in entity.GetKeys()) key.SetName(SnakeCase.Of(key.GetName()!));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(SnakeCase.Of(index.GetDatabaseName()!));
            foreach (var reference in entity.GetForeignKeys()) reference.SetConstraintName(SnakeCase.Of(reference.GetConstraintName()!));
        }
    }
}

internal sealed class MatchingDbSqlite(DbContextOptions<MatchingDbSqlite> options) : MatchingDb(options);

internal sealed class MatchingDbPostgres(DbContextOptions<MatchingDbPostgres> options) : MatchingDb(options);
