using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>How runs begin and end, and calls of helpers: what no claim is about, in every way there is.</summary>
public sealed partial class VmTests
{
    private const uint Looking = 11;

    private static readonly ByteCount[] Counts =
    [
        new ByteCount.Fixed(0), new ByteCount.Fixed(1), new ByteCount.Fixed(3), new ByteCount.Fixed(8), new ByteCount.Fixed(9),
        new ByteCount.RestOfRegion(),
        .. Enumerable.Range(1, 5).Select(argument => new ByteCount.InArgument(argument)),
    ];

    /// <summary>Every encoding that can change memory, calls of functions among them.</summary>
    public static TheoryData<string, Engine> Writing => ForEachEngine(
        from form in OperationTable.Forms
        where form.Operation is MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister or AtomicOperation
            or CallOperation.ByHelperId or CallOperation.ByBtfId
        select form.Id);

    // The first instruction reads what the only one that writes would have left in the run before.
    [Theory]
    [MemberData(nameof(Writing))]
    public void A_program_with_one_instruction_that_writes_begins_with_a_zeroed_stack(string id, Engine engine)
    {
        var function = MirroredHelper.Looking(Looking, new ArgumentKind.Writable(new ByteCount.Fixed(8)));
        var write = Samples.InstructionOf(
            id, 10, 9, -8, immediate: id.StartsWith("jmp/", StringComparison.Ordinal) ? (int)Looking : 0x0101_0101);
        var program = Program.Of(
        [
            Samples.InstructionOf("mem/ldxdw", 8, 10, -8),
            Samples.InstructionOf("alu/mov64-k", 9, immediate: 0x5a5a_5a5a),
            Samples.InstructionOf("alu/mov64-x", 1, 10),
            Samples.InstructionOf("alu/add64-k", 1, immediate: -8),
            write,
            Samples.InstructionOf("mem/ldxdw", 7, 10, -8),
            Samples.InstructionOf("alu/mov64-x", 0, 8),
            Samples.InstructionOf("jmp/exit"),
        ]);
        var rules = new Admission(Profile.Rbpf with { PlatformEncodings = [PlatformEncoding.CallByBtfId] }, [Looking], [Looking]);
        var mirror = new VmMirror(CheckedProgram.Check(program, 0, rules, out _)!, new() { Engine = engine }, [function], [function]);

        for (var run = 0; run < 3; run++) mirror.Run(1, 2, 3).Trap.ShouldBeNull();

        // Zero and a number is zero; all others can be seen.
        if (!id.Contains("and", StringComparison.Ordinal)) mirror.Vm.Register(7).ShouldNotBe(0UL);
        mirror.Vm.Register(0).ShouldBe(0UL);
    }

    /// <summary>Every encoding that can write to a register that it names.</summary>
    public static TheoryData<string, Engine> Assigning => ForEachEngine(
        from form in OperationTable.Forms
        where form.Operation is AluOperation or MemoryOperation { Kind: Access.Read } or AtomicOperation or WideLoad
        select form.Id);

    // Compiled code takes it for known where r10 points to, and does not look at what is accessed right below it.
    [Theory]
    [MemberData(nameof(Assigning))]
    public void Where_r10_may_be_written_it_is_what_was_written(string id, Engine engine)
    {
        var profile = Profile.Rbpf with { FramePointer = FramePointer.Writable, PlatformEncodings = Samples.Contrary.PlatformEncodings };
        var program = Program.Of(
        [
            Samples.InstructionOf("alu/mov64-x", 8, 10),
            Samples.InstructionOf("mem/stxdw", 10, 8, -8),
            Samples.InstructionOf("mem/stdw", 10, 0, -16, immediate: 8),
            Samples.InstructionOf("alu/mov64-k", 9, immediate: 8),
            id.StartsWith("atomic/", StringComparison.Ordinal) ? Samples.InstructionOf(id, 8, 10, -16)
                : id.StartsWith("mem/", StringComparison.Ordinal) ? Samples.InstructionOf(id, 10, 8, -8)
                : Samples.InstructionOf(id, 10, id.EndsWith("-x", StringComparison.Ordinal) ? 9 : 0, immediate: Immediate(id)),
            Samples.InstructionOf("alu/mov64-x", 7, 10),
            Samples.InstructionOf("alu/add64-x", 7, 10),
            Samples.InstructionOf("mem/ldxdw", 6, 10, -16),
            Samples.InstructionOf("jmp/exit"),
        ]);
        var known = CheckedProgram.Check(program, 0, Admission.Of(profile, []), out var problems);
        problems.ShouldBeEmpty();
        var mirror = new VmMirror(known!, new() { Engine = engine, WorthRepeating = 0 });

        for (var run = 0; run < 3; run++) mirror.Run(1, 2, 3);

        static int Immediate(string id) =>
            id.StartsWith("alu/", StringComparison.Ordinal) && id.EndsWith("-k", StringComparison.Ordinal) ? 8 : 0;
    }

    // A region of 8 bytes, an argument from 3 before it to 3 behind it, lengths from 0 to more than there is, and any permission.
    [Theory]
    [MemberData(nameof(Available))]
    public void Every_kind_of_argument_is_granted_and_viewed_at_every_distance_from_the_end(Engine engine)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            foreach (var (count, isWritable, number) in
                from count in Counts
                from isWritable in (bool[])[false, true]
                from number in Enumerable.Range(1, 5)
                select (count, isWritable, number))
            {
                ArgumentKind kind = isWritable ? new ArgumentKind.Writable(count) : new ArgumentKind.Readable(count);
                ArgumentKind[] kinds = [.. Enumerable.Repeat(new ArgumentKind.Value(), number - 1), kind];
                var mirror = Calling(engine, kinds, isBtf: number % 2 == 0);
                mirror.Map("r", AddressSpace.Added, [1, 2, 3, 4, 5, 6, 7, 8], permission);
                for (var distance = -3; distance <= 11; distance++)
                {
                    ulong[] lengths = count is ByteCount.InArgument
                        ? [0, 1, (ulong)(8 - distance), (ulong)(9 - distance), ulong.MaxValue]
                        : [2];
                    foreach (var length in lengths)
                    {
                        var arguments = new ulong[6];
                        if (count is ByteCount.InArgument(var other)) arguments[other] = length;
                        arguments[number] = AddressSpace.Added + (ulong)distance;
                        mirror.Run([.. arguments[1..].SelectMany(BitConverter.GetBytes)]);
                    }
                }
            }
        }
    }

    // Stack, context and frames of callers are regions like others.
    [Theory]
    [MemberData(nameof(Available))]
    public void A_view_ends_where_its_region_ends_wherever_that_is(Engine engine)
    {
        var rest = new ByteCount.RestOfRegion();
        foreach (var kind in (ArgumentKind[])[new ArgumentKind.Readable(rest), new ArgumentKind.Writable(rest)])
        {
            var mirror = Calling(engine, [kind], isBtf: false);
            mirror.Map("last", ulong.MaxValue - 7, new byte[8], Permission.ReadWrite);
            mirror.Map("after", AddressSpace.Context + 40, new byte[8], Permission.ReadWrite);
            ulong[] ends = [
                AddressSpace.Stack,
                AddressSpace.Stack + 512,
                AddressSpace.Context,
                AddressSpace.Context + 40,
                AddressSpace.Context + 48,
                0,
            ];
            foreach (var address in ends.SelectMany(end => Enumerable.Range(-9, 19).Select(distance => end + (ulong)distance)))
                mirror.Run([.. BitConverter.GetBytes(address), .. new byte[32]]);
        }
    }

    public static TheoryData<string, Engine> Decisions => ForEachEngine(Contraries().Select(profile => profile.Name));

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Decisions))]
    public void Runs_one_after_another_end_as_in_the_semantics_under_every_decision(string name, Engine engine)
    {
        var profile = Contraries().Single(other => other.Name == name);
        var looking = MirroredHelper.Looking(Looking, new ArgumentKind.Writable(new ByteCount.RestOfRegion()), new ArgumentKind.Value());
        var host = HostState<Word>.Bare with { Helpers = [MirroredHelper.Mix.Slow, looking.Slow], BtfFunctions = [looking.Slow] };
        var setting = new Setting(profile, host);
        Law.Holds(12, 120, dice => dice.Next(), seed =>
        {
            var dice = new Dice(seed);
            var drawn = FuzzCase.Draw(setting, dice.Next(), 0, out _);
            Instruction[] registers = [.. drawn.Beginning.Registers.Select(Loading).Where((_, number) => number is not (1 or 2))];
            var program = Program.Of([.. registers, .. drawn.Body]);
            if (CheckedProgram.Check(program, 0, setting.Rules, out _) is not { } known) return;
            var mirror = new VmMirror(
                known,
                new()
                {
                    Engine = engine,
                    Platform = Samples.Platform,
                    BranchLimit = dice.OnceIn(4) && profile.BranchLimit is Allowance<ulong>.Remaining
                        ? null
                        : new Allowance<ulong>.Remaining(drawn.Beginning.Branches),
                    InstructionLimit = drawn.Beginning.Instructions is { } limit ? new Allowance<ulong>.Remaining(limit + 8) : null,
                },
                [MirroredHelper.Mix, looking],
                [looking]);
            mirror.Map("sink", AddressSpace.Added, dice.Bytes(4), Permission.Write);
            mirror.Map("constants", AddressSpace.Image, dice.Bytes(12), Permission.Read);
            for (var run = 0; run < 3; run++) mirror.Run(dice.Bytes(dice.Pick(0, 1, 8, 24)));
        });
    }

    // The normative profile with one field as no profile that ships has it, and one with all of them.
    private static Sequence<Profile> Contraries()
    {
        var (rbpf, contrary) = (Profile.Rbpf, Samples.Contrary);
        return
        [
            rbpf, contrary with { InstructionLimit = new Allowance<ulong>.Remaining(60) },
            rbpf with { Name = "zero divisor", ZeroDivisor = contrary.ZeroDivisor },
            rbpf with { Name = "large shift", LargeShift = contrary.LargeShift },
            rbpf with { Name = "signed overflow", SignedOverflow = contrary.SignedOverflow },
            rbpf with { Name = "alignment", Alignment = contrary.Alignment },
            rbpf with { Name = "frame pointer", FramePointer = contrary.FramePointer },
            rbpf with { Name = "reserved fields", ReservedFields = contrary.ReservedFields },
            rbpf with { Name = "last instruction", LastInstruction = contrary.LastInstruction },
            rbpf with { Name = "groups", Groups = contrary.Groups },
            rbpf with { Name = "platform", PlatformEncodings = contrary.PlatformEncodings },
            rbpf with { Name = "initial registers", InitialRegisters = contrary.InitialRegisters },
            rbpf with { Name = "branch limit", BranchLimit = new Allowance<ulong>.Remaining(3) },
            rbpf with { Name = "instruction limit", InstructionLimit = new Allowance<ulong>.Remaining(12) },
            rbpf with { Name = "one frame", FrameLimit = 1 },
            rbpf with { Name = "no frame", FrameLimit = 0 },
            rbpf with { Name = "two frames", FrameLimit = 2, FrameBytes = 24 },
            rbpf with { Name = "empty frames", FrameBytes = 0 },
            rbpf with { Name = "odd frames", FrameBytes = 7 },
        ];
    }

    private static Instruction Loading(ulong value, int register) =>
        Samples.InstructionOf("imm/lddw", register, immediate: unchecked((int)value), next: unchecked((int)(value >> 32)));

    // A program that takes r1 to r5 from its context and calls a function that looks at all it is granted.
    private static VmMirror Calling(Engine engine, ArgumentKind[] kinds, bool isBtf)
    {
        var program = Program.Of(
        [
            Samples.InstructionOf("alu/mov64-x", 6, 1),
            .. Enumerable.Range(1, 5).Select(i => Samples.InstructionOf("mem/ldxdw", i, 6, 8 * (i - 1))),
            Samples.InstructionOf(isBtf ? "jmp/call-btf" : "jmp/call-helper", immediate: (int)Looking),
            Samples.InstructionOf("jmp/exit"),
        ]);
        var rules = new Admission(Profile.Rbpf with { PlatformEncodings = [PlatformEncoding.CallByBtfId] }, [Looking], [Looking]);
        var function = MirroredHelper.Looking(Looking, kinds);
        return new(
            CheckedProgram.Check(program, 0, rules, out _)!,
            new() { Engine = engine },
            isBtf ? [] : [function],
            isBtf ? [function] : []);
    }

    private static TheoryData<string, Engine> ForEachEngine(IEnumerable<string> items)
    {
        var data = new TheoryData<string, Engine>();
        foreach (var item in items)
        {
            foreach (var engine in Comparison.Available) data.Add(item, engine);
        }

        return data;
    }
}
