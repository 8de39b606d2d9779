
namespace RbpfSpec.Images.Tests.Packing;

/// <summary>Bytes to pack, and files to unpack.</summary>
internal static class Contents
{
    private static readonly byte[] Opcodes = [0x00, 0x05, 0x06, 0x18, 0x61, 0x63, 0x72, 0x84, 0x85, 0x95, 0xb7, 0xbf, 0xdb, 0xdc, 0xff];

    /// <summary>Bytes of every kind: slots of few opcodes, of any, whole or not; bytes that repeat; noise.</summary>
    public static byte[] Any(this Dice dice) => dice.Between(0, 5) switch
    {
        0 => dice.Bytes(dice.Between(0, 40)),
        1 => dice.Bytes(8 * dice.Between(0, 60)),
        2 => [.. Slots(dice), .. dice.Bytes(dice.Between(1, 7))],
        3 => Repeated(dice),
        _ => Slots(dice),
    };

    /// <summary>Files that are nearly packed programs: damaged, cut, or with a header of any flags.</summary>
    public static byte[] AlmostPacked(this Dice dice)
    {
        if (dice.OnceIn(4)) return [.. "rBPK"u8, (byte)dice.Between(0, 0x1f), .. dice.Bytes(dice.Between(0, 30))];
        var content = dice.Any();
        var packed = new Images.Packing.PackedProgram(Sequence.Of<byte>(content)).Pack(
            dice.Pick(Images.Packing.HeatshrinkWindow.Small, Images.Packing.HeatshrinkWindow.Large));
        if (dice.OnceIn(3)) return packed[..dice.Between(0, packed.Length)];
        for (var i = dice.Between(1, 3); i > 0; i--) packed[dice.Between(0, packed.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
        return packed;
    }

    private static byte[] Slots(Dice dice)
    {
        var bytes = new List<byte>();
        for (var slot = dice.Between(0, 60); slot > 0; slot--)
        {
            bytes.AddRange([dice.Pick<byte>(Opcodes), (byte)(dice.OnceIn(3) ? dice.Next() : 0)]);
            bytes.AddRange(dice.OnceIn(3) ? dice.Bytes(2) : [(byte)dice.Between(0, 3), 0]);
            bytes.AddRange(dice.OnceIn(3) ? dice.Bytes(4)
                : dice.OnceIn(2) ? [0xff, 0xff, 0xff, 0xff] : [(byte)dice.Between(0, 3), 0, 0, 0]);
        }

        return [.. bytes];
    }

    private static byte[] Repeated(Dice dice)
    {
        var part = dice.Bytes(dice.Between(1, 300));
        return [.. Enumerable.Range(0, dice.Between(1, 6)).SelectMany(_ => part)];
    }
}
