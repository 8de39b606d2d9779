using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>Makes predecoded programs.</summary>
/// <remarks>
/// An instruction becomes its guards, if the profile or the budget asks for some, and one step. There are at most three
/// guards (one that pays, and two of signed division), so a program takes at most 96 bytes a slot and the time is
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
    private readonly List<PredecodedStep> steps;
    private readonly List<int> slots;
    private readonly int[] firstStep;
    private bool mayWrite;

    private Predecoder(CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered)
    {
        this.program = program;
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
    /// <exception cref="ArgumentException">The program has more than 22 million slots.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian, as programs are.</exception>
    public static PredecodedProgram Predecode(CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("the fast machine needs a little-endian processor");
        if (program.Program.Length > MostSteps / 4) throw new ArgumentException("the program is too long", nameof(program));
        return new Predecoder(program, platform, engine, isMetered).Predecode();
    }

    private PredecodedProgram Predecode()
    {
        var starts = Preflight.Starts(program.Program);
        for (var slot = 0; slot < firstStep.Length; slot++)
        {
            firstStep[slot] = -1;
            if (starts[slot]) AddInstruction(slot);
        }

        var array = GC.AllocateUninitializedArray<PredecodedStep>(steps.Count, pinned: true);
        steps.CopyTo(array);
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
        return new(array, firstStep, [.. slots], isMetered, mayWrite);
    }

    // Safe: a handler has the type of the field.
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
