using RbpfSpec.Interp.Certified;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp;

/// <summary>The fast machine on the states of the semantics: what <see cref="ReferenceMachine"/> does, faster.</summary>
/// <remarks>
/// For comparing, and for tools: a state is copied in and out, and a helper call is a step of the reference machine, on
/// memory that is lent to it. Programs that run often belong into a <see cref="Vm"/>. A machine is for one thread at a
/// time, and refuses a second one while a run of it is going on.
/// </remarks>
public sealed class EngineMachine : IMachine
{
    private readonly CheckedProgram program;
    private readonly Core core;
    private readonly Lazy<ReferenceMachine> reference;
    private readonly Turn turn = new();
    private readonly Tiering tiering;

    // Without and with counting of instructions, as soon as they are needed.
    private TieredProgram?[] predecoded = [null, null];

    // The same with facts that a certificate proves of a run.
    private readonly StateRuns? certified;
    private TieredProgram? trusting;
    private (RunFacts Facts, bool KnowsBranches, bool IsMetered) trusted;
    private Platform<Word>? platform;

    /// <summary>A machine loaded with a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="certificate">A certificate, as of <see cref="VmOptions.Certificate"/>; none if empty.</param>
    /// <exception cref="PlatformNotSupportedException">The engine does not work in this process.</exception>
    public EngineMachine(CheckedProgram program, Engine engine = Engine.Auto, ReadOnlyMemory<byte> certificate = default)
        : this(program, engine, certificate, PinnedMemory.Own)
    {
    }

    private EngineMachine(CheckedProgram program, Engine engine, ReadOnlyMemory<byte> certificate, PinnedMemory memory)
    {
        ArgumentNullException.ThrowIfNull(program);
        this.program = program;
        Engine = Engines.Choose(engine);
        tiering = Engines.Tiering(engine);
        core = new(program.Rules.Profile, Engines.Interpreter(Engine), memory, callsLocally: true);
        certified = certificate.IsEmpty ? null : new(certificate, program, tiering is not Tiering.Never);
        reference = new(() => new(program.Program, program.Rules.Profile));
    }

    /// <summary>The engine; never <see cref="Engine.Auto"/>.</summary>
    public Engine Engine { get; }

    /// <summary>Why the program was not compiled when it was last run; null if it was, or was not tried.</summary>
    public string? StaysInterpreted { get; private set; }

    /// <summary>Why the last run did not use the certificate; null if it did, if there is none, or if there was no run.</summary>
    public string? StaysChecked => certified?.Problem;

    /// <summary>Runs a program once, from a state to its end, and counts the instructions executed, without one that traps.</summary>
    /// <remarks>What a machine made for one run does, with memory that is used again for the next one.</remarks>
    /// <param name="program">The program.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="state">The state, as of <see cref="Run(State{Word})"/>.</param>
    /// <param name="instructions">The number of instructions; a wide one counts once.</param>
    /// <exception cref="PlatformNotSupportedException">The engine does not work in this process.</exception>
    /// <exception cref="InvalidOperationException">
    /// The state is none such, or a helper of it is declared so that no call could meet it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public static Outcome<Word> RunOnce(CheckedProgram program, Engine engine, State<Word> state, out ulong instructions)
    {
        // Safe: the machine is known here alone, and an outcome holds copies; helpers are refused what they keep of a call.
        using var lease = PinnedMemory.Lend(out var memory);
        return new EngineMachine(program, engine, default, memory).Run(state, memory, out instructions);
    }

    /// <summary>Runs a program once, from a state to its end: EXIT or a trap.</summary>
    /// <remarks>What a machine made for one run does, with memory that is used again for the next one.</remarks>
    /// <param name="program">The program.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="state">The state, as of <see cref="Run(State{Word})"/>.</param>
    /// <exception cref="PlatformNotSupportedException">The engine does not work in this process.</exception>
    /// <exception cref="InvalidOperationException">
    /// The state is none such, or a helper of it is declared so that no call could meet it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public static Outcome<Word> RunOnce(CheckedProgram program, Engine engine, State<Word> state)
    {
        using var lease = PinnedMemory.Lend(out var memory);
        return new EngineMachine(program, engine, default, memory).Run(state, memory);
    }

    /// <summary>Runs a state to its end: EXIT or a trap.</summary>
    /// <param name="state">
    /// The state, as <see cref="Start"/> and steps from there make it: its regions are disjoint, hold
    /// <see cref="ByteTree"/>s, and end in the frames of the local calls, each right below the one before.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The state is none such, or a helper of it is declared so that no call could meet it; or a run is going on already.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public Outcome<Word> Run(State<Word> state)
    {
        using var lease = PinnedMemory.Lend(out var memory);
        return Run(state, memory);
    }

    /// <summary>Runs a state to its end, and counts the instructions executed, without one that traps.</summary>
    /// <param name="state">The state, as of <see cref="Run(State{Word})"/>.</param>
    /// <param name="instructions">The number of instructions; a wide one counts once.</param>
    /// <exception cref="InvalidOperationException">
    /// The state is none such, or a helper of it is declared so that no call could meet it; or a run is going on already.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public Outcome<Word> Run(State<Word> state, out ulong instructions)
    {
        using var lease = PinnedMemory.Lend(out var memory);
        return Run(state, memory, out instructions);
    }

    private Outcome<Word> Run(State<Word> state, PinnedMemory memory)
    {
        Check(state);
        return Run(state, state.Budget.Instructions is Allowance<Word>.Remaining, memory);
    }

    private Outcome<Word> Run(State<Word> state, PinnedMemory memory, out ulong instructions)
    {
        Check(state);
        var limit = new Allowance<Word>.Remaining(Word.Of(Left(state.Budget.Instructions)));
        var outcome = Run(state with { Budget = state.Budget with { Instructions = limit } }, isMetered: true, memory);
        instructions = limit.Count.Value - Left(outcome.State.Budget.Instructions);
        return state.Budget.Instructions is Allowance<Word>.Remaining
            ? outcome
            : End(outcome, outcome.State with { Budget = outcome.State.Budget with { Instructions = state.Budget.Instructions } });
    }

    private void Check(State<Word> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (StateShape.Problem(state, program.Rules.Profile) is { } problem) throw new InvalidOperationException(problem);
    }

    private static Outcome<Word> End(Outcome<Word> outcome, State<Word> state) => outcome switch
    {
        Outcome<Word>.Next => new Outcome<Word>.Next(state),
        Outcome<Word>.Exited => new Outcome<Word>.Exited(state),
        Outcome<Word>.Trapped trapped => new Outcome<Word>.Trapped(trapped.Trap, state),
    };

    private static ulong Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => ulong.MaxValue,
        Allowance<Word>.Remaining(var count) => count.Value,
    };

    private Outcome<Word> Run(State<Word> state, bool isMetered, PinnedMemory memory)
    {
        var claim = turn.Enter();
        try
        {
            var current = certified?.FactsFor(state) is { } facts
                ? Trusting(facts, state, isMetered)
                : PredecodedFor(state.Host.Platform, isMetered);
            while (true)
            {
                var (outcome, next) = RunOn(state, current, memory);
                StaysInterpreted = current.Problem;
                if (outcome is not null) return outcome;
                state = next;
                current = PredecodedFor(state.Host.Platform, isMetered);
            }
        }
        finally
        {
            claim.Leave();
        }
    }

    // The outcome; or, if a helper has changed what the program was made ready for, the state to go on from.
    private unsafe (Outcome<Word>? Outcome, State<Word> State) RunOn(State<Word> state, TieredProgram current, PinnedMemory memory)
    {
        var transfer = new Transfer(state, core, current, memory);
        var stop = current.Run(current.Current.At(state.ProgramCounter.Value));
        while (true)
        {
            if (stop is Stop.Exit)
            {
                var end = transfer.End(stop);
                return (new Outcome<Word>.Exited(end), end);
            }

            if (stop is Stop.Call)
            {
                if (Call(transfer) is { } trap) return (new Outcome<Word>.Trapped(trap, state = transfer.End(stop)), state);
                if (transfer.Host.Platform != state.Host.Platform || (current == trusting && HasOthers(transfer.Host, state.Host)))
                    return (null, transfer.AfterCall());
                stop = current.Run(core.State->Stopped + 1);
            }
            else if (stop is Stop.BranchBudget && state.Budget.Branches is Allowance<Word>.Unlimited)
            {
                // Another 2^64 branches: no limit is no limit.
                core.State->Branches = ulong.MaxValue;
                stop = current.Run(core.State->Stopped);
            }
            else
            {
                var end = transfer.End(stop);
                return (new Outcome<Word>.Trapped((Trap)(stop - Stop.FirstTrap), end), end);
            }
        }
    }

    // Facts are about the functions that could be called when the run began.
    private static bool HasOthers(HostState<Word> now, HostState<Word> before) =>
        !now.Helpers.IsSame(before.Helpers) || !now.BtfFunctions.IsEmpty;

    private TieredProgram Trusting(RunFacts facts, State<Word> state, bool isMetered)
    {
        var knowsBranches = facts.MostBranches <= Left(state.Budget.Branches);
        if (trusting is null || trusted != (facts, knowsBranches, isMetered))
        {
            trusted = (facts, knowsBranches, isMetered);
            trusting = new(
                program,
                state.Host.Platform,
                Engines.Interpreter(Engine),
                tiering,
                isMetered,
                core,
                knowsBranches ? facts : facts.WithoutBranches());
        }

        return trusting;
    }

    // What refuses the call; if nothing does, it is done.
    private Trap? Call(Transfer transfer)
    {
        var loan = new Loan();
        try
        {
            var outcome = reference.Value.Step(transfer.Lend(loan));
            if (outcome is Outcome<Word>.Trapped trapped) return trapped.Trap;
            transfer.Settle(outcome.State);
            return null;
        }
        finally
        {
            loan.End();
        }
    }

    private TieredProgram PredecodedFor(Platform<Word> current, bool isMetered)
    {
        if (current != platform) (platform, predecoded) = (current, [null, null]);
        return predecoded[isMetered ? 1 : 0] ??= new(
            program, current, Engines.Interpreter(Engine), tiering, isMetered, core);
    }
}
