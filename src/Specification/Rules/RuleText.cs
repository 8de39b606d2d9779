using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Rules;

/// <summary>The rule of an encoding as pseudo-code, printed by running the very rule over text.</summary>
public static class RuleText
{
    // Which numbers the registers have does not matter, as long as they differ from each other and from r0.
    private const int Destination = 1;
    private const int Source = 2;
    private const ulong AnyHelper = 0;

    /// <summary>The lines: first the traps in the order in which they are asked for, then what changes.</summary>
    public static Sequence<string> Of(Form form, Profile profile)
    {
        var before = State(profile);
        var fields = new FieldWords<Formula>(
            Formula.Constant(Destination, Width.Bits4),
            Formula.Constant(Source, Width.Bits4),
            Formula.Named("offset", Width.Bits16),
            IsHelperCall(form) ? Formula.Constant(AnyHelper, Width.Bits32) : Formula.Named("imm", Width.Bits32),
            Formula.Named("next_imm", Width.Bits32));
        var execution = new Execution<Formula>(form, fields, before, profile);
        var result = form.Operation.Execute(execution);
        var access = MemoryUse.Of(execution);
        return
        [
            .. IsHelperCall(form) ? (string[])["trap UnknownHelper if imm is no function granted", "trap MemoryAccess if an argument is not granted"] : [],
            .. form.Operation is CallOperation.Local ? (string[])[$"trap CallDepth if {profile.FrameLimit} frames are in use"] : [],
            .. result.Guards.Select(guard => access.Guard(guard) ?? $"trap {guard.Trap} if {guard.When}"),
            .. access.Fetched(form, [.. Lines(form, before, result.Value).Select(access.Unguarded)]),
        ];
    }

    private static bool IsHelperCall(Form form) =>
        form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    private static IEnumerable<string> Lines(Form form, State<Formula> before, Outcome<Formula> outcome)
    {
        if (outcome is Outcome<Formula>.Exited)
        {
            yield return "in the entry function: end with r0";
            yield return "in a local function: pc = the caller's return slot, r6 to r10 = the caller's";
            yield break;
        }

        var after = outcome.State;
        foreach (var line in Memory(before, after)) yield return line;
        for (var i = 0; i < Registers<Formula>.Count; i++)
        {
            if (after.Registers[i] != before.Registers[i]) yield return $"{before.Registers[i]} = {after.Registers[i]}";
        }

        if (after.Frames.Count > before.Frames.Count) yield return "a new zeroed stack frame begins below the current one; the caller's r6 to r10 are kept";
        if (after.Budget.Branches != before.Budget.Branches && after.Budget.Branches is Allowance<Formula>.Remaining(var branches))
            yield return $"branches = {branches}";
        if (after.ProgramCounter != before.After(form.Layout.Slots)) yield return $"pc = {after.ProgramCounter}";
        else if (after with { ProgramCounter = before.ProgramCounter } == before) yield return "nothing changes";
    }

    private static IEnumerable<string> Memory(State<Formula> before, State<Formula> after)
    {
        if (after.Memory.Regions[0].Bytes is not Written { } written) yield break;
        if (!ReferenceEquals(before.Memory.Regions[0].Bytes, written))
            yield return $"memory{written.Value.Width.Bits}[{written.Address}] = {written.Value}";
    }

    private static State<Formula> State(Profile profile)
    {
        var registers = new Formula[Registers<Formula>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Formula.Named($"r{i}", Width.Bits64);
        registers[Destination] = Formula.Named("dst", Width.Bits64);
        registers[Source] = Formula.Named("src", Width.Bits64);
        var region = new Region<Formula>(
            "region",
            Formula.Constant(0, Width.Bits64),
            Formula.Named("length", Width.Bits64),
            Formula.NamedTruth("readable"),
            Formula.NamedTruth("writable"),
            new Unwritten());
        var host = HostState<Formula>.Bare;
        HelperFunction<Formula> any = new(
            new((uint)AnyHelper, "function", "Any function.", []),
            call => new(Formula.Named("function[imm](r1, r2, r3, r4, r5)", Width.Bits64), call.State, []));
        return new(
            Registers<Formula>.Of(registers),
            Formula.Named("pc", Width.Bits64),
            new([region], new(Formula.Named("stack.start", Width.Bits64), Formula.Constant((ulong)profile.FrameBytes, Width.Bits64), new Unwritten())),
            [],
            new(
                profile.BranchLimit is Allowance<ulong>.Unlimited
                    ? new Allowance<Formula>.Unlimited()
                    : new Allowance<Formula>.Remaining(Formula.Named("branches", Width.Bits64)),
                new Allowance<Formula>.Unlimited()),
            host with { Helpers = [any], BtfFunctions = [any], Platform = Platform() });
    }

    private static Platform<Formula> Platform() => new(
        number => Formula.Named($"map_by_fd({number})", Width.Bits64),
        number => Formula.Named($"map_by_idx({number})", Width.Bits64),
        number => Formula.Named($"map_val({number})", Width.Bits64),
        number => Formula.Named($"var_addr({number})", Width.Bits64),
        number => Formula.Named($"code_addr({number})", Width.Bits64),
        Formula.Named("packet.start", Width.Bits64));

    // The start of the region that stands for all is zero, so that an offset into it reads as the address.
    private static Formula Load(Formula address, Width width) => Formula.Named($"memory{width.Bits}[{address}]", width);

    private sealed record Unwritten : IBytes<Formula>
    {
        public Formula Read(Formula offset, Width width) => Load(offset, width);

        public IBytes<Formula> Write(Formula offset, Formula value, Truth<Formula> when) => new Written(offset, value);
    }

    private sealed record Written(Formula Address, Formula Value) : IBytes<Formula>
    {
        public Formula Read(Formula offset, Width width) => Load(offset, width);

        public IBytes<Formula> Write(Formula offset, Formula value, Truth<Formula> when) => new Written(offset, value);
    }

    /// <summary>The memory that an encoding uses, so that the access check, spelt out over one region, reads as one again.</summary>
    private sealed record MemoryUse(string Address, string Kind, string Check, string ReadCheck, string Value)
    {
        public static MemoryUse Of(in Execution<Formula> execution)
        {
            var form = execution.Form;
            var offset = execution.Fields.Offset.SignExtend(Width.Bits64);
            var (address, access, kind) = form.Operation switch
            {
                MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister =>
                    (execution.Destination + offset, Access.Write, "a write"),
                AtomicOperation => (execution.Destination + offset, Access.ReadWrite, "a read and a write"),
                PacketLoad packet => (execution.State.Host.Platform.PacketStart + packet.Distance(execution), Access.Read, "a read"),
                _ => (execution.Source + offset, Access.Read, "a read"),
            };
            var region = execution.State.Memory.Regions[0];
            var count = Formula.Constant((ulong)form.Width.Bytes, Width.Bits64);
            return new(
                address.Text,
                $"{kind} of {form.Width.Bytes} {(form.Width.Bits is 8 ? "byte" : "bytes")}",
                (!region.Grants(address, count, access)).Text,
                region.Grants(address, count, Access.Read).Text,
                Load(address, form.Width).Text);
        }

        public string? Guard(Guard<Formula> guard) => guard.When.Text == Check
            ? $"trap {guard.Trap} unless one region grants {Kind} at {Address}"
            : null;

        // What was in memory before has a name where it is used twice, so that the lines say the same read one after the other.
        public IEnumerable<string> Fetched(Form form, List<string> lines) => form.Operation is AtomicOperation && AtomicOperation.Fetches(form)
            ? lines.Select(line => line.IndexOf(" = ", StringComparison.Ordinal) is var at && at < 0
                    ? line
                    : line[..at] + line[at..].Replace(Value, "old", StringComparison.Ordinal))
                .Prepend($"old = {Value}")
            : lines;

        // An operand loses its parentheses with the choice; the argument of a function, such as zx64, keeps them.
        public string Unguarded(string line) => Regex.Replace(
            line.Replace($"{ReadCheck} ? {Value} : 0", Value, StringComparison.Ordinal),
            $@"(?<![a-z0-9_])\({Regex.Escape(Value)}\)",
            Value,
            RegexOptions.None,
            TimeSpan.FromSeconds(1));
    }
}
