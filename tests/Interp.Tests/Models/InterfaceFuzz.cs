using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>
/// Uses the interface of the fast machine in every way that a caller might, right and wrong: profiles, declarations,
/// regions, memory, states, orders of calls, helpers that call back or throw, two threads. What is right must do what
/// the semantics does; what is wrong must be refused by an exception that is documented, and change nothing.
/// </summary>
internal sealed partial class InterfaceFuzz
{
    private const int Threads = 2;

    private static readonly Setting[] Settings =
    [
        .. ((Profile[])[
            Profile.Rbpf,
            Profile.Rfc9669 with { BranchLimit = new Allowance<ulong>.Remaining(30) },
            Samples.Contrary with { InstructionLimit = new Allowance<ulong>.Remaining(60) },
            Profile.Rbpf with { FrameBytes = 0, FrameLimit = 3 },
            Profile.Rbpf with { FrameBytes = 7, FrameLimit = 2, PlatformEncodings = [PlatformEncoding.CallByBtfId] },
        ]).Select(profile => new Setting(profile, Hosting([Looking(7), Looking(8), Looking(9)]))),
    ];

    private readonly Dice dice;
    private readonly Engine engine;

    // What a helper does before it looks at its arguments, and what came of it.
    private Action? callback;

    /// <summary>One round of a seed.</summary>
    public InterfaceFuzz(ulong seed)
    {
        dice = new(seed);
        engine = dice.Pick([Engine.Auto, .. Comparison.Available]);
    }

    /// <summary>How many calls of the interface it has made.</summary>
    public long Calls { get; private set; }

    /// <summary>Uses the interface for a while.</summary>
    public void Round()
    {
        switch (dice.Between(0, 9))
        {
            case 0:
                WrongProfile();
                break;
            case 1:
                WrongOptions();
                break;
            case 2 or 3 or 4:
                States();
                break;
            default:
                Machine();
                break;
        }
    }

    private void WrongProfile()
    {
        int[] edges = [-1, 0, 1, 7, 16, 512, 65_536, 1 << 20, 1 << 28, int.MaxValue, int.MinValue];
        var profile = dice.Pick(Settings).Profile with { FrameBytes = dice.Pick(edges), FrameLimit = dice.Pick(edges) };
        if (dice.OnceIn(3))
        {
            profile = profile with { InitialRegisters = (InitialRegisters)dice.Between(-1, 3), Alignment = (Alignment)dice.Between(-1, 2) };
        }

        var program = Program.Of([Samples.InstructionOf("jmp/exit")]);
        var bytes = (long)Math.Max(profile.FrameBytes, 0) * Math.Max(profile.FrameLimit, 1);
        var isOne = profile.FrameBytes >= 0 && profile.FrameLimit <= 1 << 20 && bytes <= 1 << 28
            && Enum.IsDefined(profile.InitialRegisters) && Enum.IsDefined(profile.Alignment);
        CheckedProgram? known = null;
        Refuses<ArgumentException>(!isOne, () => known = CheckedProgram.Check(program, 0, Admission.Of(profile, []), out _));
        Refuses<InvalidOperationException>(!isOne, () => new Start(profile).State());

        // Larger ones are right, too, and take their time.
        if (known is null || bytes > 1 << 16 || profile.FrameLimit > 1 << 12) return;
        new VmMirror(known, new() { Engine = engine }).Run(1, 2, 3);
        Calls++;
    }

    private void WrongOptions()
    {
        var kinds = dice.Several(dice.Between(0, 7), Kind);
        var helper = Looking(7, kinds);
        var isOne = kinds.Length <= 5 && kinds.All(kind => CountOf(kind) is not ByteCount.InArgument(< 1 or > 5));
        var other = Looking((uint)dice.Between(7, 8));
        var calling = Program.Of([Samples.InstructionOf("jmp/call-helper", immediate: 7), Samples.InstructionOf("jmp/exit")]);
        var program = CheckedProgram.Check(calling, 0, Admission.Of(Profile.Rbpf, [7]), out _)!;
        Vm? vm = null;
        var options = new VmOptions { Engine = engine };
        options = dice.OnceIn(2)
            ? options with { Helpers = [helper.Fast, other.Fast] }
            : options with { Helpers = [helper.Fast], BtfFunctions = [other.Fast, other.Fast] };
        var hasTwice = options.BtfFunctions.Count > 0 || other.Fast.Declaration.Id == 7;
        Refuses<ArgumentException>(!isOne || hasTwice, () => vm = new(program, options));
        Refuses<ArgumentOutOfRangeException>(
            true, () => _ = new Vm(program, options with { Engine = (Engine)dice.Pick(-1, 4, int.MaxValue) }));
        if (vm is null) return;
        new VmMirror(program, new() { Engine = engine }, [helper]).Run(dice.Bytes(24));
        Calls++;
    }

    private void States()
    {
        var setting = dice.Pick(Settings);
        var drawn = FuzzCase.Draw(setting, dice.Next(), 0, out var program);
        var machine = new EngineMachine(program, engine);
        for (var i = dice.Between(1, 6); i > 0; i--)
        {
            var state = Damaged(drawn.State());
            Calls++;
            try
            {
                Comparison.Agrees(program, state, machine);
            }
            catch (InvalidOperationException exception) when (StateShape.Problem(state, setting.Profile) == exception.Message)
            {
            }
            catch (ArgumentOutOfRangeException exception) when (
                exception.Message.Contains("no instruction starts", StringComparison.Ordinal))
            {
            }
        }
    }

    private State<Word> Damaged(State<Word> state)
    {
        var regions = state.Memory.Regions;
        var index = dice.Between(0, regions.Count - 1);
        var region = regions[index];
        var size = dice.Pick(0UL, 1UL, region.Length.Value - 1, region.Length.Value + 1, 1UL << 20, 1UL << 31, 1UL << 60, ulong.MaxValue);
        State<Word> With(Region<Word> changed) => state with { Memory = state.Memory.WithRegions(regions.With(index, changed)) };
        return dice.Between(0, 9) switch
        {
            0 => With(region with { Length = Word.Of(size) }),
            1 => With(region with { Bytes = ByteTree.Zero((int)Math.Min(size, 1 << 16)) }),
            2 => With(region with { Start = Word.Of(dice.OnceIn(2) ? dice.Value() : region.Start.Value + (ulong)dice.Between(-16, 16)) }),
            3 => With(region with { Readable = Truth<Word>.Of(dice.OnceIn(2)), Writable = Truth<Word>.Of(dice.OnceIn(2)) }),
            4 => state with { Memory = state.Memory.WithRegions(dice.OnceIn(2) ? regions.WithoutLast() : regions.Add(region)) },
            5 => state with { Memory = state.Memory.WithStack(state.Memory.Stack with { Start = Word.Of(dice.Value()) }) },
            6 => state with { Memory = state.Memory.WithStack(state.Memory.Stack with { FrameBytes = Word.Of(size) }) },
            7 => state with { ProgramCounter = Word.Of(dice.OnceIn(2) ? dice.Value() : (ulong)dice.Between(0, 3)) },
            8 => state with { Frames = [.. dice.Several(dice.Between(0, 9), AnyFrame)] },
            _ => state,
        };
    }

    private void Machine()
    {
        var setting = dice.Pick(Settings);
        var drawn = FuzzCase.Draw(setting, dice.Next(), 0, out var program);
        Sequence<MirroredHelper> helpers =
        [
            Looking(7, dice.Several(dice.Between(0, 5), RightKind)),
            Looking(8, dice.Several(2, RightKind)),
            Looking(9),
        ];
        helpers = helpers.Map(helper => helper with { Fast = helper.Fast with { Body = Calling(helper.Fast.Body) } });
        var mirror = new VmMirror(
            program,
            new()
            {
                Engine = engine,
                Platform = Samples.Platform,
                BranchLimit = new Allowance<ulong>.Remaining(drawn.Beginning.Branches),
            },
            helpers,
            helpers);
        List<AddressRange> ranges = [];
        for (var i = dice.Between(1, 12); i > 0; i--)
        {
            switch (dice.Between(0, 9))
            {
                case 0 or 1:
                    Map(mirror, ranges, setting.Profile);
                    break;
                case 2 when ranges.Count > 0:
                    var last = ranges[dice.Between(0, ranges.Count - 1)];
                    mirror.Unmap(last.Name);
                    ranges.Remove(last);
                    break;
                case 3:
                    WrongCalls(mirror.Vm);
                    break;
                case 4 when dice.OnceIn(40):
                    Race(program);
                    break;
                default:
                    Run(mirror, ranges);
                    break;
            }

            Calls++;
        }
    }

    private void Map(VmMirror mirror, List<AddressRange> ranges, Profile profile)
    {
        var range = new AddressRange($"{dice.Between(0, 3)}", Address(), (ulong)dice.Pick(0, 1, 7, 8, 9, 24));
        var below = (ulong)(profile.FrameBytes * Math.Max(profile.FrameLimit - 1, 0));
        var stack = new AddressRange("stack", AddressSpace.Stack - below, below + (ulong)profile.FrameBytes);
        var isOne = !AddressRange.Problems([stack, .. ranges, range]).IsEmpty || ranges.Exists(other => other.Name == range.Name);
        Refuses<ArgumentException>(isOne, () =>
        {
            mirror.Map(range.Name, range.Start, dice.Bytes((int)range.Length), dice.Pick(Enum.GetValues<Permission>()));
            ranges.Add(range);
        });
    }

    private void Run(VmMirror mirror, List<AddressRange> ranges)
    {
        var context = dice.Bytes(dice.Pick(0, 1, 8, 16, 40));
        for (var at = 0; at + 8 <= context.Length; at += 8)
        {
            if (dice.OnceIn(2)) BitConverter.GetBytes(Address()).CopyTo(context, at);
        }

        var reaches = context.Length > 0
            && ranges.Exists(range => range.Overlaps(new("context", AddressSpace.Context, (ulong)context.Length)));
        callback = Callback(mirror.Vm);
        try
        {
            if (reaches) Refuses<ArgumentException>(true, () => mirror.Vm.Run(context));
            else mirror.Run(context);
        }
        catch (InvalidDataException)
        {
            // The helper's own.
        }
        finally
        {
            callback = null;
        }
    }

    private Action? Callback(Vm vm) => dice.Between(0, 11) switch
    {
        0 => () => Refuses<InvalidOperationException>(true, () => vm.Run([])),
        1 => () => Refuses<InvalidOperationException>(true, () => vm.Map("x", Address(), new byte[8], Permission.Read)),
        2 => () => Refuses<InvalidOperationException>(true, () => vm.Unmap("0")),
        3 => () => throw new InvalidDataException("a helper fails"),
        4 when dice.OnceIn(20) => () => OnAnotherThread(() => Refuses<InvalidOperationException>(true, () => vm.Run([]))),
        5 when dice.OnceIn(20) => GC.Collect,
        6 => () => _ = vm.Register(dice.Between(0, 10)) + vm.BranchesLeft + vm.InstructionsLeft,
        _ => null,
    };

    private HelperBody Calling(HelperBody body) => call =>
    {
        callback?.Invoke();
        var refused = 0;
        foreach (var number in (int[])[int.MinValue, 0, 6, int.MaxValue])
        {
            try
            {
                _ = call.Argument(number);
            }
            catch (ArgumentOutOfRangeException)
            {
                refused++;
            }

            try
            {
                _ = call.Writable(number);
            }
            catch (ArgumentOutOfRangeException)
            {
                refused++;
            }
        }

        refused.ShouldBe(8);
        Calls += refused;
        return body(call);
    };

    private void WrongCalls(Vm vm)
    {
        Refuses<ArgumentOutOfRangeException>(true, () => vm.Register(dice.Pick(-1, 11, int.MinValue, int.MaxValue)));
        Refuses<ArgumentOutOfRangeException>(
            true, () => vm.Map("x", Address(), new byte[1], (Permission)dice.Pick(4, 255, -1, int.MinValue)));
        Refuses<ArgumentNullException>(true, () => vm.Map(null!, Address(), new byte[1], Permission.Read));
        Refuses<ArgumentNullException>(true, () => vm.Unmap(null!));
        vm.Unmap("nothing").ShouldBeFalse();

        // In the way of nothing else that is mapped here.
        const ulong Far = 1UL << 40;
        var fault = dice.Pick(Enum.GetValues<MemoryFault>());
        vm.Map("faulty", Far, new FaultyMemory(dice.Bytes(dice.Between(1, 9)), fault).Lent, Permission.ReadWrite);
        try
        {
            vm.Run([]);
            (fault is MemoryFault.None).ShouldBeTrue($"{fault}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException or InvalidDataException)
        {
            (fault is not MemoryFault.None).ShouldBeTrue($"{fault}");
        }

        vm.Unmap("faulty").ShouldBeTrue();
    }

    // Two threads run the same machine, each on a context of its own: what is not refused is right.
    private void Race(CheckedProgram program)
    {
        var vm = new Vm(program, new() { Engine = engine, Platform = Samples.Platform, BranchLimit = new Allowance<ulong>.Remaining(20) });
        var context = dice.Bytes(16);
        var expected = context.ToArray();
        var options = new VmOptions
        {
            Engine = engine,
            Platform = Samples.Platform,
            BranchLimit = new Allowance<ulong>.Remaining(20),
        };
        var result = new Vm(program, options).Run(expected);
        var wrong = 0;
        var calls = 0;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var own = context.ToArray();
                try
                {
                    if (vm.Run(own) != result || !own.AsSpan().SequenceEqual(expected)) Interlocked.Increment(ref wrong);
                }
                catch (InvalidOperationException)
                {
                }

                Interlocked.Increment(ref calls);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Calls += calls;
        wrong.ShouldBe(0);
    }

    private void Refuses<TException>(bool isRefused, Action act)
        where TException : Exception
    {
        Calls++;
        try
        {
            act();
        }
        catch (TException) when (isRefused)
        {
            return;
        }

        isRefused.ShouldBeFalse("it was not refused");
    }

    private static void OnAnotherThread(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(act));
        thread.Start();
        thread.Join();
        failure.ShouldBeNull();
    }
}
