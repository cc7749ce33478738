namespace Matchmaking.Profile.Import;

/// <summary>The three files of a fair as they came, from a folder or an upload; fair.csv may be missing.</summary>
/// <param name="Name">Name of the folder: the fair's key where fair.csv is missing.</param>
internal sealed record FairFiles(string Name, byte[]? Fair, byte[]? Exhibitors, byte[]? Offers)
{
    public const string FairCsv = "fair.csv", ExhibitorsCsv = "exhibitors.csv", OffersCsv = "offers.csv";

    public static async Task<FairFiles> InFolderAsync(string folder, CancellationToken cancel)
    {
        return new FairFiles(new DirectoryInfo(folder).Name, await Read(FairCsv), await Read(ExhibitorsCsv), await Read(OffersCsv));

        async Task<byte[]?> Read(string name) => File.Exists(Path.Combine(folder, name)) ? await File.ReadAllBytesAsync(Path.Combine(folder, name), cancel) : null;
    }
}
