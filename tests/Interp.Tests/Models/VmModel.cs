using RbpfSpec.Assembly;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>A command of a caller of a <see cref="Vm"/>.</summary>
internal abstract record VmCommand
{
    /// <summary>Makes another machine of the same program: nothing is mapped.</summary>
    public sealed record Make(bool HasHelpers, ulong Branches, ulong? Instructions) : VmCommand;

    /// <summary>Maps fresh bytes.</summary>
    public sealed record Map(string Name, ulong Address, int Length, Permission Permission) : VmCommand;

    /// <summary>Takes them back.</summary>
    public sealed record Unmap(string Name) : VmCommand;

    /// <summary>Writes to the caller's own bytes while nothing runs.</summary>
    public sealed record Poke(string Name, byte Value) : VmCommand;

    /// <summary>Runs an action of the program on an address.</summary>
    public sealed record Run(VmAction Action, ulong Address, int Length) : VmCommand;
}

/// <summary>The action of the program, by the first byte of its context.</summary>
internal enum VmAction
{
    Read,
    Write,
    Loop,
    Sum,
    Fill,
    Recurse,
    Reenter,
    Throw,
    Return,
}

/// <summary>A <see cref="Vm"/> and, beside it, what the semantics says that it is.</summary>
internal sealed class VmModel
{
    private const string Text =
        """
        ldxb %r3, [%r1]
        ldxdw %r4, [%r1+8]
        jeq %r3, 0, read
        jeq %r3, 1, write
        jeq %r3, 2, loop
        jeq %r3, 3, sum
        jeq %r3, 4, fill
        jeq %r3, 5, recurse
        jeq %r3, 6, reenter
        jeq %r3, 7, throw
        ldxdw %r0, [%r10-8]
        add %r0, %r3
        exit
        read: ldxdw %r0, [%r4]
        exit
        write: stxdw [%r10-8], %r4
        stxdw [%r4], %r3
        stxb [%r1+15], %r3
        exit
        loop: add %r0, 1
        ja loop
        sum: mov %r1, %r4
        mov %r2, 4
        call 7
        exit
        fill: mov %r1, %r4
        mov %r2, %r3
        call 8
        exit
        recurse: stxdw [%r10-16], %r10
        call local recurse
        exit
        reenter: call 9
        exit
        throw: call 10
        exit
        """;

    private static readonly Profile Profile = Profile.Rbpf;
    private static readonly ArgumentKind Value = new ArgumentKind.Value();

    private static readonly Helper Sum = new(7, "sum", "Adds bytes.", [new ArgumentKind.Readable(new ByteCount.InArgument(2)), Value]);
    private static readonly Helper Fill = new(8, "fill", "Fills 4 bytes.", [new ArgumentKind.Writable(new ByteCount.Fixed(4)), Value]);
    private static readonly Helper Reenter = new(9, "reenter", "Tries what must be refused.", []);
    private static readonly Helper Throw = new(10, "throw", "Fails.", []);

    private static readonly Sequence<HelperFunction<Word>> Functions =
    [
        new(Sum, call => new(
            Word.Of((ulong)Enumerable.Range(0, 4).Sum(i => (long)call.Views[0].Read(Word.Of((ulong)i), Width.Bits8).Value)),
            call.State,
            [])),
        new(Fill, call => new(
            Word.Of(0),
            call.State,
            [
                .. Enumerable.Range(0, 4)
                    .Select(i => new ViewWrite<Word>(1, Word.Of((ulong)i), call.Arguments[1].Slice(0, Width.Bits8))),
            ])),
        new(Reenter, call => new(Word.Of(3), call.State, [])),
    ];

    private readonly CheckedProgram program;
    private readonly Engine engine;
    private readonly ulong worthCompiling;

    private readonly List<(string Name, ulong Address, byte[] Lent, byte[] Model, Permission Permission)> mappings = [];
    private VmCommand.Make options = new(HasHelpers: true, Branches: 40, Instructions: null);
    private Vm vm;

    /// <summary>A machine of an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="worthCompiling">About how many instructions it executes before <see cref="Engine.Auto"/> compiles.</param>
    public VmModel(Engine engine, ulong worthCompiling = TieredProgram.WorthCompiling)
    {
        (this.engine, this.worthCompiling) = (engine, worthCompiling);
        var assembled = (Assembled.Success)Assembler.Parse(Text);
        program = CheckedProgram.Check(assembled.Program, 0, Admission.Of(Profile, [7, 8, 9, 10]), out _)!;
        vm = Made();
    }

    /// <summary>Whether the program is compiled by now.</summary>
    public bool IsCompiled => vm.IsCompiled;

    /// <summary>Does what is asked with both, and fails where they differ.</summary>
    public void Do(VmCommand command)
    {
        switch (command)
        {
            case VmCommand.Make make:
                options = make;
                mappings.Clear();
                vm = Made();
                break;
            case VmCommand.Map map:
                Map(map);
                break;
            case VmCommand.Unmap(var name):
                vm.Unmap(name).ShouldBe(mappings.RemoveAll(mapping => mapping.Name == name) > 0);
                break;
            case VmCommand.Poke(var name, var value):
                foreach (var mapping in mappings.Where(mapping => mapping.Name == name && mapping.Lent.Length > 0))
                    mapping.Lent[0] = mapping.Model[0] = value;
                break;
            case VmCommand.Run run:
                Run(run);
                break;
        }
    }

    private Vm Made() => new(program, new()
    {
        Engine = engine,
        WorthCompiling = worthCompiling,
        WorthRepeating = 0,
        BranchLimit = new Allowance<ulong>.Remaining(options.Branches),
        InstructionLimit = options.Instructions is { } limit ? new Allowance<ulong>.Remaining(limit) : null,
        Helpers = !options.HasHelpers ? [] :
        [
            new(Sum, call =>
            {
                ulong sum = 0;
                foreach (var item in call.Readable(1)) sum += item;
                return sum;
            }),
            new(Fill, call =>
            {
                call.Writable(1).Fill((byte)call.Argument(2));
                return 0;
            }),
            new(Reenter, _ => (ulong)new Action[] { () => vm.Run([]), () => vm.Unmap("a"), () => vm.Map(
                "d", 0, new byte[1], Permission.Read) }
                .Count(act => Should.Throw<InvalidOperationException>(act) is not null)),
            new(Throw, _ => throw new InvalidDataException()),
        ],
    });

    private void Map(VmCommand.Map map)
    {
        var depth = (ulong)(Profile.FrameBytes * (Profile.FrameLimit - 1));
        (UInt128 First, UInt128 End) Range(ulong start, int length) => (start, (UInt128)start + (UInt128)length);
        var wanted = Range(map.Address, map.Length);
        var isFree = mappings.Select(mapping => Range(mapping.Address, mapping.Lent.Length))
            .Append(Range(AddressSpace.Stack - depth, (int)depth + Profile.FrameBytes))
            .All(other => map.Length == 0 || other.First == other.End || wanted.End <= other.First || other.End <= wanted.First);
        var lent = Enumerable.Range(0, map.Length).Select(i => (byte)(i + 1)).ToArray();
        if (isFree && wanted.End <= (UInt128)ulong.MaxValue + 1 && mappings.TrueForAll(mapping => mapping.Name != map.Name))
        {
            vm.Map(map.Name, map.Address, lent, map.Permission);
            mappings.Add((map.Name, map.Address, lent, [.. lent], map.Permission));
        }
        else
        {
            Should.Throw<ArgumentException>(() => vm.Map(map.Name, map.Address, lent, map.Permission));
        }
    }

    private void Run(VmCommand.Run run)
    {
        var context = new byte[run.Length];
        if (run.Length > 0) context[0] = (byte)run.Action;
        if (run.Length >= 16) BitConverter.GetBytes(run.Address).CopyTo(context, 8);
        var start = new Start(Profile)
        {
            Context = Sequence.Of<byte>(context),
            Regions = [.. mappings.Select(mapping => Region.Of(mapping.Name, mapping.Address, mapping.Model, mapping.Permission))],
            Host = HostState<Word>.Bare with { Helpers = options.HasHelpers ? Functions : [] },
            BranchLimit = new Allowance<ulong>.Remaining(options.Branches),
            InstructionLimit = options.Instructions is { } limit ? new Allowance<ulong>.Remaining(limit) : null,
        };
        if (!start.Problems().IsEmpty)
        {
            Should.Throw<ArgumentException>(() => vm.Run(context));
            return;
        }

        var expected = new ReferenceMachine(program.Program, Profile).Run(start.State());
        var reachesThrow = expected is Outcome<Word>.Trapped { Trap: Trap.UnknownHelper } && run.Action is VmAction.Throw
            && options.HasHelpers;
        if (reachesThrow) Should.Throw<InvalidDataException>(() => vm.Run(context));
        else Compare(vm.Run(context), expected, start);
        context.ShouldBe(run.Length == 0 ? [] : expected.State.Bytes("context"));
        for (var i = 0; i < mappings.Count; i++)
        {
            var after = expected.State.Bytes(mappings[i].Name);
            mappings[i].Lent.ShouldBe(after);
            after.CopyTo(mappings[i].Model, 0);
        }
    }

    private void Compare(RunResult found, Outcome<Word> expected, Start start)
    {
        var state = expected.State;
        found.ShouldBe(new(
            expected is Outcome<Word>.Trapped trapped ? trapped.Trap : null, state.Registers[0].Value, (int)state.ProgramCounter.Value));
        for (var i = 0; i <= 10; i++) vm.Register(i).ShouldBe(state.Registers[i].Value);
        var report = expected is Outcome<Word>.Trapped end
            ? TrapReport.Of(program.Program, Profile, start.Budget, end)
            : null;
        vm.Report().ShouldBe(report);
        vm.BranchesLeft.ShouldBe(((Allowance<Word>.Remaining)state.Budget.Branches).Count.Value);
        vm.InstructionsLeft.ShouldBe(state.Budget.Instructions is Allowance<Word>.Remaining(var left) ? left.Value : ulong.MaxValue);
    }
}
