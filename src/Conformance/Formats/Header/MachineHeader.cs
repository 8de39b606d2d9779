using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Formats.Header;

/// <summary>The C header of what a machine implements to be run by the harness.</summary>
public static class MachineHeader
{
    /// <summary>The file's name.</summary>
    public const string Name = "rbpf_machine.h";

    /// <summary>The file's text.</summary>
    public static string Text => $$"""
        /* What a machine implements to run the vectors: one function, and one variable that it may set. */
        #ifndef RBPF_MACHINE_H
        #define RBPF_MACHINE_H

        #include <stdbool.h>
        #include <stddef.h>
        #include <stdint.h>

        enum outcome { OK, TRAP, REJECT };

        /* Yours: check and run a program. On OK, put r0 into *r0. TRAP is a program that was stopped while it ran, REJECT
         * one that was refused before. Memory and stack are granted for reading and writing, the stack is zeroed; program,
         * memory and stack are at multiples of 8. If there is no memory, it is NULL. */
        enum outcome vm_run(const uint8_t *program, size_t program_length, uint8_t *memory, size_t memory_length,
                            uint8_t *stack, size_t stack_length, uint64_t *r0);

        enum rbpf_trap {
            RBPF_TRAP_NOT_TOLD,
        {{string.Concat(Enum.GetValues<Trap>().Select(trap => $"    {NameOf(trap)},\n"))}}};

        /* What a machine tells of a trap, if it can: it is zero before each run, and what is not set is not compared. */
        struct rbpf_told {
            enum rbpf_trap trap;
            bool has_slot;
            uint32_t slot; /* of the instruction that trapped; a wide one counts as two slots */
        };

        extern struct rbpf_told rbpf_told;

        #endif

        """;

    /// <summary>The name of a trap in C.</summary>
    public static string NameOf(Trap trap)
    {
        var words = trap.ToString().Select(letter => char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}");
        return $"RBPF_TRAP{string.Concat(words)}";
    }
}
