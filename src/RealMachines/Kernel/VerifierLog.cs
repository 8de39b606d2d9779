using System.Text.RegularExpressions;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>The log of the kernel's verifier, which says step by step what it thought, and at the end why it refuses.</summary>
internal static partial class VerifierLog
{
    /// <summary>The reason: the last line that is about the program; null if there is none.</summary>
    /// <param name="log">The log.</param>
    public static string? Reason(string log) => log
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Reverse()
        .Where(line => !Statistics().IsMatch(line))
        .Select(Message)
        .FirstOrDefault(message => message != "");

    // Of a line about an instruction what is said behind it, if anything is; any other line as it is.
    private static string Message(string line) => Step().Match(line) switch
    {
        { Success: true } step => step.Groups["message"].Value,
        _ => line,
    };

    // processed 75 insns (limit 1000000) max_states_per_insn 0 …; verification time 42 usec; stack depth 512; mark_precise: …
    [GeneratedRegex(
        @"^(cur state:|old state:|processed \d+ insns|verification time|stack depth|mark_precise:|verifier log)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Statistics();

    // 3: (b7) r0 = 0 ; R0=0, or 100: (26) if w4 > 0x1f goto pc-3 infinite loop detected at insn 98, or 0: R1=ctx() R10=fp0
    [GeneratedRegex(
        @"^\d+: (\([0-9a-f]{2}\) if [^;]* goto pc[-+]\d+ (?<message>[^;]+)|.*)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Step();
}
