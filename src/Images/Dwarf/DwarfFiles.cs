using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Dwarf;

/// <summary>The files that a unit of a line table names, by number.</summary>
internal sealed class DwarfFiles
{
    // DWARF 5 §6.2.4.1 and §7.5.6.
    private const ulong ContentPath = 1;
    private const ulong ContentDirectory = 2;

    // No compiler names more in one unit, and no system has longer paths.
    private const int MostFiles = 10_000;
    private const int LongestPath = 4096;

    private readonly List<string> directories = [];
    private readonly List<(string Name, ulong Directory)> files = [];
    private readonly Dictionary<ulong, string> known = [];
    private readonly bool fromZero;

    private DwarfFiles(bool isFromZero) => fromZero = isFromZero;

    /// <summary>Reads them; null, with the problem, if they make no sense.</summary>
    /// <param name="cursor">The rest of the unit's header.</param>
    /// <param name="version">The version of the unit.</param>
    /// <param name="names">The names in the table itself, in <c>.debug_line_str</c>, and in <c>.debug_str</c>.</param>
    /// <param name="start">The offset of the header's rest in the table.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence that starts with the table.</param>
    public static DwarfFiles? Read(
        ref DwarfCursor cursor, int version, DwarfNames names, int start, [NotNullWhen(false)] out string? problem)
    {
        var read = new DwarfFiles(version >= 5);
        problem = version >= 5 ? read.ReadEntries(ref cursor, names, start) : read.ReadLists(ref cursor, names, start);
        if (problem is null && cursor.HasFailed) problem = "ends within the names of files";
        return problem is null ? read : null;
    }

    /// <summary>The path of the file with a number; null if there is none, or if it is too long.</summary>
    public string? PathOf(ulong number)
    {
        if (known.TryGetValue(number, out var found)) return found;
        var index = fromZero ? number : number - 1;
        if (index >= (ulong)files.Count || known.Count >= MostFiles) return null;
        var (name, directory) = files[(int)index];
        var path = Joined(DirectoryOf(directory), name);
        if (path.Length > LongestPath) return null;
        known.Add(number, path);
        return path;
    }

    // The first is that of the compiler; in old tables it is not among them.
    private string DirectoryOf(ulong number)
    {
        var index = fromZero ? number : number - 1;
        if (index >= (ulong)directories.Count) return "";
        return fromZero && index > 0 ? Joined(directories[0], directories[(int)index]) : directories[(int)index];
    }

    private static string Joined(string folder, string name) => folder == "" || name.StartsWith('/') ? name : $"{folder}/{name}";

    private string? ReadLists(ref DwarfCursor cursor, DwarfNames names, int start)
    {
        while (Next(ref cursor, names, start, out var problem) is { } directory)
        {
            if (problem is not null) return problem;
            if (directory == "") break;
            directories.Add(directory);
        }

        while (Next(ref cursor, names, start, out var problem) is { } name)
        {
            if (problem is not null) return problem;
            if (name == "") break;
            files.Add((name, cursor.Unsigned()));
            cursor.Unsigned();
            cursor.Unsigned();
        }

        return null;
    }

    private static string? Next(ref DwarfCursor cursor, DwarfNames names, int start, out string? problem)
    {
        problem = null;
        if (cursor.IsAtEnd) return null;
        return names.Table.TryRead((uint)start + cursor.Text(), out var name, out problem) ? name : "";
    }

    private string? ReadEntries(ref DwarfCursor cursor, DwarfNames names, int start) =>
        ReadEntries(ref cursor, names, start, (name, _) => directories.Add(name))
        ?? ReadEntries(ref cursor, names, start, (name, directory) => files.Add((name, directory)));

    private static string? ReadEntries(ref DwarfCursor cursor, DwarfNames names, int start, Action<string, ulong> add)
    {
        var formats = new (ulong Content, ulong Form)[cursor.Byte()];
        for (var i = 0; i < formats.Length; i++) formats[i] = (cursor.Unsigned(), cursor.Unsigned());
        var count = cursor.Unsigned();
        if (formats.Length == 0 && count > 0) return "has files without names";
        for (var index = 0UL; index < count && !cursor.HasFailed; index++)
        {
            var (name, directory) = ("", 0UL);
            foreach (var (content, form) in formats)
            {
                var (text, number, problem) = Value(ref cursor, names, start, form);
                if (problem is not null) return problem;
                if (content == ContentPath) name = text;
                if (content == ContentDirectory) directory = number;
            }

            add(name, directory);
        }

        return null;
    }

    // Of the forms that there are, names of files have these (DWARF 5 §6.2.4.1).
    private static (string Text, ulong Number, string? Problem) Value(ref DwarfCursor cursor, DwarfNames names, int start, ulong form)
    {
        if (!DwarfForms.IsOfFiles(form) || DwarfForms.Read(ref cursor, start, form, constant: 0) is not { } value)
            return ("", 0, $"has names of the form 0x{form:x}");
        return form switch
        {
            DwarfForms.Text => Named(names.Table, (uint)value.Number),
            DwarfForms.LineTextPlace => Named(names.Lines, (uint)value.Number),
            DwarfForms.TextPlace => Named(names.Strings, (uint)value.Number),
            _ => ("", value.Length == 0 ? value.Number : 0, null),
        };
    }

    private static (string Text, ulong Number, string? Problem) Named(NameTable table, uint place) =>
        table.TryRead(place, out var name, out var problem) ? (name, 0UL, null) : ("", 0UL, $"has a name {problem}");
}

/// <summary>The tables that a line table's names are in.</summary>
/// <param name="Table">The line table itself.</param>
/// <param name="Lines"><c>.debug_line_str</c>.</param>
/// <param name="Strings"><c>.debug_str</c>.</param>
internal sealed record DwarfNames(NameTable Table, NameTable Lines, NameTable Strings);
