using RbpfSpec.Assembly;
using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Serving.Tests.Storage;

/// <summary>Devices, programs and states that tests of stores use.</summary>
internal static class States
{
    public static DeviceSettings Settings { get; } = new()
    {
        Hooks = [new("packets", new Trigger.Packet(), []), new("timer", new Trigger.Timer(1000), [])],
    };

    public static Persisted New { get; } = Persisted.Of(Device.Of(Settings));

    /// <summary>A program that is told from others by a number.</summary>
    public static Sequence<byte> Program(int number) =>
        Sequence.Of<byte>(Assembler.Parse($"r0 = {number}\nexit").ShouldBeOfType<Assembled.Success>().Program.ToBytes());

    /// <summary>An application that is told from others by a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="regions">How many regions it brings along.</param>
    public static Application Application(int number, int regions = 0) => Host.Containers.Application.Admit(
        new(
            number % 2 == 0 ? Profile.Rbpf : Profile.Rfc9669,
            number % 3 == 0 ? BudgetClass.Logic : BudgetClass.Snippet,
            [.. HelperCatalogue.Ids.Take(number % 5)]),
        [.. Program(number - 1), .. Program(number)],
        out var problem,
        entry: number % 2 * 2,
        Sequence.Generate(regions, at => Region.Of(
            $"data {at}", AddressSpace.Image + ((ulong)at << 12), [(byte)number, (byte)at, 7], at % 2 == 0
                ? Permission.Read : Permission.ReadWrite)))
        .ShouldNotBeNull(problem);

    public static PersistedContainer Container(int number, int regions = 0) =>
        new(Application(number, regions), IsStarted: true, Store<Word>.Empty(Store<Word>.DefaultCapacity));

    /// <summary>A container whose program has lines of source.</summary>
    public static PersistedContainer Lined(int number)
    {
        var container = Container(number);
        return container with { Application = container.Application.With([new(0, "a.c:3: x"), new(2, "a.c:4"), new(3, "")]) };
    }

    /// <summary>The state after something happened by chance.</summary>
    public static Persisted Next(Persisted state, Dice dice)
    {
        var slot = dice.Between(0, state.Slots.Count - 1);
        var hook = dice.Between(0, state.Entries.Count - 1);
        var container = state.Slots[slot];
        switch (dice.Between(0, 7))
        {
            case 0:
                return state with { Slots = state.Slots.With(slot, Container(dice.Between(1, 50), dice.Between(0, 3))) };
            case 1 when container is not null:
                return state with
                {
                    Slots = state.Slots.With(slot, null),
                    Entries = state.Entries.Map(entries => entries.Where(entry => entry.Slot != slot).ToSequence()),
                };
            case 2 when container is not null:
                return state with { Slots = state.Slots.With(slot, container with { IsStarted = !container.IsStarted }) };
            case 3 when container is not null:
                return state with { Slots = state.Slots.With(slot, container with { Local = Put(container.Local, dice) }) };
            case 4:
                return state with { Global = Put(state.Global, dice) };
            case 5 when container is not null:
                var others = state.Entries[hook].Where(entry => entry.Slot != slot);
                return state with { Entries = state.Entries.With(hook, [new(slot, (Policy)dice.Between(0, 3)), .. others]) };
            case 6:
                return state with
                {
                    Entries = state.Entries.With(hook, state.Entries[hook].Where(entry =>
                    entry.Slot != slot).ToSequence())
                };
            case 7:
                return state with { Numbers = state.Numbers.With(slot, state.Numbers[slot] + dice.Next() % (1ul << 62)) };
            default:
                return state;
        }
    }

    private static Store<Word> Put(Store<Word> store, Dice dice) =>
        store.Put(Word.Wrap((ulong)dice.Between(0, 20), Width.Bits32), Word.Wrap(dice.Next() & uint.MaxValue, Width.Bits32));
}
