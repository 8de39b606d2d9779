using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Specification.Device;

/// <summary>The rules as functions of C, compiled by running the very rules over expressions.</summary>
/// <remarks>
/// What the machine in C does around them by hand is held here to be what the rule does, too: that one register is
/// written, that a jump goes where it goes, that an immediate is a register with that value. A rule that does otherwise
/// makes no header, but an exception.
/// </remarks>
internal static class CRules
{
    private const string Value = "uint64_t";

    private static readonly Sequence<(string, string)> Operands = [(Value, "dst"), (Value, "src")];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All =>
        [.. Arithmetic(), .. Conditions(), Branch(), Payment(), .. Accesses(), .. Values(), .. Atomics(), WideValue(), Contains()];

    /// <summary>The forms that a device can have: those whose meaning is not a platform's, and that are in no deprecated group.</summary>
    public static IEnumerable<Form> Forms => OperationTable.Forms.Where(form => form.Needs.IsEmpty && Profile.Rbpf.Has(form.Group));

    /// <summary>The name of the function that has the rule of a form.</summary>
    public static string NameOf(Form form)
    {
        var name = form.Id[(form.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (form.Operation is MemoryOperation) name = name.Replace("stx", "st", StringComparison.Ordinal);
        if (form.Operation is AtomicOperation) return $"atomic_{name.Replace("fetch-", "", StringComparison.Ordinal)}";
        return name.EndsWith("-x", StringComparison.Ordinal) || name.EndsWith("-k", StringComparison.Ordinal) ? name[..^2] : name;
    }

    private static IEnumerable<string> Arithmetic() =>
    [
        .. One<AluOperation>((form, profile) =>
            CFunction.Of("enum rbpf_trap", $"{NameOf(form)}_trap", Operands, CFunction.Trap(Execute(form, profile).Guards))),
        .. One<AluOperation>((form, profile) =>
        {
            var effect = Execute(form, profile);
            if (!(effect.Value is Outcome<CWord>.Next { State: var after }
                && Registers(after).Writes is [(CRegisters.Destination, var value)]
                && after.ProgramCounter == Before(profile).After(form.Layout.Slots)))
            {
                throw Otherwise(form);
            }

            var refuted = effect.Guards.Map(guard => guard.When.Term);
            return CFunction.Of(Value, NameOf(form), Operands, CText.Of(value.Term, refuted));
        }),
    ];

    private static IEnumerable<string> Conditions() => One<JumpOperation>((form, profile) =>
    {
        var execution = Execution(form, profile);
        var (taken, next) = (((JumpOperation)form.Operation).Holds(
            execution.Destination.Low(form.Width), execution.Operand), Before(profile).After(form.Layout.Slots));
        var effect = Execute(form, profile);
        var target = next + execution.Fields[form.Displacement[0]].SignExtend(Width.Bits64);
        var spent = taken & Budget<CWord>.IsSpent(execution.State.Budget.Branches);
        if (effect.Value.State.ProgramCounter != CWord.Choose(taken, target, next)
            || effect.Value.State.Budget != execution.State.Budget.AfterBranch(taken)
            || effect.Guards != Effect<CWord>.Of(effect.Value).Unless(spent, Trap.BranchBudget).Guards)
        {
            throw Otherwise(form);
        }

        return CFunction.Of("bool", NameOf(form), Operands, CText.Of(taken.Term, []));
    });

    // What each jump that is taken costs, as the unconditional one says.
    private static string Branch() => CFunction.Varied(profile =>
    {
        var effect = Execute(Forms.First(form => form.Operation is JumpOperation.Always), profile);
        var left = effect.Value.State.Budget.Branches is Allowance<CWord>.Remaining(var count) ? CText.Of(count.Term, []) : "branches";
        return CFunction.Of("enum rbpf_trap", "branch_trap", [("uint32_t", "branches")], CFunction.Trap(effect.Guards))
            + CFunction.Of("uint32_t", "branches_left", [("uint32_t", "branches")], left);
    });

    // What each instruction costs.
    private static string Payment() => CFunction.Varied(profile =>
    {
        var effect = ReferenceMachine.Execute(Execution(Forms.First(form => form.Operation is AluOperation.Move), profile));
        var left = effect.Value.State.Budget.Instructions is Allowance<CWord>.Remaining(var count)
            ? CText.Of(count.Term, [])
            : "instructions";
        return CFunction.Of("enum rbpf_trap", "payment_trap", [("uint32_t", "instructions")], CFunction.Trap(effect.Guards))
            + CFunction.Of("uint32_t", "instructions_left", [("uint32_t", "instructions")], left);
    });

    // Where an access goes, and when it traps, by its size.
    private static IEnumerable<string> Accesses()
    {
        var accesses = Forms.Where(form => form.Operation is MemoryOperation or AtomicOperation).ToList();
        yield return accesses.Select(Address).Distinct().Single();
        foreach (var size in accesses.GroupBy(form => form.Width.Bits).OrderBy(size => size.Key))
        {
            yield return CFunction.Varied(profile => size.Select(form => CFunction.Of(
                "enum rbpf_trap",
                $"access{size.Key}_trap",
                [("bool", "granted"), (Value, "address")],
                TrapAt(form, profile))).Distinct().Single());
        }
    }

    // The trap of an access, its address under one name.
    private static string TrapAt(Form form, Profile profile) => CFunction.Trap(Execute(form, profile).Guards)
        .Replace($"({CText.Of(AccessOf(form, profile).Address.Term, [])})", "address", StringComparison.Ordinal);

    private static MemoryAccess<CWord> AccessOf(Form form, Profile profile) =>
        form.Operation.AccessOf(Execution(form, profile)) ?? throw Otherwise(form);

    private static string Address(Form form)
    {
        var access = AccessOf(form, Profile.Rbpf);
        var @base = access.Base is Field.Source ? "src" : "dst";
        return CFunction.Of(
            Value,
            "address_of",
            [(Value, "base"), ("uint16_t", "offset")],
            CText.Of(access.Address.Term, []).Replace(@base, "base", StringComparison.Ordinal));
    }

    // What a load puts into its register, and what a store writes.
    private static IEnumerable<string> Values() => One<MemoryOperation>((form, profile) =>
    {
        var after = Execute(form, profile).Value.State;
        var type = $"uint{form.Width.Bits}_t";
        return (Registers(after).Writes, ((CMemory)after.Memory).Written) switch
        {
            ([(CRegisters.Destination, var value)], null) =>
                CFunction.Of(Value, NameOf(form), [(type, "memory")], CText.Of(value.Term, [])),
            ([], { } written) => CFunction.Of(
                type,
                NameOf(form),
                [(Value, "src")],
                CText.Of(written.Term, [])),
            _ => throw Otherwise(form),
        };
    });

    // What an atomic operation writes, which of them an immediate is, and where the old value goes.
    private static IEnumerable<string> Atomics()
    {
        var written = One<AtomicOperation>((form, profile) =>
        {
            var after = Execute(form, profile).Value.State;
            var type = $"uint{form.Width.Bits}_t";
            var fetched = Registers(after).Writes;
            if (((CMemory)after.Memory).Written is not { } value
                || fetched.Any(write => write.Value != CWord.Named("memory", form.Width).ZeroExtend(Width.Bits64))
                || fetched.Count != (form.Writes is WrittenRegister.None ? 0 : 1))
            {
                throw Otherwise(form);
            }

            return CFunction.Of(type, NameOf(form), [(type, "memory"), (Value, "src"), (Value, "r0")], CText.Of(value.Term, []));
        });
        foreach (var function in written) yield return function;
        foreach (var size in Forms.Where(form => form.Operation is AtomicOperation).GroupBy(form => form.Width.Bits))
        {
            var type = $"uint{size.Key}_t";
            yield return CFunction.Of(
                type,
                $"atomic{size.Key}_by_imm",
                [(type, "memory"), (Value, "src"), (Value, "r0"), ("uint32_t", "imm")],
                ByImmediate(size, form => $"rbpf_{NameOf(form)}(memory, src, r0)"));
        }

        yield return CFunction.Of(
            "uint32_t",
            "atomic_fetches_to",
            [("uint32_t", "src"), ("uint32_t", "imm")],
            ByImmediate(Forms.Where(form => form.Operation is AtomicOperation && form.Width.Bits is 32), form => form.Writes switch
            {
                WrittenRegister.None => "RBPF_NO_REGISTER",
                WrittenRegister.Source => "src",
                WrittenRegister.R0 => "0",
                WrittenRegister.Destination => throw Otherwise(form),
            }));
    }

    private static string ByImmediate(IEnumerable<Form> forms, Func<Form, string> value)
    {
        var all = forms.Select(form => (form.Layout.Immediate as FieldUse.Selects ?? throw Otherwise(form), Value: value(form))).ToList();
        return string.Concat(all.SkipLast(1).Select(one => $"imm == 0x{one.Item1.Value:x2} ? {one.Value}\n        : ")) + all[^1].Value;
    }

    private static string WideValue()
    {
        var form = Forms.Single(form => form.Operation is WideLoad);
        return Registers(Execute(form, Profile.Rbpf).Value.State).Writes is [(CRegisters.Destination, var value)]
            ? CFunction.Of(Value, NameOf(form), [("uint32_t", "imm"), ("uint32_t", "next_imm")], CText.Of(value.Term, []))
            : throw Otherwise(form);
    }

    private static string Contains()
    {
        Sequence<string> names = ["start", "length", "address", "count"];
        var words = names.Map(name => CWord.Named(name, Width.Bits64));
        var truth = Truth<CWord>.Of(true);
        var region = new Region<CWord>("region", words[0], words[1], truth, truth, null!);
        return CFunction.Of(
            "bool", "contains", names.Map(name => ("rbpf_address", name)), CText.Of(region.Contains(words[2], words[3]).Term, []));
    }

    // One text for all forms whose rule is one function.
    private static IEnumerable<string> One<TOperation>(Func<Form, Profile, string> text) => Forms
        .Where(form => form.Operation is TOperation)
        .GroupBy(NameOf)
        .Select(group => CFunction.Varied(profile => group.Select(form => text(form, profile)).Distinct().Single()));

    private static Effect<CWord> Execute(Form form, Profile profile) =>
        form.Operation.Execute(Execution(form, profile));

    private static Execution<CWord> Execution(Form form, Profile profile)
    {
        var source = CWord.Named("src", Width.Bits64);
        var isOperand = form.Operand is SourceOperand.Immediate;
        return new(
            form,
            new(
                CWord.Constant(CRegisters.Destination, Width.Bits4),
                CWord.Constant(CRegisters.Source, Width.Bits4),
                CWord.Named("offset", Width.Bits16),
                isOperand ? CWord.LowOf(source, Width.Bits32) : CWord.Named("imm", Width.Bits32),
                CWord.Named("next_imm", Width.Bits32)),
            Before(profile),
            profile);
    }

    private static State<CWord> Before(Profile profile) => new(
        new CRegisters([]),
        CWord.Named("pc", Width.Bits64),
        new CMemory(),
        [],
        new(Allowance(profile.BranchLimit, "branches"), Allowance(profile.InstructionLimit, "instructions")),
        Semantics.Helpers.HostState<CWord>.Bare);

    private static Allowance<CWord> Allowance(Allowance<ulong> limit, string name) => limit is Allowance<ulong>.Unlimited
        ? new Allowance<CWord>.Unlimited()
        : new Allowance<CWord>.Remaining(CWord.Named(name, Width.Bits64));

    private static CRegisters Registers(State<CWord> state) => (CRegisters)state.Registers;

    private static InvalidOperationException Otherwise(Form form) =>
        new($"the rule of {form.Id} does something that the machine in C does by hand, in another way");
}
