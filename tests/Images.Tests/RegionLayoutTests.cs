namespace RbpfSpec.Images.Tests;

public class RegionLayoutTests
{
    [Fact]
    public void Regions_stand_apart_by_at_least_a_page() =>
        Place(0x3000_0000, new("a", 1, 0), new("b", 4096, 0), new("c", 8192, 0), new("d", 5, 0))
            .ShouldBe([0x3000_0000, 0x3000_2000, 0x3000_4000, 0x3000_7000]);

    [Fact]
    public void A_region_starts_at_a_multiple_of_sixteen() =>
        Place(0x1001, new RegionRequest("a", 8, 1)).ShouldBe([0x1010]);

    [Fact]
    public void A_stricter_alignment_is_kept() =>
        Place(0x1010, new("a", 8, 64), new("b", 8, 0x10000)).ShouldBe([0x1040, 0x10000]);

    [Fact]
    public void No_region_is_no_problem() => Place(ulong.MaxValue).ShouldBeEmpty();

    [Fact]
    public void The_last_address_of_all_stays_unmapped()
    {
        const ulong top = ulong.MaxValue - 15;

        Place(top, new RegionRequest("a", 15, 0)).ShouldBe([top]);
        Problem(top, new RegionRequest("a", 16, 0))
            .ShouldBe("a of 16 bytes does not fit above address 0xfffffffffffffff0; a lower base address is needed");
    }

    [Fact]
    public void Regions_do_not_wrap_around() =>
        Problem(ulong.MaxValue - 4096, new("a", 1, 0), new("b", 1, 0)).ShouldContain("b of 1 bytes does not fit");

    [Fact]
    public void An_alignment_beyond_all_addresses_does_not_wrap_around() =>
        Problem(1UL << 63 | 1, new RegionRequest("a", 1, 1UL << 63)).ShouldContain("does not fit");

    [Theory]
    [InlineData(3)]
    [InlineData(ulong.MaxValue)]
    public void An_alignment_is_a_power_of_two(ulong alignment) =>
        Problem(0, new RegionRequest("a", 1, alignment))
            .ShouldBe($"a asks for an alignment of {alignment}, which is not a power of two");

    [Fact]
    public void The_data_of_a_program_are_bounded_together()
    {
        Place(0, new("a", ImageFile.MaximumSize - 1, 0), new("b", 1, 0)).Length.ShouldBe(2);
        Problem(0, new("a", ImageFile.MaximumSize, 0), new("b", 1, 0))
            .ShouldBe("b of 1 bytes makes the data 16777217 bytes long; at most 16777216 are supported");
        Problem(0, new("a", 1, 0), new("b", ulong.MaxValue, 0))
            .ShouldContain("makes the data 18446744073709551616 bytes long");
    }

    private static ulong[] Place(ulong baseAddress, params RegionRequest[] requests)
    {
        RegionLayout.TryPlace(requests, baseAddress, out var addresses, out var problem).ShouldBeTrue(problem);
        return addresses;
    }

    private static string Problem(ulong baseAddress, params RegionRequest[] requests)
    {
        RegionLayout.TryPlace(requests, baseAddress, out _, out var problem).ShouldBeFalse();
        return problem.ShouldNotBeNull();
    }
}
