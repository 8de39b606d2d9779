using Microsoft.Data.Sqlite;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving.Storage;

/// <summary>Keeps what survives of a device in a file, an SQLite database with a write-ahead log.</summary>
/// <remarks>
/// What is saved at a time is one transaction, on the disk when it ends (<c>synchronous</c> FULL): after a crash at any point, the file
/// has all of it or nothing. Only rows that changed are written. The file is locked: it is of one server at a time.
/// </remarks>
public sealed class SqliteStore : IDeviceStore
{
    // Errors of SQLite, https://sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    // The least page of a database.
    private const int LeastSize = 512;

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];
    private Persisted? latest;

    private SqliteStore(string path, SqliteConnection connection, Persisted? latest)
    {
        this.path = path;
        this.connection = connection;
        this.latest = latest;
    }

    /// <summary>Opens a database, or creates it if there is no file, or an empty one.</summary>
    /// <param name="path">The name of the file.</param>
    /// <param name="settings">Those of the device whose state it keeps.</param>
    public static StoreOpening Open(string path, DeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(settings);
        if (ProblemOf(path) is { } problem) return new StoreOpening.Refused($"'{path}' {problem}");
        SqliteConnection? opened = null;
        try
        {
            // Whatever is wrong with a file is found before it is opened to be written: then it stays as it is, byte by byte.
            if (new FileInfo(path) is { Exists: true, Length: > 0 })
            {
                if (!IsDatabase(path)) return new StoreOpening.Refused($"'{path}' {NotOurs}");
                using var reading = Connect(path, SqliteOpenMode.ReadOnly);
                if (!IsNew(reading)) Read(reading, settings);
            }

            opened = Connect(path, SqliteOpenMode.ReadWriteCreate);
            Execute(opened, "PRAGMA locking_mode = EXCLUSIVE");
            Execute(opened, "PRAGMA journal_mode = WAL");
            Execute(opened, "PRAGMA synchronous = FULL");
            var store = new SqliteStore(path, opened, null);
            store.Begin(settings);
            opened = null;
            return new StoreOpening.Opened(store);
        }
        catch (StoredProblemException exception)
        {
            return new StoreOpening.Refused($"'{path}' {exception.Message}");
        }
        catch (SqliteException exception)
        {
            return new StoreOpening.Refused($"'{path}' {Told(exception)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StoreOpening.Refused($"'{path}' cannot be opened: {exception.Message}");
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    public Persisted? Load() => latest;

    /// <summary>Saves what survives: when it returns, a loss of power takes nothing of it.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing of this was saved.</exception>
    public void Save(Persisted before, Persisted after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        using var changes = StoredChange.Between(before, after).GetEnumerator();
        if (changes.MoveNext())
        {
            try
            {
                using var transaction = connection.BeginTransaction();
                do Write(transaction, changes.Current);
                while (changes.MoveNext());
                transaction.Commit();
            }
            catch (SqliteException exception)
            {
                throw new IOException($"'{path}' cannot be written: {exception.Message}", exception);
            }
        }

        latest = after;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
        connection.Dispose();
    }

    // With the lock taken: creates what a new file needs, or reads what an old one has.
    private void Begin(DeviceSettings settings)
    {
        using var transaction = connection.BeginTransaction();
        if (IsNew(connection))
        {
            Execute(connection, $"PRAGMA application_id = {StoredSchema.ApplicationId}");
            Execute(connection, $"PRAGMA user_version = {StoredSchema.Version}");
            foreach (var table in StoredSchema.Tables) Execute(connection, table.Create);
            foreach (var change in StoredChange.Of(settings)) Write(transaction, change);
        }
        else
        {
            latest = Read(connection, settings);
            if (Number(connection, "PRAGMA user_version") == StoredSchema.WithoutLines)
            {
                Execute(connection, StoredSchema.Line.Create);
                Execute(connection, $"PRAGMA user_version = {StoredSchema.Version}");
            }
        }

        transaction.Commit();
    }

    private static string? ProblemOf(string path)
    {
        if (path.Length == 0) return "is no name of a file; expected one";
        try
        {
            if (Directory.Exists(path)) return "is a folder; expected a file";
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || !Directory.Exists(folder))
                return "is in a folder that does not exist; expected one that does";
            return File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
                ? "is read-only; expected a file that can be written"
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"cannot be opened: {exception.Message}";
        }
    }

    // SQLite takes a file of a few bytes for an empty one.
    private static bool IsDatabase(string path)
    {
        var start = new byte[Header.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.Length >= LeastSize && file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && Header.SequenceEqual(start);
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Mode = mode,
            Pooling = false,

            // Seconds to wait for another's lock: a server that is about to end has it no longer.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            opened.Open();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static bool IsNew(SqliteConnection connection) =>
        Number(connection, "PRAGMA application_id") == 0
        && Number(connection, "PRAGMA user_version") == 0
        && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;

    private static Persisted Read(SqliteConnection connection, DeviceSettings settings)
    {
        if (Number(connection, "PRAGMA application_id") != StoredSchema.ApplicationId) throw new StoredProblemException(NotOurs);
        var version = Number(connection, "PRAGMA user_version");
        if (version is not (StoredSchema.Version or StoredSchema.WithoutLines))
            throw new StoredProblemException($"has the schema version {version}; this rbpf reads {StoredSchema.Version}");
        if (Text(connection, "PRAGMA integrity_check(1)") is var problem and not "ok")
            throw new StoredProblemException($"is damaged: {problem.ReplaceLineEndings(" ")}");
        return StoredDevice.Of(StoredRows.Read(connection, version), settings);
    }

    private const string NotOurs = "is no database of a device; expected one that 'rbpf host serve' wrote, or a name that no file has";

    private static string Told(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Busy or Locked => "is used by another server; expected a file that none uses",
        ReadOnly => "is read-only; expected a file that can be written",
        CannotOpen => "cannot be opened; expected a file that may be read and written, in a folder where files may be created",
        NoDatabase => NotOurs,
        InputOutput => "is no ordinary file, or its disk fails; expected an ordinary file",
        Corrupt => $"is damaged: {exception.Message}",
        _ => $"cannot be used: {exception.Message}",
    };

    private void Write(SqliteTransaction transaction, StoredChange change)
    {
        var text = change.IsDeleted ? change.Table.Delete : change.Table.Put;
        if (!commands.TryGetValue(text, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of the schema alone.
            command.CommandText = text;
#pragma warning restore CA2100
            var count = change.IsDeleted ? change.Table.Keys : change.Table.Columns.Count + 1;
            for (var i = 0; i < count; i++) command.Parameters.Add(new SqliteParameter($"${i}", SqliteType.Integer));
            commands.Add(text, command);
        }

        command.Transaction = transaction;
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            var value = i < change.Row.Length ? change.Row[i] : change.Table.SumOf(change.Row);
            command.Parameters[i].SqliteType = value switch
            {
                long => SqliteType.Integer,
                string => SqliteType.Text,
                _ => SqliteType.Blob,
            };
            command.Parameters[i].Value = value;
        }

        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = Command(connection, text);
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string text)
    {
        using var command = Command(connection, text);
        return command.ExecuteScalar() is long number ? number : throw new StoredProblemException(NotOurs);
    }

    private static string Text(SqliteConnection connection, string text)
    {
        using var command = Command(connection, text);
        return command.ExecuteScalar() as string ?? throw new StoredProblemException(NotOurs);
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is ours.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
