using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Offers;
using Matchmaking.Profile.Visitors;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile;

public abstract class ProfileDb(DbContextOptions options) : ServiceDb(options)
{
    internal DbSet<Fair> Fairs => Set<Fair>();
    internal DbSet<Exhibitor> Exhibitors => Set<Exhibitor>();
    internal DbSet<Offer> Offers => Set<Offer>();
    internal DbSet<Visitor> Visitors => Set<Visitor>();
    internal DbSet<VisitorToken> VisitorTokens => Set<VisitorToken>();
    internal DbSet<Erasure> Erasures => Set<Erasure>();
    internal DbSet<Account> Accounts => Set<Account>();
    internal DbSet<SignInLink> SignInLinks => Set<SignInLink>();
    internal DbSet<StaffSession> StaffSessions => Set<StaffSession>();
    internal DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    internal DbSet<OwnSecret> OwnSecrets => Set<OwnSecret>();
    internal DbSet<Submission> Submissions => Set<Submission>();
    internal DbSet<MailTicket> MailTickets => Set<MailTicket>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Needs>().HaveConversion<JsonConverter<Needs>, ReplacedComparer<Needs>>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.Entity<Fair>(e =>
        {
            e.ToTable("fairs");
            e.HasIndex(f => f.Key).IsUnique();
            e.Property(f => f.CatalogueVersion).IsConcurrencyToken();
        });
        model.Entity<Exhibitor>(e =>
        {
            e.ToTable("exhibitors");
            e.HasIndex(x => new { x.FairId, x.Key }).IsUnique();
            e.HasOne<Fair>().WithMany().HasForeignKey(x => x.FairId);
        });
        model.Entity<Offer>(e =>
        {
            e.ToTable("offers");
            e.HasIndex(o => new { o.FairId, o.Key }).IsUnique();
            e.HasOne<Exhibitor>().WithMany().HasForeignKey(o => o.ExhibitorId);
            e.Property(o => o.Version).IsConcurrencyToken().HasDefaultValue(1L).ValueGeneratedNever();
        });
        model.Entity<Visitor>(e =>
        {
            e.ToTable("visitors");
            e.Property(v => v.Version).IsConcurrencyToken();
            e.HasIndex(v => v.ExpiresAt);
        });
        model.Entity<VisitorToken>(e =>
        {
            e.ToTable("visitor_tokens");
            e.HasKey(t => t.Hash);
            e.Property(t => t.Hash).HasMaxLength(64);
            e.HasOne<Visitor>().WithMany().HasForeignKey(t => t.VisitorId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Submission>(e =>
        {
            e.ToTable("submissions");
            e.HasKey(x => x.KeyHash).HasName("pk_submissions");
            e.Property(x => x.KeyHash).HasMaxLength(64);
            e.Property(x => x.BodyHash).HasMaxLength(64);
            e.HasIndex(x => x.VisitorId);
            e.HasOne<Visitor>().WithMany().HasForeignKey(x => x.VisitorId).OnDelete(DeleteBehavior.SetNull);
        });
        model.Entity<Erasure>(e =>
        {
            e.ToTable("erasures");
            e.OwnsMany(x => x.Confirmations, c =>
            {
                c.ToTable("erasure_confirmations");
                c.WithOwner().HasForeignKey("erasure_id");
                c.HasKey("erasure_id", nameof(Confirmation.Service));
            });
        });
        model.Entity<Account>(e =>
        {
            e.ToTable("accounts");
            e.HasIndex(a => new { a.Email, a.Role, a.ExhibitorId }).IsUnique();
        });
        model.Entity<SignInLink>(e =>
        {
            e.ToTable("sign_in_links");
            e.HasIndex(l => l.CodeHash).IsUnique();
            e.Property(l => l.UsedAt).IsConcurrencyToken();
        });
        model.Entity<StaffSession>(e =>
        {
            e.ToTable("staff_sessions");
            e.Property(s => s.RenewalHash).HasMaxLength(64);
            e.Property(s => s.Role).HasMaxLength(20);
            e.Ignore(s => s.Subject);
            e.HasIndex(s => s.RenewalHash).IsUnique();
            e.HasIndex(s => s.EndsAt);
        });
        model.Entity<SigningKey>(e => e.ToTable("signing_keys"));
        OwnSecret.Map(model);
        model.Entity<MailTicket>(e =>
        {
            e.ToTable("mail_tickets");
            e.HasKey(t => new { t.AddressHash, t.Purpose, t.Number }).HasName("pk_mail_tickets");
            e.Property(t => t.AddressHash).HasMaxLength(64);
            e.Property(t => t.Purpose).HasMaxLength(20);
            e.Property(t => t.At).IsConcurrencyToken();
        });
        model.UseSnakeCase();
    }
}

public sealed class ProfileDbSqlite(DbContextOptions<ProfileDbSqlite> options) : ProfileDb(options);

public sealed class ProfileDbPostgres(DbContextOptions<ProfileDbPostgres> options) : ProfileDb(options);
