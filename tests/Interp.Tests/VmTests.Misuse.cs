using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Tests;

/// <summary>Wrong uses: each is refused with a reason, and leaves the machine as it was.</summary>
public sealed partial class VmTests
{
    [Fact]
    public void What_is_not_there_is_refused()
    {
        var vm = Machine("mov %r0, 7\nexit", Engine.Auto);

        Should.Throw<ArgumentNullException>(() => new Vm(null!));
        Should.Throw<ArgumentNullException>(() => Machine("exit", Engine.Auto, new() { Platform = null! }))
            .Message.ShouldStartWith("the options have no platform");
        Should.Throw<ArgumentNullException>(() => vm.Map(null!, AddressSpace.Added, new byte[1], Permission.Read));
        Should.Throw<ArgumentNullException>(() => vm.Unmap(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => vm.Register(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => vm.Register(11));
        Should.Throw<ArgumentOutOfRangeException>(() => Machine("exit", (Engine)9));
        vm.Run([]).Result.ShouldBe(7UL);
    }

    [Theory]
    [InlineData(100_000_000)]
    [InlineData(-100_000_000)]
    [InlineData(12)]
    [InlineData(6)]
    [InlineData(0)]
    public void A_helper_with_a_length_in_no_argument_is_refused(int argument)
    {
        var kind = new ArgumentKind.Readable(new ByteCount.InArgument(argument));
        var helper = Sum with { Declaration = Sum.Declaration with { Arguments = [kind] } };

        Should.Throw<ArgumentException>(() => Machine("call 7\nexit", Engine.Auto, new() { Helpers = [helper] }));
        Should.Throw<ArgumentException>(() => Machine("call 7\nexit", Engine.Auto, new() { BtfFunctions = [helper] }));
        Should.Throw<ArgumentException>(() => Machine("call 7\nexit", Engine.Auto, new() { Helpers = [Sum, Sum] }))
            .Message.ShouldContain("same id");
    }

    [Theory]
    [InlineData((Permission)4)]
    [InlineData((Permission)255)]
    [InlineData((Permission)(-1))]
    public void A_permission_that_is_none_is_refused(Permission permission)
    {
        var vm = Machine("lddw %r1, 0x40000000\nldxb %r0, [%r1]\nexit", Engine.Auto);

        Should.Throw<ArgumentOutOfRangeException>(() => vm.Map("a", AddressSpace.Added, new byte[1], permission))
            .Message.ShouldContain("None, Read, Write or ReadWrite");
        vm.Run([]).Trap.ShouldBe(Trap.MemoryAccess);
    }

    // What was mapped before is compared with the new range only: the work for each is in proportion to their number, and
    // nothing is copied.
    [Fact]
    public void Thousands_of_ranges_can_be_mapped_and_taken_back()
    {
        const int Count = 2_000;
        var vm = Machine("ldxdw %r1, [%r1]\nldxb %r0, [%r1]\nexit", Engine.Auto);
        var bytes = new byte[8];
        var names = Enumerable.Range(0, Count).Select(i => $"{i}").ToArray();
        vm.Map("first", AddressSpace.Image, bytes, Permission.Read);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++) vm.Map(names[i], AddressSpace.Added + (8 * (ulong)i), bytes, Permission.Read);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000 * Count);

        bytes[0] = 42;
        vm.Run(BitConverter.GetBytes(AddressSpace.Added + (8UL * (Count - 1)))).Result.ShouldBe(42UL);
        Should.Throw<ArgumentException>(() => vm.Map("again", AddressSpace.Added + (8 * Count) - 1, bytes, Permission.Read))
            .Message.ShouldContain("1999");
        for (var i = Count - 1; i >= 0; i -= 2) vm.Unmap(names[i]).ShouldBeTrue();
        vm.Run(BitConverter.GetBytes(AddressSpace.Added + (8UL * (Count - 1)))).Trap.ShouldBe(Trap.MemoryAccess);
        vm.Run(BitConverter.GetBytes(AddressSpace.Added + (8UL * (Count - 2)))).Result.ShouldBe(42UL);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Memory_that_is_less_than_it_says_is_refused_and_the_machine_goes_on(Engine engine)
    {
        foreach (var fault in Enum.GetValues<MemoryFault>())
        {
            var vm = Machine("lddw %r1, 0x40000000\nldxb %r0, [%r1]\nexit", engine);
            vm.Map("before", AddressSpace.Image, new byte[4], Permission.Read);
            vm.Map("faulty", AddressSpace.Added, new FaultyMemory([9, 8, 7, 6], fault).Lent, Permission.ReadWrite);
            vm.Map("after", AddressSpace.Added + (1 << 30), new FaultyMemory([1], MemoryFault.None).Lent, Permission.Read);
            for (var run = 0; run < 2; run++)
            {
                var exception = Record.Exception(() => vm.Run([]).Result.ShouldBe(9UL));
                switch (fault)
                {
                    case MemoryFault.None:
                        exception.ShouldBeNull();
                        break;
                    case MemoryFault.PinsNothing or MemoryFault.PinsOthers:
                        exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("'faulty' pins other bytes");
                        break;
                    case MemoryFault.IsShorter:
                        exception.ShouldBeOfType<ArgumentOutOfRangeException>();
                        break;
                    case MemoryFault.FailsToPin or MemoryFault.FailsToUnpin:
                        exception.ShouldBeOfType<InvalidDataException>();
                        break;
                }
            }

            vm.Unmap("faulty").ShouldBeTrue();
            vm.Run([]).Trap.ShouldBe(Trap.MemoryAccess);
        }
    }

    [Fact]
    public void The_context_ends_before_what_is_mapped_behind_it()
    {
        var vm = Machine("mov %r0, 1\nexit", Engine.Auto);
        vm.Map("empty", AddressSpace.Context + 2, Memory<byte>.Empty, Permission.Read);
        vm.Map("far", AddressSpace.Context + 8, new byte[1], Permission.Read);
        vm.Map("near", AddressSpace.Context + 4, new byte[1], Permission.Read);
        vm.Map("before", AddressSpace.Context - 1, new byte[1], Permission.Read);

        vm.Run(new byte[4]).Trap.ShouldBeNull();
        Should.Throw<ArgumentException>(() => vm.Run(new byte[5])).Message.ShouldContain("room for 4");
        vm.Unmap("near");
        Should.Throw<ArgumentException>(() => vm.Run(new byte[9])).Message.ShouldContain("room for 8");
        vm.Map("here", AddressSpace.Context - 8, new byte[7], Permission.Read);
        vm.Run(new byte[8]).Trap.ShouldBeNull();
        vm.Unmap("before");
        vm.Map("across", AddressSpace.Context - 1, new byte[2], Permission.Read);
        Should.Throw<ArgumentException>(() => vm.Run(new byte[1])).Message.ShouldContain("room for 0");
        vm.Run([]).Trap.ShouldBeNull();
    }

    [Fact]
    public void Another_thread_is_refused_while_a_run_goes_on_and_served_afterwards()
    {
        Vm? vm = null;
        var refused = 0;
        vm = Machine("call 7\nexit", Engine.Auto, new()
        {
            Helpers =
            [
                Sum with
                {
                    Body = _ =>
                    {
                        Action[] acts = [() => vm!.Run([]), () => vm!.Map("a", 0, new byte[1], Permission.Read), () => vm!.Unmap("a")];
                        foreach (var act in acts)
                            OnAnotherThread(() => refused += Record.Exception(act) is InvalidOperationException ? 1 : 0);
                        return 5;
                    },
                },
            ],
        });

        vm.Run([1]).Result.ShouldBe(5UL);
        refused.ShouldBe(3);
        RunResult? theirs = null;
        OnAnotherThread(() => theirs = vm.Run([1]));
        theirs!.Value.Result.ShouldBe(5UL);
        vm.Run([1]).Result.ShouldBe(5UL);
    }

    // Runs that end in a trap and runs of another length are told in another way than those that are alike.
    [Fact]
    public void Threads_that_run_one_machine_at_once_are_refused_or_told_of_their_own_run()
    {
        var vm = Machine("ldxb %r0, [%r1]\nldxdw %r3, [%r1+8]\nexit", Engine.Compiled);
        var (own, others) = (0, 0);
        var threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            byte[][] contexts = [[(byte)number], [(byte)number, .. new byte[15 + number]]];
            for (var i = 0; i < 60_000; i++)
            {
                try
                {
                    if (vm.Run(contexts[i % 2]).Result == (ulong)number) Interlocked.Increment(ref own);
                    else Interlocked.Increment(ref others);
                }
                catch (InvalidOperationException)
                {
                    continue;
                }
            }
        })).ToList();

        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        others.ShouldBe(0);
        own.ShouldBeGreaterThan(0);
    }

    private static void OnAnotherThread(ThreadStart act)
    {
        var thread = new Thread(act);
        thread.Start();
        thread.Join();
    }
}
