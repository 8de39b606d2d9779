using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>Executions of a domain as ones on altered words, and the outcomes back.</summary>
/// <remarks>What helpers do is no rule, so their bodies run as they are.</remarks>
internal static class Altering<T>
    where T : IWord<T>
{
    // No program of a vector grants a helper more.
    private const ulong LongestView = 1 << 16;

    /// <summary>An execution on altered words: register numbers and immediates known, all else unknown.</summary>
    public static Execution<AlteredWord<T>> Execution(in Execution<T> execution)
    {
        var (form, fields, state, profile) = execution;
        return new(
            form,
            new(Known(fields.Destination), Known(fields.Source), Up(fields.Offset), Known(fields.Immediate), Up(fields.NextImmediate)),
            State(state),
            profile);
    }

    /// <summary>An outcome of altered words as one of the domain.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="before">The state before, whose helpers and platform are those after.</param>
    public static Effect<T> Outcome(
        Effect<AlteredWord<T>> outcome, State<T> before)
    {
        var after = Down(outcome.Value.State, before);
        Outcome<T> value = outcome.Value switch
        {
            Outcome<AlteredWord<T>>.Next => new Outcome<T>.Next(after),
            Outcome<AlteredWord<T>>.Exited => new Outcome<T>.Exited(after),
            Outcome<AlteredWord<T>>.Trapped trapped => new Outcome<T>.Trapped(trapped.Trap, after),
        };
        return new(outcome.Guards.Map(guard => new Guard<T>(AlteredWord<T>.Down(guard.When), guard.Trap)), value);
    }

    private static AlteredWord<T> Up(T word) => new(word);

    private static AlteredWord<T> Known(T word) => new(word, IsOpen: true);

    private static State<AlteredWord<T>> State(State<T> state)
    {
        var registers = new AlteredWord<T>[Registers<T>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Up(state.Registers[i]);
        var stack = state.Memory.Stack;
        var regions = state.Memory.Regions;
        return new(
            Registers<AlteredWord<T>>.Of(registers),
            Up(state.ProgramCounter),
            new RegionMemory<AlteredWord<T>>(
                Sequence.Generate(regions.Count, index => Region(regions[index], index == 0)),
                new(Up(stack.Start), Up(stack.FrameBytes), new AlteredBytes<T>(stack.FreshFrame))),
            state.Frames.Map(frame => new Frame<AlteredWord<T>>(Up(frame.ReturnTo), frame.Saved.Map(Up))),
            new(Up(state.Budget.Branches), Up(state.Budget.Instructions)),
            Host(state.Host));
    }

    private static Region<AlteredWord<T>> Region(Region<T> region, bool isFirst) => new AlteredRegion<T>(
        new Region<AlteredWord<T>>(
            region.Name,
            Up(region.Start),
            Up(region.Length),
            AlteredWord<T>.Up(region.Readable),
            AlteredWord<T>.Up(region.Writable),
            new AlteredBytes<T>(region.Bytes)),
        isFirst);

    private static Allowance<AlteredWord<T>> Up(Allowance<T> allowance) => allowance switch
    {
        Allowance<T>.Unlimited => new Allowance<AlteredWord<T>>.Unlimited(),
        Allowance<T>.Remaining(var count) => new Allowance<AlteredWord<T>>.Remaining(Up(count)),
    };

    private static HostState<AlteredWord<T>> Host(HostState<T> host)
    {
        var platform = host.Platform;
        return new(
            host.Helpers.Map(function => Function(function, host)),
            host.BtfFunctions.Map(function => Function(function, host)),
            new(
                Platform(platform.MapByFd),
                Platform(platform.MapByIndex),
                Platform(platform.MapValue),
                Platform(platform.VariableAddress),
                Platform(platform.CodeAddress),
                Up(platform.PacketStart)),
            host.Data?.Map(Up, AlteredWord<T>.Up));
    }

    private static Func<AlteredWord<T>, AlteredWord<T>> Platform(Func<T, T> function) =>
        number => Up(function(number.Inner));

    private static HelperFunction<AlteredWord<T>> Function(
        HelperFunction<T> function, HostState<T> host) => new(
        function.Declaration,
        call =>
        {
            // The rule cannot know that it will trap, so the body is kept from what would not end.
            if (call.Views.Any(view => view.Length.Inner.IsKnown(out var length) && length > LongestView))
                return new(Up(T.Zero(Width.Bits64)), call.State, []);
            var result = function.Body(new(
                call.Arguments.Map(word => word.Inner),
                call.Views.Map(view => new View<T>(view.Length.Inner, (offset, width) => view.Read(Up(offset), width).Inner)),
                host));
            return new(
                Up(result.Result),
                Host(result.State),
                result.Writes.Map(write => new ViewWrite<AlteredWord<T>>(write.Argument, Up(write.Offset), Up(write.Value))))
            {
                Copies = result.Copies.Map(copy => new ViewCopy<AlteredWord<T>>(copy.To, copy.From, Known(copy.Length))),
            };
        });

    private static State<T> Down(State<AlteredWord<T>> state, State<T> before)
    {
        var registers = new T[Registers<T>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = state.Registers[i].Inner;
        var stack = state.Memory.Stack;
        return new(
            Registers<T>.Of(registers),
            state.ProgramCounter.Inner,
            new RegionMemory<T>(
                state.Memory.Regions.Map(region => new Region<T>(
                    region.Name,
                    region.Start.Inner,
                    region.Length.Inner,
                    AlteredWord<T>.Down(region.Readable),
                    AlteredWord<T>.Down(region.Writable),
                    ((AlteredBytes<T>)region.Bytes).Inner)),
                new(stack.Start.Inner, stack.FrameBytes.Inner, ((AlteredBytes<T>)stack.FreshFrame).Inner)),
            state.Frames.Map(frame => new Frame<T>(frame.ReturnTo.Inner, frame.Saved.Map(word => word.Inner))),
            new(Down(state.Budget.Branches), Down(state.Budget.Instructions)),
            before.Host with { Data = state.Host.Data?.Map(word => word.Inner, AlteredWord<T>.Down) });
    }

    private static Allowance<T> Down(Allowance<AlteredWord<T>> allowance) => allowance switch
    {
        Allowance<AlteredWord<T>>.Unlimited => new Allowance<T>.Unlimited(),
        Allowance<AlteredWord<T>>.Remaining(var count) => new Allowance<T>.Remaining(count.Inner),
    };
}

/// <summary>A region that tells the run of a rule when its access check is asked for: a walk has come to it.</summary>
/// <param name="Region">The region.</param>
/// <param name="IsFirst">Whether a walk over the regions begins with it.</param>
internal sealed record AlteredRegion<T>(Region<AlteredWord<T>> Region, bool IsFirst) : Region<AlteredWord<T>>(Region)
    where T : IWord<T>
{
    public override Truth<AlteredWord<T>> Grants(AlteredWord<T> address, AlteredWord<T> count, Access access)
    {
        AlteredRun.ComesToRegion(IsFirst);
        return base.Grants(address, count, access);
    }
}

/// <summary>Bytes of a domain, read and written with altered words.</summary>
/// <param name="inner">The bytes.</param>
internal sealed class AlteredBytes<T>(IBytes<T> inner) : IBytes<AlteredWord<T>>
    where T : IWord<T>
{
    /// <summary>The bytes.</summary>
    public IBytes<T> Inner => inner;

    public AlteredWord<T> Read(AlteredWord<T> offset, Width width) => new(inner.Read(offset.Inner, width));

    public IBytes<AlteredWord<T>> Write(
        AlteredWord<T> offset, AlteredWord<T> value, Truth<AlteredWord<T>> when) =>
        new AlteredBytes<T>(inner.Write(offset.Inner, value.Inner, AlteredWord<T>.Down(when)));
}
