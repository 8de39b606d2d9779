using System.Text;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Formats.Header;

/// <summary>Vectors as one C header: a table for the harness of a device.</summary>
public static class HeaderWriter
{
    // What a device has room for beside the machine.
    private const int MostMemory = 1024;

    /// <summary>The header.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="vectors">The vectors; those that the harness must provide more for than program and memory are left out.</param>
    public static string Text(Profile profile, IEnumerable<Vector> vectors)
    {
        List<Vector> said =
        [
            .. HeaderOrder.Of([.. vectors.Where(vector => DataWriter.CanSay(vector) && vector.Memory.Count <= MostMemory)]),
        ];
        List<string> rules = [.. said.Select(vector => vector.Rule).Distinct()];
        var conditions = HeaderFilter.Conditions(said);
        var memories = said.Select(vector => vector.Memory)
            .Where(memory => !memory.IsEmpty)
            .Distinct()
            .Select((memory, number) => (memory, number))
            .ToDictionary(each => each.memory, each => each.number);
        var text = new StringBuilder(Start(profile, said, rules));
        foreach (var (memory, number) in memories) text.Append($"RBPF_BYTES(m{number}) = {{{Bytes(memory)}}};\n");
        Each(text, conditions, index => $"RBPF_BYTES(p{index}) = {{{Bytes(CodeOf(said[index]))}}};\n");
        text.Append("\nstatic const struct rbpf_vector rbpf_vectors[] = {\n");
        Each(text, conditions, index => Entry(index, said[index], rules, memories));
        return text.Append($$"""
            {0}
            };

            /* How many there are; the entry behind the last one has no name. */
            #define RBPF_VECTORS ((int)(sizeof rbpf_vectors / sizeof rbpf_vectors[0]) - 1)

            #undef RBPF_BYTES
            #undef RBPF_PURPOSE
            {{HeaderFilter.End}}
            #endif

            """).ToString();
    }

    private static string Start(Profile profile, List<Vector> vectors, List<string> rules) => $$"""
        /* {{vectors.Count}} conformance vectors of the profile {{profile.Name}}, generated:
         * rbpf conformance generate --profile {{profile.Name}} --format c.
         *
         * Memory starts at the address that the harness gives; r1 is that address (0 if there are no bytes), r2 the
         * length, r10 the end of {{profile.FrameBytes}} zeroed bytes of stack. {{Budget(profile)}}
         *
         * First come those with the instructions that most of the others are made with, the shortest programs first.
         *
        {{HeaderFilter.Help}}
         *   RBPF_WITHOUT_PURPOSES      not a vector, but the sentence of each that says why it exists */
        #ifndef RBPF_VECTORS_H
        #define RBPF_VECTORS_H

        #include <stddef.h>
        #include <stdint.h>
        #include "../{{MachineHeader.Name}}"

        enum rbpf_expected { RBPF_RETURNS, RBPF_TRAPS, RBPF_REJECTED };

        struct rbpf_vector {
            const char *name;
        #ifndef RBPF_WITHOUT_PURPOSES
            const char *purpose;
        #endif
            const uint8_t *program, *memory;        /* the program at a multiple of 8; no memory is NULL */
            uint16_t program_length, memory_length; /* bytes */
            uint64_t r0;                            /* if it returns */
            uint16_t slot;                          /* if it traps: the instruction's */
            uint16_t rule;                          /* an index of rbpf_rules */
            uint8_t trap;                           /* if it traps: an enum rbpf_trap */
            uint8_t expected;                       /* an enum rbpf_expected */
        };

        #define RBPF_STACK {{profile.FrameBytes}} /* bytes */
        #define RBPF_MOST_MEMORY {{vectors.Select(vector => vector.Memory.Count).Append(1).Max()}} /* bytes, of any vector */
        #define RBPF_RULES {{rules.Count}}

        static const char *const rbpf_rules[RBPF_RULES] = {
        {{string.Concat(rules.Select(rule => $"{Quoted(rule)},\n"))}}};

        /* By enum rbpf_trap. */
        static const char *const rbpf_traps[] = {
        {{string.Concat(Enum.GetValues<Trap>().Select(trap => $",\n{Quoted(trap.ToString())}").Prepend(Quoted("")))}}
        };

        {{HeaderFilter.Start}}
        #ifdef RBPF_WITHOUT_PURPOSES
        #define RBPF_PURPOSE(text)
        #else
        #define RBPF_PURPOSE(text) text,
        #endif
        #define RBPF_BYTES(name) static _Alignas(8) const uint8_t rbpf_##name[]


        """;

    private static string Budget(Profile profile) => profile.BranchLimit switch
    {
        Allowance<ulong>.Remaining(var count) => $"At most {count} branches\n * and local calls may be taken together.",
        Allowance<ulong>.Unlimited => "Branches are\n * not counted.",
    };

    private static string Entry(int index, Vector vector, List<string> rules, Dictionary<Sequence<byte>, int> memories)
    {
        var memory = vector.Memory.IsEmpty ? "NULL" : $"rbpf_m{memories[vector.Memory]}";
        var (r0, slot, trap, expected) = vector.Expectation switch
        {
            Expectation.Returns(var value) => (value, 0UL, "0", "RBPF_RETURNS"),
            Expectation.Traps(var raised, var at) => (0UL, at, MachineHeader.NameOf(raised), "RBPF_TRAPS"),
            Expectation.Refuses => (0UL, 0UL, "0", "RBPF_REJECTED"),
        };
        var rule = rules.IndexOf(vector.Rule);
        return $"{{{Quoted(vector.Name)}, RBPF_PURPOSE({Quoted(vector.Purpose)})\n"
            + $"rbpf_p{index},{memory},{CodeOf(vector).Count},{vector.Memory.Count},0x{r0:x}u,{slot},{rule},{trap},{expected}}},\n";
    }

    // A text for each vector, within the condition that it shares with its neighbours.
    private static void Each(StringBuilder text, List<string> conditions, Func<int, string> write)
    {
        for (var index = 0; index < conditions.Count; index++)
        {
            if (index == 0 || conditions[index] != conditions[index - 1])
                text.Append($"{(index == 0 ? "" : "#endif\n")}#if {conditions[index]}\n");
            text.Append(write(index));
        }

        if (conditions.Count > 0) text.Append("#endif\n");
    }

    private static Sequence<byte> CodeOf(Vector vector) => ((VectorProgram.Code)vector.Program).Bytes;

    // C has no array without elements.
    private static string Bytes(Sequence<byte> bytes) => bytes.IsEmpty ? "0" : string.Join(',', bytes);

    private static string Quoted(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
