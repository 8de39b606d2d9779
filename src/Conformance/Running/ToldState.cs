using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Running;

/// <summary>The state that a machine says a run has ended in.</summary>
public abstract record ToldState
{
    // Stack and context are where a machine puts them; an instruction leads so far from an address that it is given.
    private const ulong Reach = 0x1_0000;

    private ToldState()
    {
    }

    /// <summary>All of it, at the addresses that vectors have.</summary>
    public sealed record Ours(Snapshot State) : ToldState;

    /// <summary>Some of it, at addresses of the machine's own.</summary>
    /// <param name="ProgramCounter">The slot of the instruction that ended the run; null if it is not told.</param>
    /// <param name="Registers">r0 to r10; null if they are not told.</param>
    public sealed record Theirs(ulong? ProgramCounter, Sequence<ulong>? Registers) : ToldState;

    /// <summary>Where it differs from the state that a vector ends in, in words; null if nowhere.</summary>
    /// <remarks>Registers of another machine that hold addresses of stack or context by the vector are not compared.</remarks>
    public string? Difference(Snapshot expected) => this switch
    {
        Ours(var state) => Pc(state.ProgramCounter, expected)
            ?? Numbers(state.Registers, expected, _ => true)
            ?? Bytes(state, expected)
            ?? (state.Branches == expected.Branches ? null : $"{state.Branches} branches left, expected {expected.Branches}")
            ?? (expected.Instructions is null || state.Instructions == expected.Instructions
                    ? null
                    : $"{state.Instructions} instructions left, expected {expected.Instructions}"),
        Theirs(var pc, var registers) => (pc is { } slot ? Pc(slot, expected) : null)
            ?? (registers is not { } values
                    ? null
                    : Numbers(values, expected, number => !IsAddress(expected.Registers[number], expected))),
    };

    private static string? Pc(ulong slot, Snapshot expected) =>
        slot == expected.ProgramCounter ? null : $"pc {slot} at the end, expected {expected.ProgramCounter}";

    private static string? Numbers(Sequence<ulong> values, Snapshot expected, Func<int, bool> isCompared)
    {
        if (values.Count != Registers<Word>.Count) return $"{values.Count} registers, expected {Registers<Word>.Count}";
        for (var number = 0; number < values.Count; number++)
        {
            if (values[number] != expected.Registers[number] && isCompared(number))
                return $"r{number} = 0x{values[number]:x} at the end, expected 0x{expected.Registers[number]:x}";
        }

        return null;
    }

    private static string? Bytes(Snapshot state, Snapshot expected)
    {
        if (state.Memory.Count != expected.Memory.Count)
            return $"{state.Memory.Count} regions at the end, expected {expected.Memory.Count}";
        for (var place = 0; place < state.Memory.Count; place++)
        {
            var (region, wanted) = (state.Memory[place], expected.Memory[place]);
            if (region == wanted) continue;
            var at = region.Bytes.AsSpan().CommonPrefixLength(wanted.Bytes.AsSpan());
            return at < region.Bytes.Count && at < wanted.Bytes.Count
                ? $"byte 0x{region.Bytes[at]:x2} at 0x{wanted.Address + (ulong)at:x} at the end, expected 0x{wanted.Bytes[at]:x2}"
                : $"the region '{region.Name}' is another at the end";
        }

        return null;
    }

    private static bool IsAddress(ulong value, Snapshot expected) => expected.Memory
        .Where(region => region.Name.StartsWith("stack", StringComparison.Ordinal) || region.Name == "context")
        .Any(region => unchecked(value - (region.Address - Reach)) <= (2 * Reach) + (ulong)region.Bytes.Count);
}
