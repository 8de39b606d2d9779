using System.Buffers.Binary;
using System.Numerics;

namespace RbpfSpec.Host.Coap;

/// <summary>An option of a message, RFC 7252 §3.1.</summary>
/// <param name="Number">What it is, 0 to 65535; see <see cref="CoapOptions"/>.</param>
/// <param name="Value">Its bytes, at most <see cref="LongestValue"/>.</param>
public sealed record CoapOption(int Number, Sequence<byte> Value)
{
    /// <summary>The greatest number.</summary>
    public const int GreatestNumber = 65535;

    /// <summary>The most bytes that the length of an option can say.</summary>
    public const int LongestValue = 65535 + 269;

    /// <summary>Whether a recipient that does not know it must not act on the message.</summary>
    public bool IsCritical => (Number & 1) == 1;

    /// <summary>Its value as an unsigned number, most significant byte first; null if that is over 32 bits.</summary>
    public uint? Unsigned
    {
        get
        {
            var value = 0ul;
            foreach (var one in Value)
            {
                value = (value << 8) | one;
                if (value > uint.MaxValue) return null;
            }

            return (uint)value;
        }
    }

    /// <summary>An option whose value is an unsigned number, in as few bytes as hold it.</summary>
    public static CoapOption Of(int number, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new(number, Sequence.Of<byte>(bytes[^BytesOf(value)..]));
    }

    /// <summary>The least bytes that hold an unsigned number; of 0, none.</summary>
    public static int BytesOf(uint value) => (32 - BitOperations.LeadingZeroCount(value) + 7) / 8;

    /// <summary>An option whose value is a text, in UTF-8.</summary>
    public static CoapOption Of(int number, string text) => new(number, Sequence.Of<byte>(System.Text.Encoding.UTF8.GetBytes(text)));
}
