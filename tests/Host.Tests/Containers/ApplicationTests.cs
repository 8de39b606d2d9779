using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests.Containers;

public sealed class ApplicationTests
{
    // Whatever the profile says of helpers that are declared: of a container, those count that it is granted.
    [Fact]
    public void A_helper_that_is_not_granted_is_not_there()
    {
        foreach (var profile in Profile.All)
        {
            foreach (var id in HelperCatalogue.Ids)
            {
                Sequence<uint> others = [.. HelperCatalogue.Ids.Where(other => other != id)];
                var program = Devices.Program($"call {id}\nexit");

                Application.Admit(new(profile, BudgetClass.Snippet, others), program, out var problem).ShouldBeNull();
                problem.ShouldStartWith("slot 0: ");
                Application.Admit(new(profile, BudgetClass.Snippet, [id]), program, out _).ShouldNotBeNull();
            }
        }
    }

    [Theory]
    [InlineData(AddressSpace.Context)]
    [InlineData(Reply.BufferAddress + 100)]
    [InlineData(AddressSpace.Stack)]
    public void A_region_where_something_else_will_be_is_refused(ulong start)
    {
        var region = Region.Of("data", start, new byte[8], Permission.Read);

        Application.Admit(Manifest.Least, Devices.Program("exit"), out var problem, regions: [region]).ShouldBeNull();
        problem.ShouldContain("overlaps");
    }

    [Fact]
    public void An_entry_outside_the_program_is_refused() =>
        Application.Admit(Manifest.Least, Devices.Program("exit"), out _, entry: 1).ShouldBeNull();

    [Fact]
    public void Applications_with_other_data_have_another_digest()
    {
        Digest(1, 2).ShouldBe(Digest(1, 2));
        Digest(1, 2).ShouldNotBe(Digest(1, 3));

        ulong Digest(params byte[] data)
        {
            var region = Region.Of("data", AddressSpace.Image, data, Permission.Read);
            return Application.Admit(Manifest.Least, Devices.Program("exit"), out _, regions: [region])!.Digest;
        }
    }

    [Fact]
    public void Applications_are_compared_by_what_they_are_made_of()
    {
        var one = Application.Admit(Manifest.Least, Devices.Program("exit"), out _);
        var same = Application.Admit(Manifest.Least, Devices.Program("exit"), out _);
        var other = Application.Admit(Manifest.Least with { Budget = BudgetClass.Logic }, Devices.Program("exit"), out _);

        one.ShouldBe(same);
        one!.GetHashCode().ShouldBe(same!.GetHashCode());
        one.ShouldNotBe(other);
    }
}
