using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Exploration;

/// <summary>Signed updates in a form so small that an exploration can have many: a block of 16 bytes, and the program.</summary>
/// <remarks>
/// The bytes of the first block: sequence number, slot, the signature, and then zeros. The signature is a sum of 8 bits over number, slot
/// and program, which an author knows how to make, and nobody else in the scope.
/// </remarks>
internal static class ToyUpdate
{
    /// <summary>The name of the hook that each update is attached to.</summary>
    public const string Hook = "packets";

    private const int Header = 16;

    /// <summary>An update with its signature.</summary>
    public static Sequence<byte> Signed(byte number, byte slot, Sequence<byte> program) =>
        [number, slot, Signature(number, slot, program), .. new byte[Header - 3], .. program];

    /// <summary>One with a signature that is none.</summary>
    public static Sequence<byte> Forged(byte number, byte slot, Sequence<byte> program) =>
        Signed(number, slot, program).With(2, (byte)(Signature(number, slot, program) + 1));

    /// <summary>Tells of any bytes whether they are an update with its signature.</summary>
    public static Verification Verify(Sequence<byte> bytes) => bytes.Count < Header
        ? new Verification.Refused(UpdateRefusal.CutShort, $"{bytes.Count} bytes; the least are {Header}")
        : Trust(bytes) is var update && bytes[2] == Signature(bytes[0], bytes[1], update.Program)
            ? new Verification.Trusted(update)
            : new Verification.Refused(UpdateRefusal.WrongSignature, "the sum is another");

    /// <summary>The update that bytes say which are long enough, whoever signed them.</summary>
    public static SignedUpdate Trust(Sequence<byte> bytes)
    {
        var program = Sequence.Of(bytes.AsSpan()[Header..]);
        Sequence<byte> digest = [Signature(0, 0, program)];
        return new(
            new(bytes[0], bytes[1], digest, program.Count, "rbpf", BudgetClass.Snippet, [], [new(Hook, Policy.Continue)]), program, digest);
    }

    private static byte Signature(byte number, byte slot, Sequence<byte> program)
    {
        var sum = (number * 31) + (slot * 7) + 1;
        foreach (var one in program) sum = (sum * 3) + one;
        return (byte)sum;
    }
}
