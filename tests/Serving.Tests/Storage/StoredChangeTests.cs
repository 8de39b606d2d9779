using RbpfSpec.Host;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Storage;
using static RbpfSpec.Serving.Tests.Storage.States;

namespace RbpfSpec.Serving.Tests.Storage;

public sealed class StoredChangeTests
{
    private static readonly Persisted Full = New with
    {
        Slots = New.Slots.With(0, Container(1, regions: 2)).With(2, Container(2)),
        Entries = New.Entries.With(1, [new HookEntry(0, Policy.Single)]),
    };

    private static Word Key => Word.Wrap(5, Width.Bits32);

    [Fact]
    public void The_same_state_in_other_objects_changes_no_row() =>
        StoredChange.Between(Full, Full with
        {
            Slots = Full.Slots.Map(container => container is null
                ? null
                : new PersistedContainer(container.Application, container.IsStarted, new Store<Word>(container.Local.Entries))),
            Global = new(Full.Global.Entries),
        }).ShouldBeEmpty();

    [Fact]
    public void A_value_of_a_key_is_one_row()
    {
        var stored = Full with { Slots = Full.Slots.With(2, Full.Slots[2]! with { Local = Full.Slots[2]!.Local.Put(Key, Key) }) };

        var change = StoredChange.Between(Full, stored).ShouldHaveSingleItem();
        change.Table.Name.ShouldBe("pair");
        change.Row.ShouldBe([2L, 0L, 5L, 5L]);
        change.IsDeleted.ShouldBeFalse();
    }

    [Fact]
    public void A_container_that_is_stopped_is_one_row() =>
        StoredChange.Between(Full, Full with { Slots = Full.Slots.With(0, Full.Slots[0]! with { IsStarted = false }) })
            .ShouldHaveSingleItem().Row.ShouldBe([0L, 0L]);

    [Fact]
    public void A_sequence_number_is_one_row() =>
        StoredChange.Between(Full, Full with
        {
            Numbers = Full.Numbers.With(3,
            ulong.MaxValue)
        }).ShouldHaveSingleItem().Row.ShouldBe([3L, -1L]);

    [Fact]
    public void A_container_attached_at_the_front_moves_the_others()
    {
        var attached = Full with { Entries = Full.Entries.With(1, [new(2, Policy.Continue), .. Full.Entries[1]]) };

        StoredChange.Between(Full, attached).Select(change => change.Row).ShouldBe(
            [[1L, 0L, 2L, "Continue"], [1L, 1L, 0L, "Single"]]);
    }

    [Fact]
    public void An_application_that_goes_takes_its_rows_along()
    {
        var changes = StoredChange.Between(Full, Full with { Slots = Full.Slots.With(0, null) }).ToList();

        changes.ShouldAllBe(change => change.IsDeleted);
        changes.Select(change => change.Table.Name).ShouldBe(["region", "region", "application", "container"], ignoreOrder: true);
    }
}
