using System.Text;
using Matchmaking.Profile.Import;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>Files as tests write them.</summary>
internal static class CsvFiles
{
    public const string ExhibitorHeader = "id,name,kind,languages,address,source,tables,stand,formats,email\n";
    public const string OfferHeader = "id,exhibitorId,kind,type,title,entry,exit,topics,isco,conditions,source,languages,traits\n";
    public const string FairHeader = "key,name,place,day,opens,closes,zone,languages,retainDays,demo\n";

    public static async Task<FairFiles> FolderAsync(string name) => await FairFiles.InFolderAsync(Path.Combine(AppContext.BaseDirectory, "Data", name), CancellationToken.None);

    /// <summary>A sound small fair, of which a test replaces what it is about.</summary>
    public static FairFiles Of(string? exhibitors = "a,Alpha,advice,de,,,,,,\n", string? offers = "a-1,a,advice,mbe,Beratung,,,,,,,,\n", string? fair = null) => new(
        "small", fair is null ? null : Utf8(FairHeader + fair), exhibitors is null ? null : Utf8(ExhibitorHeader + exhibitors), offers is null ? null : Utf8(OfferHeader + offers));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
