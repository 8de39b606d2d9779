using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Device;

namespace RbpfSpec.Specification.Tests.Device;

/// <summary>The header of the machine in C; that it says what the rules mean, <c>tests/Device.Tests</c> holds by running it.</summary>
public sealed class DeviceHeaderTests
{
    // Made once: it takes all rules under all choices of profiles.
    private static readonly string Text = DeviceHeader.Text;

    [Fact]
    public void The_committed_header_is_what_the_rules_make() =>
        File.ReadAllText(Path.Combine(RbpfSpec.Tests.Repository.Root, DeviceHeader.Path)).ShouldBe(Text);

    [Fact]
    public void Each_encoding_of_the_normative_profile_has_its_function()
    {
        var forms = OperationTable.Forms.Where(form => Profile.Rbpf.Has(form.Group) && Profile.Rbpf.Grants(form.Needs)).ToList();

        forms.Count.ShouldBeGreaterThan(150);
        foreach (var form in forms.Where(form => form.Operation is not CallOperation and not JumpOperation.Always))
            Text.ShouldContain($" rbpf_{CRules.NameOf(form)}(", Case.Sensitive, form.Id);
    }

    [Theory]
    [InlineData("rbpf_add32(uint64_t dst, uint64_t src)\n{\n    return (uint64_t)((uint32_t)dst + (uint32_t)src);\n}\n")]
    [InlineData("    return src == 0 ? RBPF_DIVISION_BY_ZERO : RBPF_NO_TRAP;\n")]
    [InlineData("    return !(length < count) && !((length - count) < (address - start));\n")]
    [InlineData("#if RBPF_LARGE_SHIFT_TRAPS\n")]
    public void It_has_rules_as_C_and_the_choices_of_profiles(string text) => Text.ShouldContain(text);

    [Fact]
    public void No_line_is_longer_than_a_reader_likes() =>
        Text.Split('\n').ShouldAllBe(line => line.Length <= 150);
}
