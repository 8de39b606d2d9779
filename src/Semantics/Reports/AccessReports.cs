using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Reports;

/// <summary>The accesses of an instruction about to execute.</summary>
public static class AccessReports
{
    /// <summary>The first access that is not granted, else the only one; null of an instruction without one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="execution">The instruction, in the state before it.</param>
    public static AccessReport? Of(Program program, in Execution<Word> execution)
    {
        var (form, fields, state, profile) = execution;
        if (form.Operation.AccessOf(execution) is { } access)
            return AccessReport.Of(access, OriginOf(access, execution), state, program, profile);
        return form.Operation switch
        {
            CallOperation.ByHelperId => OfCall(program, execution, state.Host.Helpers, (uint)fields.Immediate.Value),
            CallOperation.ByBtfId => OfCall(program, execution, state.Host.BtfFunctions, (uint)fields.Immediate.Value),
            _ => null,
        };
    }

    private static AccessOrigin OriginOf(in MemoryAccess<Word> access, in Execution<Word> execution)
    {
        if (access.Base is not { } field) return new AccessOrigin.InPacket(execution.State.Host.Platform.PacketStart.Value);
        var number = execution.Fields[field];
        return new AccessOrigin.InRegister(
            new((byte)number.Value), execution.State.Registers.Read(number).Value, (short)execution.Fields.Offset.Value);
    }

    private static AccessReport? OfCall(
        Program program, in Execution<Word> execution, Sequence<HelperFunction<Word>> functions, uint id)
    {
        var state = execution.State;
        var arguments = Sequence.Generate(Helper.MostArguments, index => state.Registers[index + 1]);
        foreach (var (declaration, _) in functions)
        {
            if (declaration.Id != id) continue;
            for (var i = 0; i < declaration.Arguments.Count; i++)
            {
                if (HelperCalls.AccessOf<Word>(arguments[i], declaration.Arguments[i], arguments) is not { } access) continue;
                if (access.IsGranted(state.Memory).Value) continue;
                var origin = new AccessOrigin.InArgument(new((byte)(i + 1)), declaration, CountOf(declaration.Arguments[i]));
                return AccessReport.Of(access, origin, state, program, execution.Profile);
            }

            return null;
        }

        return null;
    }

    private static ByteCount CountOf(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Value => new ByteCount.Fixed(0),
        ArgumentKind.Readable(var count) => count,
        ArgumentKind.Writable(var count) => count,
    };
}
