using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Fuzzing;

/// <summary>The first state of a drawn program: registers that point to the edges of regions, and a small budget.</summary>
/// <param name="Registers">r0 to r9; r10 is the end of the stack.</param>
/// <param name="Context">The context, readable and writable.</param>
/// <param name="Constants">A region right after the context, readable.</param>
/// <param name="Sink">A region at <see cref="AddressSpace.Added"/>, writable.</param>
/// <param name="Branches">The branches and local calls granted.</param>
/// <param name="Instructions">The instructions granted; no limit if there is none.</param>
public sealed record Beginning(
    Sequence<ulong> Registers,
    Sequence<byte> Context,
    Sequence<byte> Constants,
    Sequence<byte> Sink,
    ulong Branches,
    ulong? Instructions)
{
    private const int RegisterCount = 10;

    /// <summary>The state at slot 0.</summary>
    public State<Word> State(Setting setting)
    {
        var state = new Start(setting.Profile)
        {
            Context = Context,
            Regions =
            [
                Region.Of("constants", AddressSpace.Context + (ulong)Context.Count, Constants.AsSpan(), Permission.Read),
                Region.Of("sink", AddressSpace.Added, Sink.AsSpan(), Permission.Write),
            ],
            Host = setting.Host,
            BranchLimit = new Allowance<ulong>.Remaining(Branches),
            InstructionLimit = Instructions is { } count ? new Allowance<ulong>.Remaining(count) : new Allowance<ulong>.Unlimited(),
        }.State();
        var registers = new Word[RegisterCount + 1];
        for (var i = 0; i < RegisterCount; i++) registers[i] = Word.Of(Registers[i]);
        registers[RegisterCount] = state.Registers[RegisterCount];
        return state with { Registers = ConcreteRegisters.Of(registers) };
    }

    internal static Beginning Draw(Dice dice, Setting setting)
    {
        var context = dice.Bytes(dice.Pick(1, 7, 8, 16, 24));
        return new(
            Sequence.Generate(RegisterCount, number => Register(dice, setting, number, context.Length)),
            Sequence.Of<byte>(context),
            Sequence.Of<byte>(dice.Bytes(12)),
            Sequence.Of<byte>(dice.Bytes(4)),
            (ulong)dice.Pick(0, 1, 2, 3, 7, 8, 12, 40),
            dice.OnceIn(3) ? (ulong)dice.Between(0, 30) : null);
    }

    /// <summary>Beginnings with fewer limits and more zeros.</summary>
    internal IEnumerable<Beginning> Smaller()
    {
        if (Instructions is not null) yield return this with { Instructions = null };
        foreach (var branches in new[] { 0UL, 1UL, Branches / 2 })
        {
            if (branches < Branches) yield return this with { Branches = branches };
        }

        if (Context.Any(item => item != 0)) yield return this with { Context = Zeros(Context.Count) };
        if (Context.Count > 1) yield return this with { Context = Sequence.Of(Context.AsSpan()[..(Context.Count / 2)]) };
        if (Constants.Any(item => item != 0)) yield return this with { Constants = Zeros(Constants.Count) };
        if (Sink.Any(item => item != 0)) yield return this with { Sink = Zeros(Sink.Count) };
        for (var i = 0; i < RegisterCount; i++)
        {
            foreach (var value in new[] { 0UL, 1UL, Registers[i] / 2 })
            {
                if (value < Registers[i]) yield return this with { Registers = Registers.With(i, value) };
            }
        }
    }

    private static Sequence<byte> Zeros(int count) => Sequence.Of<byte>(new byte[count]);

    // What calls of helpers take for addresses and lengths is mostly that.
    private static ulong Register(Dice dice, Setting setting, int number, int context) => dice.OnceIn(3)
        ? dice.Value()
        : number switch
        {
            1 => AddressSpace.Context + (ulong)dice.Between(0, context - 1),
            2 or 6 => Address(dice, setting, context),
            3 => (ulong)dice.Between(0, 20),
            _ => dice.OnceIn(2) ? dice.Value() : Address(dice, setting, context),
        };

    private static ulong Address(Dice dice, Setting setting, int context) => dice.Between(0, 3) switch
    {
        0 => AddressSpace.Context + (ulong)dice.Between(0, context - 1),
        1 => AddressSpace.Context + (ulong)dice.Between(-9, context + 13),
        2 => AddressSpace.Stack + (ulong)dice.Pick(0, setting.Profile.FrameBytes) + (ulong)dice.Between(-9, 9),
        _ => AddressSpace.Added + (ulong)dice.Between(-8, 4),
    };
}
