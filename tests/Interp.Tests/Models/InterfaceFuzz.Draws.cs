using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Tests.Models;

// What is drawn: addresses, helpers and their arguments.
internal sealed partial class InterfaceFuzz
{
    private ulong Address() => dice.Between(0, 6) switch
    {
        0 => ulong.MaxValue - (ulong)dice.Between(0, 24),
        1 => AddressSpace.Stack + (ulong)dice.Pick(-3584, 0, 512) + (ulong)dice.Between(-24, 24),
        2 => AddressSpace.Context + (ulong)dice.Between(-24, 48),
        3 => dice.Value(),
        _ => AddressSpace.Added + (ulong)dice.Between(-24, 48),
    };

    private static ArgumentKind Kind(Dice dice)
    {
        ByteCount count = dice.Between(0, 3) switch
        {
            0 => new ByteCount.RestOfRegion(),
            1 => new ByteCount.InArgument(dice.OnceIn(8) ? dice.Pick(-1, 0, 6, 12, 100, 100_000_000, int.MinValue) : dice.Between(1, 5)),
            _ => new ByteCount.Fixed((uint)dice.Pick(0, 1, 4, 8, 9)),
        };
        return dice.Between(0, 2) switch
        {
            0 => new ArgumentKind.Value(),
            1 => new ArgumentKind.Readable(count),
            _ => new ArgumentKind.Writable(count),
        };
    }

    private static Frame<Word> AnyFrame(Dice dice) => new(
        Word.Of((ulong)dice.Between(0, 3)),
        Sequence.Generate(dice.Between(4, 6), _ => Word.Of(0)));

    private static ArgumentKind RightKind(Dice dice)
    {
        while (true)
        {
            var kind = Kind(dice);
            if (CountOf(kind) is not ByteCount.InArgument(< 1 or > 5)) return kind;
        }
    }

    private static ByteCount? CountOf(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Value => null,
        ArgumentKind.Readable(var count) => count,
        ArgumentKind.Writable(var count) => count,
    };

    private static MirroredHelper Looking(uint id, params ArgumentKind[] kinds) => MirroredHelper.Looking(id, kinds);

    private static HostState<Word> Hosting(MirroredHelper[] helpers) => HostState<Word>.Bare with
    {
        Helpers = [.. helpers.Select(helper => helper.Slow)],
        BtfFunctions = [.. helpers.Select(helper => helper.Slow)],
        Platform = Samples.Platform,
    };
}
