using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Mutants;

/// <summary>The rule is right, but an effect of it is lost, or done in excess.</summary>
public abstract record EffectMutant : RuleMutant
{
    private EffectMutant(Form form, string name)
        : base(form) => Name = name;

    public sealed override string Name { get; }

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var effect = execution.Form.Operation.Execute(execution);
        return effect.Value is Outcome<T>.Next next ? effect.With(new Outcome<T>.Next(After(execution, next.State))) : effect;
    }

    /// <summary>The state after the instruction.</summary>
    /// <param name="execution">The instruction, and the state before.</param>
    /// <param name="after">The state that the rule yields.</param>
    protected abstract State<T> After<T>(in Execution<T> execution, State<T> after)
        where T : IWord<T>;

    /// <summary>Every such mutant that makes sense of an encoding.</summary>
    public static IEnumerable<EffectMutant> Of(Form form)
    {
        if (form.Writes is not WrittenRegister.None)
        {
            yield return new Result(form, ResultChange.Kept, "the register keeps its value");
            yield return new Result(form, ResultChange.StaleUpperHalf, "the register keeps its upper half");
            yield return new Result(form, ResultChange.SignExtended, "bit 31 of the result fills the upper half");
            yield return new Result(form, ResultChange.UpperHalfCleared, "the upper half of the result is cleared");

            // What a helper leaves in r1 to r5 is unspecified.
            if (form.Operation is not CallOperation) yield return new Result(form, ResultChange.Copied, "another register is written, too");
        }

        if (form.Writes is WrittenRegister.Destination or WrittenRegister.Source)
            yield return new Result(form, ResultChange.InR0, "the result goes to r0");
        if (form.Operation is MemoryOperation or AtomicOperation && Stores(form)) yield return new Memory(form);
        if (!form.Displacement.IsEmpty)
        {
            yield return new Target(form, 1, "the target is one slot too far");
            yield return new Target(form, -1, "the target is one slot too near");
            yield return new Branches(form, IsFree: true, "a taken branch costs nothing");
            if (form.Operation is JumpOperation and not JumpOperation.Always)
                yield return new Branches(form, IsFree: false, "a branch costs even if it is not taken");
        }
        else if (form.Operation is not CallOperation.Exit)
        {
            yield return new NextSlot(form, 1, "the next slot is skipped");
            if (form.Layout.IsWide) yield return new NextSlot(form, -1, "execution goes on in the second slot");
        }

        if (form.Operation is CallOperation.Local)
        {
            yield return new FrameKept(form, "r10 stays that of the caller");
            yield return new FrameShared(form, "the new frame has the bytes of the caller's");
        }

        if (form.Operation is CallOperation.Exit)
        {
            foreach (var saved in (int[])[6, 7, 8, 9, Register.Last]) yield return new NotRestored(form, saved);
        }
    }

    private static bool Stores(Form form) => form.Operation is not (MemoryOperation.Load or MemoryOperation.LoadSigned);

    private enum ResultChange
    {
        Kept,
        StaleUpperHalf,
        SignExtended,
        UpperHalfCleared,
        InR0,
        Copied,
    }

    private static T Number<T>(in Execution<T> execution)
        where T : IWord<T> => execution.Form.Writes switch
        {
            WrittenRegister.Destination => execution.Fields.Destination,
            WrittenRegister.Source => execution.Fields.Source,
            WrittenRegister.R0 or WrittenRegister.None => T.Zero(Width.Bits4),
        };

    private sealed record Result(Form Form, ResultChange Kind, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after)
        {
            var number = Number(execution);
            var before = execution.State.Registers;
            var result = after.Registers.Read(number);
            return after with
            {
                Registers = Kind switch
                {
                    ResultChange.Kept => before,
                    ResultChange.StaleUpperHalf => before.Write(number, Joined<T>(before.Read(number), result)),
                    ResultChange.SignExtended => before.Write(number, result.Low(Width.Bits32).SignExtend(Width.Bits64)),
                    ResultChange.UpperHalfCleared => before.Write(number, result.Low(Width.Bits32).ZeroExtend(Width.Bits64)),
                    ResultChange.InR0 => before.With(0, result),
                    ResultChange.Copied => after.Registers.Write(number ^ T.Constant(1, Width.Bits4), result),
                },
            };
        }

        private static T Joined<T>(T upper, T lower)
            where T : IWord<T> =>
            (upper & T.Constant(0xffff_ffff_0000_0000, Width.Bits64)) | (lower & T.Constant(0xffff_ffff, Width.Bits64));
    }

    private sealed record Memory(Form Form) : EffectMutant(Form, "memory stays as it was")
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after) =>
            after with { Memory = execution.State.Memory };
    }

    private sealed record Target(Form Form, int Slots, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after)
        {
            var next = execution.State.After(execution.Form.Layout.Slots);
            var target = after.ProgramCounter;
            return after with { ProgramCounter = T.Choose(T.Same(target, next), target, target + T.Constant((ulong)Slots, Width.Bits64)) };
        }
    }

    private sealed record NextSlot(Form Form, int Slots, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after) =>
            after with { ProgramCounter = after.ProgramCounter + T.Constant((ulong)Slots, Width.Bits64) };
    }

    private sealed record Branches(Form Form, bool IsFree, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after)
        {
            var before = execution.State.Budget;
            return after with { Budget = IsFree ? before : before.AfterBranch(Truth<T>.Of(true)) };
        }
    }

    private sealed record FrameKept(Form Form, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after) =>
            after with { Registers = execution.State.Registers };
    }

    private sealed record FrameShared(Form Form, string Reason) : EffectMutant(Form, Reason)
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after)
        {
            var regions = after.Memory.Regions;
            var start = execution.State.Memory.Stack.Start;
            var last = regions[^1];
            foreach (var region in execution.State.Memory.Regions)
            {
                if (ReferenceEquals(region.Start, start) || Equals(region.Start, start)) last = last with { Bytes = region.Bytes };
            }

            return after with { Memory = after.Memory.WithRegions(regions.With(regions.Count - 1, last)) };
        }
    }

    private sealed record NotRestored(Form Form, int Number) : EffectMutant(Form, $"r{Number} is not restored")
    {
        protected override State<T> After<T>(in Execution<T> execution, State<T> after) =>
            after with { Registers = after.Registers.With(Number, execution.State.Registers[Number]) };
    }
}
