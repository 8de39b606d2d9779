using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class ConfinedTests
{
    private static readonly HostState<Word> Before = HostState<Word>.Bare with { Data = HostData<Word>.Empty };

    private static readonly HostState<Word> After = (Before with { Helpers = HelperCatalogue.All })
        .WithLocal(Before.Local.Put(Word.Wrap(1, Width.Bits32), Word.Wrap(2, Width.Bits32)))
        .WithGlobal(Before.Global.Put(Word.Wrap(3, Width.Bits32), Word.Wrap(4, Width.Bits32)))
        .WithOutput(["text"])
        .WithMilliseconds(Word.Of(5))
        .WithFacilities(new(6, [new("sensor", 1, null)], new([0])) { Reply = new(7), Wakeup = 8 });

    /// <summary>Every set of parts.</summary>
    public static TheoryData<HostParts> Sets => [.. Enumerable.Range(0, 128).Select(set => (HostParts)set)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_part_is_taken_over_exactly_if_it_is_among_those_declared(HostParts parts)
    {
        var taken = Confined.Taken(Before, After, parts);

        foreach (var part in Enum.GetValues<HostParts>().Where(part => part is not HostParts.None))
            Of(taken, part).ShouldBe(Of(parts.HasFlag(part) ? After : Before, part), part.ToString());
        taken.Helpers.ShouldBe(Before.Helpers);
        taken.Milliseconds.ShouldBe(Before.Milliseconds);
        taken.Facilities.Microseconds.ShouldBe(Before.Facilities.Microseconds);
    }

    [Fact]
    public void A_helper_without_parts_leaves_a_host_that_keeps_nothing_as_it_is() =>
        Confined.Taken(HostState<Word>.Bare, After, HostParts.None).ShouldBe(HostState<Word>.Bare);

    private static object? Of(HostState<Word> host, HostParts part) => part switch
    {
        HostParts.Output => host.Output,
        HostParts.Local => host.Local,
        HostParts.Global => host.Global,
        HostParts.Handles => host.Facilities.Handles,
        HostParts.Sensors => host.Facilities.Sensors,
        HostParts.Reply => host.Facilities.Reply,
        HostParts.Wakeup => host.Facilities.Wakeup,
        _ => null,
    };
}
