using RbpfSpec.Host.Coap;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers that build the response to a request, which RIOT calls gcoap and nanocoap.</summary>
/// <remarks>
/// Deviation D-23: they work on the response of the run, whatever the bytes of the context say. The context is declared as the
/// <see cref="Reply.ContextSize"/> bytes that the program gets, so that the program's view of the message can be brought up to date.
/// </remarks>
public static class CoapHelpers
{
    /// <summary>The flag of <c>coap_opt_finish</c> that says that a payload follows.</summary>
    public const ushort PayloadFollows = 1;

    /// <summary>-EINVAL: there is no response to build, or not any more.</summary>
    public const int Invalid = -22;

    /// <summary>0x40 <c>gcoap_resp_init</c>.</summary>
    public static HostHelper<Word> Begin { get; } = new(HostParts.Reply, new(
        new(0x40, "gcoap_resp_init",
            "Begins the response to the request whose context is at r1, with the code in the low 8 bits of r2; "
            + "the result is 0, or -22 if the run answers no request or the code is of no response.",
            [Context, Value]),
        static call => Change(call, static (call, reply) => new CoapCode((byte)call.Arguments[1].Value) is { IsResponse: true } code
            ? (new Reply(reply.TokenLength) { Code = code }, 0)
            : null)));

    /// <summary>0x41 <c>coap_opt_finish</c>.</summary>
    public static HostHelper<Word> Finish { get; } = new(HostParts.Reply, new(
        new(0x41, "coap_opt_finish",
            "Ends the options of the response; with the flag 1 in r2 a payload follows. The result is the bytes of the response so far, "
            + "or -22 if none was begun.",
            [Context, Value]),
        static call => Change(call, static (call, reply) => reply.Code is null || reply.IsFinished
            ? null
            : (reply with { IsFinished = true, HasPayload = (call.Arguments[1].Value & PayloadFollows) != 0 }, ToLength))));

    /// <summary>0x42 <c>coap_add_format</c>.</summary>
    public static HostHelper<Word> AddFormat { get; } = new(HostParts.Reply, new(
        new(0x42, "coap_add_format",
            "Adds the content format in the low 16 bits of r2 to the response; the result is the bytes of the option, "
            + "or -22 if none was begun, its options are ended, or it has a format.",
            [Context, Value]),
        static call => Change(call, static (call, reply) => reply.Code is null || reply.IsFinished || reply.Format is not null
            ? null
            : (reply with { Format = (ushort)call.Arguments[1].Value }, Reply.FormatLength((ushort)call.Arguments[1].Value)))));

    /// <summary>0x43 <c>coap_get_pdu</c>.</summary>
    public static HostHelper<Word> Payload { get; } = new(HostParts.None, new(
        new(0x43, "coap_get_pdu",
            "The address at which the payload of the response goes; 0 if the options are not ended, or no payload follows.",
            [Context]),
        call => new(
            Word.Of(call.State.Facilities.Reply is { HasPayload: true } reply ? Reply.BufferAddress + (ulong)reply.Length : 0),
            call.State,
            [])));

    // The result that stands for the length of the response.
    private const int ToLength = int.MinValue;

    private static ArgumentKind Context => new ArgumentKind.Writable(new ByteCount.Fixed(Reply.ContextSize));

    private static ArgumentKind Value => new ArgumentKind.Value();

    private static HelperResult<Word> Change(HelperCall<Word> call, Func<HelperCall<Word>, Reply, (Reply Reply, int Result)?> change)
    {
        var facilities = call.State.Facilities;
        if (facilities.Reply is not { } before || change(call, before) is not (var reply, var result))
            return new(Word.Of(unchecked((ulong)Invalid)), call.State, []);
        // Of the program's view of the message the last 8 bytes, as Reply.Context has them.
        var payload = Reply.BufferAddress + (ulong)reply.Length;
        var room = (ulong)(Reply.BufferSize - reply.Length);
        var options = reply.Format is null ? 0ul : 1;
        return new(
            Word.Of((ulong)(result == ToLength ? reply.Length : result)),
            call.State.WithFacilities(facilities with { Reply = reply }),
            [new(1, Word.Of(Reply.MessageOffset + 8), Word.Of(payload | (room << 32) | (options << 48)))]);
    }
}
