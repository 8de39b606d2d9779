using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Tests;

/// <summary>Whatever callers do in whatever order, a machine is what the semantics says.</summary>
public sealed partial class VmTests
{
    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Available))]
    public void Any_sequence_of_calls_does_what_the_semantics_does(Engine engine)
    {
        var replay = FSharpOption<Replay>.Some(new(new Rnd(4, 1), FSharpOption<int>.None));

        Prop.ForAll(Arb.From(Commands, Fewer), commands =>
        {
            var model = new VmModel(engine);
            foreach (var command in commands) model.Do(command);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(replay));
    }

    // The numbers are those of the instructions until the program is compiled: between two runs, or in the middle of one.
    [Fact]
    [Trait("Needs", "time")]
    public void Any_sequence_of_calls_does_so_while_the_program_comes_to_be_compiled()
    {
        var (compiled, interpreted) = (0, 0);
        Law.Holds(6, 400, dice => (Commands: dice.Several(dice.Between(1, 25), Command), Worth: (ulong)dice.Between(1, 300)), drawn =>
        {
            var model = new VmModel(Engine.Auto, drawn.Worth);
            foreach (var command in drawn.Commands) model.Do(command);
            if (model.IsCompiled) compiled++;
            else interpreted++;
        });

        compiled.ShouldBeGreaterThan(20);
        interpreted.ShouldBeGreaterThan(20);
    }

    private static Gen<VmCommand[]> Commands => Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        var dice = new Dice((ulong)seed);
        return dice.Several(dice.Between(1, 25), Command);
    });

    private static IEnumerable<VmCommand[]> Fewer(VmCommand[] commands) =>
        Enumerable.Range(0, commands.Length).Select(i => (VmCommand[])[.. commands[..i], .. commands[(i + 1)..]]);

    private static VmCommand Command(Dice dice) => dice.Between(0, 9) switch
    {
        0 => new VmCommand.Make(
            HasHelpers: !dice.OnceIn(3),
            Branches: (ulong)dice.Pick(0, 1, 2, 9, 40),
            dice.OnceIn(3) ? (ulong)dice.Pick(0, 5, 12, 100) : null),
        1 or 2 => new VmCommand.Map(
            dice.Pick("a", "b", "c"),
            Address(dice),
            dice.Pick(0, 1, 4, 8, 24),
            dice.Pick(Permission.None, Permission.Read, Permission.Write, Permission.ReadWrite)),
        3 => new VmCommand.Unmap(dice.Pick("a", "b", "c")),
        4 => new VmCommand.Poke(dice.Pick("a", "b", "c"), (byte)dice.Next()),
        _ => new VmCommand.Run(dice.Pick(Enum.GetValues<VmAction>()), Address(dice), dice.Pick(0, 8, 16, 16, 16, 16, 40)),
    };

    private static ulong Address(Dice dice) => dice.Between(0, 5) switch
    {
        0 => ulong.MaxValue - (ulong)dice.Between(0, 24),
        1 => AddressSpace.Stack + (ulong)dice.Pick(-3584, 0, 512) + (ulong)dice.Between(-8, 8),
        2 => AddressSpace.Context + (ulong)dice.Between(-24, 48),
        _ => AddressSpace.Added + (ulong)dice.Between(-8, 24),
    };
}
