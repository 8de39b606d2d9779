using System.Buffers;
using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Certified;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp;

/// <summary>A virtual machine: one checked program, its helpers, and the memory that the caller lends it.</summary>
/// <remarks>
/// <para>
/// Make it once and run it any number of times: a run allocates nothing, and begins with a zeroed stack and the
/// registers of the profile. A machine is for one thread at a time, and refuses a second one while a call of it is going
/// on; make one for each thread, of the same program.
/// </para>
/// <para>
/// No use of it, however wrong, reads or writes memory that is not its own or lent to it: what makes no sense is refused
/// by an exception. It relies on the runtime, and on <see cref="MemoryManager{T}"/>s to pin what they say they pin.
/// </para>
/// <para>A run ends when the program does or when its budget is used up; there is no other way to cancel it.</para>
/// <para>
/// Atomic operations are so towards the program, which has one thread; not towards threads of the host that touch the
/// same memory during a run.
/// </para>
/// </remarks>
public sealed partial class Vm
{
    private const int AnyLength = -1;
    private const int NoLength = -2;
    private const int NoExit = -1;

    /// <summary>The branches taken in compiled runs after which code is made for runs that all begin alike.</summary>
    internal const ulong WorthRepeating = 200_000;

    // What a run counts as beside its branches.
    private const ulong BranchesOfRun = 16;

    private readonly bool passesLength;
    private readonly MappedRuns? certified;
    private readonly TieredProgram plain;
    private readonly bool mayWrite;
    private readonly Core core;
    private readonly unsafe RunState* state;
    private readonly ulong stackEnd;
    private readonly VmHelper[] helpers;
    private readonly VmHelper[] btfFunctions;
    private readonly List<Mapping> mappings = [];
    private readonly ulong branchLimit;
    private readonly ulong instructionLimit;
    private readonly bool isBranchLimited;
    private readonly CheckedProgram program;
    private readonly Platform<Word> platform;
    private readonly Turn turn = new();

    // The stack, and what is mapped.
    private readonly List<AddressRange> ranges;
    private ulong contextRoom = int.MaxValue;

    // That of the run at hand, or of the last one.
    private TieredProgram tiered;

    // How long a context is with which it is the same again, while nothing is mapped: always, without a certificate.
    private int sameFor = AnyLength;

    // Code for runs that begin with a context, and nothing mapped; the program it was made of; and for which length of it, if not for all.
    private CompiledCode.MethodFromEntry? repeating;
    private TieredProgram? repeated;
    private int compilationsOfRepeated;
    private ulong? repeatedFor;
    private ulong branchesOfAlike;
    private readonly ulong worthRepeating;
    private bool clearsStack;

    // How long a context is with which that code runs at once: the state is then as such runs begin and end. And where they end.
    private int againFor = NoLength;
    private int usualExit;
    private unsafe MappedRegion* contextRegion;

    // How the last run on this thread ended, if it did otherwise than where such runs usually do. It is read when the turn is over,
    // and another thread may run the machine: so it is no field of it.
    [ThreadStatic]
    private static RunResult ended;

    // How the last run ended if it did in a trap, while the regions are still as it left them.
    private RunResult last;

    /// <summary>A machine for a program.</summary>
    /// <exception cref="ArgumentException">An option makes no sense, or two helpers have the same id.</exception>
    /// <exception cref="PlatformNotSupportedException">The engine asked for does not work in this process.</exception>
    public unsafe Vm(CheckedProgram program, VmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new();
        if (options.Platform is null) throw new ArgumentNullException(nameof(options), "the options have no platform");
        this.program = program;
        var profile = program.Rules.Profile;
        passesLength = profile.InitialRegisters switch
        {
            InitialRegisters.ContextAndLength => true,
            InitialRegisters.Context => false,
        };
        Engine = Engines.Choose(options.Engine);
        helpers = VmHelper.Checked(options.Helpers);
        btfFunctions = VmHelper.Checked(options.BtfFunctions);
        var branches = options.BranchLimit ?? profile.BranchLimit;
        var instructions = options.InstructionLimit ?? profile.InstructionLimit;
        isBranchLimited = branches is Allowance<ulong>.Remaining;
        branchLimit = Count(branches);
        instructionLimit = Count(instructions);
        platform = options.Platform;
        var interpreter = Engines.Interpreter(Engine);
        core = new(profile, interpreter, PinnedMemory.Own, Codes.CallLocally(program.Program));
        var tiering = Engines.Tiering(options.Engine);
        tiered = plain = Make(null);
        certified = options.Certificate.IsEmpty ? null
            : new(options.Certificate, program, options, branchLimit, tiering is not Tiering.Never, Make);
        if (certified is not null) sameFor = NoLength;
        mayWrite = tiered.Current.MayWrite;
        worthRepeating = options.WorthRepeating;
        state = core.State;
        stackEnd = AddressSpace.Stack + core.FrameBytes;
        core.Begin(AddressSpace.Stack);
        Reserve(2);
        var below = (ulong)Math.Max(profile.FrameLimit - 1, 0) * core.FrameBytes;
        ranges = [new("stack", AddressSpace.Stack - below, below + core.FrameBytes)];

        TieredProgram Make(RunFacts? facts) => new(
            program, platform, interpreter, tiering, instructions is Allowance<ulong>.Remaining, core, facts, options.WorthCompiling);
    }

    /// <summary>The engine; never <see cref="Engine.Auto"/>, of which it is the one that programs begin with.</summary>
    public Engine Engine { get; }

    /// <summary>Whether the program is compiled by now.</summary>
    public bool IsCompiled => tiered.IsCompiled;

    /// <summary>Whether the next run, with a context of the same length, is done by code for runs that all begin alike.</summary>
    internal bool Repeats => againFor != NoLength;

    /// <summary>Why the program is not compiled and will not be; null if it is, or if that is not known yet.</summary>
    public string? StaysInterpreted => tiered.Problem;

    /// <summary>Why the last run did not use the certificate; null if it did, if there is none, or if there was no run.</summary>
    public string? StaysChecked => certified?.Problem;

    /// <summary>The branches left by the last run; <see cref="ulong.MaxValue"/> counts down where there is no limit.</summary>
    public unsafe ulong BranchesLeft => state->Branches;

    /// <summary>The instructions left by the last run; <see cref="ulong.MaxValue"/> where there is no limit.</summary>
    public unsafe ulong InstructionsLeft => state->Instructions;

    /// <summary>A register as the last run left it, 64 bits.</summary>
    /// <param name="number">From 0 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is another.</exception>
    public unsafe ulong Register(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Semantics.Instructions.Register.Last);
        return state->Registers[number];
    }

    /// <summary>Grants a range of addresses, whose bytes are the caller's; they are pinned during runs and not copied.</summary>
    /// <remarks>Takes time in proportion to what is mapped already.</remarks>
    /// <param name="name">The name by which to unmap it.</param>
    /// <param name="address">The address of the first byte, as the program sees it.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="permission">What the program may do with them.</param>
    /// <exception cref="ArgumentException">The range wraps around, overlaps another or the stack, or the name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The permission has bits that mean nothing.</exception>
    /// <exception cref="InvalidOperationException">A run is going on, or another thread uses the machine.</exception>
    public void Map(string name, ulong address, Memory<byte> bytes, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(name);
        if ((permission & ~Permission.ReadWrite) != Permission.None)
            throw new ArgumentOutOfRangeException(nameof(permission), permission, "a permission is None, Read, Write or ReadWrite");
        var claim = turn.Enter();
        try
        {
            if (mappings.Exists(mapping => mapping.Name == name)) throw new ArgumentException($"'{name}' is mapped already", nameof(name));
            var range = new AddressRange(name, address, (ulong)bytes.Length);
            if (range.ProblemBeside(ranges) is { } problem) throw new ArgumentException(problem, nameof(address));
            Reserve(mappings.Count + 3);
            last = default;
            againFor = NoLength;
            mappings.Add(new(name, address, bytes, permission));
            ranges.Add(range);
            contextRoom = Math.Min(contextRoom, RoomBefore(range));
            Forget();
        }
        finally
        {
            claim.Leave();
        }
    }

    /// <summary>Takes a range back; whether there was one.</summary>
    /// <exception cref="InvalidOperationException">A run is going on, or another thread uses the machine.</exception>
    public bool Unmap(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var claim = turn.Enter();
        try
        {
            var index = mappings.FindIndex(mapping => mapping.Name == name);
            if (index < 0) return false;
            mappings.RemoveAt(index);
            Forget();
            last = default;
            ranges.RemoveAt(index + 1);
            contextRoom = int.MaxValue;
            for (var i = 1; i < ranges.Count; i++) contextRoom = Math.Min(contextRoom, RoomBefore(ranges[i]));
            return true;
        }
        finally
        {
            claim.Leave();
        }
    }

    /// <summary>Runs the program from its entry on.</summary>
    /// <param name="context">
    /// The bytes at <see cref="AddressSpace.Context"/>, readable and writable, pinned during the run and not copied; if
    /// there are none, r1 and r2 are zero.
    /// </param>
    /// <exception cref="ArgumentException">The context reaches into a mapped range.</exception>
    /// <exception cref="InvalidOperationException">
    /// A run is going on already, another thread uses the machine, or a <see cref="MemoryManager{T}"/> pins other bytes
    /// than those of its memory.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RunResult Run(Span<byte> context)
    {
        // Inlined, so that a caller has the result in registers: through memory it would take as long as a fourth of a short run.
        var result = RunToEnd(context, out var exit);
        return exit == NoExit ? ended : new(null, result, exit);
    }

    /// <summary>The report for a person on the trap that the last run ended in: what was accessed, and what is there.</summary>
    /// <returns>The report; null if no run has ended in a trap, or memory has been mapped or unmapped since.</returns>
    /// <exception cref="InvalidOperationException">A run is going on, or another thread uses the machine.</exception>
    public TrapReport? Report()
    {
        var claim = turn.Enter();
        try
        {
            if (last is not { Trap: { } trap } ended) return null;
            var granted = new Budget<Word>(Allowance(branchLimit), Allowance(instructionLimit));
            var names = mappings.ConvertAll(mapping => mapping.Name);
            var reached = TrapState.Of(core, ended.ProgramCounter, names, helpers, btfFunctions, platform);
            return TrapReport.Of(program.Program, program.Rules.Profile, granted, new(trap, reached));
        }
        finally
        {
            claim.Leave();
        }
    }

    // What is mapped changes: what a certificate proved of runs before says nothing of those to come.
    private void Forget()
    {
        if (certified is null) return;
        certified.Forget();
        sameFor = NoLength;
    }

    private static Allowance<Word> Allowance(ulong limit) => new Allowance<Word>.Remaining(Word.Of(limit));

    // How many bytes the context may have beside a range.
    private static ulong RoomBefore(AddressRange range) =>
        range.Length == 0 || range.Start + (range.Length - 1) < AddressSpace.Context ? int.MaxValue
        : range.Start < AddressSpace.Context ? 0
        : Math.Min(range.Start - AddressSpace.Context, int.MaxValue);

    private string Reaches(int length) => $"the context of {length} bytes reaches into a mapped range; there is room for {contextRoom}";
}
