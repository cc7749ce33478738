using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Matchmaking.Matching.Learning.Tables;

/// <summary>What the cells of a column are.</summary>
internal enum CellKind
{
    /// <summary>A code, an id, or several by ;</summary>
    Text,

    /// <summary>In CSV yes or no.</summary>
    YesNo,

    Whole,
    Number,

    /// <summary>In CSV ISO 8601, in Parquet UTC in nanoseconds.</summary>
    Time,
}

/// <summary>Tables in Apache Parquet: columns and cells are those of CSV, with a type each; an empty cell is null.</summary>
internal static class ParquetRows
{
    private const int RowsOfGroup = 1 << 16;

    public static async Task WriteAsync(Stream to, IReadOnlyList<(string Name, CellKind Kind)> columns, IEnumerable<IReadOnlyList<string>> rows, CancellationToken cancel)
    {
        DataField[] fields = [.. columns.Select(c => FieldOf(c.Name, c.Kind))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), to, cancellationToken: cancel);
        foreach (var some in rows.Chunk(RowsOfGroup))
        {
            using var group = writer.CreateRowGroup();
            for (var at = 0; at < fields.Length; at++)
            {
                var (field, cells) = (fields[at], some.Select(row => row[at]));
                await (columns[at].Kind switch
                {
                    CellKind.YesNo => ValuesAsync(group, field, cells, cell => cell == "yes", cancel),
                    CellKind.Whole => ValuesAsync(group, field, cells, cell => int.Parse(cell, CultureInfo.InvariantCulture), cancel),
                    CellKind.Number => ValuesAsync(group, field, cells, cell => double.Parse(cell, CultureInfo.InvariantCulture), cancel),
                    CellKind.Time => ValuesAsync(group, field, cells, cell => DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture).UtcDateTime, cancel),
                    _ => group.WriteAsync(field, [.. cells.Select(cell => cell.Length == 0 ? null! : cell)]),
                });
            }
        }
    }

    /// <returns>The same as CSV.</returns>
    /// <exception cref="NotSupportedException">A column is of a type that cells of a table do not have, such as a list.</exception>
    public static async Task<string> ReadAsync(Stream from, CancellationToken cancel)
    {
        await using var reader = await ParquetReader.CreateAsync(from, cancellationToken: cancel);
        var fields = reader.Schema.DataFields;
        if (reader.Schema.Fields.Count != fields.Length) throw new NotSupportedException("A column has columns of its own.");
        var text = new System.Text.StringBuilder(CsvLines.LineOf(fields.Select(f => f.Name)));
        for (var at = 0; at < reader.RowGroupCount; at++)
        {
            using var group = reader.OpenRowGroupReader(at);
            var columns = new List<string[]>();
            foreach (var field in fields) columns.Add(await CellsAsync(group, field, cancel));
            for (var row = 0; row < group.RowCount; row++) text.Append(CsvLines.LineOf(columns.Select(c => c[row])));
        }
        return text.ToString();
    }

    private static DataField FieldOf(string name, CellKind kind) => kind switch
    {
        CellKind.YesNo => new DataField(name, typeof(bool), isNullable: true),
        CellKind.Whole => new DataField(name, typeof(int), isNullable: true),
        CellKind.Number => new DataField(name, typeof(double), isNullable: true),
        CellKind.Time => new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Nanos, isNullable: true),
        _ => new DataField(name, typeof(string), isNullable: true),
    };

    private static Task ValuesAsync<T>(ParquetRowGroupWriter group, DataField field, IEnumerable<string> cells, Func<string, T> value, CancellationToken cancel) where T : struct =>
        group.WriteAsync<T>(field, new ReadOnlyMemory<T?>([.. cells.Select(cell => cell.Length == 0 ? (T?)null : value(cell))]), cancellationToken: cancel);

    private static async Task<string[]> CellsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancel)
    {
        if (field.IsArray) throw new NotSupportedException($"Column '{field.Name}' has lists.");
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var cells = new string?[group.RowCount];
            await group.ReadAsync(field, cells.AsMemory(), cancellationToken: cancel);
            return [.. cells.Select(cell => cell ?? "")];
        }
        return field.ClrType switch
        {
            var t when t == typeof(bool) => await ValuesAsync<bool>(group, field, v => v ? "yes" : "no", cancel),
            var t when t == typeof(int) => await ValuesAsync<int>(group, field, v => v.ToString(CultureInfo.InvariantCulture), cancel),
            var t when t == typeof(long) => await ValuesAsync<long>(group, field, v => v.ToString(CultureInfo.InvariantCulture), cancel),
            var t when t == typeof(float) => await ValuesAsync<float>(group, field, v => v.ToString("R", CultureInfo.InvariantCulture), cancel),
            var t when t == typeof(double) => await ValuesAsync<double>(group, field, v => v.ToString("R", CultureInfo.InvariantCulture), cancel),
            var t when t == typeof(DateTime) => await ValuesAsync<DateTime>(group, field, v => DateTime.SpecifyKind(v, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture), cancel),
            _ => throw new NotSupportedException($"Column '{field.Name}' is of a type that is not read: {field.ClrType.Name}."),
        };
    }

    private static async Task<string[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, Func<T, string> cell, CancellationToken cancel) where T : struct
    {
        if (!field.IsNullable)
        {
            var all = new T[group.RowCount];
            await group.ReadAsync(field, all.AsMemory(), cancellationToken: cancel);
            return [.. all.Select(cell)];
        }
        var values = new T?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancel);
        return [.. values.Select(v => v is { } value ? cell(value) : "")];
    }
}
