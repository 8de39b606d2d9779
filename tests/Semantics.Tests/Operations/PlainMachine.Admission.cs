using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>Which instructions the machine has: RFC 9669, §2.4 and the table of opcodes, and the profile's decisions.</summary>
internal sealed partial class PlainMachine
{
    private bool IsAdmitted(Slot slot)
    {
        var @class = slot.Opcode & 7;
        var writesDestination = @class is 1 or 4 or 7 || slot.Opcode == 0x18;
        var writesSource = IsAtomic(slot) && (slot.Immediate & 1) == 1 && slot.Immediate != 0xf1;
        var writesFramePointer = (writesDestination && slot.Destination == 10) || (writesSource && slot.Source == 10);
        return profile.Groups.Contains(GroupOf(slot))
            && (PlatformOf(slot) is not { } encoding || profile.PlatformEncodings.Contains(encoding))
            && !(writesFramePointer && profile.FramePointer == FramePointer.ReadOnly);
    }

    private static bool IsAtomic(Slot slot) => (slot.Opcode & 7) == 3 && slot.Opcode >> 5 == 6;

    private static ConformanceGroup GroupOf(Slot slot)
    {
        var isDoubleWord = SizeLog(slot.Opcode) == 3;
        var code = slot.Opcode >> 4;
        return (slot.Opcode & 7) switch
        {
            0 => slot.Opcode == 0x18 ? ConformanceGroup.Base64 : ConformanceGroup.Packet,
            3 when IsAtomic(slot) => isDoubleWord ? ConformanceGroup.Atomic64 : ConformanceGroup.Atomic32,
            1 or 2 or 3 => isDoubleWord ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
            4 when code is 2 or 3 or 9 => ConformanceGroup.Divmul32,
            7 when code is 2 or 3 or 9 => ConformanceGroup.Divmul64,
            4 or 7 when code is 13 => slot.Immediate == 64 ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
            7 => ConformanceGroup.Base64,
            5 when code is not (0 or 8 or 9) => ConformanceGroup.Base64,
            _ => ConformanceGroup.Base32,
        };
    }

    // RFC 9669, §4.3.1 and §5.4: what these mean is not for the instruction set to say.
    private static PlatformEncoding? PlatformOf(Slot slot) => (slot.Opcode, slot.Source) switch
    {
        (0x85, 2) => PlatformEncoding.CallByBtfId,
        (0x18, 1 or 2 or 5 or 6) => PlatformEncoding.Maps,
        (0x18, 3) => PlatformEncoding.Variables,
        (0x18, 4) => PlatformEncoding.CodeAddresses,
        _ => null,
    };
}
