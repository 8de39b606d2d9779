using System.Buffers.Binary;

namespace RbpfSpec.Host.Coap;

/// <summary>The response that a container builds by helpers: the host keeps header and options, the program writes the payload.</summary>
/// <remarks>Deviation D-23. A program that forges a header in its buffer changes nothing that is sent.</remarks>
/// <param name="TokenLength">The bytes of the request's token, which the response repeats.</param>
public sealed record Reply(int TokenLength)
{
    /// <summary>The bytes of the program's buffer, the request in it at the start.</summary>
    public const int BufferSize = 512;

    /// <summary>The bytes of the program's context.</summary>
    public const int ContextSize = 40;

    /// <summary>Where in the context the program's view of the message is.</summary>
    public const int MessageOffset = 24;

    /// <summary>The address of the program's buffer.</summary>
    public const ulong BufferAddress = Semantics.Profiles.AddressSpace.Added;

    /// <summary>The code; null before <c>gcoap_resp_init</c>.</summary>
    public CoapCode? Code { get; init; }

    /// <summary>The content format; null if it has none.</summary>
    public int? Format { get; init; }

    /// <summary>Whether <c>coap_opt_finish</c> ended the options.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Whether a payload follows.</summary>
    public bool HasPayload { get; init; }

    /// <summary>The bytes before the payload: header, token, options, marker.</summary>
    public int Length => CoapMessage.HeaderSize + TokenLength + FormatLength(Format) + (HasPayload ? 1 : 0);

    /// <summary>The bytes of the option that says a content format; it is the only one before the payload.</summary>
    public static int FormatLength(int? format) =>
        format is { } number ? 1 + CoapOption.BytesOf((uint)number) : 0;

    /// <summary>The context that a program gets with a request.</summary>
    /// <remarks>
    /// At 0 the address of the message, at 8 that of the buffer, 64 bits each; at 16 the length of the buffer, 64 bits. At 24 the
    /// message: the addresses of header, token and payload, 32 bits each; the length of the payload and the number of options, 16 bits
    /// each.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="length">The bytes of its datagram.</param>
    public static Sequence<byte> Context(CoapMessage request, int length)
    {
        Span<byte> bytes = stackalloc byte[ContextSize];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Semantics.Profiles.AddressSpace.Context + MessageOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], BufferAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], BufferSize);
        var message = bytes[MessageOffset..];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)BufferAddress);
        BinaryPrimitives.WriteUInt32LittleEndian(message[4..], (uint)BufferAddress + CoapMessage.HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(message[8..], (uint)BufferAddress + (uint)(length - request.Payload.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(message[12..], (ushort)request.Payload.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(message[14..], (ushort)request.Options.Count);
        return Sequence.Of<byte>(bytes);
    }
}
