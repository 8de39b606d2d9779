using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Text;

/// <summary>A line to be assembled, and what a listing or a log says that it must come to.</summary>
/// <param name="Number">Which line it is, counted from 1.</param>
/// <param name="Text">The statement, at its column.</param>
/// <param name="Place">Where the program has it; none of a label.</param>
/// <param name="Bytes">The bytes that it has; null if they are not told.</param>
/// <param name="Opcode">The opcode that it has; null if it is not told.</param>
internal sealed record PastedLine(int Number, string Text, string? Place = null, byte[]? Bytes = null, byte? Opcode = null);

/// <summary>Takes listings of objdump and logs of Linux's verifier apart.</summary>
internal static partial class Pasted
{
    private const byte WideLoad = 0x18;
    private const byte Call = 0x85;

    // No tool writes longer ones; the patterns below take time that grows faster than a line.
    private const int LongestLine = 4096;
    private const int MillisecondsAtMost = 1000;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Recognises the syntax that a text seems to be written in; null if it is none of these.</summary>
    public static Dialect? Recognise(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Length > LongestLine) continue;
            if (Logged().IsMatch(line)) return Dialect.Verifier;
            if (Listed().IsMatch(line) || Begins().IsMatch(line)) return Dialect.Objdump;
        }

        return null;
    }

    /// <summary>The statements of a listing, and what in it is none.</summary>
    public static (List<PastedLine> Lines, List<AssemblyError> Errors) Listing(IReadOnlyList<string> lines)
    {
        var statements = new List<PastedLine>();
        var errors = new List<AssemblyError>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length > LongestLine)
                errors.Add(Error(i + 1, line, $"a line of a listing, of at most {LongestLine} characters"));
            else if (IsHalf(statements) && More().Match(line) is { Success: true } more) Extend(statements, more);
            else if (Listed().Match(line) is { Success: true } listed) statements.Add(Statement(listed, i + 1));
            else if (Relocation().IsMatch(line))
                errors.Add(Error(i + 1, line, "the object itself: a listing does not hold what its relocations refer to"));
            else if (Unbytes().Match(line) is { Success: true } plain)
                statements.Add(Plain(plain, i + 1, errors));
            else if (Header().Match(line) is { Success: true } header) statements.AddRange(Label(header, i + 1));
            else if (line.Trim() == "...")
                errors.Add(Error(i + 1, line, "the zeros that it stands for (llvm-objdump -z)"));
            else if (!Noise().IsMatch(line))
                errors.Add(Error(i + 1, line, "a line of a listing: an address, bytes and an instruction"));
        }

        return (statements, errors);
    }

    /// <summary>The statements of a log, each once, in the order of the program.</summary>
    public static (List<PastedLine> Lines, List<AssemblyError> Errors) Log(IReadOnlyList<string> lines)
    {
        var statements = new Dictionary<int, PastedLine>();
        var errors = new List<AssemblyError>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length > LongestLine || Logged().Match(lines[i]) is not { Success: true } logged) continue;
            if (!int.TryParse(logged.Groups["place"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) continue;
            var opcode = Convert.ToByte(logged.Groups["opcode"].Value, 16);
            var statement = new PastedLine(i + 1, Spelled(logged.Groups["text"], opcode), logged.Groups["place"].Value, Opcode: opcode);
            if (statements.TryAdd(index, statement)) continue;
            if (statements[index].Text.Trim() != statement.Text.Trim())
            {
                errors.Add(new(
                    AssemblyErrorKind.Contradiction,
                    i + 1,
                    logged.Groups["text"].Index + 1,
                    $"{Token.Quote(statement.Text.Trim())} as instruction {index}",
                    $"{Token.Quote(statements[index].Text.Trim())}, as line {statements[index].Number} has it"));
            }
        }

        return ([.. from statement in statements orderby statement.Key select statement.Value], errors);
    }

    /// <summary>Why a slot is not what a line says; null if it is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="slot">The index that it has come to.</param>
    /// <param name="bytes">The bytes that it has come to.</param>
    public static AssemblyError? Compare(PastedLine line, int slot, ReadOnlySpan<byte> bytes)
    {
        var column = line.Text.Length - line.Text.TrimStart().Length + 1;
        if (line.Place is { } place && !IsPlace(place, slot))
        {
            return new(
                AssemblyErrorKind.Contradiction,
                line.Number,
                1,
                $"instruction {Token.Quote(place)}",
                $"instruction {slot} next: a listing or log that leaves none out, of one section");
        }

        if (line.Bytes is { } told && !bytes.SequenceEqual(told))
        {
            return new(
                AssemblyErrorKind.Contradiction,
                line.Number,
                column,
                $"{Token.Quote(line.Text.Trim())}, whose bytes are {Convert.ToHexString(bytes).ToLowerInvariant()}",
                $"what the listing's bytes say, {Convert.ToHexString(told).ToLowerInvariant()}; or only the text after the bytes");
        }

        return line.Opcode is { } opcode && !bytes.StartsWith([opcode])
            ? new(
                AssemblyErrorKind.Contradiction,
                line.Number,
                column,
                $"{Token.Quote(line.Text.Trim())}, {Opcode(bytes)}",
                $"an instruction of opcode 0x{opcode:x2}, as the log says")
            : null;
    }

    private static string Opcode(ReadOnlySpan<byte> bytes) =>
        bytes is [var opcode, ..] ? $"whose opcode is 0x{opcode:x2}" : "which is no instruction";

    // llvm-objdump counts slots, in decimal; GNU objdump bytes, in hexadecimal.
    private static bool IsPlace(string place, int slot) =>
        place == slot.ToString(CultureInfo.InvariantCulture)
        || (long.TryParse(place, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            && address == (long)slot * Slot.Size);

    private static PastedLine Statement(Match listed, int number)
    {
        var bytes = Convert.FromHexString(Spaces().Replace(listed.Groups["bytes"].Value, ""));
        var text = At(listed.Groups["text"]);
        // Of a call the text does not tell its kind, of an unknown instruction nothing: the bytes do.
        return bytes[0] is Call || text.Trim() is "<unknown>" or ""
            ? new(number, Numbered(bytes), listed.Groups["place"].Value, bytes)
            : new(number, text, listed.Groups["place"].Value, bytes);
    }

    private static PastedLine Plain(Match listed, int number, List<AssemblyError> errors)
    {
        var text = At(listed.Groups["text"]);
        var place = listed.Groups["place"].Value;
        if (!AnyCall().IsMatch(listed.Groups["text"].Value)) return new(number, text, place);
        errors.Add(Error(number, text, "the bytes, too: the text does not tell a call of a helper from one of a function"));
        return new(number, ".slot 0x85", place);
    }

    private static string Numbered(byte[] bytes) =>
        string.Concat(bytes.Chunk(Slot.Size).Select(slot =>
            $"; .slot 0x{System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(slot):x16}"))[2..];

    // GNU objdump gives the second slot of a wide load a line of its own.
    private static bool IsHalf(List<PastedLine> statements) => statements is [.., { Bytes: [WideLoad, _, _, _, _, _, _, _] }];

    private static void Extend(List<PastedLine> statements, Match more)
    {
        var bytes = Convert.FromHexString(Spaces().Replace(more.Groups["bytes"].Value, ""));
        statements[^1] = statements[^1] with { Bytes = [.. statements[^1].Bytes!, .. bytes] };
    }

    private static IEnumerable<PastedLine> Label(Match header, int number)
    {
        var name = header.Groups["name"].Value;
        if (Name().IsMatch(name)) yield return new(number, name + ":");
    }

    private static AssemblyError Error(int number, string line, string expected) => new(
        AssemblyErrorKind.Syntax, number, line.Length - line.TrimStart().Length + 1, Token.Quote(line.Trim()), expected);

    private static string At(Group group) => new string(' ', group.Index) + group.Value;

    // The few words that the verifier has of its own, as LLVM has them.
    private static string Spelled(Group group, byte opcode)
    {
        var text = State().Replace(group.Value, "");
        text = Callee().Replace(text, "call ${id}");
        text = text.Replace("call pc", "call local ", StringComparison.Ordinal).Replace("goto pc", "goto ", StringComparison.Ordinal)
            .Replace("gotol pc", "gotol ", StringComparison.Ordinal);
        if (opcode == WideLoad) text += " ll";
        return new string(' ', group.Index) + text;
    }

    [GeneratedRegex(
        @"^\s*(?<place>[0-9a-f]+):\s+(?<bytes>[0-9a-f]{2}(?: ?[0-9a-f]{2}){7}(?:(?: [0-9a-f]{2}){8})?)"
        + @"(?:\s+(?<text>\S.*)|\s*(?<text>))$",
        Options, MillisecondsAtMost)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^\s*[0-9a-f]+:\s+(?<bytes>00(?: 00){3}(?: [0-9a-f]{2}){4})\s*$", Options, MillisecondsAtMost)]
    private static partial Regex More();

    [GeneratedRegex(@"^\s*(?<place>[0-9a-f]+):\s+(?<text>\S.*)$", Options, MillisecondsAtMost)]
    private static partial Regex Unbytes();

    [GeneratedRegex(@"^call\s+[-+]?[0-9]", Options, MillisecondsAtMost)]
    private static partial Regex AnyCall();

    // What stands above the instructions, and nowhere but in a listing.
    [GeneratedRegex(@"^Disassembly of section |^[0-9a-f]{8,16} <.*>:\s*$", Options, MillisecondsAtMost)]
    private static partial Regex Begins();

    [GeneratedRegex(@"^[0-9a-f]{8,16} <(?<name>.*)>:\s*$", Options, MillisecondsAtMost)]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s*[0-9a-f]+:\s+R_BPF_", Options, MillisecondsAtMost)]
    private static partial Regex Relocation();

    [GeneratedRegex(
        @"^\s*$|^\s*[;#]|^Disassembly of section |file format |^In archive |^[A-Za-z_.$][\w.$]*\(?\)?:$",
        Options, MillisecondsAtMost)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^\s*(?<place>[0-9]+): \((?<opcode>[0-9a-f]{2})\) (?<text>\S.*?)\s*$", Options, MillisecondsAtMost)]
    private static partial Regex Logged();

    [GeneratedRegex(@"\s*;.*$", Options, MillisecondsAtMost)]
    private static partial Regex State();

    [GeneratedRegex(@"\bcall [\w.$]+#(?<id>-?[0-9]+)$", Options, MillisecondsAtMost)]
    private static partial Regex Callee();

    [GeneratedRegex(@"^[A-Za-z_.$][\w.$]*$", Options, MillisecondsAtMost)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+", Options, MillisecondsAtMost)]
    private static partial Regex Spaces();
}
