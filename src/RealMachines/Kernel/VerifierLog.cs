using System.Text.RegularExpressions;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>The log of the kernel's verifier, which says step by step what it thought, and at the end why it refuses.</summary>
internal static partial class VerifierLog
{
    /// <summary>The reason: the last line that is about the program; null if there is none.</summary>
    /// <param name="log">The log.</param>
    public static string? Reason(string log) => log
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .LastOrDefault(line => !Statistics().IsMatch(line));

    // processed 75 insns (limit 1000000) max_states_per_insn 0 …; verification time 42 usec; stack depth 512; mark_precise: …
    [GeneratedRegex(
        @"^(cur state:|old state:|processed \d+ insns|verification time|stack depth|mark_precise:|verifier log|\d+: )",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Statistics();
}
