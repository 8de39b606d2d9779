using System.Buffers.Binary;

namespace RbpfSpec.Host.Sensors;

/// <summary>Values of a sensor, as SAUL has them: each is its number times 10 to the power of the scale, in the unit.</summary>
/// <param name="Dimensions">How many of the three values say something, 0 to 3.</param>
/// <param name="First">Of the first dimension.</param>
/// <param name="Second">Of the second dimension; 0 if there is none.</param>
/// <param name="Third">Of the third dimension; 0 if there is none.</param>
/// <param name="Unit">The number of the unit, as in RIOT's <c>phydat.h</c>.</param>
/// <param name="Scale">The power of ten.</param>
public sealed record Reading(int Dimensions, short First, short Second, short Third, byte Unit, sbyte Scale)
{
    /// <summary>The bytes of a <c>phydat_t</c>: three 16-bit numbers, unit, scale.</summary>
    public const int Size = 8;

    /// <summary>The unit of degrees Celsius.</summary>
    public const byte Celsius = 2;

    /// <summary>One value.</summary>
    public static Reading Of(short value, byte unit, sbyte scale) => new(1, value, 0, 0, unit, scale);

    /// <summary>The bytes as a program finds them, <see cref="Size"/> of them as a little-endian word.</summary>
    public Word Word
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            Write(bytes);
            return Word.Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
    }

    /// <summary>Reads the bytes of a <c>phydat_t</c>, of which some dimensions count.</summary>
    public static Reading Of(Word word, int dimensions)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, word.Value);
        return new(
            dimensions,
            BinaryPrimitives.ReadInt16LittleEndian(bytes),
            BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadInt16LittleEndian(bytes[4..]),
            bytes[6],
            (sbyte)bytes[7]);
    }

    /// <summary>Writes the bytes of a <c>phydat_t</c>.</summary>
    /// <param name="bytes">At least <see cref="Size"/> of them.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt16LittleEndian(bytes, First);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[2..], Second);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[4..], Third);
        bytes[6] = Unit;
        bytes[7] = (byte)Scale;
    }
}
