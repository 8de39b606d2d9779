using System.Text;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Vectors as one C header: a table for the harness of a device.</summary>
public static class HeaderWriter
{
    // What the harness has room for.
    private const int MostMemory = 1024;

    /// <summary>The header.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="vectors">The vectors; those that the harness must provide more for than program and memory are left out.</param>
    public static string Text(string profile, IEnumerable<Vector> vectors)
    {
        List<Vector> said = [.. vectors.Where(vector => DataWriter.CanSay(vector) && vector.Memory.Count <= MostMemory)];
        var text = new StringBuilder($$"""
            /* Conformance vectors of the profile {{profile}}, generated: rbpf conformance generate --format c.
             * Memory starts at the address that the harness gives; r1 is that address (0 if there are no bytes), r2 the
             * length, r10 the end of 512 zeroed bytes of stack. */
            #ifndef RBPF_VECTORS_H
            #define RBPF_VECTORS_H

            #include <stdint.h>

            enum rbpf_expected { RBPF_RETURNS, RBPF_TRAPS, RBPF_REJECTED };

            struct rbpf_vector {
                const char *name, *rule, *purpose;
                const uint8_t *program, *memory;
                uint16_t program_length, memory_length; /* bytes */
                enum rbpf_expected expected;
                uint64_t r0;      /* if it returns */
                const char *trap; /* if it traps: the kind, */
                uint16_t pc;      /* and the slot */
            };

            #define RBPF_VECTORS {{said.Count}}
            #define B (const uint8_t *)

            static const struct rbpf_vector rbpf_vectors[RBPF_VECTORS] = {

            """);
        foreach (var vector in said)
        {
            var code = ((VectorProgram.Code)vector.Program).Bytes;
            var (kind, r0, trap, pc) = vector.Expectation switch
            {
                Expectation.Returns(var value) => ("RBPF_RETURNS", value, "0", 0UL),
                Expectation.Traps(var raised, var at) => ("RBPF_TRAPS", 0UL, $"\"{raised}\"", at),
                Expectation.Refuses => ("RBPF_REJECTED", 0UL, "0", 0UL),
            };
            text.Append($"{{\"{vector.Name}\",\"{vector.Rule}\",\"{vector.Purpose}\",\nB\"{Bytes(code)}\",B\"{Bytes(vector.Memory)}\",{code.Count},{vector.Memory.Count},{kind},0x{r0:x}u,{trap},{pc}}},\n");
        }

        return text.Append("};\n\n#undef B\n#endif\n").ToString();
    }

    // In octal, whose escapes end after three digits whatever follows.
    private static string Bytes(IEnumerable<byte> bytes) =>
        string.Concat(bytes.Select(value => $"\\{Convert.ToString(value, 8).PadLeft(3, '0')}"));
}
