using Parquet;

namespace Matchmaking.Matching.Learning.Tables;

/// <summary>A table by the end of its name: Apache Parquet, else CSV.</summary>
internal static class TableFile
{
    public const string Csv = ".csv", Parquet = ".parquet";

    /// <returns>The table as CSV, or why not.</returns>
    public static Refusal? Read(string file, out TextReader text)
    {
        text = TextReader.Null;
        if (!File.Exists(file)) return new Refusal(file, 0, "no such file", "Check the path.");
        using var content = File.OpenRead(file);
        return Read(file, content, out text);
    }

    /// <summary>The same of what was opened already.</summary>
    public static Refusal? Read(string file, Stream content, out TextReader text)
    {
        text = TextReader.Null;
        try
        {
            if (file.EndsWith(Parquet, StringComparison.OrdinalIgnoreCase))
            {
                using var whole = new MemoryStream();
                content.CopyTo(whole);
                text = new StringReader(ParquetRows.ReadAsync(whole, CancellationToken.None).GetAwaiter().GetResult());
            }
            else
            {
                using var reader = new StreamReader(content);
                text = new StringReader(reader.ReadToEnd());
            }
            return null;
        }
        catch (NotSupportedException e) { return new Refusal(file, 0, e.Message, "Give each column text, numbers, yes or no, or times."); }
        catch (Exception e) when (e is ParquetException or IOException or InvalidDataException) { return new Refusal(file, 0, "no table in Apache Parquet", "Write it anew, or hand it over as CSV."); }
    }
}
