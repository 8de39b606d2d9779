using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>Executions of a domain as ones on altered words, and the outcomes back.</summary>
/// <remarks>What helpers do is no rule, so their bodies run as they are.</remarks>
internal static class Altering<TWord, TBit>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    // No program of a vector grants a helper more.
    private const ulong LongestView = 1 << 16;

    /// <summary>An execution on altered words: register numbers and immediates known, all else unknown.</summary>
    public static Execution<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Execution(in Execution<TWord, TBit> execution)
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
    public static Guarded<TBit, Outcome<TWord, TBit>> Outcome(
        Guarded<AlteredBit<TBit>, Outcome<AlteredWord<TWord, TBit>, AlteredBit<TBit>>> outcome, State<TWord, TBit> before)
    {
        var after = Down(outcome.Value.State, before);
        Outcome<TWord, TBit> value = outcome.Value switch
        {
            Outcome<AlteredWord<TWord, TBit>, AlteredBit<TBit>>.Next => new Outcome<TWord, TBit>.Next(after),
            Outcome<AlteredWord<TWord, TBit>, AlteredBit<TBit>>.Exited => new Outcome<TWord, TBit>.Exited(after),
            Outcome<AlteredWord<TWord, TBit>, AlteredBit<TBit>>.Trapped trapped => new Outcome<TWord, TBit>.Trapped(trapped.Trap, after),
        };
        return new(outcome.Guards.Map(guard => new Guard<TBit>(guard.When.Inner, guard.Trap)), value);
    }

    private static AlteredWord<TWord, TBit> Up(TWord word) => new(word);

    private static AlteredWord<TWord, TBit> Known(TWord word) => new(word, Mark.Known);

    private static State<AlteredWord<TWord, TBit>, AlteredBit<TBit>> State(State<TWord, TBit> state)
    {
        var registers = new AlteredWord<TWord, TBit>[Registers<TWord, TBit>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Up(state.Registers[i]);
        var stack = state.Memory.Stack;
        var regions = state.Memory.Regions;
        return new(
            Registers<AlteredWord<TWord, TBit>, AlteredBit<TBit>>.Of(registers),
            Up(state.ProgramCounter),
            new(
                Sequence.Generate(regions.Count, index => Region(regions[index], index == 0)),
                new(Up(stack.Start), Up(stack.FrameBytes), new AlteredBytes<TWord, TBit>(stack.FreshFrame))),
            state.Frames.Map(frame => new Frame<AlteredWord<TWord, TBit>>(Up(frame.ReturnTo), frame.Saved.Map(Up))),
            new(Up(state.Budget.Branches), Up(state.Budget.Instructions)),
            Host(state.Host));
    }

    private static Region<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Region(Region<TWord, TBit> region, bool isFirst) => new(
        region.Name,
        Up(region.Start),
        new(region.Length, isFirst ? Mark.FirstLength : Mark.Length),
        new(region.Readable),
        new(region.Writable),
        new AlteredBytes<TWord, TBit>(region.Bytes));

    private static Allowance<AlteredWord<TWord, TBit>> Up(Allowance<TWord> allowance) => allowance switch
    {
        Allowance<TWord>.Unlimited => new Allowance<AlteredWord<TWord, TBit>>.Unlimited(),
        Allowance<TWord>.Remaining(var count) => new Allowance<AlteredWord<TWord, TBit>>.Remaining(Up(count)),
    };

    private static HostState<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Host(HostState<TWord, TBit> host)
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
            Store(host.Local),
            Store(host.Global),
            Up(host.Milliseconds),
            host.Output);
    }

    private static Func<AlteredWord<TWord, TBit>, AlteredWord<TWord, TBit>> Platform(Func<TWord, TWord> function) =>
        number => Up(function(number.Inner));

    private static Store<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Store(Store<TWord, TBit> store) =>
        new(store.Entries.Map(entry => new StoreEntry<AlteredWord<TWord, TBit>, AlteredBit<TBit>>(
            new(entry.Used), Up(entry.Key), Up(entry.Value))));

    private static HelperFunction<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Function(
        HelperFunction<TWord, TBit> function, HostState<TWord, TBit> host) => new(
        function.Declaration,
        call =>
        {
            // The rule cannot know that it will trap, so the body is kept from what would not end.
            if (call.Views.Any(view => view.Length.Inner.IsKnown(out var length) && length > LongestView))
                return new(Up(TWord.Zero(Width.Bits64)), call.State, []);
            var result = function.Body(new(
                call.Arguments.Map(word => word.Inner),
                call.Views.Map(view => new View<TWord>(view.Length.Inner, (offset, width) => view.Read(Up(offset), width).Inner)),
                host));
            return new(
                Up(result.Result),
                Host(result.State),
                result.Writes.Map(write => new ViewWrite<AlteredWord<TWord, TBit>>(write.Argument, Up(write.Offset), Up(write.Value))))
            {
                Copies = result.Copies.Map(copy => new ViewCopy<AlteredWord<TWord, TBit>>(copy.To, copy.From, Known(copy.Length))),
            };
        });

    private static State<TWord, TBit> Down(State<AlteredWord<TWord, TBit>, AlteredBit<TBit>> state, State<TWord, TBit> before)
    {
        var registers = new TWord[Registers<TWord, TBit>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = state.Registers[i].Inner;
        var stack = state.Memory.Stack;
        return new(
            Registers<TWord, TBit>.Of(registers),
            state.ProgramCounter.Inner,
            new(
                state.Memory.Regions.Map(region => new Region<TWord, TBit>(
                    region.Name,
                    region.Start.Inner,
                    region.Length.Inner,
                    region.Readable.Inner,
                    region.Writable.Inner,
                    ((AlteredBytes<TWord, TBit>)region.Bytes).Inner)),
                new(stack.Start.Inner, stack.FrameBytes.Inner, ((AlteredBytes<TWord, TBit>)stack.FreshFrame).Inner)),
            state.Frames.Map(frame => new Frame<TWord>(frame.ReturnTo.Inner, frame.Saved.Map(word => word.Inner))),
            new(Down(state.Budget.Branches), Down(state.Budget.Instructions)),
            before.Host with
            {
                Local = Down(state.Host.Local),
                Global = Down(state.Host.Global),
                Milliseconds = state.Host.Milliseconds.Inner,
                Output = state.Host.Output,
            });
    }

    private static Store<TWord, TBit> Down(Store<AlteredWord<TWord, TBit>, AlteredBit<TBit>> store) =>
        new(store.Entries.Map(entry => new StoreEntry<TWord, TBit>(entry.Used.Inner, entry.Key.Inner, entry.Value.Inner)));

    private static Allowance<TWord> Down(Allowance<AlteredWord<TWord, TBit>> allowance) => allowance switch
    {
        Allowance<AlteredWord<TWord, TBit>>.Unlimited => new Allowance<TWord>.Unlimited(),
        Allowance<AlteredWord<TWord, TBit>>.Remaining(var count) => new Allowance<TWord>.Remaining(count.Inner),
    };
}

/// <summary>Bytes of a domain, read and written with altered words.</summary>
/// <param name="inner">The bytes.</param>
internal sealed class AlteredBytes<TWord, TBit>(IBytes<TWord, TBit> inner) : IBytes<AlteredWord<TWord, TBit>, AlteredBit<TBit>>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The bytes.</summary>
    public IBytes<TWord, TBit> Inner => inner;

    /// <inheritdoc/>
    public AlteredWord<TWord, TBit> Read(AlteredWord<TWord, TBit> offset, Width width) => new(inner.Read(offset.Inner, width));

    /// <inheritdoc/>
    public IBytes<AlteredWord<TWord, TBit>, AlteredBit<TBit>> Write(
        AlteredWord<TWord, TBit> offset, AlteredWord<TWord, TBit> value, AlteredBit<TBit> when) =>
        new AlteredBytes<TWord, TBit>(inner.Write(offset.Inner, value.Inner, when.Inner));
}
