using RbpfSpec.Host.Helpers;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class HelperCatalogueTests
{
    // The ids of rBPF, of the BPF middleware of RIOT, of Femto-Containers and of µBPF.
    [Fact]
    public void Helpers_have_the_ids_of_the_published_systems() =>
        HelperCatalogue.Declarations.Select(helper => $"{helper.Id:x2} {helper.Name}").ShouldBe(
        [
            "01 printf", "02 memcpy", "03 print_debug",
            "10 store_local", "11 store_global", "12 fetch_local", "13 fetch_global",
            "20 now_ms",
            "30 saul_reg_find_nth", "31 saul_reg_find_type", "32 saul_reg_read", "33 saul_reg_write", "34 saul_reg_read_temp",
            "40 gcoap_resp_init", "41 coap_opt_finish", "42 coap_add_format", "43 coap_get_pdu",
            "50 fmt_s16_dfp", "51 fmt_u32_dec", "52 strlen",
            "60 ztimer_now", "61 ztimer_periodic_wakeup",
        ]);

    [Fact]
    public void Every_declaration_is_one() =>
        HelperCatalogue.Declarations.SelectMany(helper => helper.Problems()).ShouldBeEmpty();

    [Fact]
    public void The_helpers_without_a_device_are_among_them_and_the_same() =>
        DefaultHost.Functions.Select(function => function.Declaration).Except(HelperCatalogue.Declarations).ShouldBeEmpty();

    [Theory]
    [InlineData("now_ms", true)]
    [InlineData("bpf_now_ms", true)]
    [InlineData("bpf_bpf_now_ms", false)]
    [InlineData("rbpf_now_ms", false)]
    [InlineData("bpf_", false)]
    [InlineData("now", false)]
    public void A_helper_has_its_name_with_and_without_what_headers_put_before_it(string name, bool isCalled) =>
        ClockHelpers.Milliseconds<Word>().Function.Declaration.IsCalled(name).ShouldBe(isCalled);

    [Fact]
    public void What_a_device_alone_has_is_all_that_the_default_host_has_not() =>
        HelperCatalogue.OfDevice.Select(helper => helper.Id).Concat(DefaultHost.Ids).Order().ShouldBe(HelperCatalogue.Ids);

    [Fact]
    public void An_id_that_no_helper_has_is_passed_over() =>
        HelperCatalogue.Of([0x20, 0x99]).ShouldHaveSingleItem().Declaration.Name.ShouldBe("now_ms");

    [Theory]
    [InlineData(0x01, HostParts.Output)]
    [InlineData(0x11, HostParts.Global)]
    [InlineData(0x13, HostParts.None)]
    [InlineData(0x20, HostParts.None)]
    [InlineData(0x31, HostParts.Handles)]
    [InlineData(0x33, HostParts.Sensors)]
    [InlineData(0x40, HostParts.Reply)]
    [InlineData(0x61, HostParts.Wakeup)]
    public void A_helper_has_the_parts_that_it_declares(uint id, HostParts parts) => HelperCatalogue.PartsOf(id).ShouldBe(parts);

    [Fact]
    public void An_id_that_no_helper_has_has_no_parts() =>
        Should.Throw<ArgumentOutOfRangeException>(() => HelperCatalogue.PartsOf(0x99));
}
