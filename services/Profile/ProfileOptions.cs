using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Profile;

/// <summary>Settings of the Profile service, all optional.</summary>
public sealed class ProfileOptions
{
    public DemoOptions Demo { get; init; } = new();
    public FairOptions Fair { get; init; } = new();
    public PublicOptions Public { get; init; } = new();
    public StaffOptions Staff { get; init; } = new();
    public LimitOptions Limits { get; init; } = new();

    public sealed class DemoOptions
    {
        /// <summary>Sign-in without an address; honoured in AllInOne alone.</summary>
        public bool Enabled { get; init; }
    }

    public sealed class FairOptions
    {
        /// <summary>Folder with fair.csv, exhibitors.csv and offers.csv, imported at each start (the same again changes nothing).</summary>
        public string? Folder { get; init; }

        /// <summary>The same, but only as long as there is no other fair: the demo that ships with AllInOne.</summary>
        public string? DefaultFolder { get; init; }
    }

    public sealed class PublicOptions
    {
        /// <summary>Address under which people reach the pages, for links in answers and mails; default: the address of the process, and in one process that of a request that names this machine.</summary>
        [Url]
        public string? Address { get; init; }
    }

    public sealed class StaffOptions
    {
        /// <summary>Mail addresses, separated by commas, that may sign in as organisers or analysts; who is taken out may not from the next start on.</summary>
        public string? Organisers { get; init; }
        public string? Analysts { get; init; }
    }

    /// <summary>How much one address may get of what anybody can have sent to it, and one exhibitor may bring in.</summary>
    public sealed class LimitOptions
    {
        [Range(1, 100)]
        public int SignInLinksPerHour { get; init; } = 5;

        /// <summary>"Your list is ready"; more where one address stands for many people, an advice centre's say.</summary>
        [Range(1, 10_000)]
        public int ListMailsPerDay { get; init; } = 3;

        /// <summary>Withdrawn ones count, as nothing is deleted: one of those is changed and brought back.</summary>
        [Range(1, 1_000)]
        public int OffersPerExhibitor { get; init; } = 200;
    }
}
