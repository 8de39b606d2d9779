using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Reports;

/// <summary>Guesses, for someone who knows C, how an address came about that no region grants.</summary>
internal static class AddressHint
{
    // Structures are smaller than this: an address so near to zero is a member of one that is not there.
    private const ulong NullPage = 4096;

    private const ulong LastPage = ulong.MaxValue - NullPage + 1;

    private const byte LocalCall = 1;

    /// <summary>One sentence; null if the address is like none of these.</summary>
    public static string? Of(ulong address, AccessOrigin origin, Program program, Profile profile, State<Word> state) =>
        NullPointer(address, origin, state) ?? FormerFrame(address, program, profile, state) ?? UpperHalf(address, state);

    private static string? NullPointer(ulong address, AccessOrigin origin, State<Word> state)
    {
        if (address is >= NullPage and < LastPage) return null;
        if (state.Memory.Regions.Any(region => region.Length.Value > 0 && IsInPageOf(address, region))) return null;
        var value = origin switch
        {
            AccessOrigin.InRegister({ Number: var number }, 0, _) => $"r{number} is 0: a null pointer",
            AccessOrigin.InArgument({ Number: var number }, _, _) when address == 0 => $"r{number} is 0: a null pointer",
            AccessOrigin.InRegister or AccessOrigin.InArgument or AccessOrigin.InPacket =>
                "the address is next to 0, as those of members behind a null pointer are",
        };
        return state.Memory.Regions.Any(region => region.Start.Value == AddressSpace.Context)
            ? value
            : $"{value}; this run has no context, so r1 and r2 begin as 0";
    }

    private static string? FormerFrame(ulong address, Program program, Profile profile, State<Word> state)
    {
        var (start, size) = (state.Memory.Stack.Start.Value, state.Memory.Stack.FrameBytes.Value);
        var left = (ulong)Math.Max(profile.FrameLimit - 1 - state.Frames.Count, 0);
        return unchecked(start - 1 - address) < left * size && program.Slots.Any(IsLocalCall)
            ? "functions called from here have their stack frames there, which end when they return; "
                + "is it the address of a local variable of one?"
            : null;
    }

    private static string? UpperHalf(ulong address, State<Word> state)
    {
        if (address <= uint.MaxValue) return null;
        var low = Word.Of((uint)address);
        foreach (var region in state.Memory.Regions)
        {
            if (region.Contains(low, Word.Of(1)).Value)
                return $"the low 32 bits are an address in {region.Name}; is the upper half of the pointer wrong?";
        }

        return null;
    }

    private static bool IsLocalCall(Slot slot) => slot is { Opcode: 0x85, Source: LocalCall };

    private static bool IsInPageOf(ulong address, Region<Word> region) => address < NullPage
        ? region.Start.Value < NullPage
        : region.Start.Value + (region.Length.Value - 1) >= LastPage;
}
