using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RbpfSpec.Serving.Storage;

/// <summary>The type of a column of a <see cref="StoredTable"/>.</summary>
internal enum StoredType
{
    /// <summary>A number of 64 bits, a <see cref="long"/>.</summary>
    Integer,

    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>Bytes, an array.</summary>
    Blob,
}

/// <summary>A table of the database.</summary>
/// <remarks>Each row ends with a sum of its values, so that a damaged one is known: SQLite itself keeps none.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Keys">How many of the columns, from the first on, make the key.</param>
/// <param name="Columns">Name and type of its columns but for the sum.</param>
internal sealed record StoredTable(string Name, int Keys, Sequence<(string Name, StoredType Type)> Columns)
{
    private const string Sum = "sum";

    /// <summary>The statement that creates it.</summary>
    public string Create =>
        $"CREATE TABLE {Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {TypeOf(column.Type)} NOT NULL"))}"
        + $", {Sum} INTEGER NOT NULL, PRIMARY KEY ({string.Join(", ", KeyNames)})) STRICT, WITHOUT ROWID";

    /// <summary>The statement that reads its rows.</summary>
    public string Select => $"SELECT {Names}, {Sum} FROM {Name} ORDER BY {string.Join(", ", KeyNames)}";

    /// <summary>The statement that puts a row in the place of one with its key; parameters $0, $1, …, the last one of the sum.</summary>
    public string Put =>
        $"INSERT OR REPLACE INTO {Name} ({Names}, {Sum}) "
        + $"VALUES ({string.Join(", ", Enumerable.Range(0, Columns.Count + 1).Select(at => $"${at}"))})";

    /// <summary>The statement that deletes the row of a key; parameters $0, $1, ….</summary>
    public string Delete => $"DELETE FROM {Name} WHERE {string.Join(" AND ", KeyNames.Select((name, at) => $"{name} = ${at}"))}";

    private string Names => string.Join(", ", Columns.Select(column => column.Name));

    private IEnumerable<string> KeyNames => Columns.Take(Keys).Select(column => column.Name);

    /// <summary>The sum of a row: the first 64 bits of SHA-256 of the table's name and the values.</summary>
    /// <param name="row">The values of the columns.</param>
    public long SumOf(ReadOnlySpan<object> row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Name);
        foreach (var value in row)
        {
            switch (value)
            {
                case long number:
                    Append(hash, number);
                    break;
                case string text:
                    Append(hash, text);
                    break;
                case byte[] bytes:
                    Append(hash, bytes.Length);
                    hash.AppendData(bytes);
                    break;
                default:
                    throw new ArgumentException($"a {value.GetType().Name} in a row of '{Name}'", nameof(row));
            }
        }

        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>Whether a value is of the type of its column.</summary>
    public bool Accepts(int column, object value) => Columns[column].Type switch
    {
        StoredType.Integer => value is long,
        StoredType.Text => value is string,
        StoredType.Blob => value is byte[],
    };

    private static string TypeOf(StoredType type) => type.ToString().ToUpperInvariant();

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
