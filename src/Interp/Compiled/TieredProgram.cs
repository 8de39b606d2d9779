using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Compiled;

/// <summary>When a program is compiled.</summary>
internal enum Tiering
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Once it has executed so many instructions that compiling pays.</summary>
    Later,

    /// <summary>Before it runs.</summary>
    AtOnce,
}

/// <summary>A program on one core: interpreted, and from some time on compiled as well, in which case both take turns.</summary>
/// <remarks>
/// Compiled code leaves at an instruction that it does not do; the interpreter does it, and goes on to the next step that
/// stops for compiled code. So all that can be seen at an end is the interpreter's.
/// </remarks>
internal sealed unsafe class TieredProgram
{
    /// <summary>About how many instructions a program executes before compiling it pays.</summary>
    public const ulong WorthCompiling = 1_000_000;

    // Unexpected accesses until the program is compiled again, for where they were; and how often it is.
    private const int MostMisses = 200;
    private const int MostCompilations = 4;

    // A change of turns takes as long as the interpreter takes for some instructions.
    private const int Changes = 20_000;
    private const ulong LeastBetweenChanges = 16;

    private readonly CheckedProgram program;
    private readonly Platform<Word> platform;
    private readonly Engine interpreter;
    private readonly Core core;
    private readonly RunFacts? facts;
    private readonly ulong runLength;
    private Tiering tiering;
    private ulong branchesUntilCompiled;
    private CompiledPlan? plan;
    private Learned? learned;
    private CompiledCode? code;
    private int entryPlace;

    // Null while the program is not compiled, or not from its entry on.
    private CompiledCode.Method? fromEntry;
    private PredecodedStep* entryStep;
    private PredecodedStep*[] behind = [];
    private Leave[] leaves = [];
    private int misses;
    private int compilations;
    private int changes;
    private ulong branchesBetween;

    /// <summary>A program on a core.</summary>
    /// <param name="program">The program.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    /// <param name="interpreter">The engine that interprets it.</param>
    /// <param name="tiering">When it is compiled.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <param name="core">The core.</param>
    /// <param name="facts">What is proved of its runs; null if nothing is.</param>
    /// <param name="worth">About how many instructions it executes before it is compiled.</param>
    public TieredProgram(
        CheckedProgram program,
        Platform<Word> platform,
        Engine interpreter,
        Tiering tiering,
        bool isMetered,
        Core core,
        RunFacts? facts = null,
        ulong worth = WorthCompiling)
    {
        (this.program, this.platform, this.interpreter, this.tiering, this.core, this.facts) =
            (program, platform, interpreter, tiering, core, facts);
        Current = Predecoder.Predecode(program, platform, interpreter, isMetered, core.Memory);
        Entry = Current.At((ulong)program.Entry);

        // Between two branches taken, about.
        var jumps = 1;
        foreach (var step in Current.Steps) jumps += Codes.Jumps(step.Code) ? 1 : 0;
        runLength = (ulong)((Current.Steps.Length + jumps - 1) / jumps);
        branchesUntilCompiled = Math.Max(1, worth / runLength);
    }

    /// <summary>The program as it is interpreted now.</summary>
    public PredecodedProgram Current { get; private set; }

    /// <summary>The step that a run begins with.</summary>
    public PredecodedStep* Entry { get; private set; }

    /// <summary>Whether it is compiled.</summary>
    public bool IsCompiled => code is not null;

    /// <summary>How often it was compiled: with what it has learned of where its accesses are, it is compiled again.</summary>
    public int Compilations => compilations;

    /// <summary>Why it stays interpreted; null if it does not, or if that is not known yet.</summary>
    public string? Problem { get; private set; }

    /// <summary>Runs from a step on, with an empty cache, until something stops it that is more than a change of turns.</summary>
    public ulong Run(PredecodedStep* step) => Run(step, 0, 0, null);

    /// <summary>As <see cref="Run(PredecodedStep*)"/>, with a region cached that may be read and written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Run(PredecodedStep* step, ulong start, ulong length, byte* host) =>
        code is not null ? TakeTurns(step)
        : tiering is Tiering.Never ? core.Run(step, start, length, host)
        : Begin(step, start, length, host);

    private ulong Begin(PredecodedStep* step, ulong start, ulong length, byte* host)
    {
        if (tiering is Tiering.Later) return Interpret(step, start, length, host);
        step = Compile(step);
        return Run(step, start, length, host);
    }

    // The interpreter gets the branches by slices, of which the last ends where compiling pays.
    private ulong Interpret(PredecodedStep* step, ulong start, ulong length, byte* host)
    {
        var state = core.State;
        var slice = Math.Min(state->Branches, branchesUntilCompiled);
        var held = state->Branches - slice;
        state->Branches = slice;
        var stop = core.Run(step, start, length, host);
        branchesUntilCompiled -= Math.Min(branchesUntilCompiled, slice - state->Branches + 1);
        state->Branches += held;
        if (branchesUntilCompiled > 0) return stop;
        tiering = Tiering.AtOnce;
        state->Stopped = Compile(state->Stopped);
        return stop is Stop.BranchBudget && held > 0 ? Run(state->Stopped) : stop;
    }

    private ulong TakeTurns(PredecodedStep* step) => step == entryStep ? GoOn(RunFromEntry(core.State)) : Alternate(step);

    private ulong Alternate(PredecodedStep* step)
    {
        while (true)
        {
            var stop = core.Run(step);
            if (stop is not Stop.Enter) return stop;
            step = Enter(core.State->Stopped);
        }
    }

    /// <summary>Whether a run from the program's entry begins in compiled code.</summary>
    public bool IsEnteredAtOnce => fromEntry is not null;

    /// <summary>Runs compiled code from the program's entry on; yields where it leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RunFromEntry(RunState* state) => fromEntry!((byte*)state, entryPlace);

    /// <summary>Whether compiled code left at an EXIT: what the interpreter does there, outside of local functions, is nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Exits(int left)
    {
        var known = leaves;
        return (uint)left < (uint)known.Length && known[left] is Leave.Exit;
    }

    /// <summary>The program compiled for runs that all begin alike, with what is known by now; null if it cannot be.</summary>
    /// <param name="beginning">How they begin, but for the length of the context.</param>
    /// <param name="length">The length of the context for which that is so; null if it can have any.</param>
    /// <param name="writesStack">Whether the code may write to the stack.</param>
    public CompiledCode.MethodFromEntry? CompiledFor(Beginning beginning, out ulong? length, out bool writesStack)
    {
        (length, writesStack) = (facts?.ContextLength, true);
        if (code is null) return null;
        var fromEntryAlone = new CompiledPlan(
            plan!.Instructions, program.Entry, plan.IsMetered, plan.FrameBytes, onlyFromEntry: true);
        return CompiledCode.Compile(
            fromEntryAlone, learned!.Expectations(core.State), facts, beginning with { ContextLength = length }, out writesStack);
    }

    /// <summary>Goes on where compiled code has left that was entered at the program's entry.</summary>
    public ulong GoOn(int left)
    {
        if (Exits(left) && core.State->Depth == 0)
        {
            core.State->Stopped = behind[left];
            return Stop.Exit;
        }

        return Alternate(Next(left, entryStep));
    }

    // The step to go on with in the interpreter, after compiled code had its turn.
    private PredecodedStep* Enter(PredecodedStep* step)
    {
        if (code is null) return step + 1;
        var before = core.State->Branches;
        var left = code.Run((byte*)core.State, code.PlaceOf(Current.SlotOf(step)));
        branchesBetween += before - core.State->Branches;
        if (++changes >= Changes && IsTooOften()) return GiveUp(left >= 0 ? behind[left] : step + 1);
        return Next(left, step);
    }

    private PredecodedStep* Next(int left, PredecodedStep* entered) => left switch
    {
        CompiledCode.Short => entered + 1,
        CompiledCode.Refused => AfterMiss(left, entered),
        _ => leaves[left] is Leave.Miss ? AfterMiss(left, entered) : behind[left],
    };

    private bool IsTooOften()
    {
        var between = ((branchesBetween / (ulong)changes) + 1) * runLength;
        (changes, branchesBetween) = (0, 0);
        if (between >= LeastBetweenChanges) return false;
        Problem = $"compiled code would leave a step to the interpreter every {between} instructions";
        return true;
    }

    // An access was not where it was expected, or the stack is not: after some of them the code is made anew.
    private PredecodedStep* AfterMiss(int left, PredecodedStep* entered)
    {
        if (compilations < MostCompilations)
        {
            if (left >= 0) learned!.Note(plan!.At(left), core.State);
            if (++misses >= MostMisses)
            {
                misses = 0;
                if (CompileAs(learned!.Expectations(core.State)) is { } problem)
                {
                    Problem = problem;
                    return GiveUp(left >= 0 ? behind[left] : entered + 1);
                }
            }
        }

        return left >= 0 ? behind[left] : entered + 1;
    }

    private enum Leave : byte
    {
        Other,
        Miss,
        Exit,
    }

    // The step to go on with: of the same instruction in the program that now has stops for compiled code, if it could be made.
    private PredecodedStep* Compile(PredecodedStep* step)
    {
        tiering = Tiering.Never;
        plan = new(Predecoder.Decode(program, platform, Current.IsMetered), program.Entry, Current.IsMetered, core.FrameBytes);
        learned = new(plan);
        Problem = CompileAs(learned.Expectations(core.State));
        if (Problem is not null) return step;
        step = Exchange(
            step, Predecoder.Predecode(program, platform, interpreter, Current.IsMetered, core.Memory, plan.Entries.ToHashSet()));
        behind = new PredecodedStep*[program.Program.Length];
        leaves = new Leave[behind.Length];
        foreach (var instruction in plan.Instructions)
        {
            behind[instruction.Slot] = Current.Behind(instruction.Slot);
            var kind = CompiledPlan.RowOf(instruction.Own).Kind;
            leaves[instruction.Slot] = kind is Kind.Access && !CompiledPlan.AlwaysLeaves(instruction) ? Leave.Miss
                : kind is Kind.Exit && instruction.Steps.Count == 1 ? Leave.Exit
                : Leave.Other;
        }

        entryStep = entryPlace < 0 ? null : Current.At((ulong)program.Entry);
        return step;
    }

    private string? CompileAs(Expectations expectations)
    {
        compilations++;
        code = CompiledCode.Compile(plan!, expectations, facts, out var problem);
        entryPlace = code?.PlaceOf(program.Entry) ?? -1;
        fromEntry = entryPlace < 0 ? null : code!.Run;
        return problem;
    }

    private PredecodedStep* GiveUp(PredecodedStep* step)
    {
        code = null;
        fromEntry = null;
        entryStep = null;
        return Exchange(step, Predecoder.Predecode(program, platform, interpreter, Current.IsMetered, core.Memory));
    }

    // Steps are those of the same instructions elsewhere; so are those that local calls return to.
    private PredecodedStep* Exchange(PredecodedStep* step, PredecodedProgram next)
    {
        var state = core.State;
        for (ulong i = 0; i < state->Depth; i++) state->Frames[i].ReturnTo = Other(state->Frames[i].ReturnTo);
        step = Other(step);
        Current = next;
        Entry = next.At((ulong)program.Entry);
        return step;

        PredecodedStep* Other(PredecodedStep* old)
        {
            var slot = Current.SlotOf(old);
            var distance = old - Current.Behind(slot);
            return distance <= 0 ? next.At((ulong)slot) : next.Behind(slot) + distance;
        }
    }
}
