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

/// <summary>Short messages as text files, in the folder "sms".</summary>
internal sealed class SmsFolder(Backbone backbone) : NoticeFiles(backbone, "sms", ".txt"), ISmsChannel
{
    public Task SendAsync(Guid notice, string number, string text, CancellationToken cancel) =>
        WriteAsync(notice, file => file.WriteAsync(Encoding.UTF8.GetBytes($"To: {number}\n\n{text}\n"), cancel).AsTask());

    public void Recall(IEnumerable<Guid> notices) => Delete(notices);
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
