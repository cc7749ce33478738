using System.Text;
using Matchmaking.ServiceDefaults;

namespace Matchmaking.Notification.Channels;

/// <summary>Takes a short message to where short messages go. Whoever has a provider puts another in its place; the one here writes files.</summary>
internal interface ISmsChannel
{
    /// <param name="number">With country code, as +4934112345.</param>
    Task SendAsync(Guid notice, string number, string text, CancellationToken cancel);

    /// <summary>Takes back what can be taken back of messages whose reader was erased.</summary>
    void Recall(IEnumerable<Guid> notices);
}

/// <summary>Short messages as text files, one for each notice, in the folder "sms" of DataFolder of this process.</summary>
internal sealed class SmsFolder(Backbone backbone) : ISmsChannel
{
    private readonly string _folder = Path.Combine(backbone.DataFolder, "sms");

    /// <summary>Whole or not at all; the same notice again replaces its file.</summary>
    public async Task SendAsync(Guid notice, string number, string text, CancellationToken cancel)
    {
        Directory.CreateDirectory(_folder);
        var draft = Path.Combine(_folder, $"{notice}.{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllTextAsync(draft, $"To: {number}\n\n{text}\n", new UTF8Encoding(false), cancel);
            File.Move(draft, FileOf(notice), overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public void Recall(IEnumerable<Guid> notices)
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var notice in notices) File.Delete(FileOf(notice));
    }

    public IReadOnlyList<Guid> List() => Directory.Exists(_folder)
        ? [.. Directory.GetFiles(_folder, "*.txt").Select(f => Guid.TryParse(Path.GetFileNameWithoutExtension(f), out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)] : [];

    private string FileOf(Guid notice) => Path.Combine(_folder, $"{notice}.txt");
}

/// <summary>Numbers as people write them.</summary>
internal static class PhoneNumbers
{
    /// <summary>Where the fair is: a number that begins with one zero is one of this country.</summary>
    private const string Country = "49";
    private const int Shortest = 7, Longest = 15; // ITU-T E.164, with country code

    /// <returns>With country code and without blanks; null: not a number that can be called.</returns>
    public static string? Of(string? text)
    {
        if (text is null) return null;
        var digits = new string([.. text.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)]);
        digits = text.TrimStart().StartsWith('+') ? digits : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits.StartsWith('0') ? Country + digits[1..] : "";
        return digits.Length is >= Shortest and <= Longest && digits[0] != '0' ? "+" + digits : null;
    }
}
