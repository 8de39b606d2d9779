using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Formats.Header;

/// <summary>
/// The conditions that leave vectors out of the header when it is compiled: groups and parts of the dialect that a machine
/// lacks, and what a device has no room for.
/// </summary>
internal static class HeaderFilter
{
    /// <summary>How many parts the vectors are in.</summary>
    public const int Parts = 16;

    private const string LocalCalls = "LOCAL_CALLS";
    private const string Budget = "BUDGET";
    private const string Traps = "TRAPS";
    private const string Rejections = "REJECTIONS";
    private const string Rest = "REST";
    private const string Core = "RBPF_CORE";

    // Up to here no length has a condition of its own.
    private const int ShortProgram = 64;

    // What the table holds of a vector besides its program, in bytes, roughly.
    private const int Entry = 96;

    private static readonly HashSet<string> LocalCallForms =
        [.. OperationTable.Forms.Where(form => form.Operation is CallOperation.Local).Select(form => form.Id)];

    private static IEnumerable<ConformanceGroup> Groups =>
        Enum.GetValues<ConformanceGroup>().Where(group => group is not ConformanceGroup.Base32);

    /// <summary>Lines of a comment that say what each definition leaves out.</summary>
    public static string Help => string.Join('\n', (string[])
    [
        " * Define, to leave out what a machine lacks, or a device has no room for:",
        .. Groups.Select(group => $" *   {$"RBPF_WITHOUT_{NameOf(group)}",-27}programs with an instruction of {group.Name()} itself"),
        $" *   RBPF_WITHOUT_{LocalCalls}   programs with a local call",
        $" *   RBPF_WITHOUT_{Budget}        runs that end because branches, calls or instructions are used up",
        $" *   RBPF_WITHOUT_{Traps}         runs that end in a trap",
        $" *   RBPF_WITHOUT_{Rejections}    programs to refuse before they run",
        $" *   {Core,-27}all but the core: the few that find most of what all of them find",
        $" *   RBPF_MOST_SLOTS            programs of more slots than this, which is at least {ShortProgram}",
        $" *   RBPF_PART                  all but one of {Parts} parts of about one size, by its number from 1",
    ]);

    /// <summary>The macros that the conditions are made of.</summary>
    public static string Start =>
        string.Concat(
            Groups
                .Select(NameOf)
                .Concat([LocalCalls, Budget, Traps, Rejections, Rest])
                .Select(name =>
                    $"""
                        #ifdef {(name == Rest ? Core : $"RBPF_WITHOUT_{name}")}
                        #define RBPF_{name} 0
                        #else
                        #define RBPF_{name} 1
                        #endif

                        """))
        + $"""
            #ifndef RBPF_MOST_SLOTS
            #define RBPF_MOST_SLOTS {Vector.LongestProgram}
            #endif
            #if RBPF_MOST_SLOTS < {ShortProgram}
            #error RBPF_MOST_SLOTS is less than {ShortProgram}
            #endif
            #ifndef RBPF_PART
            #define RBPF_PART 0
            #elif RBPF_PART < 1 || RBPF_PART > {Parts}
            #error RBPF_PART is not one of 1 to {Parts}
            #endif
            #define RBPF_IN(part) (RBPF_PART == 0 || RBPF_PART == (part))
            """;

    /// <summary>The text at the end, which takes back the names that the conditions are made of.</summary>
    public static string End =>
        string.Join(
            '\n',
            Groups.Select(NameOf).Concat([LocalCalls, Budget, Traps, Rejections, Rest, "IN"]).Select(name => $"#undef RBPF_{name}"));

    /// <summary>The condition of the preprocessor for each vector, in their order.</summary>
    public static List<string> Conditions(IReadOnlyList<Vector> vectors)
    {
        List<string> conditions = [];
        var whole = vectors.Sum(vector => (long)SizeOf(vector));
        var before = 0L;
        foreach (var vector in vectors)
        {
            conditions.Add(string.Join(" && ", Of(vector).Prepend($"RBPF_IN({before * Parts / whole + 1})")));
            before += SizeOf(vector);
        }

        return conditions;
    }

    private static IEnumerable<string> Of(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        var slots = code.Count / Slot.Size;
        foreach (var group in Groups.Where(vector.Groups.Contains)) yield return $"RBPF_{NameOf(group)}";
        if (Traits.RulesIn(code).Overlaps(LocalCallForms)) yield return $"RBPF_{LocalCalls}";
        if (vector.Expectation is Expectation.Traps) yield return $"RBPF_{Traps}";
        if (vector.Expectation is Expectation.Traps(Trap.BranchBudget or Trap.InstructionBudget, _)) yield return $"RBPF_{Budget}";
        if (vector.Expectation is Expectation.Refuses) yield return $"RBPF_{Rejections}";
        if (!vector.IsCore) yield return $"RBPF_{Rest}";
        if (slots > ShortProgram) yield return $"RBPF_MOST_SLOTS >= {slots}";
    }

    private static string NameOf(ConformanceGroup group) => group.Name().ToUpperInvariant();

    private static int SizeOf(Vector vector) => ((VectorProgram.Code)vector.Program).Bytes.Count + Entry;
}
