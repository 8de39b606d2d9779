using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Mutants;

/// <summary>An execution of another domain, on mutant words: its words go up into these, and its effect comes back.</summary>
/// <remarks>
/// How a rule is made to go wrong, its text untouched:
/// <list type="number">
/// <item>The fields and the state of an execution are wrapped, each word in a <see cref="MutantWord{T}"/>; registers and
/// memory are those of the state behind a wrapping of their own (<see cref="MutantRegisters{T}"/>, <see cref="MutantMemory{T}"/>).</item>
/// <item>The rule runs on them. Each operation that it asks of its words tells the <see cref="MutantRun"/> of the thread,
/// which counts; at the one place that is meant, the word answers by the <see cref="OperationChange"/> instead.</item>
/// <item>The effect, its guards and the state after, is unwrapped.</item>
/// </list>
/// So the mutant of a rule runs wherever the rule does: on numbers, for a suite of vectors to find it; on terms, for a
/// claim to refute it. The fields that name registers, and the immediate, are known to the rule in every state; how much
/// else is, <see cref="MutantScope"/> tells. What helpers do is no rule, so their bodies run as they are, unless bodies
/// over mutant words are given.
/// </remarks>
public sealed class MutantExecution<T>
    where T : IWord<T>
{
    // No program of a vector grants a helper more.
    private const ulong LongestView = 1 << 16;

    private readonly State<T> before;
    private readonly Execution<MutantWord<T>> up;

    /// <summary>An execution on mutant words.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="bodies">The helpers whose bodies can go wrong, too; known by their declarations.</param>
    public MutantExecution(in Execution<T> execution, Sequence<HelperFunction<MutantWord<T>>> bodies = default) =>
        (before, up) = (execution.State, Up(execution, bodies));

    /// <summary>The effect of the rule: of a mutant of it, if the thread's run makes an operation go wrong.</summary>
    /// <remarks>The execution is not made within the run, which would count what is asked for to make it.</remarks>
    public Effect<T> Execute() => Down(up.Form.Operation.Execute(up), before);

    private static Execution<MutantWord<T>> Up(in Execution<T> execution, Sequence<HelperFunction<MutantWord<T>>> bodies)
    {
        var (form, fields, state, profile) = execution;
        var host = IsOfHost(form.Operation) ? Host(state.Host, bodies) : HostState<MutantWord<T>>.Bare;
        return new(
            form,
            new(Open(fields.Destination), Open(fields.Source), Up(fields.Offset), Open(fields.Immediate), Up(fields.NextImmediate)),
            new(
                new MutantRegisters<T>(state.Registers),
                Up(state.ProgramCounter),
                new MutantMemory<T>(state.Memory),
                state.Frames.Map(frame => new Frame<MutantWord<T>>(Up(frame.ReturnTo), frame.Saved.Map(Up))),
                new(Up(state.Budget.Branches), Up(state.Budget.Instructions)),
                host),
            profile);
    }

    // Of what the host has, other rules know nothing.
    private static bool IsOfHost(Operation operation) => operation is CallOperation or WideLoad or PacketLoad;

    private static MutantWord<T> Up(T word) => new(word);

    private static MutantWord<T> Open(T word) => new(word, IsOpen: true);

    private static Allowance<MutantWord<T>> Up(Allowance<T> allowance) => allowance switch
    {
        Allowance<T>.Unlimited => new Allowance<MutantWord<T>>.Unlimited(),
        Allowance<T>.Remaining(var count) => new Allowance<MutantWord<T>>.Remaining(Up(count)),
    };

    private static HostState<MutantWord<T>> Host(HostState<T> host, Sequence<HelperFunction<MutantWord<T>>> bodies)
    {
        var platform = host.Platform;
        return new(
            host.Helpers.Map(function => Function(function, host, bodies)),
            host.BtfFunctions.Map(function => Function(function, host, bodies)),
            new(
                Platform(platform.MapByFd),
                Platform(platform.MapByIndex),
                Platform(platform.MapValue),
                Platform(platform.VariableAddress),
                Platform(platform.CodeAddress),
                Up(platform.PacketStart)),
            host.Data?.Map(Up, MutantWord<T>.Up));
    }

    private static Func<MutantWord<T>, MutantWord<T>> Platform(Func<T, T> function) =>
        number => Up(function(number.Inner));

    private static HelperFunction<MutantWord<T>> Function(
        HelperFunction<T> function, HostState<T> host, Sequence<HelperFunction<MutantWord<T>>> bodies)
    {
        foreach (var body in bodies)
        {
            if (body.Declaration == function.Declaration) return body;
        }

        return new(function.Declaration, call => Result(function, call, host));
    }

    private static HelperResult<MutantWord<T>> Result(HelperFunction<T> function, HelperCall<MutantWord<T>> call, HostState<T> host)
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
            Host(result.State, []),
            result.Writes.Map(write => new ViewWrite<MutantWord<T>>(write.Argument, Up(write.Offset), Up(write.Value))))
        {
            Copies = result.Copies.Map(copy => new ViewCopy<MutantWord<T>>(copy.To, copy.From, Open(copy.Length))),
        };
    }

    // Helpers and platform of the state after are those of the state before.
    private static Effect<T> Down(Effect<MutantWord<T>> effect, State<T> before)
    {
        var after = effect.Value.State;
        var state = new State<T>(
            ((MutantRegisters<T>)after.Registers).Inner,
            after.ProgramCounter.Inner,
            ((MutantMemory<T>)after.Memory).Down(),
            after.Frames.Map(frame => new Frame<T>(frame.ReturnTo.Inner, frame.Saved.Map(word => word.Inner))),
            new(Down(after.Budget.Branches), Down(after.Budget.Instructions)),
            ReferenceEquals(after.Host, HostState<MutantWord<T>>.Bare)
                ? before.Host
                : before.Host with { Data = after.Host.Data?.Map(word => word.Inner, MutantWord<T>.Down) });
        Outcome<T> outcome = effect.Value switch
        {
            Outcome<MutantWord<T>>.Next => new Outcome<T>.Next(state),
            Outcome<MutantWord<T>>.Exited => new Outcome<T>.Exited(state),
            Outcome<MutantWord<T>>.Trapped trapped => new Outcome<T>.Trapped(trapped.Trap, state),
        };
        return new(effect.Guards.Map(guard => new Guard<T>(MutantWord<T>.Down(guard.When), guard.Trap)), outcome);
    }

    private static Allowance<T> Down(Allowance<MutantWord<T>> allowance) => allowance switch
    {
        Allowance<MutantWord<T>>.Unlimited => new Allowance<T>.Unlimited(),
        Allowance<MutantWord<T>>.Remaining(var count) => new Allowance<T>.Remaining(count.Inner),
    };
}
