using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Dialects.Tests.Native;

/// <summary>Generated programs of HAVM's instruction set.</summary>
internal static class NativePrograms
{
    private static readonly byte[] Arithmetic =
    [
        0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c, 0x44, 0x4c, 0x54, 0x5c, 0x64, 0x6c, 0x74, 0x7c, 0x84, 0x94, 0x9c, 0xa4, 0xac,
        0xb4, 0xbc, 0xc4, 0xcc,
    ];

    private static readonly byte[] Jumps = [0x05, 0x15, 0x1d, 0x25, 0x3d, 0x45, 0x55, 0x6d, 0xa5, 0xbd, 0xc5, 0xdd];

    /// <summary>A program that the machine accepts: runs of arithmetic, jumps forward, loads of the context, EXIT.</summary>
    public static Program Drawn(Dice dice)
    {
        var length = dice.Between(1, 12);
        return new(
        [
            .. Enumerable.Range(0, length).Select(index => Instruction(dice, room: length - index - 1)),
            Slot.Of(0x95, 0, 0, 0, 0),
        ]);
    }

    /// <summary>A run of arithmetic.</summary>
    public static Sequence<Slot> Run(Dice dice) =>
        [.. Enumerable.Range(0, dice.Between(1, 6)).Select(_ => Calculation(dice, dice.Pick<byte>(Arithmetic)))];

    private static Slot Instruction(Dice dice, int room) => dice.Between(0, 5) switch
    {
        0 when room > 0 => Slot.Of(
            dice.Pick<byte>(Jumps), (byte)dice.Between(0, 10), (byte)dice.Between(0, 10), (short)dice.Between(0, room - 1), Value(dice)),
        1 => Slot.Of(0x61, (byte)dice.Between(0, 9), 10, -4, 0),
        2 => Slot.Of(0x63, 10, (byte)dice.Between(0, 10), -4, 0),
        _ => Calculation(dice, dice.Pick<byte>(Arithmetic)),
    };

    // r10 is left alone, so that loads and stores stay within the stack.
    private static Slot Calculation(Dice dice, byte opcode) => Slot.Of(
        opcode, (byte)dice.Between(0, 9), (opcode & 8) == 0 ? (byte)0 : (byte)dice.Between(0, 10), 0, opcode == 0x84 ? 0 : Value(dice));

    private static int Value(Dice dice) => (int)dice.Value() >> dice.Pick(0, 0, 16, 24, 27);
}
