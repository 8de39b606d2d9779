using System.Globalization;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Proofs.Tests.Device.Objects;

/// <summary>The facts that the claims take of the C sources, against the compiler.</summary>
[Trait("Needs", "compiler")]
public sealed class MachineFieldsTests : Scratch
{
    private static string Device => Path.Combine(Repository.Root, "device");

    [Fact]
    public void Fields_lie_where_the_compiler_puts_them()
    {
        var fields = MachineFields.Machine.Concat(MachineFields.Fast)
            .Select(field => Assert($"offsetof(struct rbpf_machine, {field.Key}) == {field.Value}"));
        var sizes = new (string Type, int Bytes)[]
        {
            ("region", MachineFields.RegionBytes), ("helper", MachineFields.HelperBytes),
            ("frame", MachineFields.FrameBytes), ("slot", MachineFields.SlotBytes),
        };
        var traps = Enum.GetValues<Trap>().Select(trap => Assert($"RBPF_{Upper(trap.ToString())} == {MachineFields.NumberOf(trap)}"));
        var source = Write("layout.c", string.Join('\n',
        [
            "#include \"rbpf.h\"",
            Assert($"offsetof(struct rbpf_machine, program) == {MachineFields.RegisterBytes}"),
            .. fields,
            .. sizes.Select(size => Assert($"sizeof(struct rbpf_{size.Type}) == {size.Bytes}")),
            .. traps,
            "",
        ]));

        CrossTools.Run(
            "gcc", "-mcpu=cortex-m4", "-mthumb", "-std=c11", "-ffreestanding", "-DRBPF_FAST=1",
            "-I", Device, "-c", source, "-o", At("layout.o"));
    }

    private static string Assert(string condition) => $"_Static_assert({condition}, \"{condition}\");";

    // BranchBudget is BRANCH_BUDGET.
    private static string Upper(string name) => string.Concat(
        name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : letter.ToString(CultureInfo.InvariantCulture)))
        .ToUpperInvariant();
}
