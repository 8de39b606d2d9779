using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>Makes predecoded programs.</summary>
/// <remarks>
/// An instruction becomes its guards, if the profile or the budget asks for some, and one step. There are at most three
/// guards (one that pays, and two of signed division) and one stop, so a program takes at most 120 bytes a slot and the time is
/// proportional to its length. The decision points of the profile are decided here: no step reads a profile.
/// </remarks>
internal sealed class Predecoder
{
    // A step's distance is 32 bits of bytes.
    private const int MostSteps = int.MaxValue / 24;

    private readonly CheckedProgram program;
    private readonly Platform<Word> platform;
    private readonly Engine engine;
    private readonly bool isMetered;
    private readonly PinnedMemory memory;
    private readonly List<PredecodedStep> steps;
    private readonly List<int> slots;
    private readonly int[] firstStep;
    private readonly IReadOnlySet<int> entries;
    private bool mayWrite;

    private Predecoder(
        CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered, PinnedMemory memory, IReadOnlySet<int> entries)
    {
        this.memory = memory;
        this.program = program;
        this.entries = entries;
        this.platform = platform;
        this.engine = engine;
        this.isMetered = isMetered;
        steps = new(program.Program.Length * (isMetered ? 2 : 1));
        slots = new(steps.Capacity);
        firstStep = new int[program.Program.Length];
    }

    /// <summary>The predecoded form of a program for an engine.</summary>
    /// <param name="program">The program.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    /// <param name="engine">The engine, not <see cref="Engine.Auto"/>.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <param name="memory">Where the memory of the steps is from.</param>
    /// <exception cref="ArgumentException">The program has more than 17 million slots.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian, as programs are.</exception>
    public static PredecodedProgram Predecode(
        CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered, PinnedMemory memory) =>
        Predecode(program, platform, engine, isMetered, memory, FrozenSet<int>.Empty);

    /// <summary>The predecoded form of a program that stops with <see cref="Stop.Enter"/> before some instructions.</summary>
    /// <remarks><see cref="PredecodedProgram.Behind"/> is where it goes on without stopping.</remarks>
    /// <param name="program">The program.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    /// <param name="engine">The engine that interprets it.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <param name="memory">Where the memory of the steps is from.</param>
    /// <param name="entries">The slots of those instructions.</param>
    /// <exception cref="ArgumentException">The program has more than 17 million slots.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian, as programs are.</exception>
    public static PredecodedProgram Predecode(
        CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered, PinnedMemory memory, IReadOnlySet<int> entries)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("the fast machine needs a little-endian processor");
        if (program.Program.Length > MostSteps / 5) throw new ArgumentException("the program is too long", nameof(program));
        return new Predecoder(program, platform, engine, isMetered, memory, entries).Predecode();
    }

    /// <summary>The instructions of a program, each with its steps, none of them fused; jumps have the slot of their target.</summary>
    /// <param name="program">The program.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    public static Sequence<DecodedInstruction> Decode(CheckedProgram program, Platform<Word> platform, bool isMetered)
    {
        var predecoder = new Predecoder(program, platform, Engine.Switch, isMetered, PinnedMemory.Own, FrozenSet<int>.Empty);
        List<DecodedInstruction> instructions = [];
        foreach (var slot in predecoder.AddAll())
        {
            var first = predecoder.firstStep[slot];
            var own = predecoder.steps.GetRange(first, predecoder.steps.Count - first).ToSequence();
            var next = slot + Codes.At(program.Program.Slots[slot]).Form.Layout.Slots;
            instructions.Add(new(slot, next, own));
        }

        return instructions.ToSequence();
    }

    private PredecodedProgram Predecode()
    {
        foreach (var _ in AddAll())
        {
        }

        var bytes = memory.Take(steps.Count * Unsafe.SizeOf<PredecodedStep>());
        var array = MemoryMarshal.Cast<byte, PredecodedStep>(bytes.Span);
        CollectionsMarshal.AsSpan(steps).CopyTo(array);
        var isTarget = new bool[array.Length];
        for (var i = 0; i < array.Length; i++)
        {
            if (!Codes.Jumps(array[i].Code)) continue;
            var target = firstStep[array[i].Offset];
            isTarget[target] = true;
            array[i].Offset = (target - i) * Unsafe.SizeOf<PredecodedStep>();
        }

        Superinstruction.Fuse(array, isTarget);
        if (engine is Engine.Threaded) SetHandlers(array);
        return new(bytes, firstStep, [.. slots], isMetered, mayWrite);
    }

    // Safe: a handler has the type of the field.
    // Yields the slot of each instruction once its steps are added.
    private IEnumerable<int> AddAll()
    {
        var starts = Preflight.Starts(program.Program);
        for (var slot = 0; slot < firstStep.Length; slot++)
        {
            firstStep[slot] = -1;
            if (!starts[slot]) continue;
            AddInstruction(slot);
            yield return slot;
        }
    }

    private static unsafe void SetHandlers(Span<PredecodedStep> steps)
    {
        foreach (ref var step in steps) step.Handler = HandlerTable.Of(step.Code);
    }

    private void AddInstruction(int index)
    {
        var slot = program.Program.Slots[index];
        var (form, code) = Codes.At(slot);
        var next = form.Layout.IsWide ? program.Program.Slots[index + 1].Immediate : 0;
        var fields = Instruction.Of(form, new(slot.Destination), new(slot.Source), slot.Offset, slot.Immediate, next).Fields<Word>();
        var step = Decoding.StepOf<Word>(form, code, fields, platform);
        mayWrite |= Codes.MayWrite(form);
        firstStep[index] = steps.Count;
        if (entries.Contains(index)) Add(index, new() { Code = Code.TrapAlways, Immediate = Stop.Enter });
        if (isMetered) Add(index, new() { Code = Code.Pay });
        foreach (var guard in Decoding.GuardsOf<Word>(form, step, program.Rules.Profile))
        {
            if (guard.When.Value) Add(index, Numbers(guard.Step));
        }

        var predecoded = Numbers(step);
        if (!form.Displacement.IsEmpty) predecoded.Offset += index + form.Layout.Slots;
        Add(index, predecoded);
    }

    private void Add(int slot, PredecodedStep step)
    {
        steps.Add(step);
        slots.Add(slot);
    }

    private static PredecodedStep Numbers(in Step<Word> step) => new()
    {
        Code = step.Code,
        Destination = (byte)step.Destination.Value,
        Source = (byte)step.Source.Value,
        Offset = (int)(uint)step.Offset.Value,
        Immediate = step.Immediate.Value,
    };
}
