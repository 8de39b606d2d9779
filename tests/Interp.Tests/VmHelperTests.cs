using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>Calls that are refused, and helpers that are none.</summary>
public sealed class VmHelperTests
{
    [Fact]
    public void The_default_value_is_no_call()
    {
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Argument(1)).Message.ShouldContain("no call");
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Readable(1).Length).Message.ShouldContain("no call");
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Writable(1).Length).Message.ShouldContain("no call");
        Should.Throw<ArgumentOutOfRangeException>(() => default(HelperCall).Argument(0));
        Should.Throw<ArgumentOutOfRangeException>(() => default(HelperCall).Argument(6));
    }

    [Fact]
    public void What_is_not_declared_to_stand_for_bytes_is_no_view()
    {
        var messages = new List<string>();
        var helper = new VmHelper(
            new(7, "look", "", [new ArgumentKind.Readable(new ByteCount.Fixed(4)), new ArgumentKind.Value()]),
            call =>
            {
                call.Readable(1).Length.ShouldBe(4);
                foreach (var (number, isWritten) in (ReadOnlySpan<(int, bool)>)[(-1, false), (0, false), (2, false), (3, false), (1, true)])
                {
                    try
                    {
                        _ = isWritten ? call.Writable(number).Length : call.Readable(number).Length;
                    }
                    catch (ArgumentOutOfRangeException refusal)
                    {
                        messages.Add($"{refusal.ParamName} {refusal.ActualValue}: {refusal.Message}");
                    }
                }

                return 0;
            });
        var program = CheckedProgram.Check(
            Semantics.Encoding.Program.Of([Samples.InstructionOf("jmp/call-helper", immediate: 7), Samples.InstructionOf("jmp/exit")]),
            0,
            Admission.Of(Profile.Rbpf, [7]),
            out _)!;

        new Vm(program, new() { Helpers = [helper] }).Run([1, 2, 3, 4]).Trap.ShouldBeNull();

        messages.Select(message => message.Split(':')[0]).ShouldBe(["number -1", "number 0", "number 2", "number 3", "number 1"]);
        messages.ShouldAllBe(message => message.Contains("no argument of that kind is declared"));
    }

    // No program comes to this: its call would have trapped before.
    [Fact]
    public unsafe void A_view_that_no_region_grants_is_refused()
    {
        var core = new Core(Profile.Rbpf, Engine.Switch, PinnedMemory.Own, callsLocally: true);
        core.Begin(AddressSpace.Stack);
        core.State->Registers[1] = AddressSpace.Context;

        Should.Throw<InvalidOperationException>(
            () => new HelperCall([new ArgumentKind.Readable(new ByteCount.Fixed(4))], core.State).Readable(1).Length)
            .Message.ShouldBe("argument 1 is not granted");
    }

    // A span is shorter than 2^31 bytes; what is longer is refused, not cut. Nothing is read of the region.
    [Fact]
    public unsafe void A_view_longer_than_a_span_is_refused()
    {
        var core = new Core(Profile.Rbpf, Engine.Switch, PinnedMemory.Own, callsLocally: true);
        core.Begin(AddressSpace.Stack);
        core.Add(AddressSpace.Context, (1UL << 32) + 8, core.Frame(0), Grants.Read);
        core.State->Registers[1] = AddressSpace.Context;

        Should.Throw<OverflowException>(
            () => new HelperCall([new ArgumentKind.Readable(new ByteCount.RestOfRegion())], core.State).Readable(1).Length);
        core.State->Registers[1] += 1UL << 32;
        new HelperCall([new ArgumentKind.Readable(new ByteCount.RestOfRegion())], core.State).Readable(1).Length.ShouldBe(8);
    }

    [Fact]
    public void A_helper_has_a_declaration_a_body_and_an_id_of_its_own()
    {
        var one = Helper("one");

        VmHelper.Checked([one, Helper("two", id: 2)]).Length.ShouldBe(2);
        Message([one, Helper("two")]).ShouldContain("'one' and 'two' have the same id, 0x1");
        Message([null!]).ShouldContain("needs a declaration and a body");
        Message([one with { Body = null! }]).ShouldContain("needs a declaration and a body");
        Message([one with { Declaration = null! }]).ShouldContain("needs a declaration and a body");
        Message([Helper("one", new ArgumentKind.Readable(new ByteCount.InArgument(-1)))]).ShouldContain("in argument -1; there are 1 to 5");
    }

    private static string Message(VmHelper[] helpers) => Should.Throw<ArgumentException>(() => VmHelper.Checked([.. helpers])).Message;

    private static VmHelper Helper(string name, ArgumentKind? kind = null, uint id = 1) =>
        new(new(id, name, "", kind is null ? [] : [kind]), _ => 0);
}
