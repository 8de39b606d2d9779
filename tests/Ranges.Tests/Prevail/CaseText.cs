using System.Globalization;
using System.Text.RegularExpressions;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>A case as assembly: what may be anything comes from the context; where it is not as the facts say, a run ends.</summary>
/// <remarks>So a run with any context is one of a state before, or of none; and the analysis begins with nothing but the facts.</remarks>
internal sealed partial class CaseText
{
    /// <summary>The bytes of a frame.</summary>
    public const int FrameBytes = 512;

    /// <summary>How long the context is: ten registers, and a frame.</summary>
    public const int ContextBytes = (Registers * 8) + FrameBytes;

    private const int Registers = 10;

    private readonly List<string> lines = [];
    private readonly List<int> code = [];
    private readonly PrevailCase one;
    private readonly Wanted[] wanted;

    private CaseText(PrevailCase one, Wanted[] wanted)
    {
        (this.one, this.wanted) = (one, wanted);
        Before();
        Code();
        After();
    }

    /// <summary>The text.</summary>
    public string Text => string.Join('\n', lines) + "\n";

    /// <summary>The line of the text, from 1, before which the facts before hold.</summary>
    public int Start { get; private set; }

    /// <summary>The line of the text, from 1, before which the facts after hold.</summary>
    public int End { get; private set; }

    /// <summary>The offset that r10 has.</summary>
    public int Top => wanted[10] is { IsPointer: true, Signed: var (least, _) } ? (int)least : FrameBytes;

    /// <summary>The facts about each register.</summary>
    public IReadOnlyList<Wanted> Wants => wanted;

    /// <summary>The line of the text, from 1, of a line of the code.</summary>
    public int Line(int number) => code[number];

    /// <summary>The text of a case; null if the facts before cannot be said so.</summary>
    public static CaseText? Of(PrevailCase one)
    {
        if (Wanted.Of(one) is not { } wanted) return null;
        foreach (var want in wanted)
        {
            if (want.IsPointer && (want.Signed.Least < 0 || want.Signed.Greatest > int.MaxValue)) return null;
        }

        return new(one, wanted);
    }

    private int Next => lines.Count + 1;

    private void Before()
    {
        // Two registers of which nothing is said: one points to the context, one is for numbers.
        var free = Enumerable.Range(0, Registers).Where(IsFree).ToArray();
        var (at, other) = (free[^1], free[0]);
        if (at != 1) lines.Add($"r{at} = r1");
        foreach (var register in Enumerable.Range(0, Registers).Except(free)) Put(register, at, other);
        Frame(at, other);
        foreach (var register in free) Load(register, at, register);
        Start = Next;
    }

    private bool IsFree(int register) =>
        !one.Before.Any(fact => fact is Fact.Pointer(var pointer) && pointer == register)
        && !one.Before.SelectMany(static fact => fact.Terms).Any(term => !term.IsCell && term.Index == register);

    private void Load(int register, int at, int place) => lines.Add(Invariant($"r{register} = *(u64 *)(r{at} + {8 * place})"));

    private void Put(int register, int at, int other)
    {
        var want = wanted[register];
        if (want.Same != register)
        {
            lines.Add($"r{register} = r{want.Same}");
            return;
        }

        var shift = want.IsPointer ? Top : 0;
        if (want.Single is { } number)
        {
            Number(register, unchecked(number - (ulong)shift));
        }
        else
        {
            Load(register, at, register);
            var (least, greatest) = want.Signed;
            if (least > long.MinValue) Dead($"r{register} s<", least - shift, other);
            if (greatest < long.MaxValue) Dead($"r{register} s>", greatest - shift, other);
            (least, greatest) = want.Unsigned;
            if (least > 0) Dead($"r{register} <", least, other);
            if (greatest < ulong.MaxValue) Dead($"r{register} >", greatest, other);
        }

        if (want.IsPointer) lines.Add($"r{register} += r10");
    }

    private void Number(int register, ulong number) => lines.Add(Invariant($"r{register} = 0x{number:x} ll"));

    private void Dead(string condition, Int128 number, int other)
    {
        var word = unchecked((ulong)number);
        if ((long)word is >= int.MinValue and <= int.MaxValue)
        {
            lines.Add(Invariant($"if {condition} {(long)word} goto dead"));
            return;
        }

        Number(other, word);
        lines.Add($"if {condition} r{other} goto dead");
    }

    private void Frame(int at, int other)
    {
        if (!one.Code.Any(static line => line.Text.Contains("*(", StringComparison.Ordinal))) return;
        for (var offset = 0; offset < FrameBytes; offset += 8)
        {
            lines.Add(Invariant($"r{other} = *(u64 *)(r{at} + {(8 * Registers) + offset})"));
            lines.Add(Invariant($"*(u64 *)(r10 - {FrameBytes - offset}) = r{other}"));
        }

        foreach (var fact in one.Before)
        {
            if (fact is not Fact.Within({ IsCell: true } cell, var number, _)) continue;
            Number(other, unchecked((ulong)number));
            lines.Add(Invariant($"*(u{8 * cell.Bytes} *)(r10 - {Top - cell.Index}) = r{other}"));
        }
    }

    private void Code()
    {
        for (var number = 0; number < one.Code.Length; number++)
        {
            var (label, text) = one.Code[number];
            if (label is not null) lines.Add($"{label}_:");
            code.Add(Next);
            var line = Translated(text);
            if (text.StartsWith("assume ", StringComparison.Ordinal))
            {
                lines.Add(Invariant($"if {line["assume ".Length..]} goto holds{number}_"));
                lines.Add("goto dead");
                lines.Add(Invariant($"holds{number}_:"));
            }
            else if (text == "exit")
            {
                // The last one is where the facts after hold.
                if (number < one.Code.Length - 1) lines.Add("goto end");
            }
            else
            {
                lines.Add(line);
            }
        }
    }

    // Something hangs on all registers at the end, so that all is followed up to there.
    private void After()
    {
        lines.Add("end:");
        End = Next;
        for (var register = 0; register < Registers; register++)
            lines.Add(Invariant($"*(u64 *)(r10 - {8 * (register + 1)}) = r{register}"));

        lines.Add("exit");
        if (!lines.Exists(static line => line.EndsWith("goto dead", StringComparison.Ordinal))) return;
        lines.Add("dead:");
        lines.Add("exit");
    }

    // Their syntax is that of LLVM but for the names of halves of registers, labels, extension, and how numbers are written.
    private static string Translated(string text)
    {
        var line = TargetPattern().Replace(text, "goto ${label}_");
        line = ExtensionPattern().Replace(line, "${register} = (s${bits})${source}");
        line = WidePattern().Replace(line, "${number} ll");
        if (HalfPattern().IsMatch(line)) line = RegisterPattern().Replace(line, "w");
        return NumberPattern().Replace(line, static match => Invariant($"{Narrowed(match.Value)}"));
    }

    private static long Narrowed(string number) => long.Parse(number, CultureInfo.InvariantCulture) is var value
        && value is > int.MaxValue and <= uint.MaxValue ? (int)(uint)value : value;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex("goto <(?<label>[a-z0-9]+)>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TargetPattern();

    [GeneratedRegex(@"(?<register>r\d) s(?<bits>\d+)= (?<source>r\d)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ExtensionPattern();

    [GeneratedRegex(@"(?<number>\d)ll\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex WidePattern();

    [GeneratedRegex(@"\bw\d", RegexOptions.None, 1_000)]
    private static partial Regex HalfPattern();

    [GeneratedRegex(@"\br(?=\d)", RegexOptions.None, 1_000)]
    private static partial Regex RegisterPattern();

    // Not those that are read as 64 bits.
    [GeneratedRegex(@"(?<!\w)-?\d{10,}(?!\d| ll)", RegexOptions.None, 1_000)]
    private static partial Regex NumberPattern();
}
