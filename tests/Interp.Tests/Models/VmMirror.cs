using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>A function of a host twice: for a <see cref="Interp.Vm"/>, and as the semantics has it.</summary>
internal sealed record MirroredHelper(VmHelper Fast, HelperFunction<Word> Slow)
{
    /// <summary>Mixes r1 to r5.</summary>
    public static MirroredHelper Mix { get; } = Of(
        Samples.Mix,
        [],
        call => call.Argument(1) + (3 * call.Argument(2)) + (5 * call.Argument(3)) + (7 * call.Argument(4)) + (11 * call.Argument(5)),
        call => new(
            Word.Of(call.Arguments[0].Value + (3 * call.Arguments[1].Value) + (5 * call.Arguments[2].Value)
                + (7 * call.Arguments[3].Value) + (11 * call.Arguments[4].Value)),
            call.State,
            []));

    /// <summary>
    /// Looks at every view it is declared, to the last byte, and changes every byte of those that are writable; the result
    /// mixes all lengths and bytes.
    /// </summary>
    public static MirroredHelper Looking(uint id, params ArgumentKind[] kinds) => Of(
        id,
        Sequence.Of<ArgumentKind>(kinds),
        call =>
        {
            ulong mixed = 0;
            for (var i = 0; i < kinds.Length; i++)
            {
                if (kinds[i] is ArgumentKind.Value) continue;
                mixed = Mixed(mixed, (ulong)call.Readable(i + 1).Length);
                foreach (var item in call.Readable(i + 1)) mixed = Mixed(mixed, item);
            }

            for (var i = 0; i < kinds.Length; i++)
            {
                if (kinds[i] is not ArgumentKind.Writable) continue;
                var view = call.Writable(i + 1);
                for (var at = 0; at < view.Length; at++) view[at] = Changed(i, at);
            }

            return mixed;
        },
        call =>
        {
            ulong mixed = 0;
            List<ViewWrite<Word>> writes = [];
            for (var i = 0; i < kinds.Length; i++)
            {
                if (kinds[i] is ArgumentKind.Value) continue;
                var view = call.Views[i];
                mixed = Mixed(mixed, view.Length.Value);
                for (ulong at = 0; at < view.Length.Value; at++)
                {
                    mixed = Mixed(mixed, view.Read(Word.Of(at), Width.Bits8).Value);
                    if (kinds[i] is ArgumentKind.Writable) writes.Add(new(i + 1, Word.Of(at), Word.Wrap(Changed(i, (int)at), Width.Bits8)));
                }
            }

            return new(Word.Of(mixed), call.State, writes.ToSequence());
        });

    private static MirroredHelper Of(
        uint id, Sequence<ArgumentKind> kinds, HelperBody fast, Func<HelperCall<Word>, HelperResult<Word>> slow)
    {
        var declaration = new Helper(id, $"helper {id}", "", kinds);
        return new(new(declaration, fast), new(declaration, slow));
    }

    private static ulong Mixed(ulong mixed, ulong value) => (mixed * 257) + value + 1;

    private static byte Changed(int argument, int at) => (byte)(0xc0 + (argument * 8) + at);
}

/// <summary>A <see cref="Interp.Vm"/> and the semantics of the same program, host and memory, side by side.</summary>
internal sealed class VmMirror
{
    // What lies around memory that is lent: nothing may change it.
    private const int Margin = 64;

    private readonly CheckedProgram program;
    private readonly HostState<Word> host;
    private readonly VmOptions options;

    private readonly List<(string Name, ulong Address, Lent Bytes, Permission Permission)> mapped = [];

    /// <summary>Makes both.</summary>
    public VmMirror(
        CheckedProgram program,
        VmOptions options,
        Sequence<MirroredHelper> helpers = default,
        Sequence<MirroredHelper> functions = default)
    {
        this.program = program;
        this.options = options with { Helpers = helpers.Map(helper => helper.Fast), BtfFunctions = functions.Map(helper => helper.Fast) };
        host = HostState<Word>.Bare with
        {
            Helpers = helpers.Map(helper => helper.Slow),
            BtfFunctions = functions.Map(helper => helper.Slow),
            Platform = options.Platform,
        };
        Vm = new(program, this.options);
    }

    /// <summary>The machine.</summary>
    public Vm Vm { get; }

    /// <summary>Maps bytes.</summary>
    public void Map(string name, ulong address, byte[] bytes, Permission permission)
    {
        var lent = new Lent(bytes);
        Vm.Map(name, address, lent.Bytes, permission);
        mapped.Add((name, address, lent, permission));
    }

    /// <summary>Takes them back.</summary>
    public void Unmap(string name)
    {
        Vm.Unmap(name).ShouldBeTrue();
        mapped.RemoveAll(other => other.Name == name);
    }

    /// <summary>Runs both on a context; fails unless all that can be seen is the same. Yields how the run ended.</summary>
    public RunResult Run(params byte[] bytes)
    {
        var profile = program.Rules.Profile;
        var context = new Lent(bytes);
        var start = new Start(profile)
        {
            Entry = program.Entry,
            Context = Sequence.Of<byte>(bytes),
            Regions = [.. mapped.Select(region => Region.Of(region.Name, region.Address, region.Bytes.Bytes.Span, region.Permission))],
            Host = host,
            BranchLimit = options.BranchLimit,
            InstructionLimit = options.InstructionLimit,
        };
        var expected = new ReferenceMachine(program.Program, profile).Run(start.State());

        var found = Vm.Run(context.Bytes.Span);

        var state = expected.State;
        found.ShouldBe(new(
            expected is Outcome<Word>.Trapped trapped ? trapped.Trap : null, state.Registers[0].Value, (int)state.ProgramCounter.Value));
        for (var i = 0; i <= Register.Last; i++) Vm.Register(i).ShouldBe(state.Registers[i].Value, $"r{i}");
        if (state.Budget.Branches is Allowance<Word>.Remaining(var branches)) Vm.BranchesLeft.ShouldBe(branches.Value);
        Vm.InstructionsLeft.ShouldBe(state.Budget.Instructions is Allowance<Word>.Remaining(var left) ? left.Value : ulong.MaxValue);
        if (bytes.Length > 0) context.ShouldBe(state.Bytes("context"));
        foreach (var (name, _, lent, _) in mapped) lent.ShouldBe(state.Bytes(name));
        return found;
    }

    /// <summary>Bytes in the middle of an array.</summary>
    private sealed class Lent(byte[] bytes)
    {
        private readonly byte[] array = [.. Enumerable.Repeat((byte)0xe5, Margin), .. bytes, .. Enumerable.Repeat((byte)0xe5, Margin)];

        public Memory<byte> Bytes => array.AsMemory(Margin, bytes.Length);

        public void ShouldBe(byte[] expected)
        {
            if (!Bytes.Span.SequenceEqual(expected)) Bytes.ToArray().ShouldBe(expected);
            if (array.AsSpan(0, Margin).ContainsAnyExcept((byte)0xe5) || array.AsSpan(Margin + bytes.Length).ContainsAnyExcept((byte)0xe5))
                throw new InvalidOperationException("bytes beside those lent were written");
        }
    }
}
