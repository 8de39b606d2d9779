using Microsoft.Data.Sqlite;

namespace RbpfSpec.Serving.Storage;

/// <summary>The rows of the tables, each with the values that its columns have, as they were written.</summary>
internal sealed class StoredRows
{
    private readonly Dictionary<string, List<object[]>> rows = [];

    private StoredRows()
    {
    }

    /// <summary>The rows of a table, in the order of their keys.</summary>
    public IReadOnlyList<object[]> this[StoredTable table] => rows[table.Name];

    /// <summary>Reads all rows.</summary>
    /// <param name="connection">To the database.</param>
    /// <param name="version">Of its schema.</param>
    /// <exception cref="StoredProblemException">One is not as it was written.</exception>
    /// <exception cref="SqliteException">The file is damaged in another way.</exception>
    public static StoredRows Read(SqliteConnection connection, long version)
    {
        var read = new StoredRows();
        foreach (var table in StoredSchema.Tables)
            read.rows.Add(table.Name, StoredSchema.Has(version, table) ? [.. Rows(connection, table)] : []);
        return read;
    }

    private static IEnumerable<object[]> Rows(SqliteConnection connection, StoredTable table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of the schema alone.
        command.CommandText = table.Select;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        for (var number = 1; reader.Read(); number++)
        {
            var row = new object[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.GetValue(i);
                if (!table.Accepts(i, row[i])) throw Damaged(table, number);
            }

            if (reader.GetValue(row.Length) is not long sum || sum != table.SumOf(row)) throw Damaged(table, number);
            yield return row;
        }
    }

    private static StoredProblemException Damaged(StoredTable table, int number) =>
        new($"is damaged: row {number} of its table '{table.Name}' is not as it was written");
}

/// <summary>A database holds something else than the state of the device; the message continues a sentence about the file.</summary>
internal sealed class StoredProblemException : Exception
{
    public StoredProblemException(string message)
        : base(message)
    {
    }
}
