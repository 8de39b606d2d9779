using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Symbolic.Terms;
using Code = RbpfSpec.Interp.Predecoded.Code;

namespace RbpfSpec.Proofs.Engines;

/// <summary>Between two steps: what an engine keeps outside the machine's memory.</summary>
/// <param name="Now">The step to do.</param>
/// <param name="Start">The address of the cached region's first byte.</param>
/// <param name="Host">That byte, as the host sees it.</param>
/// <param name="Branches">The branches left.</param>
/// <param name="Memory">The memory.</param>
internal sealed record EngineState(CilValue.Pointer Now, Term Start, CilValue Host, Term Branches, MachineMemory Memory);

/// <summary>The end of one step of an engine.</summary>
internal abstract record EngineEnd
{
    private EngineEnd()
    {
    }

    /// <summary>It goes on with a step.</summary>
    public sealed record GoesOn(EngineState State) : EngineEnd;

    /// <summary>It stops with a number.</summary>
    public sealed record Stops(Term Number, MachineMemory Memory) : EngineEnd;
}

/// <summary>The ways that one step of an engine can go, as its compiled code says; or why that code is not understood.</summary>
internal abstract record EngineStep
{
    private EngineStep()
    {
    }

    /// <summary>Every way, with its condition, and what must hold for the code to be defined.</summary>
    public sealed record Known(Sequence<(Term Condition, EngineEnd End)> Ways, Sequence<CilDemand> Demands) : EngineStep;

    /// <summary>The code is not understood.</summary>
    public sealed record Unknown(string Reason) : EngineStep;
}

/// <summary>The compiled code of an engine, read step by step.</summary>
/// <param name="mutant">An instruction to read as another; null to read what is there.</param>
internal abstract unsafe class EngineCode(CilMutant? mutant)
{
    private static readonly CilValue.Pointer Machine = CilValue.Pointer.To(MachineMemory.State);

    /// <summary>The reader, which notes what it has met.</summary>
    protected CilReader<MachineMemory> Reader { get; } = new(mutant);

    /// <summary>The instruction that is read as another; null if none is.</summary>
    public CilMutant? Mutant => mutant;

    /// <summary>The instructions read so far, each with its method.</summary>
    public IReadOnlyCollection<(MethodDefinition Method, Instruction At)> Met => Reader.Met;

    /// <summary>Why some step's code was not understood; null if all that was read is.</summary>
    public string? NotUnderstood { get; private set; }

    /// <summary>Does the step that a state is at.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="state">The state.</param>
    public EngineStep Step(Code code, EngineState state)
    {
        EngineStep step = Read(code, state) switch
        {
            CilReading<MachineMemory>.Rejected(var reason) => new EngineStep.Unknown(reason),
            CilReading<MachineMemory>.Read(var paths, var demands) => Ways(paths) is { } ways
                ? new EngineStep.Known(ways, demands)
                : new EngineStep.Unknown($"the step of {code} ends in a way that no step does"),
        };
        NotUnderstood ??= (step as EngineStep.Unknown)?.Reason;
        return step;
    }

    /// <summary>Runs the code itself, without the mutant.</summary>
    /// <param name="now">The first step.</param>
    /// <param name="state">The state, with the branches left in it.</param>
    /// <param name="start">The address of the cached region's first byte.</param>
    /// <param name="host">That byte, as the host sees it.</param>
    public abstract ulong Run(PredecodedStep* now, RunState* state, ulong start, nint host);

    /// <summary>Sets what <see cref="Run"/> needs in steps.</summary>
    public virtual void SetHandlers(Span<PredecodedStep> steps)
    {
    }

    /// <summary>Reads the code of one step.</summary>
    protected abstract CilReading<MachineMemory> Read(Code code, EngineState state);

    /// <summary>Where a path through it leads; null if nowhere that a step does.</summary>
    protected abstract EngineEnd? EndOf(CilPath<MachineMemory> path);

    /// <summary>The arguments of handlers and of the loop.</summary>
    protected static Sequence<CilValue> Arguments(EngineState state) => [state.Now, Machine, new CilValue.Number(state.Start), state.Host];

    /// <summary>The state that four or five such values stand for; null if they are none such.</summary>
    protected static EngineState? StateOf(IReadOnlyList<CilValue> values, CilValue? branches, MachineMemory memory) =>
        values is [CilValue.Pointer now, CilValue.Pointer machine, CilValue.Number(var start), var host, ..] && machine == Machine
        && branches is CilValue.Number(var left)
            ? new(now, start, host, left, memory)
            : null;

    private Sequence<(Term Condition, EngineEnd End)>? Ways(Sequence<CilPath<MachineMemory>> paths)
    {
        List<(Term Condition, EngineEnd End)> ways = [];
        foreach (var path in paths)
        {
            var end = path.End is CilEnd.Returned(CilValue.Number(var number)) ? new EngineEnd.Stops(number, path.Memory) : EndOf(path);
            if (end is null) return null;
            ways.Add((Make.All(path.Condition), end));
        }

        return ways.ToSequence();
    }
}

/// <summary>The threaded engine: a step is a call of the handler of its code, and ends in a call of the next one's.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="handlerOf">The handler of a code.</param>
/// <param name="mutant">An instruction to read as another; null to read what is there.</param>
internal sealed unsafe class ThreadedCode(CilAssembly assembly, Func<Code, MethodInfo> handlerOf, CilMutant? mutant = null)
    : EngineCode(mutant)
{
    protected override CilReading<MachineMemory> Read(Code code, EngineState state) =>
        Reader.Call(assembly.Method(handlerOf(code)), [.. Arguments(state), new CilValue.Number(state.Branches)], state.Memory);

    public override ulong Run(PredecodedStep* now, RunState* state, ulong start, nint host) =>
        now->Handler(now, state, start, (byte*)host, state->Branches);

    // Safe: a handler has the type of the field.
    public override void SetHandlers(Span<PredecodedStep> steps)
    {
        foreach (ref var step in steps)
        {
            step.Handler = (delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong>)
                handlerOf(step.Code).MethodHandle.GetFunctionPointer();
        }
    }

    // The handler called must be that of the step that it is given.
    protected override EngineEnd? EndOf(CilPath<MachineMemory> path) =>
        path.End is CilEnd.Went(var handler, var arguments) && arguments.Count == 5
            && StateOf([.. arguments], arguments[4], path.Memory) is { } state
        && handler.Of == state.Now
            ? new EngineEnd.GoesOn(state)
            : null;
}

/// <summary>The engine of one loop: a step leads from the loop's head back to it.</summary>
/// <param name="loop">The method with the loop.</param>
/// <param name="run">The same method, to be called.</param>
/// <param name="mutant">An instruction to read as another; null to read what is there.</param>
internal sealed unsafe class SwitchCode(
    CilMethod loop, delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong> run, CilMutant? mutant = null) : EngineCode(mutant)
{
    public override ulong Run(PredecodedStep* now, RunState* state, ulong start, nint host) => run(now, state, start, (byte*)host);

    private readonly Instruction head = loop.LoopHeads.MinBy(instruction => instruction.Offset)!;
    private int branches = -1;

    protected override CilReading<MachineMemory> Read(Code code, EngineState state)
    {
        var entry = Reader.Enter(
            loop, Arguments(state), state.Memory.With(nameof(RunState.Branches), new CilValue.Number(state.Branches)), head);
        if (entry is not CilReading<MachineMemory>.Read([{ End: CilEnd.Looped(var frame) }], _)) return entry;
        branches = frame.Locals.IndexOf(new CilValue.Number(state.Branches));
        return Reader.Around(frame, state.Memory);
    }

    protected override EngineEnd? EndOf(CilPath<MachineMemory> path) =>
        path.End is CilEnd.Looped(var frame) && branches >= 0 && StateOf(frame.Arguments, frame.Locals[branches], path.Memory) is { } state
            ? new EngineEnd.GoesOn(state)
            : null;
}
