using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Host.Requests;

/// <summary>Lets containers answer a request.</summary>
internal static class ContainerReply
{
    /// <summary>The device after the run, and the answer that the last container gives.</summary>
    /// <param name="device">The device.</param>
    /// <param name="request">The request.</param>
    /// <param name="containers">Which containers.</param>
    /// <param name="run">Runs them.</param>
    public static (Step Step, Response Response) Of<T>(
        Device device, Request request, T containers, Func<Device, T, Handed, Chain> run)
    {
        var isPart = request.Message.Option(CoapOptions.Block1) is { } option && CoapBlock.Of(option) is not { Number: 0, More: false };
        if (isPart || request.Datagram.Count > Reply.BufferSize)
        {
            return (Step.Of(device), Response.Of(CoapCode.RequestEntityTooLarge)
                .With(CoapOption.Of(CoapOptions.Size1, Reply.BufferSize / 2)));
        }

        Span<byte> buffer = stackalloc byte[Reply.BufferSize];
        buffer.Clear();
        request.Datagram.AsSpan().CopyTo(buffer);
        var chain = run(device, containers, new(
            Reply.Context(request.Message, request.Datagram.Count), Sequence.Of<byte>(buffer), new Reply(request.Message.Token.Count)));
        return (chain.Step, Answer(chain));
    }

    private static Response Answer(Chain chain)
    {
        if (chain.Last is not { } slot) return Response.Problem(CoapCode.ServiceUnavailable, "no container is started here");
        if (chain.Fault is { } fault)
        {
            var code = fault.Trap is Trap.BranchBudget or Trap.InstructionBudget ? CoapCode.GatewayTimeout : CoapCode.InternalServerError;
            return Response.Problem(code, $"the container in slot {slot} is stopped: {fault}");
        }

        var (result, reply) = (chain.Result!.Value, chain.Handed.Reply!);
        if (ErrorOf(result) is { } error) return Response.Of(error);
        if (reply.Code is not { } answer) return Response.Of(CoapCode.Content, result.ToString(CultureInfo.InvariantCulture));
        var least = reply.HasPayload ? reply.Length : 0;
        if (result < least || result > Reply.BufferSize)
        {
            return Response.Problem(
                CoapCode.InternalServerError,
                $"the container in slot {slot} says its response has {result} bytes; {least} to {Reply.BufferSize}");
        }

        var payload = reply.HasPayload ? Sequence.Of(chain.Handed.Buffer.AsSpan()[reply.Length..(int)result]) : [];
        return new(answer, payload) { Format = reply.Format };
    }

    // A negative result is minus the byte of an error's code.
    private static CoapCode? ErrorOf(long result) =>
        result is >= -byte.MaxValue and < 0 && new CoapCode((byte)-result) is { IsResponse: true, Class: not 2 } code ? code : null;
}
